"""The peer's own addresses at the root, as its documentation shows."""

from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
