"""Macros: those one may use while writing, and the pages where they are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.automation.article_links import names_of, readable_by_asker
from handrail.automation.changes import Change
from handrail.automation.macros import ENCLOSED_MOST, Macro, found, prepared
from handrail.conversations.checklists import Checklist
from handrail.conversations.custom_statuses import named
from handrail.conversations.labels import Priority
from handrail.conversations.placeholders import KOREAN
from handrail.core.alphabetical import Alphabetical
from handrail.core.files.keeping import FileRefused
from handrail.core.files.links import link
from handrail.core.files.models import StoredFile
from handrail.web.desk.composing import sent_files
from handrail.web.desk.conversations import fetch
from handrail.web.desk.first_words import imagined
from handrail.web.desk.frame import show, visible_teams
from handrail.web.desk.macro_articles import addresses_of, numbers_in, titles_of
from handrail.web.desk.statuses import settable
from handrail.web.desk.template_answers import gaps_in, keep_ties, row_of
from handrail.web.field_rows import changes_of, choices, rows_from, rows_of
from handrail.workspace.typed import Unfit

LOCALES = (("ko", "한국어"), ("en", "English"))
AS_IT_IS = [("", _("As it is"))]


class MacroForm(forms.Form):
    """A macro as it is written: title, whose it is, a text in each language, and what it changes."""

    title = forms.CharField(label=_("Title"), max_length=80)
    whose = forms.ChoiceField(label=_("Who may use it"))
    ko = forms.CharField(label="한국어", max_length=20_000, required=False)
    en = forms.CharField(label="English", max_length=20_000, required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    assignee = forms.ChoiceField(
        label=_("Assignee"), required=False, choices=[*AS_IT_IS, ("me", _("Whoever uses it"))]
    )
    priority = forms.ChoiceField(label=_("Priority"), required=False, choices=[*AS_IT_IS, *Priority.choices])
    team = forms.ChoiceField(label=_("Team"), required=False)
    tag = forms.CharField(label=_("Add tags"), max_length=120, required=False)
    checklist = forms.ChoiceField(label=_("Add a checklist"), required=False)
    articles = forms.CharField(label=_("Articles that go along"), max_length=4_000, required=False)
    with_words = forms.BooleanField(label=_("Put in their words too, not their links alone"), required=False)
    answers = forms.CharField(label=_("Articles whose question it answers"), max_length=4_000, required=False)
    by_itself = forms.BooleanField(label=_("Send it by itself by mail where that is sure"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, files: Sequence[StoredFile] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer, self.there = viewer, files
        teams = visible_teams(viewer)
        mine = [(str(pk), name) for pk, name in teams.items() if pk in viewer.team_ids]
        everybody = [("everybody", _("Everybody"))] if "macros.share" in viewer.rights else []
        self.fields["whose"].choices = [("me", _("Only I")), *mine, *everybody]  # type: ignore[attr-defined]
        known = Checklist.objects.offered(viewer.locale)
        offered = [(str(each.pk), each.name(viewer.locale)) for each in known]
        self.fields["checklist"].choices = [*AS_IT_IS, *offered]  # type: ignore[attr-defined]
        self.fields["team"].choices = [*AS_IT_IS, *((str(pk), name) for pk, name in teams.items())]  # type: ignore[attr-defined]
        self.fields["status"].choices = [*AS_IT_IS, *self._statuses()]  # type: ignore[attr-defined]
        self.rows = rows_of(self.data) if isinstance(self.data, QueryDict) else self.initial.get("rows", [])
        self.field_choices = choices(viewer.locale)

    def _statuses(self) -> list[tuple[str, str]]:
        """What can be set, and what this macro sets though nobody chooses it any more."""
        locale, kept = self.viewer.locale, self.initial.get("status", "")
        found = settable(locale)
        is_gone = kept and kept not in dict(found)
        return [*found, (kept, named(kept, locale) or kept)] if is_gone else found

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        try:
            said["fields"] = changes_of(self.rows)
        except Unfit as unfit:
            raise forms.ValidationError(str(unfit)) from None
        along = said.get("articles") or self.kept_files() or self.files.getlist("files")
        if len(self.kept_files()) + len(self.files.getlist("files")) > ENCLOSED_MOST:
            raise forms.ValidationError(_("At most %(most)d files go along.") % {"most": ENCLOSED_MOST})
        texts = said.get("ko", "").strip() or said.get("en", "").strip()
        if not texts and not along and not self.changes(said):
            raise forms.ValidationError(_("Write a text, or choose something to change."))
        if said.get("by_itself") and (gaps := gaps_in(said.get("ko", "") + said.get("en", ""))):
            words = _(
                "Nobody of us sends it, so nothing can stand in for %(gaps)s. Take that out of the text."
            )
            self.add_error("by_itself", words % {"gaps": ", ".join(gaps)})
        return said

    def clean_answers(self) -> list[int]:
        return numbers_in(self.cleaned_data["answers"], viewer=self.viewer)

    def clean_articles(self) -> list[int]:
        return numbers_in(self.cleaned_data["articles"], viewer=self.viewer)

    def kept_files(self) -> list[StoredFile]:
        """Those it had that stay."""
        kept = set(self.data.getlist("kept")) if isinstance(self.data, QueryDict) else set()
        return [each for each in self.there if str(each.pk) in kept]

    @staticmethod
    def changes(said: dict[str, Any]) -> list[Change]:
        # Fields first: what is needed before solving may be among them.
        made = [*said.get("fields", [])]
        if said.get("team"):
            made.append(Change("team", int(said["team"])))
        for kind in ("status", "assignee", "priority"):
            if said.get(kind):
                made.append(Change(kind, said[kind]))
        if said.get("checklist"):
            made.append(Change("checklist", int(said["checklist"])))
        return made + [Change("tag", name.strip()) for name in said.get("tag", "").split(",") if name.strip()]


def menu(request: HttpRequest, number: int = 0) -> JsonResponse:
    """GET /desk/conversations/<number>/macros?query= -> {"rows": [{"macro", "title", "text", "changes", "files", "closed"}]};
    /desk/new/macros for one that is not opened yet (first_words.imagined).

    Texts come in the customer's language with their placeholders filled and their articles put in. `files` are [{"file",
    "title"}]; `closed` are the names of articles left out, because the customer may not read them.
    """
    conversation = fetch(request, number) if number else imagined(request)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    rows = []
    macros = found(request.GET.get("query", "")[:80], viewer=viewer)
    enclosed = list(dict.fromkeys(number for each in macros for number in each.article_numbers))
    known = readable_by_asker(conversation, enclosed)
    closed = [number for number in enclosed if number not in known]
    names = dict(zip(closed, names_of(conversation, closed, viewer=viewer), strict=True))
    for each in macros:
        ready = prepared(each, conversation, by=user, known=known)
        left_out = [names[number] for number in ready.closed]
        rows.append(row_of(each, ready, left_out, locale=viewer.locale))
    return JsonResponse({"rows": rows})


def every(request: HttpRequest) -> HttpResponse:
    """GET /desk/macros: those one may use, and which of them one may change."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    seen = (
        Macro.objects.visible_to(viewer)
        .select_related("team")
        .prefetch_related("texts", "enclosed", "files", "answers")
        .order_by(Alphabetical("title"), "pk")
    )
    changeable = set(Macro.objects.changeable_by(viewer).values_list("pk", flat=True))
    return show(request, "desk/macros.html", macros=list(seen), changeable=changeable, here="macros")


