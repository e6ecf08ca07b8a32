"""The desk's addresses, each with who may call it."""

from __future__ import annotations

from django.urls import path

from handrail.web.desk import lists
from handrail.web.desk.frame import at_desk

app_name = "desk"
urlpatterns = [
    path("", at_desk("desk.enter")(lists.home), name="home"),
    path("views/<slug:name>/", at_desk()(lists.view), name="view"),
    path("counts", at_desk()(lists.counted), name="counts"),
    path("search", at_desk()(lists.search), name="search"),
]
