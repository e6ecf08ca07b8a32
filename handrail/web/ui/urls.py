"""What every surface's pages load: a brand's colours and mark, built files, and the token a POST needs."""

from __future__ import annotations

from django.urls import path

from handrail.web.policy import public
from handrail.web.ui import files, mark, theme, token

app_name = "ui"
urlpatterns = [
    path("theme/<int:hue>.css", public(theme.show), name="theme"),
    path("mark/<int:hue>.svg", public(mark.show), name="favicon"),
    path("token", public(token.show), name="token"),
    path("static/<path:name>", public(files.show), name="static"),
]
