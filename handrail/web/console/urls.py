"""The console's addresses, each with who may call it."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import deliveries, inbound, jobs, tree_editor, troubleshooters
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
    path("deliveries", at_console("console.jobs")(deliveries.deliveries), name="deliveries"),
    path("troubleshooters", at_console("knowledge.write")(troubleshooters.page), name="troubleshooters"),
    path("troubleshooters/<int:pk>", at_console("knowledge.write")(tree_editor.page), name="troubleshooter"),
    path(
        "troubleshooters/<int:pk>/withdraw",
        at_console("knowledge.publish")(troubleshooters.withdraw),
        name="troubleshooter-withdraw",
    ),
    path(
        "troubleshooters/<int:pk>/versions/<int:version>/restore",
        at_console("knowledge.write")(troubleshooters.restore),
        name="troubleshooter-restore",
    ),
]
