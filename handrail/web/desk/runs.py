"""What came of a run over many conversations: a line above the list, a page with each of them, and the way back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.automation.runs import Run, Step, kept_by_others, take_anyway, told, undo
from handrail.web.desk.frame import fragment, show

STEPS_SHOWN = 200
NEXT = "run-shown-next"  # in the session


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /desk/runs/<id>: what came of a run, for each conversation."""
    run = _fetch(request, pk)
    return show(request, "desk/run.html", **_told(request, run), steps=_steps(run, request), here="")


def strip(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /desk/runs/<id>/strip: how far a run is, as one line."""
    return fragment(request, "desk/run_strip.html", **_told(request, _fetch(request, pk)))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /desk/runs/<id>/undo"""
    run = _fetch(request, pk)
    user: User = request.user  # type: ignore[assignment]
    undo(run, by=user)
    return to_list(request, run)


@require_POST
def anyway(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /desk/runs/<id>/anyway with seen_at: what colleagues got meanwhile is taken from them after all."""
    user: User = request.user  # type: ignore[assignment]
    return to_list(
        request, take_anyway(_fetch(request, pk), by=user, since=moment_in(request.POST.get("seen_at", "")))
    )


def moment_in(text: str) -> str:
    """A moment a page was made at, as it wrote it (ISO 8601 with its zone); "" for anything else."""
    try:
        return text if len(text) < 40 and datetime.fromisoformat(text).tzinfo else ""
    except ValueError:
        return ""


def strip_of(request: HttpRequest) -> dict[str, Any]:
    """What a list shows of the run its address names, or of the one to be shown next; nothing without one."""
    pk = request.GET.get("run") or str(request.session.pop(NEXT, ""))
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    run = Run.objects.visible_to(viewer).filter(pk=pk).first() if pk.isdigit() and len(pk) < 16 else None
    if run is None:
        return {"run": None}
    asked = request.GET.copy()
    asked.pop("run", None)
    back = f"{request.path}?{asked.urlencode()}" if asked else request.path
    return _told(request, run) | {"back": back}


def show_next(request: HttpRequest, run: Run) -> None:
    """The next list this colleague opens shows the run, once."""
    request.session[NEXT] = run.pk


def back_of(request: HttpRequest) -> str:
    """The list one came from, inside the desk."""
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    is_ours = wanted.startswith(reverse("desk:home")) and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if is_ours else reverse("desk:home")


def to_list(request: HttpRequest, run: Run) -> HttpResponseRedirect:
    path, _mark, query = back_of(request).partition("?")
    asked = QueryDict(query, mutable=True)
    asked["run"] = str(run.pk)
    return redirect(f"{path}?{asked.urlencode()}")


def _told(request: HttpRequest, run: Run) -> dict[str, Any]:
    tally = run.tally()
    return {
        "run": run,
        "tally": tally,
        "whole": sum(tally.values()),
        # A step that was done and says why is one that was left.
        "closed": run.steps.filter(state=Step.State.DONE, reason="").count() if run.closes_at else 0,
        "kept": kept_by_others(run) if tally[Step.State.REFUSED] else {},
        "back": back_of(request),
    }


def _steps(run: Run, request: HttpRequest) -> list[dict[str, Any]]:
    # What went wrong first: that is what somebody has to look at.
    steps = run.steps.order_by("reason", "pk").reverse()[:STEPS_SHOWN]
    return [told(step, locale=request.viewer.locale) for step in steps]  # type: ignore[attr-defined]


def _fetch(request: HttpRequest, pk: int) -> Run:
    return get_object_or_404(Run.objects.visible_to(request.viewer), pk=pk)  # type: ignore[attr-defined]
