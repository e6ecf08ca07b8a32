"""Links that lead nowhere, by the article they stand in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from handrail.accounts.viewer import Viewer
from handrail.insights.links import BrokenLink
from handrail.insights.todo_words import titles_of
from handrail.web.console import exports
from handrail.web.console.frame import page_of, show


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/links?before=&as=csv|json"""
    viewer: Viewer = request.viewer
    rows = BrokenLink.objects.visible_to(viewer).order_by("-pk")
    if exports.wanted(request):
        cells = [
            [row.article_id, row.locale, row.address, row.problem, row.since.isoformat()] for row in rows
        ]
        return exports.as_file(
            request, "broken-links", ["article", "locale", "address", "problem", "since"], cells
        )
    found, before = page_of(rows, request)
    return show(
        request,
        "console/links.html",
        here="links",
        rows=found,
        titles=titles_of([row.article_id for row in found], viewer),
        before=before,
        asks_others=settings.CHECK_OTHER_SITES,
    )
