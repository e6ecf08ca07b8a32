"""What waits for the reader: at most ten things, each leading to where it can be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.insights.offered import shares
from handrail.insights.todo import todo
from handrail.insights.todo_words import names, path_of, place_of, title_in, titles_of
from handrail.web.console.frame import show


def tasks(request: HttpRequest) -> HttpResponse:
    """GET /console/tasks"""
    own, found = todo(request.viewer)  # type: ignore[attr-defined]
    titles = titles_of([each.subject for each in found if each.kind == "failing"], request.viewer)  # type: ignore[attr-defined]
    return show(
        request,
        "console/tasks.html",
        here="tasks",
        names=names(),
        tasks=[(task, path_of(task)) for task in own],
        shares=shares(request.viewer),  # type: ignore[attr-defined]
        findings=[(each, *title_in(each, titles), place_of(each)) for each in found],
    )
