"""Jobs given up after their last attempt, each with what it last said and a button to try again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from handrail.core.jobs.models import Job
from handrail.web.console.frame import page_of, show


def jobs(request: HttpRequest) -> HttpResponse:
    """GET /console/jobs?before=<id>"""
    rows, before = page_of(Job.objects.dead(), request)
    return show(request, "console/jobs.html", jobs=rows, before=before, here="jobs")


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: a new set of attempts for one dead job, at once."""
    get_object_or_404(Job.objects.dead(), pk=pk).retry()
    return redirect("console:jobs")


@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """POST: the same for the newest hundred, for when what broke them is mended."""
    for job in Job.objects.dead()[:100]:
        job.retry()
    return redirect("console:jobs")
