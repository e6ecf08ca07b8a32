"""Gaps: what people miss, most missed first; each with its evidence, one press from a draft."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.conversations.models import Conversation
from handrail.insights import drafting
from handrail.insights.cases import Case
from handrail.insights.gaps import Gap, GapQuerySet, acted_on
from handrail.insights.replies import words_of as words_of_replies
from handrail.insights.searching import today
from handrail.insights.words import words_of_most
from handrail.knowledge.models import Article
from handrail.web.console import exports
from handrail.web.console.frame import me, show
from handrail.web.console.insights import choices, number
from handrail.web.console.naming import found_by, named, words_of
from handrail.workspace.locales import LOCALES

PAGE_ROWS = 50
CASES_SHOWN = 40
NEAREST = 3
MEASURED = timedelta(days=90)


@dataclass(frozen=True)
class Evidence:
    """A case as the page shows it. `key` opens its question; `conversation` is its number, for who may read it."""

    case: Case
    key: str
    conversation: int | None


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/gaps?state=&kind=&locale=&page=&as=csv|json"""
    viewer: Viewer = request.viewer
    state = request.GET.get("state", "")
    state = state if state in Gap.State.values else Gap.State.OPEN.value
    fields = {"kind": request.GET.get("kind", ""), "locale": request.GET.get("locale", "")}
    fields["kind"] = fields["kind"] if fields["kind"] in Gap.Kind.values else ""
    fields["locale"] = fields["locale"] if fields["locale"] in LOCALES else ""
    chosen = {name: value for name, value in fields.items() if value}
    shown: GapQuerySet = Gap.objects.visible_to(viewer).worth_showing().filter(**chosen)
    rows = shown.filter(state=state).ranked().select_related("article")
    if exports.wanted(request):
        return exports.as_file(request, f"gaps-{state}", COLUMNS, [_cells(gap) for gap in rows])
    at = min(number(request.GET.get("page", "")) or 1, 1_000)
    start = (max(1, at) - 1) * PAGE_ROWS
    found = list(rows[start : start + PAGE_ROWS + 1])
    counts = dict(shown.order_by().values_list("state").annotate(n=Count("pk")))
    acted, raised = acted_on(viewer, since=today() - MEASURED)
    return show(
        request,
        "console/gaps.html",
        here="gaps",
        gaps=[(gap, examples) for gap, examples in _with_examples(found[:PAGE_ROWS])],
        state=state,
        states=[(each.value, each.label, counts.get(each.value, 0)) for each in Gap.State],
        fields=chosen,
        next_page=at + 1 if len(found) > PAGE_ROWS else None,
        acted=acted,
        raised=raised,
        **choices(),
    )


def gap(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /console/gaps/<pk>?find=: the evidence, and what can be done."""
    viewer: Viewer = request.viewer
    found, words = _found(request, pk), words_of(request)
    cases = found.cases.select_related("ask").order_by("-at", "-pk")
    rows = list(cases[:CASES_SHOWN])
    numbers = {case.conversation_id for case in rows if case.conversation_id}
    visible = set(Conversation.objects.visible_to(viewer).filter(pk__in=numbers).values_list("pk", flat=True))
    sources = dict(cases.order_by().values_list("source").annotate(n=Count("pk")))
    return show(
        request,
        "console/gap.html",
        here="gaps",
        gap=found,
        evidence=[
            Evidence(
                case,
                case.ask.key if case.ask else "",
                case.conversation_id if case.conversation_id in visible else None,
            )
            for case in rows
        ],
        more=max(0, found.cases_counted - len(rows)),
        sources=sources,
        shared=words_of_replies(found) if found.kind == Gap.Kind.REPLY else [],
        words=words,
        nearest=found_by(words, viewer) if words else _nearest(cases, viewer),
        tied=words_of_most([case.text for case in rows if case.text]),
        article=found.article.title_in(viewer.locale) if found.article else "",
        reasons=Gap.Reason.choices,
    )


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: a draft article for the gap, with what is known filled in."""
    found = _found(request, pk)
    try:
        article = drafting.begin_article(found, by=me(request))
    except drafting.NoTopic:
        messages.warning(request, _("Make a topic first: an article stands under one."))
        return redirect("console:topics")
    article.give_to(me(request), by=me(request))
    return redirect("console:article", article.pk, article.original_locale)


@require_POST
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """POST article: this one answers it already; the engine remembers that of each example."""
    found, article = _found(request, pk), named(request)
    if article is None:
        raise Http404
    drafting.answered_by(found, article, by=me(request))
    messages.success(
        request,
        _("Remembered for each of its questions. The gap closes by itself once the article is found."),
    )
    return redirect("console:gap", pk)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """POST reason: no article is wanted."""
    found = _found(request, pk)
    reason = request.POST.get("reason", "")
    if reason not in Gap.Reason.values:
        messages.warning(request, _("Choose why no article is wanted."))
        return redirect("console:gap", pk)
    found.dismiss(reason, by=me(request))
    messages.success(request, _("Dismissed."))
    return redirect("console:gaps")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: it waits for somebody again."""
    _found(request, pk).reopen(by=me(request))
    return redirect("console:gap", pk)


def _found(request: HttpRequest, pk: int) -> Gap:
    return get_object_or_404(Gap.objects.visible_to(request.viewer).select_related("article"), pk=pk)


def _with_examples(gaps: list[Gap]) -> list[tuple[Gap, list[str]]]:
    """Each gap with up to three further wordings, in one query."""
    texts: dict[int, dict[int, str]] = {gap.pk: {} for gap in gaps}
    rows = Case.objects.filter(gap__in=gaps).exclude(text="").order_by("-at")
    for gap, key, text in rows.values_list("gap", "text_key", "text")[: 40 * PAGE_ROWS]:
        if gap is not None and len(texts[gap]) < NEAREST + 1:
            texts[gap].setdefault(key, text)
    return [(gap, [text for text in texts[gap.pk].values() if text != gap.title][:NEAREST]) for gap in gaps]


def _nearest(cases: QuerySet[Case], viewer: Viewer) -> list[tuple[int, str]]:
    """The articles that came nearest most often, as far as the viewer may read them."""
    counted = Counter(cases.exclude(article=None).order_by().values_list("article", flat=True))
    ids = [pk for pk, _count in counted.most_common(NEAREST)]
    found = Article.objects.visible_to(viewer).filter(pk__in=ids).with_published().in_bulk()
    return [(pk, text.title) for pk in ids if pk in found and (text := found[pk].published(viewer.locale))]


COLUMNS = ["kind", "state", "title", "locale", "people", "last_28_days", "first_at", "last_at", "reason"]


def _cells(gap: Gap) -> list[Any]:
    moments = (gap.first_at.isoformat(timespec="seconds"), gap.last_at.isoformat(timespec="seconds"))
    return [gap.kind, gap.state, gap.title, gap.locale, gap.people, gap.lately, *moments, gap.reason]
