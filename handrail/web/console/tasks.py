"""What waits for the reader: at most ten things, each leading to where it can be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from handrail.knowledge.tasks import Task
from handrail.knowledge.tasks import tasks as waiting_for
from handrail.web.console.frame import show

PAGES = {"outdated": "console:article-translation", "review": "console:article-difference"}


def tasks(request: HttpRequest) -> HttpResponse:
    """GET /console/tasks"""
    found = waiting_for(request.viewer)
    return show(request, "console/tasks.html", here="tasks", tasks=[(task, address(task)) for task in found])


def address(task: Task) -> str:
    """Where the task is done."""
    return reverse(PAGES.get(task.kind, "console:article"), args=[task.article.pk, task.locale])
