"""What the engine learned: every verdict with where it came from, taken back or pointed elsewhere by an editor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.answers import learn, teaching
from handrail.answers.agreement import agreed
from handrail.answers.labels import Evidence, Label, LabelQuerySet
from handrail.answers.normalise import mask
from handrail.core import clock
from handrail.web.console.frame import me, page_of, show
from handrail.web.console.naming import found_by, named, titles_of, words_of
from handrail.web.ui.jinja import query

WORDS_MAX = 200
DATA = "data"  # the source of what nobody said here


@dataclass(frozen=True)
class Line:
    """One verdict: the title of its article ("" for one the viewer may not read), where it came from, and who gave it ("" for nobody)."""

    label: Label
    title: str
    source: str
    giver: str


def sources() -> dict[str, str]:
    """Where a verdict came from, in words: its evidence, or DATA."""
    return {
        Evidence.EDITOR: _("A colleague said so"),
        Evidence.RESOLVED: _("An agent solved it with the article"),
        Evidence.SENT: _("An agent sent the article"),
        Evidence.SOLVED: _("The asker said it solved it"),
        Evidence.REFUSED: _("The asker said none of these"),
        Evidence.HELPFUL: _("Voted as helpful"),
        Evidence.UNHELPFUL: _("Voted as not helpful"),
        Evidence.CLICKED: _("Opened from the choices"),
        Evidence.AGAIN: _("Asked again afterwards"),
        DATA: _("Came with the data"),
    }


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/answers/learned?query=&source=&by=&state=taken&before="""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    fields = _fields(request.GET.dict())
    taken = request.GET.get("state") == "taken"
    shown = _narrowed(viewer, fields)
    shown = shown.exclude(withdrawn_at=None) if taken else shown.standing()
    found, before = page_of(shown.order_by("-pk"), request)
    state = {"state": "taken"} if taken else {}
    may_many = "answers.write" in viewer.rights
    return show(
        request,
        "console/learned.html",
        here="answers",
        lines=_lines(found, viewer),
        fields=fields,
        taken=taken,
        sources=sources(),
        colleagues=list(User.objects.staff().values_list("pk", "name")),
        many=shown.count() if may_many and not taken and _is_narrow(fields) else 0,
        at_once=teaching.AT_ONCE,
        undo=_undo(request.GET.get("undo", "")) if may_many else None,
        older=query(reverse("console:learned"), **fields, **state, before=before) if before else "",
    )


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /console/answers/learned/<pk>?find=: one verdict, the others on its question, and what could answer it instead."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    label = _found(request, pk)
    alike = Label.objects.visible_to(viewer).filter(text_hash=label.text_hash, locale=label.locale)
    others = list(alike.exclude(pk=pk).order_by("-pk")[:50])
    standing = agreed(list(alike.to_remember().order_by("pk")), at=clock.now())
    words = words_of(request)
    return show(
        request,
        "console/learned_one.html",
        here="answers",
        line=_lines([label], viewer)[0],
        others=_lines(others, viewer),
        standing=[(each.article_id, each) for each in standing],
        titles=titles_of([each.article_id for each in standing], viewer),
        words=words,
        found=found_by(words or label.text, viewer),
    )


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: forget this verdict."""
    learn.take_back(_found(request, pk), by=me(request))
    messages.success(request, _("Taken back. The next question is answered without it."))
    return redirect("console:learned-one", pk)


@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: this verdict stands again."""
    teaching.bring_back(_found(request, pk), by=me(request))
    messages.success(request, _("It stands again."))
    return redirect("console:learned-one", pk)


@require_POST
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """POST article (its number, or "" for none): that answers the question, whatever was said before."""
    label = teaching.point(_found(request, pk), named(request), by=me(request))
    messages.success(request, said(label))
    return redirect("console:learned-one", label.pk)


@require_POST
def take_back_all(request: HttpRequest) -> HttpResponse:
    """POST query, source, by: forget all of them, the newest AT_ONCE at a press. One of source and by must be there."""
    fields = _fields(request.POST.dict())
    if not _is_narrow(fields):
        messages.warning(request, _("Choose a source or a colleague first."))
        return redirect("console:learned")
    shown = _narrowed(request.viewer, fields)  # type: ignore[attr-defined]
    moment = teaching.take_back_all(shown, by=me(request))
    return redirect(query(reverse("console:learned"), **fields, undo=moment.isoformat()))


@require_POST
def bring_back_all(request: HttpRequest) -> HttpResponse:
    """POST moment: undo what was taken back at once then."""
    moment = _moment(request.POST.get("moment", ""))
    count = teaching.bring_back_all(moment, by=me(request)) if moment else 0
    messages.success(
        request,
        ngettext("%(num)s verdict stands again.", "%(num)s verdicts stand again.", count) % {"num": count},
    )
    return redirect("console:learned")


def said(label: Label) -> str:
    """What an editor's word came to, for the next page."""
    if label.is_held_out:
        return _("Remembered from now on. The question goes on measuring the engine, now by your word.")
    return _("Remembered from now on.")


def _found(request: HttpRequest, pk: int) -> Label:
    return get_object_or_404(Label.objects.visible_to(request.viewer), pk=pk)  # type: ignore[attr-defined]


def _fields(asked: dict[str, str]) -> dict[str, str]:
    """query, source and by, as far as they say something."""
    by, source = asked.get("by", ""), asked.get("source", "")
    found = {
        "query": mask(asked.get("query", "").strip())[:WORDS_MAX],
        "source": source if source in [*Evidence.values, DATA] else "",
        "by": by if by.isdecimal() and len(by) < 18 else "",
    }
    return {name: value for name, value in found.items() if value}


def _is_narrow(fields: dict[str, str]) -> bool:
    return bool(fields.get("source") or fields.get("by"))


def _narrowed(viewer: Viewer, fields: dict[str, str]) -> LabelQuerySet:
    shown = Label.objects.visible_to(viewer)
    for word in fields.get("query", "").split()[:8]:
        shown = shown.filter(text__icontains=word)
    if source := fields.get("source"):
        shown = shown.came_with_data() if source == DATA else shown.said_here().filter(evidence=source)
    return shown.given_by_colleague(int(fields["by"])) if "by" in fields else shown


def _lines(labels: list[Label], viewer: Viewer) -> list[Line]:
    titles = titles_of([label.article_id for label in labels], viewer)
    staff = {label.given_by_id or 0 for label in labels if label.given_by_kind == "staff"}
    names = dict(User.objects.filter(pk__in=staff).values_list("pk", "name")) if staff else {}
    words = sources()
    return [
        Line(
            label,
            titles.get(label.article_id or 0, ""),
            words[DATA if label.came_with_data else label.evidence],
            _giver(label, names),
        )
        for label in labels
    ]


def _giver(label: Label, names: dict[int, str]) -> str:
    if label.given_by_kind == "staff":
        return names.get(label.given_by_id or 0, _("A colleague"))
    return _("A reader") if label.given_by_kind == "person" else ""


def _undo(text: str) -> tuple[str, int] | None:
    """The moment at which many were taken back, with how many; None where none were."""
    moment = _moment(text)
    count = Label.objects.filter(withdrawn_at=moment).count() if moment else 0
    return (text, count) if count else None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
