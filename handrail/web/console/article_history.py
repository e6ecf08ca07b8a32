"""What happened to an article and every state of its texts: who changed what, the difference, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.knowledge.activity import history as told
from handrail.knowledge.block_uses import names_of_blocks
from handrail.knowledge.difference import difference, runs, words
from handrail.knowledge.models import Revision, Translation
from handrail.knowledge.remarks import Remark
from handrail.knowledge.stages import Stage
from handrail.knowledge.steps import steps
from handrail.knowledge.undescribed import undescribed
from handrail.web.console.article_fetch import fetch, text_of
from handrail.web.console.article_page import frame_of
from handrail.web.console.frame import show

REVISIONS_SHOWN = 100


@dataclass(frozen=True)
class State:
    """One revision for the list: who wrote it, and whether readers see it or authors go on from it."""

    revision: Revision
    who: str
    is_published: bool
    is_draft: bool


def history(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """GET /console/articles/<pk>/<locale>/history"""
    article = fetch(request, pk)
    text = text_of(article, locale)
    return show(
        request,
        "console/history.html",
        here="articles",
        **frame_of(article, locale),
        article=article,
        language=locale,
        states=states(text) if text else [],
        told=told(article),
    )


def states(text: Translation) -> list[State]:
    """Its revisions, newest first."""
    revisions = list(text.revisions.defer("html", "text").order_by("-number")[:REVISIONS_SHOWN])
    ids = [each.author_id for each in revisions if each.author_kind == "staff" and each.author_id]
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [
        State(
            each,
            names.get(each.author_id or 0, _("The system"))
            if each.author_kind == "staff"
            else _("The system"),
            each.pk == text.published_id,
            each.pk == text.draft_id,
        )
        for each in revisions
    ]


def compare(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """GET ?old=<number>&new=<number>: two states side by side. Without numbers: what the draft changes for readers."""
    article = fetch(request, pk)
    text = text_of(article, locale)
    if text is None:
        raise Http404
    new = revision_of(text, request.GET.get("new", "")) or text.newest
    old = revision_of(text, request.GET.get("old", "")) or _before(text, new)
    if new is None:
        raise Http404
    before = old.whole if old else ""
    rows = difference(before, new.whole, names=names_of_blocks(before, new.whole))
    return show(
        request,
        "console/difference.html",
        here="articles",
        **frame_of(article, locale),
        article=article,
        language=locale,
        text=text,
        old=old,
        new=new,
        # A word on the draft is only asked for where the draft is what stands on the right.
        can=[str(step) for step in steps(text, request.viewer)] if new.pk == text.draft_id else [],
        titles=words(old.title if old else "", new.title),
        runs=runs(rows),
        opens=any(row.opens for row in rows),
        undescribed=undescribed(new.whole) if new.pk == text.draft_id else [],
        changes=sum(row.state != "same" for row in rows),
        numbers=list(text.revisions.order_by("-number").values_list("number", flat=True)[:REVISIONS_SHOWN]),
    )


def revision_of(text: Translation, number: str) -> Revision | None:
    """The revision with this number, or None for none and for what is no number."""
    if not number.isdigit() or len(number) > 8:
        return None
    return text.revisions.filter(number=number).first()


def _before(text: Translation, new: Revision | None) -> Revision | None:
    """What to compare with unasked: what readers see; of words they never saw, what was sent back, or nothing while they
    are reviewed; else the state before."""
    if new is None:
        return None
    if text.published and text.published.number < new.number:
        return text.published
    if text.published is None and text.stage == Stage.REVIEW:
        return (
            text.revisions.filter(pk__in=_sent_back(text), number__lt=new.number).order_by("-number").first()
        )
    return text.revisions.filter(number__lt=new.number).order_by("-number").first()


def _sent_back(text: Translation) -> QuerySet[Remark, int | None]:
    return text.remarks.filter(verdict="changes").values_list("revision", flat=True)


@require_POST
def restore(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """POST number: a new draft that says what that revision said."""
    article = fetch(request, pk)
    text = text_of(article, locale)
    found = revision_of(text, request.POST.get("number", "")) if text else None
    if found is None:
        raise Http404
    article.restore(found, by=request.user)  # type: ignore[arg-type]
    messages.success(
        request,
        _("Version %(number)s is back as a draft. Readers see it once it is published.")
        % {"number": found.number},
    )
    return redirect("console:article", pk, locale)
