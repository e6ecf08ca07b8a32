"""Addresses of the API. Who may do what is asked in each operation, of the caller's own viewer."""

from __future__ import annotations

from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from handrail.web.api import answers, articles, conversations, docs
from handrail.web.api.errors import asked, handle, nothing_here
from handrail.web.policy import public


class Readable(JSONRenderer):
    """JSON in which Hangul is Hangul."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Handrail",
    version="2",
    description="Answers from the help centre, its articles, and conversations. Errors, limits and paging follow what help-desk clients expect.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    renderer=Readable(),
)
api.add_router("", answers.router)
api.add_router("", articles.router)
api.add_router("", conversations.router)
handle(api)

own_patterns, own_name, own_space = api.urls
for pattern in own_patterns:
    if isinstance(pattern, URLPattern):
        pattern.callback = public(asked(api, pattern.callback))

urlpatterns = [
    path("api/v2/", (own_patterns, own_name, own_space)),
    path("api/v2/<path:rest>", public(nothing_here)),
    path("api/docs", public(docs.page), name="api-docs"),
    path("api/<path:rest>", public(nothing_here)),
]
