"""How the answer engine is: what it has learned, version by version, its model process, and its language model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Avg, Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handrail.answers import bands, chat_model, jobs
from handrail.answers.asks import Ask
from handrail.answers.entries import IndexState
from handrail.answers.exploring import explored
from handrail.answers.fittings import KEPT, Fitting
from handrail.answers.labels import Label
from handrail.answers.model_client import ModelClient, current
from handrail.answers.refit import OWN_LABELS_MIN
from handrail.answers.thresholds import target_for
from handrail.core import clock
from handrail.core.jobs.models import Job
from handrail.web.console.frame import show

CHANNELS = ("portal", "chat", "mail")
DAYS = 7

LEARNING = "answers.learn"  # there is one such job at a time


@dataclass(frozen=True)
class Bound:
    """What one channel asks of an automatic answer in one language, and what was measured at it; shares of one."""

    locale: str
    channel: str
    target: float
    opens: bool
    answered: int
    precision: float
    coverage: float


def answers(request: HttpRequest) -> HttpResponse:
    """GET /console/answers"""
    fittings = list(Fitting.objects.order_by("-pk")[:KEPT])
    in_use = Fitting.objects.in_use()
    before = Fitting.objects.before(in_use) if in_use else None
    return show(
        request,
        "console/answers.html",
        here="answers",
        versions=[(fitting, bounds(fitting)) for fitting in fittings],
        in_use=in_use.pk if in_use else None,
        before=before.pk if before else None,
        is_learning=Job.objects.unfinished().filter(dedupe_key=LEARNING).exists(),
        models=model_process(),
        phrasing=phrased(),
        explored=explored(),
    )


@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    """POST: learn from all verdicts now, in a worker, instead of in the night."""
    actor = request.viewer.as_actor()  # type: ignore[attr-defined]
    jobs.learn_now.using(dedupe_key=LEARNING).enqueue(actor.kind, actor.id)
    known = Label.objects.to_learn_from().values("text_hash").distinct().count()
    if known < OWN_LABELS_MIN:
        # Articles that were confirmed often enough are told apart all the same; most sites have none yet.
        said = ngettext(
            "%(num)s question has a verdict so far; from %(needed)s on a version of your own is learned. Until then answers come by what came with the product.",
            "%(num)s questions have a verdict so far; from %(needed)s on a version of your own is learned. Until then answers come by what came with the product.",
            known,
        )
        messages.info(request, said % {"num": known, "needed": OWN_LABELS_MIN})
    else:
        messages.success(
            request,
            _(
                "A new version is being learned and measured. It takes seconds to minutes; then look here again. It is used only if it does no worse."
            ),
        )
    return redirect("console:answers")


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: answer by this version from now on."""
    get_object_or_404(Fitting, pk=pk).choose(by=request.viewer.as_actor())
    messages.success(request, _("From now on version %(number)s answers.") % {"number": pk})
    return redirect("console:answers")


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: go back to the version before this one, or to what came with the product."""
    get_object_or_404(Fitting, pk=pk, is_withdrawn=False).withdraw(by=request.viewer.as_actor())
    present = Fitting.objects.in_use()
    said = (
        _("Version %(number)s was taken back. From now on version %(present)s answers.")
        if present
        else _(
            "Version %(number)s was taken back. From now on the engine answers by what came with the product."
        )
    )
    messages.success(request, said % {"number": pk, "present": present.pk if present else ""})
    return redirect("console:answers")


def bounds(fitting: Fitting) -> list[Bound]:
    """For each measured language and channel its bound."""
    found, stamp = [], IndexState.now().stamp
    for locale, gate in sorted(fitting.gates.items()):
        for channel in CHANNELS:
            target = target_for(channel, None, stamp=stamp)
            at = _measured(gate["answer"], target)
            opens = at["bound"] < bands.NEVER
            found.append(
                Bound(
                    locale, channel, target, opens, at["answered"], at["precision_at_least"], at["coverage"]
                )
            )
    return found


def _measured(answers: dict[str, Any], target: float) -> dict[str, Any]:
    """What was measured for the least target that is enough; what answers nothing where none is."""
    enough = [of for at, of in sorted(answers.items()) if float(at) >= target - 1e-9]
    nothing = {"bound": bands.NEVER, "answered": 0, "precision_at_least": 0.0, "coverage": 0.0}
    return enough[0] if enough else nothing


def model_process() -> dict[str, Any] | None:
    """The model process's own words, with the names of its models; None where nothing reads here."""
    reader = current()
    names = [name for name in (reader.morph_model, reader.vector_model) if name]
    health = reader.health() if isinstance(reader, ModelClient) else {}
    if health is None or not (names or health):
        return None
    return {"names": names, "embeddings": "", **health}


def phrased() -> dict[str, Any] | None:
    """Of the last week: how often the language model was asked, why the quotation stood, and what it costs."""
    if not chat_model.is_named():
        return None
    asked = Ask.objects.filter(at__gte=clock.now() - timedelta(days=DAYS)).exclude(phrasing="")
    counted = asked.aggregate(
        asked=Count("pk"),
        said=Count("pk", filter=Q(phrasing="said")),
        milliseconds=Avg("phrasing_milliseconds", filter=~Q(phrasing="resting")),
    )
    outcomes = asked.exclude(phrasing="said").values_list("phrasing").annotate(Count("pk"))
    return counted | {"why": _why(dict(outcomes))}


def _instead(outcome: str) -> str:
    """Why the quotation stood, by what came of asking (answers/phrasing.py)."""
    said = {
        "away": _("No answer in time"),
        "resting": _("Not asked for a while, after it had failed"),
        "refused": _("Refused: check its address and key, and HANDRAIL_FETCH_INTERNAL for an address inside"),
        "odd": _("Nothing readable came back"),
        "none": _("It said that the passages hold no answer"),
        "instructed": _("The passage or the question gives orders to machines"),
    }
    return said.get(outcome) or _("It said something else than the passages")


def _why(outcomes: dict[str, int]) -> list[tuple[str, int]]:
    """(what happened instead of the model's words, how often), the most frequent first."""
    counts: dict[str, int] = {}
    for outcome, count in outcomes.items():
        words = _instead(outcome)
        counts[words] = counts.get(words, 0) + count
    return sorted(counts.items(), key=lambda each: -each[1])
