"""Addresses of what the questions of readers say. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import gaps, insights
from handrail.web.console.frame import at_console

reads = at_console("knowledge.write")
urlpatterns = [
    path("insights", reads(insights.page), name="insights"),
    path("insights/questions", reads(insights.questions), name="questions"),
    path("insights/questions/<str:key>", reads(insights.question), name="question"),
    path("gaps", reads(gaps.page), name="gaps"),
    path("gaps/<int:pk>", reads(gaps.gap), name="gap"),
    path("gaps/<int:pk>/draft", reads(gaps.draft), name="gap-draft"),
    path("gaps/<int:pk>/answered/<int:article>", reads(gaps.answered), name="gap-answered"),
    path("gaps/<int:pk>/dismissal", reads(gaps.dismiss), name="gap-dismiss"),
    path("gaps/<int:pk>/reopening", reads(gaps.reopen), name="gap-reopen"),
]
