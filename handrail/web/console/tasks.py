"""What waits for the reader: at most ten things, each leading to where it can be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from handrail.insights.tasks import Finding
from handrail.knowledge.tasks import Task
from handrail.web.console.frame import show
from handrail.web.console.readers import titles_of
from handrail.web.console.todo import todo

PAGES = {"outdated": "console:article-translation", "review": "console:article-difference"}


def tasks(request: HttpRequest) -> HttpResponse:
    """GET /console/tasks"""
    own, found = todo(request.viewer)
    titles = titles_of([each.subject for each in found if each.kind == "failing"], request.viewer)
    return show(
        request,
        "console/tasks.html",
        here="tasks",
        tasks=[(task, address(task)) for task in own],
        findings=[(each, *place(each, titles)) for each in found],
    )


def place(finding: Finding, titles: dict[int, tuple[str, str]]) -> tuple[str, str, str]:
    """Its title, the language of that, and where it is seen to."""
    if finding.kind == "links":
        return "", "", reverse("console:links")
    if finding.kind == "failing":
        title, locale = titles.get(finding.subject, ("", ""))
        return title, locale, reverse("console:readers-article", args=[finding.subject])
    return finding.title, finding.locale, reverse("console:gap", args=[finding.subject])


def address(task: Task) -> str:
    """Where the task is done."""
    return reverse(PAGES.get(task.kind, "console:article"), args=[task.article.pk, task.locale])
