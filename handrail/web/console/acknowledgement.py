"""The automatic mail a new enquiry gets: an administrator's own words for it, tried, kept, and given up for the built-in ones."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.intake.acknowledge import built_in, sample
from handrail.intake.wording import (
    LETTERS_MAX,
    AcknowledgementText,
    UnknownPlaceholder,
    checked,
    names_in,
    worded,
)
from handrail.web.console.frame import me, show
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand


class Words(NamedTuple):
    """`text` as it stands in the field, `usual` the built-in text, `shown` what a customer would read, `is_own` kept."""

    locale: str
    text: str
    usual: str
    shown: str
    is_own: bool


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/acknowledgement?brand= (an id; the first brand without)"""
    return _render(request)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST brand, locale, text_<locale> with try (a preview, nothing kept) or keep; or usual: the built-in text again."""
    locale = request.POST.get("locale", "")
    if locale not in LOCALES:
        raise Http404
    text = "" if "usual" in request.POST else request.POST.get(f"text_{locale}", "")
    try:
        text = checked(text)
    except UnknownPlaceholder as unknown:
        known = " ".join("{{" + name + "}}" for name in names_in(locale))
        said = _("%(written)s is no placeholder here. There are: %(known)s")
        return _render(
            request, locale, text, problem=said % {"written": str(unknown), "known": known}, status=422
        )
    except ValueError:
        said = _("A text has %(most)s letters at most. Shorten it.") % {"most": LETTERS_MAX}
        return _render(request, locale, text, problem=said, status=422)
    if "try" in request.POST:
        return _render(request, locale, text)
    with translation.override(locale):
        if text == built_in(has_articles=False):
            text = ""
    brand = _brand(request)
    AcknowledgementText.keep(brand, locale, text, by=me(request))
    messages.success(request, _("Kept.") if text else _("The built-in text goes out again."))
    return redirect(f"{reverse('console:acknowledgement')}?brand={brand.pk}")


def _render(
    request: HttpRequest, tried: str = "", text: str = "", *, status: int = 200, **more: Any
) -> HttpResponse:
    brand = _brand(request)
    written = [_words(brand, locale, text if locale == tried else None) for locale in LOCALES]
    return show(
        request,
        "console/acknowledgement.html",
        status=status,
        here="mailboxes",
        written=written,
        brand=brand,
        brands=list(Brand.objects.listed()),
        names={locale: list(names_in(locale)) for locale in LOCALES},
        most=LETTERS_MAX,
        tried=tried,
        problem=more.get("problem", ""),
    )


def _words(brand: Brand, locale: str, typed: str | None) -> Words:
    own = AcknowledgementText.of(brand, locale)
    text = own if typed is None else typed
    with translation.override(locale):
        usual = built_in(has_articles=False)
        shown = worded(text or built_in(has_articles=True), sample(brand, locale))
    return Words(locale, text, usual, shown, bool(own))


def _brand(request: HttpRequest) -> Brand:
    """The brand named by its id, the first where none is."""
    named = request.POST.get("brand") or request.GET.get("brand", "")
    brands = Brand.objects.listed()
    if named:
        brands = brands.filter(pk=int(named)) if named.isdecimal() and len(named) < 18 else brands.none()
    found = brands.first()
    if found is None:
        raise Http404
    return found
