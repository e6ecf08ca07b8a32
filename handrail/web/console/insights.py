"""What readers look for: how many asked, what they got, what they asked most, and each question with what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.answers import teaching
from handrail.answers.agreement import CERTAIN
from handrail.answers.labels import Label
from handrail.conversations.models import Conversation
from handrail.insights.cursors import Cursor
from handrail.insights.journeys import Journey
from handrail.insights.metrics import BY_CODE, CODES, METRICS, Metric
from handrail.insights.searching import Board, Narrowing, asked_before, board, journeys, with_words, wordings
from handrail.web.console import exports
from handrail.web.console.article_list import language
from handrail.web.console.charts import stacked
from handrail.web.console.frame import me, page_of, show
from handrail.web.console.learned import said
from handrail.web.console.naming import found_by, named, titles_of, words_of
from handrail.web.console.narrowing import brands, channels, fields_of, narrowing_of, periods
from handrail.web.ui.jinja import query
from handrail.workspace.locales import LOCALES

BARS = ("answered", "choices", "nothing")
LISTS = ("asked", "nothing", "contacted")
EXPORTED_MOST = 10_000
OFFERED_SHOWN = 3


@dataclass(frozen=True)
class Figure:
    """One number: what it counts, how many, of how many, how many in the time before, and where its rows are."""

    metric: Metric
    count: int
    share: float | None
    before: int
    address: str


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/insights?days=&from=&to=&channel=&locale=&as=csv|json"""
    viewer: Viewer = request.viewer
    narrowing = narrowing_of(request.GET)
    found = board(viewer, narrowing)
    if exports.wanted(request):
        rows = [[span.first, span.last, *(span.counts[code] for code in CODES)] for span in found.spans]
        return exports.as_file(request, "questions", ["first_day", "last_day", *CODES], rows)
    fields = fields_of(narrowing)
    return show(
        request,
        "console/insights.html",
        here="insights",
        narrowing=narrowing,
        fields=fields,
        figures=figures(found, fields),
        chart=stacked([span.counts for span in found.spans], BARS, line="contacted"),
        spans=[(span, _rows_of_span(span, narrowing)) for span in found.spans],
        lists=[
            (BY_CODE[code], wordings(viewer, narrowing, code) if found.counts[code] else []) for code in LISTS
        ],
        counted_at=Cursor.objects.filter(name="facts").values_list("moved_at", flat=True).first(),
        **choices(),
    )


def questions(request: HttpRequest) -> HttpResponse:
    """GET /console/insights/questions?metric=&wording=&article=&before=, and what page() takes: the rows of a number."""
    viewer: Viewer = request.viewer
    narrowing = narrowing_of(request.GET)
    code = request.GET.get("metric", "asked")
    metric = BY_CODE.get(code, METRICS[0])
    rows = journeys(viewer, narrowing, metric.code)
    wording, article = number(request.GET.get("wording", "")), number(request.GET.get("article", ""))
    if wording is not None:
        rows = rows.filter(text_key=wording)
    if article is not None:
        rows = rows.leading_to(article)
    rows = with_words(rows)
    if exports.wanted(request):
        cells = [_cells(each) for each in rows[:EXPORTED_MOST]]
        return exports.as_file(request, f"questions-{metric.code}", COLUMNS, cells)
    found, before = page_of(rows, request, asked_before)
    narrowed = fields_of(narrowing)
    fields = narrowed | {"metric": metric.code}
    fields |= {"wording": str(wording)} if wording is not None else {}
    fields |= {"article": str(article)} if article is not None else {}
    return show(
        request,
        "console/questions.html",
        here="insights",
        metric=metric,
        narrowing=narrowing,
        narrowed=narrowed,
        fields=fields,
        rows=found,
        older=query(reverse("console:questions"), **fields, before=before) if before else "",
        **choices(),
    )


def question(request: HttpRequest, key: str) -> HttpResponse:
    """GET /console/insights/questions/<key>?find=: one question, step by step, and what answers it."""
    viewer: Viewer = request.viewer
    journey = _journey(viewer, key)
    verdicts = _verdicts(viewer, journey)
    certain = {label.article_id for label in verdicts if label.weight >= CERTAIN}
    offered = [article for article, _confidence in journey.ask.offered]
    titles = titles_of({*offered, journey.opened_id, journey.ask.solved_by_id, *certain}, viewer)
    words = words_of(request)
    found = found_by(words, viewer)
    numbers = Conversation.objects.visible_to(viewer).filter(pk=journey.conversation_id or 0)
    return show(
        request,
        "console/question.html",
        here="insights",
        journey=journey,
        ask=journey.ask,
        titles=titles,
        offered=[(pk, titles[pk], share) for pk, share in journey.ask.offered if pk in titles],
        number=numbers.values_list("pk", flat=True).first(),
        words=words,
        nearest=found if words else [(pk, titles[pk]) for pk in offered if pk in titles][:OFFERED_SHOWN],
        certain=certain,
        verdict=verdicts[0].pk if verdicts else None,
        **choices(),
    )


@require_POST
def answered(request: HttpRequest, key: str) -> HttpResponse:
    """POST article (its number, or "" for none): that answers this question."""
    journey = _journey(request.viewer, key)
    article, ask = named(request), journey.ask
    taught = teaching.teach([ask.text], article, ask.locale, by=me(request), audience=journey.audience)
    messages.success(request, said(taught[0]))
    return redirect("console:question", key)


def _journey(viewer: Viewer, key: str) -> Journey:
    return get_object_or_404(Journey.objects.visible_to(viewer).select_related("ask"), ask__key=key)


def _verdicts(viewer: Viewer, journey: Journey) -> list[Label]:
    """What was said of this question, the newest first."""
    found = teaching.verdicts_on(journey.ask.text, journey.ask.locale)
    return list(found.visible_to(viewer).order_by("-pk"))


def figures(found: Board, fields: dict[str, str]) -> list[Figure]:
    asked = found.counts["asked"]
    return [
        Figure(
            metric,
            found.counts[metric.code],
            found.counts[metric.code] / asked if asked and metric.code != "asked" else None,
            found.before[metric.code],
            query(reverse("console:questions"), **fields, metric=metric.code),
        )
        for metric in METRICS
    ]


def choices() -> dict[str, Any]:
    """What the form that narrows offers."""
    return {
        "periods": periods(),
        "channels": channels(),
        "locales": [(code, language(code)) for code in LOCALES],
        "brands": brands(),
    }


def number(text: str) -> int | None:
    """A whole number of 64 bits as an address carries it."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 20):
        return None
    return int(text) if -(2**63) <= int(text) < 2**63 else None


def _rows_of_span(span: Any, narrowing: Narrowing) -> str:
    fields = fields_of(replace(narrowing, first=span.first, last=span.last))
    return query(reverse("console:questions"), **fields)


COLUMNS = ["asked_at", "channel", "locale", "text", "outcome", "opened", "contacted", "solved"]


def _cells(journey: Journey) -> list[Any]:
    ask = journey.ask
    came = (journey.opened_id, journey.is_contacted, journey.is_solved)
    return [
        ask.at.isoformat(timespec="seconds"),
        ask.channel,
        ask.locale,
        ask.text,
        ask.outcome,
        *(bool(each) for each in came),
    ]
