"""Where a colleague chooses what they are told of, by which way and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.channels.push.keys import public_key
from handrail.conversations.notices.choices import Digest, NoticeChoices
from handrail.conversations.notices.kinds import Kind, Way, kinds_for, ways_of
from handrail.web.desk.frame import say_kept, show, was_kept

CONTENTS = (
    ("hide", _("Number and event alone, without names and words")),
    ("show", _("Who, the subject and the first words too")),
)


class Choices(forms.Form):
    """Beside the table of ways, whose boxes are named kind-way."""

    quiet_from = forms.TimeField(label=_("Quiet from"), required=False)
    quiet_until = forms.TimeField(label=_("until"), required=False)
    digest = forms.ChoiceField(label=_("Mails come"), choices=Digest.choices)
    contents = forms.ChoiceField(label=_("A push shows"), choices=CONTENTS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        beginning, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if not self.errors and (beginning is None) != (end is None):
            missing = "quiet_until" if end is None else "quiet_from"
            self.add_error(missing, _("Quiet hours need a beginning and an end, or neither."))
        return cleaned


def choices(request: HttpRequest) -> HttpResponse:
    """GET /desk/notices/choices and POST to keep them."""
    user: User = request.user  # type: ignore[assignment]
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    mine = NoticeChoices.of([user])[user.pk]
    kinds = kinds_for(viewer.rights)
    ways = {kind: set(mine.ways_for(kind)) for kind in kinds}
    form = Choices(initial=_initial(mine))
    if request.method == "POST":
        form = Choices(request.POST)
        ways = {kind: {way for way in ways_of(kind) if f"{kind}-{way}" in request.POST} for kind in kinds}
        if form.is_valid():
            _keep(mine, form.cleaned_data, ways, by=user)
            say_kept(request)
            return redirect("desk:notice-choices")
    rows = [(kind, kind.label, ways[kind], ways_of(kind)) for kind in kinds]
    return show(
        request,
        "desk/notice_choices.html",
        status=422 if form.is_bound else 200,
        form=form,
        rows=rows,
        ways=Way.choices,
        kept=was_kept(request),
        push_key=public_key(),
        here="notices",
    )


def _initial(mine: NoticeChoices) -> dict[str, Any]:
    return {
        "quiet_from": f"{mine.quiet_from:%H:%M}" if mine.quiet_from else "",
        "quiet_until": f"{mine.quiet_until:%H:%M}" if mine.quiet_until else "",
        "digest": mine.digest,
        "contents": "hide" if mine.hides_contents else "show",
    }


def _keep(mine: NoticeChoices, said: dict[str, Any], ways: dict[Kind, set[str]], *, by: User) -> None:
    # A kind this role is not asked about keeps what was chosen in another role.
    chosen = {kind.value: [way for way in Way.values if way in wanted] for kind, wanted in ways.items()}
    mine.choose(
        ways=mine.ways | chosen,
        quiet_from=said["quiet_from"],
        quiet_until=said["quiet_until"],
        digest=said["digest"],
        hides_contents=said["contents"] == "hide",
        by=by,
    )
