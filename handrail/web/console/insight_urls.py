"""Addresses of what the questions of readers say. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import insights
from handrail.web.console.frame import at_console

reads = at_console("knowledge.write")
urlpatterns = [
    path("insights", reads(insights.page), name="insights"),
    path("insights/questions", reads(insights.questions), name="questions"),
    path("insights/questions/<str:key>", reads(insights.question), name="question"),
]
