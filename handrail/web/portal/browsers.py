"""Where the reader is signed in: a list in their account, each with its way out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from handrail.contacts.browsers import Browser
from handrail.contacts.models import Person
from handrail.web.browsers import note
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.whose import whose

# The first that stands in what a browser calls itself, because many name others beside themselves.
NAMES = (
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER(inapp", "NAVER"),
    ("Whale/", "Whale"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Row:
    browser: Browser
    name: str
    is_this: bool


def rows(request: HttpRequest, person: Person) -> list[Row]:
    """The reader's own browser first."""
    note(request)  # this one may have signed in with this very request
    here = request.session.session_key
    found = [
        Row(each, called(each.agent), each.session_key == here) for each in Browser.objects.still_in(person)
    ]
    return sorted(found, key=lambda row: not row.is_this)


def called(agent: str) -> str:
    """A browser in words people know: "Chrome, Windows"."""
    name, system = _first(NAMES, agent), _first(SYSTEMS, agent)
    return ", ".join(filter(None, (name, system))) or _("A browser")


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in known if re.search(rf"\b{re.escape(mark)}", agent)), "")


@require_POST
@never_cache
@in_locale
def sign_out(request: HttpRequest, locale: str, browser: int) -> HttpResponse:
    """POST …/profile/browsers/<id>/sign-out: one other browser of the reader's own."""
    person = whose(request)
    get_object_or_404(Browser, pk=browser, person=person).sign_out(by=person)
    return redirect(f"{addresses.profile(locale)}?left=1#browsers")
