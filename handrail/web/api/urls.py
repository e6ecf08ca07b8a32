"""Addresses of the API. Who may do what is asked in each operation, of the caller's own viewer."""

from __future__ import annotations

from django.urls import URLPattern, path
from ninja import NinjaAPI

from handrail.web.api import answers, docs
from handrail.web.api.errors import handle
from handrail.web.policy import public

api = NinjaAPI(
    title="Handrail",
    version="2",
    description="Answers from the help centre. Errors, limits and paging follow what help-desk clients expect.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", answers.router)
handle(api)

patterns, app_name, namespace = api.urls
for pattern in patterns:
    if isinstance(pattern, URLPattern):
        public(pattern.callback)

urlpatterns = [
    path("api/v2/", (patterns, app_name, namespace)),
    path("api/docs", public(docs.page), name="api-docs"),
]
