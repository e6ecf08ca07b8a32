"""How last month's questions would be answered now: a curve, the surest mistakes, and what changed since the last version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.answers import jobs
from handrail.answers.models import Label, Replay
from handrail.knowledge.models import Article
from handrail.web.console.frame import show

LEAST_SHOWN = 50.0  # percent; the lower edge of the curve, unless it falls below
FIGURES = ("questions", "first_right", "precision", "coverage", "rejected", "ECE")


@dataclass(frozen=True)
class Curve:
    """Coverage against precision as a line; `floor` is the percentage at the lower edge, `target` the height of 95 %."""

    points: str
    floor: float
    target: float


@dataclass(frozen=True)
class Proved:
    """One language: its figures now and before, its curve and its surest mistakes."""

    locale: str
    figures: list[tuple[str, float, float | None]]
    answers: bool
    curve: Curve
    cuts: list[list[float]]
    worst: list[dict[str, Any]]


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/answers/history"""
    last, before = Replay.newest()
    if last is None:
        return show(request, "console/replay.html", here="answers", last=None)
    report = last.report
    earlier = before.report["proved"] if before else {}
    return show(
        request,
        "console/replay.html",
        here="answers",
        last=last,
        before=before,
        until=datetime.fromisoformat(report["until"]),
        days=report["days"],
        asked=report["asked"],
        proved=[_proved(locale, of, earlier.get(locale)) for locale, of in report["proved"].items()],
        titles=_titles(report, request.viewer),  # type: ignore[attr-defined]
        labels=_labels(report, request.viewer),  # type: ignore[attr-defined]
    )


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """POST: ask them again now, in a worker."""
    jobs.replay.using(dedupe_key="answers.replay").enqueue()
    messages.success(
        request, _("The questions are being asked again. It takes a minute or two; then look here again.")
    )
    return redirect("console:answers-history")


def _proved(locale: str, now: dict[str, Any], before: dict[str, Any] | None) -> Proved:
    figures = [(name, now[name], before[name] if before else None) for name in FIGURES]
    return Proved(
        locale, figures, now["answer_from"] is not None, curve_of(now["curve"]), now["curve"], now["worst"]
    )


def curve_of(cuts: list[list[float]]) -> Curve:
    """The cuts of a curve as points of a field 100 wide and 100 high; precision from `floor` up."""
    lowest = min((precision for _coverage, precision, _confidence in cuts), default=LEAST_SHOWN)
    floor = min(LEAST_SHOWN, lowest - lowest % 10)
    scale = 100 / (100 - floor)
    points = " ".join(
        f"{coverage:g},{(100 - precision) * scale:.1f}" for coverage, precision, _confidence in cuts
    )
    return Curve(points, floor, round(5 * scale, 1))


def _labels(report: dict[str, Any], viewer: Viewer) -> set[int]:
    """Of the verdicts behind the mistakes, those that still stand and that the reader may change."""
    named = {each.get("label") for of in report["proved"].values() for each in of["worst"]} - {None}
    return set(Label.objects.visible_to(viewer).standing().filter(pk__in=named).values_list("pk", flat=True))


def _titles(report: dict[str, Any], viewer: Viewer) -> dict[int, str]:
    """Of the articles named, those the reader may see, by number."""
    named = {each[place][1] for each in report["asked"]["examples"] for place in ("then", "now")}
    for of in report["proved"].values():
        named |= {each["said"] for each in of["worst"]} | {n for each in of["worst"] for n in each["right"]}
    seen = Article.objects.visible_to(viewer).with_published().filter(pk__in=named - {None})
    return {article.pk: text.title for article in seen if (text := article.published(viewer.locale))}
