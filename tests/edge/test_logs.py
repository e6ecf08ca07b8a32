"""Whatever happens on an address that holds a token, no line that is written lets its reader use it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.log import ServerFormatter
from django.utils.module_loading import import_string

from handrail.core.ids import random_id
from handrail.web.edge import tokens

HOLDS_ONE = {"token", "secret"}


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Every path of ours with a token in it, as ("hc/<locale:locale>/follow/", "token")."""
    for each in (resolver or get_resolver()).url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, path)
        elif isinstance(each, URLPattern) and (names := HOLDS_ONE & set(each.pattern.converters)):
            yield path, names.pop()


ROUTES = sorted(set(routes()))


@pytest.fixture
def written(settings) -> Iterator[io.StringIO]:
    """What the handlers of our settings write, whichever logger said it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    described = dict(settings.LOGGING["formatters"][settings.LOGGING["handlers"]["stderr"]["formatter"]])
    handler.setFormatter(import_string(described.pop("()"))(described["format"]))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def filled(path: str, name: str, secret: str) -> str:
    path = path.replace("<locale:locale>", "ko")
    filled_in = path.replace(f"<str:{name}>", secret)
    assert "<" not in filled_in, f"{path} has another part; fill it in here"
    return "/" + filled_in.removeprefix("^")


def test_there_are_routes_to_look_at():
    assert {path.rsplit("<", 1)[0] for path, _name in ROUTES} >= {
        "files/",
        "hc/<locale:locale>/follow/",
        "hc/<locale:locale>/leave/",
        "hc/<locale:locale>/person/",
        "hc/<locale:locale>/sign-in/link/",
    }


@pytest.mark.parametrize(("path", "name"), ROUTES)
@pytest.mark.parametrize("shape", ["plain", "signed", "short"])
def test_refused_forbidden_and_broken(world, written, monkeypatch, path, name, shape):
    secret = {"plain": random_id(), "signed": f"17:1tXyZa:{'Ab3_-' * 8}xyz", "short": "zq7"}[shape]
    where = filled(path, name, secret)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get(where)
    client.post(where)  # 403: no form token
    client.get(where + "/more")

    def breaks(*_args, **_more):
        raise RuntimeError(f"broken on purpose at {where}")

    monkeypatch.setattr("django.core.handlers.base.BaseHandler._get_response", breaks)
    Client(raise_request_exception=False).get(where)

    lines = written.getvalue()
    assert "broken on purpose" in lines and "Traceback" in lines
    assert secret not in lines, lines


def test_a_stream_with_a_token_that_is_no_good(world, written):
    token = tokens.mint(viewer="person:1", channels=["desk"])
    Client(raise_request_exception=False).get(f"/live?token={token}")
    logging.getLogger("handrail.web.edge.adapter").error("GET /live?token=%s broke", token)

    assert token not in written.getvalue()


def test_every_handler_writes_harmlessly_and_django_has_none_of_its_own(settings):
    from handrail.config.logs import Harmless

    for handler in settings.LOGGING["handlers"].values():
        described = settings.LOGGING["formatters"][handler["formatter"]]
        assert issubclass(import_string(described["()"]), Harmless)
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []
    for name in ("django", "django.server", "django.request"):
        for handler in logging.getLogger(name).handlers:
            assert not type(handler).__module__.startswith("django"), handler
            assert not isinstance(handler.formatter, ServerFormatter), handler
