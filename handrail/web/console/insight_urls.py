"""Addresses of what the questions of readers say. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import gaps, insights, links, readers
from handrail.web.console.frame import at_console

may_read = at_console("knowledge.write")
urlpatterns = [
    path("insights", may_read(insights.page), name="insights"),
    path("insights/questions", may_read(insights.questions), name="questions"),
    path("insights/questions/<str:key>", may_read(insights.question), name="question"),
    path("insights/questions/<str:key>/article", may_read(insights.answered), name="question-answered"),
    path("gaps", may_read(gaps.page), name="gaps"),
    path("gaps/<int:pk>", may_read(gaps.gap), name="gap"),
    path("gaps/<int:pk>/draft", may_read(gaps.draft), name="gap-draft"),
    path("gaps/<int:pk>/answered", may_read(gaps.answered), name="gap-answered"),
    path("gaps/<int:pk>/dismissal", may_read(gaps.dismiss), name="gap-dismiss"),
    path("gaps/<int:pk>/reopening", may_read(gaps.reopen), name="gap-reopen"),
    path("readers", may_read(readers.page), name="readers"),
    path("readers/<int:pk>", may_read(readers.article), name="readers-article"),
    path("links", may_read(links.page), name="links"),
]
