"""The reader's own page: who they are here, their language and zone, a password if they like, and the way out."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from handrail.contacts.models import Person
from handrail.contacts.passing import holds_another_address
from handrail.web.portal import addresses, browsers
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.posted import posted_from
from handrail.web.portal.present import asks_for_present, may_set_first
from handrail.web.portal.whose import whose
from handrail.web.portal.zones import zones_offered
from handrail.web.ui.filters import locale

LANGUAGES = (("ko", "한국어"), ("en", "English"))


class About(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, required=False, help_text=_("So we call you."))
    locale = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        help_text=_("We write to you in it when the first word is ours."),
    )
    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Times are told in it, in our mails too."))

    def __init__(self, data: QueryDict | None = None, *, person: Person) -> None:
        self.person = person
        initial = {"name": person.name, "locale": person.locale, "zone": person.zone}
        super().__init__(data, initial=initial)
        self.fields["zone"].choices = zones_offered(person.zone, locale=locale())  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if name != self.person.name and holds_another_address(name, self.person.email):
            raise forms.ValidationError(_("A name cannot hold an address other than yours. Leave it out."))
        return name


@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/profile. A guest link opens one request, not this."""
    return shown(request, locale, whose(request))


@posted_from("portal:profile")
@never_cache
@in_locale
def keep(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/profile/about {name, locale, zone}: the page comes back in the language chosen with it."""
    person = whose(request)
    form = About(request.POST, person=person)
    if not form.is_valid():
        return shown(request, locale, person, about=form, status=400)
    chosen = form.cleaned_data
    if chosen["name"] != person.name:
        person.rename(chosen["name"], by=person)
    person.describe(by=person, locale=chosen["locale"], zone=chosen["zone"])
    return redirect(f"{addresses.profile(chosen['locale'])}?kept=1")


def shown(
    request: HttpRequest,
    locale: str,
    person: Person,
    *,
    problems: Sequence[str] = (),
    present_problem: str = "",
    about: About | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; `problems` of the new password, `present_problem` of the one until now, `about` as it came back with its faults."""
    path = addresses.profile(locale)
    return show(
        request,
        "portal/profile.html",
        Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="do"),
        locale=locale,
        person=person,
        about=about or About(person=person),
        problems=list(problems),
        has_password=bool(person.account and person.account.has_usable_password()),
        asks_present=asks_for_present(request, person),
        may_set=may_set_first(request, person),
        present_problem=present_problem,
        browsers=browsers.rows(request, person),
        is_saved="saved" in request.GET,
        is_kept="kept" in request.GET,
        has_left="left" in request.GET,
        status=status,
    )