def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """GET /desk/macros/new, /desk/macros/<id>: the form. POST: keep it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    macro = get_object_or_404(Macro.objects.changeable_by(viewer), pk=pk) if pk else None
    form = MacroForm(
        request.POST or None,
        request.FILES or None,
        viewer=viewer,
        files=list(macro.files.order_by("pk")) if macro else (),
        initial=_initial(macro) if macro else None,
    )
    if macro:
        # Whose it is stays: others have it in their menus.
        form.fields["whose"].required = False
    if form.is_bound and form.is_valid():
        try:
            _keep(macro, form, [*form.kept_files(), *sent_files(request)], by=user)
        except FileRefused as refused:
            form.add_error(None, str(refused))
        except forms.ValidationError as untied:
            form.add_error("answers", untied)
        else:
            return redirect("desk:macros")
    status = 422 if form.is_bound else 200
    titles = titles_of(macro.article_numbers, viewer=viewer) if macro else []
    page: dict[str, Any] = {
        "form": form,
        "macro": macro,
        "names": list(KOREAN if viewer.locale == "ko" else KOREAN.values()),
        "here": "macros",
        "titles": titles,
        "answered": titles_of(_answered(macro), viewer=viewer) if macro else [],
        "can_answer": _can_answer(macro, viewer),
    }
    return show(request, "desk/macro.html", status=status, **page)


@transaction.atomic
def _keep(macro: Macro | None, form: MacroForm, files: list[StoredFile], *, by: User) -> None:
    said = form.cleaned_data
    texts, changes = {"ko": said["ko"], "en": said["en"]}, form.changes(said)
    if macro:
        macro.rewrite(said["title"], by=by, texts=texts, changes=changes)
    else:
        team = Team.objects.get(pk=said["whose"]) if said["whose"].isdigit() else None
        shared = said["whose"] == "everybody"
        macro = Macro.make(said["title"], by=by, texts=texts, changes=changes, team=team, is_shared=shared)
    macro.enclose(by=by, articles=said["articles"], with_words=said["with_words"], files=files)
    if _can_answer(macro, form.viewer):
        keep_ties(macro, said["answers"], by_itself=said["by_itself"], by=by)


def _can_answer(macro: Macro | None, viewer: Viewer) -> bool:
    """Whether the viewer may tie it to articles: with the right to share, and everybody's, or new."""
    return "macros.share" in viewer.rights and not (macro and (macro.owner_id or macro.team_id))


def _answered(macro: Macro) -> list[int]:
    return list(macro.answers.order_by("pk").values_list("article", flat=True))


def file(request: HttpRequest, macro: int, pk: int) -> HttpResponse:
    """GET /desk/macros/<macro>/files/<file>: a fresh link to a file of a macro one may use."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    one = get_object_or_404(Macro.objects.visible_to(viewer), pk=macro)
    return redirect(link(get_object_or_404(one.files, pk=pk), viewer=viewer.key))


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /desk/macros/<id>/retire"""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    get_object_or_404(Macro.objects.changeable_by(viewer), pk=pk).retire(by=user)
    return redirect("desk:macros")


def _initial(macro: Macro) -> dict[str, Any]:
    texts = {each.locale: each.text for each in macro.texts.all()}
    said: dict[str, Any] = {"title": macro.title, **texts}
    said["rows"] = rows_from(macro.steps)
    said |= {"articles": addresses_of(macro.article_numbers), "with_words": macro.with_words}
    said |= {
        "answers": addresses_of(_answered(macro)),
        "by_itself": macro.answers.filter(by_itself=True).exists(),
    }
    tags = []
    for change in macro.steps:
        if change.kind == "tag":
            tags.append(str(change.value))
        elif change.kind != "field":
            said[change.kind] = str(change.value)
    return said | {"tag": ", ".join(tags)}
