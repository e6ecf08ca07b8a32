"""Addresses of the installed app's shell: below the desk's own, and the same for everybody, signed in or not."""

from __future__ import annotations

from django.urls import path

from handrail.web.desk import app
from handrail.web.policy import public

app_name = "app"
urlpatterns = [
    path("worker.js", public(app.worker), name="worker"),
    path("offline", public(app.offline), name="offline"),
    path("app/<locale:locale>/<int:hue>.webmanifest", public(app.manifest), name="manifest"),
    path("app/<int:hue>/<slug:shape>-<int:size>.png", public(app.icon), name="icon"),
]
