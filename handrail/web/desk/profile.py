"""A colleague's own settings: name, language, zone, and what the composer opens with."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from handrail.accounts.models import User
from handrail.web.desk.frame import say_kept, show, was_kept

ZONES = (
    "Asia/Seoul",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "UTC",
)
LANGUAGES = (("ko", "한국어"), ("en", "English"))
THEMES = (("auto", _("As the system has it")), ("light", _("Light")), ("dark", _("Dark")))
CLOCKS = (("12", _("3:05 pm")), ("24", _("15:05")))
DENSITIES = (("calm", _("Calm")), ("dense", _("Dense, with more on a screen")))
UNDO = tuple(
    (seconds, ngettext_lazy("%(num)s second", "%(num)s seconds", "num") % {"num": seconds})
    for seconds in (5, 10, 15, 20, 30)
)
FIRST = (("reply", _("A reply to the customer")), ("note", _("A private note")))

AFTER = (("next", _("To the next conversation of the list")), ("stay", _("It stays at the same one")))


def real_zone(named: str) -> str:
    """The zone named, as it is. Raises ValidationError for one that does not exist."""
    if named not in available_timezones():
        raise forms.ValidationError(_("Choose a zone by its name, such as Asia/Seoul."))
    return named


class Profile(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Customers see it on your replies."))
    locale = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    zone = forms.CharField(label=_("Time zone"), max_length=40)
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES)
    day_hours = forms.ChoiceField(label=_("Hours of the day"), choices=CLOCKS, required=False)
    density = forms.ChoiceField(
        label=pgettext_lazy("how close lines stand", "Lines"), choices=DENSITIES, required=False
    )
    writes_first = forms.ChoiceField(label=_("The composer opens with"), choices=FIRST)

    undo_seconds = forms.TypedChoiceField(
        label=_("A sent reply can be taken back for"),
        choices=[*UNDO, (0, _("Not at all; it leaves at once"))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("In a chat for five seconds at most."),
    )

    after_sending = forms.ChoiceField(
        label=_("After sending or solving"),
        choices=AFTER,
        required=False,
        help_text=_("Where you came from a list. In a chat only sending as pending or solved goes on."),
    )

    def clean_after_sending(self) -> str | None:
        return self.cleaned_data["after_sending"] or None

    def clean_day_hours(self) -> str | None:
        return self.cleaned_data["day_hours"] or None

    def clean_density(self) -> str | None:
        return self.cleaned_data["density"] or None

    signature = forms.CharField(
        label=_("Signature below my mails"),
        max_length=1000,
        required=False,
        help_text=_(
            "Placeholders such as {{agent}} and {{brand}} are filled. Empty: the mailbox's. Chats carry none."
        ),
    )

    def clean_zone(self) -> str:
        return real_zone(self.cleaned_data["zone"])


def profile(request: HttpRequest) -> HttpResponse:
    """GET /desk/profile and POST to keep it."""
    user: User = request.user  # type: ignore[assignment]
    fields = tuple(Profile.base_fields)
    if request.method == "POST":
        form = Profile(request.POST)
        if form.is_valid():
            chosen = {name: value for name, value in form.cleaned_data.items() if value is not None}
            user.set_up(**chosen, by=user)
            say_kept(request)
            return redirect("desk:profile")
    else:
        form = Profile(initial={name: getattr(user, name) for name in fields})
    return show(
        request,
        "desk/profile.html",
        status=422 if form.is_bound else 200,
        form=form,
        zones=ZONES,
        kept=was_kept(request),
        here="profile",
    )
