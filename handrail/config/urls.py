"""Every address of the site, surface by surface."""

from __future__ import annotations

from django.urls import include, path

from handrail.web import locale_path  # noqa: F401  (its converter stands in the paths below)
from handrail.web.brands import host_answer
from handrail.web.files import file, small
from handrail.web.ready import ready

urlpatterns = [
    path("readyz", ready),
    path(".well-known/handrail/<str:question>", host_answer, name="host-answer"),
    path("accounts/", include("handrail.web.library_urls")),
    path("files/<str:token>", file, name="file"),
    path("files/<str:token>/small", small, name="file-small"),
    path("desk/", include("handrail.web.desk.app_urls")),
    path("desk/", include("handrail.web.desk.urls")),
    path("console/", include("handrail.web.console.urls")),
    path("", include("handrail.web.ui.urls")),
    path("", include("handrail.web.api.urls")),
    path("", include("handrail.web.widget.urls")),
    path("", include("handrail.web.portal.urls")),
]

handler400 = "handrail.web.failing.bad_request"
handler403 = "handrail.web.failing.forbidden"
handler404 = "handrail.web.missing.page"
handler429 = "handrail.web.failing.too_often"  # the sign-in library's, for its own limits
handler500 = "handrail.web.failing.broken"
