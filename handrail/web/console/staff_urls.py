"""Addresses of who works here and when. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import closures, colleagues, hours, teams
from handrail.web.console.frame import at_console

hires = at_console("accounts.write")
arranges = at_console("workspace.write")
urlpatterns = [
    path("colleagues", hires(colleagues.page), name="colleagues"),
    path("colleagues/<int:id>", hires(colleagues.one), name="colleague"),
    path("colleagues/<int:id>/leave", hires(colleagues.leave), name="colleague-leave"),
    path("colleagues/<int:id>/return", hires(colleagues.come_back), name="colleague-return"),
    path("colleagues/<int:id>/link", hires(colleagues.link), name="colleague-link"),
    path("teams", arranges(teams.page), name="teams"),
    path("teams/keep", arranges(teams.keep), name="team-keep"),
    path("hours", arranges(hours.page), name="hours"),
    path("hours/new", arranges(hours.new), name="hours-new"),
    path("hours/<int:id>", arranges(hours.one), name="hours-of"),
    path("hours/<int:id>/closures", arranges(closures.close), name="hours-close"),
    path("hours/<int:id>/closures/opened", arranges(closures.reopen), name="hours-reopen"),
]
