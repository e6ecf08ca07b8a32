"""The console's addresses, each with who may call it."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import deliveries, inbound, jobs, topic_moves, topics
from handrail.web.console.frame import at_console, home

app_name = "console"
urlpatterns = [
    path("", at_console("console.enter")(home), name="home"),
    path("jobs", at_console("console.jobs")(jobs.jobs), name="jobs"),
    path("jobs/retry", at_console("console.jobs")(jobs.retry_all), name="retry-all"),
    path("jobs/<int:pk>/retry", at_console("console.jobs")(jobs.retry), name="retry"),
    path("inbound", at_console("console.inbound")(inbound.inbound), name="inbound"),
    path("inbound/<int:pk>/release", at_console("console.inbound")(inbound.release), name="release"),
    path("inbound/<int:pk>/raw", at_console("console.inbound")(inbound.raw), name="raw"),
    path("topics", at_console("knowledge.write")(topics.page), name="topics"),
    path("topics/new", at_console("knowledge.write")(topics.new), name="topic-new"),
    path("topics/<int:pk>", at_console("knowledge.write")(topics.edit), name="topic"),
    path("topics/<int:pk>/move", at_console("knowledge.write")(topic_moves.topic), name="topic-move"),
    path(
        "topics/<int:pk>/dissolve", at_console("knowledge.write")(topic_moves.dissolve), name="topic-dissolve"
    ),
    path(
        "topics/products/<int:pk>/move",
        at_console("knowledge.write")(topic_moves.product),
        name="product-move",
    ),
    path(
        "topics/articles/<int:pk>/move",
        at_console("knowledge.write")(topic_moves.article),
        name="article-move",
    ),
    path("deliveries", at_console("console.jobs")(deliveries.deliveries), name="deliveries"),
]
