"""A local server that speaks as OpenAI-compatible language models do, and says what a test wants."""

from __future__ import annotations

import json

import pytest
from werkzeug import Response

from handrail.answers import chat_model


def says(text):
    return {"choices": [{"message": {"role": "assistant", "content": text}}]}


@pytest.fixture
def model(httpserver, settings):
    """An address that speaks as such models do; `said` sets its next words, `prompts` are what it was sent."""
    settings.PHRASING_URL = httpserver.url_for("/v1").rstrip("/")
    settings.FETCH_INTERNAL = [f"{httpserver.host}:{httpserver.port}"]
    settings.PHRASING_SECONDS = 2.0
    chat_model._breaker.cache_clear()
    prompts = []

    def said(text="", *, status=200, body=None):
        def reply(request):
            prompts.append(json.loads(request.data))
            return Response(
                body if body is not None else json.dumps(says(text)), status, mimetype="application/json"
            )

        httpserver.clear_all_handlers()
        httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(reply)

    httpserver.said, httpserver.prompts = said, prompts
    return httpserver
