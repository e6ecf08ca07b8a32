"""What people read when a request could not be served: their language, what happened, the next step."""

from __future__ import annotations

import asyncio
import json
import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.config.logs import SHOWN, OneLine
from handrail.web.edge.adapter import Adapter
from handrail.web.failing import FAILURES, page, told_by_edge
from tests.edge.asking import ask


@pytest.mark.parametrize(("locale", "title"), [("ko", "한국어"), ("en", "page was open too long")])
def test_a_form_without_its_token_is_told_so_in_the_pages_language(db, locale, title):
    seen = Client(enforce_csrf_checks=True).post(f"/hc/{locale}/chat", {"text": "안녕하세요"})
    text = seen.content.decode()

    assert seen.status_code == 403
    assert f'<html lang="{locale}"' in text and "CSRF" not in text
    assert ("너무 오래 열려" if locale == "ko" else title) in text
    assert f'href="/hc/{locale}/chat"' in text


def test_outside_the_help_centre_the_browser_says_which_language(db):
    seen = Client(enforce_csrf_checks=True).post("/accounts/login/", headers={"accept-language": "en-GB,en"})

    assert seen.status_code == 403 and '<html lang="en"' in seen.content.decode()


def test_a_script_is_told_the_sentence(db):
    seen = Client(enforce_csrf_checks=True).post("/hc/en/chat", headers={"accept": "application/json"})

    assert seen.json()["error"].startswith("The page was open too long.")


def test_too_much_in_a_form_is_said_as_that(db):
    words = {"text": "가" * 1_500_000}
    seen = Client(raise_request_exception=False).post(
        "/hc/ko/chat", words, content_type="application/x-www-form-urlencoded"
    )

    assert seen.status_code == 413 and "한 번에 보내기에는 너무 많아요" in seen.content.decode()


def test_a_failure_of_ours_is_owned_up_to_without_the_database(db, monkeypatch, caplog):
    def fails(*_args, **_more):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("handrail.web.portal.search.chosen", fails)
    seen = Client(raise_request_exception=False).get("/hc/ko/search?query=x")
    with CaptureQueriesContext(connection) as asked:
        for status in FAILURES:
            assert "<h1>" in page(status, "en")

    assert seen.status_code == 500 and "저희 쪽에서 문제가 생겼어요" in seen.content.decode()
    assert ">500<" not in seen.content.decode()
    number = re.search(r"(?<!\d)\d{4}-\d{4}(?!\d)", seen.content.decode())
    assert number and f"error {number[0]}: GET /hc/ko/search: RuntimeError" in caplog.text
    assert len(asked) == 0


def test_a_script_is_told_the_number_too_and_who_was_refused_has_none(db, monkeypatch, caplog):
    def fails(*_args, **_more):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("handrail.web.portal.search.chosen", fails)
    wanted = {"accept": "application/json"}
    told = Client(raise_request_exception=False).get("/hc/ko/search?query=x", headers=wanted).json()

    assert f"error {told['number']}:" in caplog.text
    assert "<small>" not in page(403, "ko")


def test_the_edge_refuses_in_the_readers_language():
    adapter = Adapter(lambda env, start: [], body=10, tell=told_by_edge)
    headers = {"accept": "text/html", "accept-language": "ko", "content-length": "5000"}
    got = asyncio.run(ask(adapter, "/hc/ko/chat", method="POST", headers=headers, body=[b"x" * 5000]))

    assert got.status == 413 and "한 번에 보내기에는 너무 많아요" in got.body.decode()


def test_a_script_that_sent_too_much_is_told_so_in_a_sentence():
    adapter = Adapter(lambda env, start: [], body=10, tell=told_by_edge)
    headers = {"accept": "application/json", "accept-language": "ko", "content-length": "5000"}
    got = asyncio.run(ask(adapter, "/hc/ko/chat", method="POST", headers=headers, body=[b"x" * 5000]))

    assert got.status == 413 and "한 번에 보내기에는 너무 많아요" in json.loads(got.body)["error"]


def test_a_made_up_host_name_is_one_line_in_the_log_and_teaches_nothing(db, caplog):
    seen = Client(raise_request_exception=False).get("/hc/ko", headers={"host": "evil.example"})
    (record,) = [each for each in caplog.records if each.name == "django.security.DisallowedHost"]
    line = OneLine("%(levelname)s %(message)s").format(record)

    assert seen.status_code == 400 and "evil.example" not in seen.content.decode()
    assert "evil.example" in line and "\n" not in line and "Traceback" not in line and len(line) <= SHOWN


def test_the_log_of_made_up_hosts_is_the_one_without_traces(settings):
    assert settings.LOGGING["loggers"]["django.security.DisallowedHost"]["handlers"] == ["line"]
    assert settings.LOGGING["handlers"]["line"]["formatter"] == "line"


def test_a_word_with_line_breaks_stays_one_line():
    record = logging.LogRecord("x", logging.ERROR, "", 0, "one\r\ntwo", None, None)
    assert OneLine("%(message)s").format(record) == "one  two"


@pytest.mark.parametrize("path", ["/hc", "/hc/"])
def test_the_help_centre_without_a_language_leads_to_the_readers(world, path):
    seen = Client().get(path, headers={"accept-language": "en-GB,en"})
    assert seen.status_code == 302 and seen["Location"] == "/hc/en"
