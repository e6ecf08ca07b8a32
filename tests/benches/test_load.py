"""The load bench, small: its cases run on the product as it is and yield what goals are judged by. Nothing is timed here;
what a case costs is held by how many statements it takes."""

from __future__ import annotations

import io
import json
import sys
from functools import partial

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from benches.load import asked, asks, fill, inside, report
from benches.load.goals import GOALS
from handrail.web import limits

# Statements that each case takes once it is warm, savepoints and commits counted. Lower is welcome; higher wants a reason.
BUDGETS = {"article": 1, "anew": 20, "list": 6, "search": 23, "found": 30, "form": 40, "create": 36}


@pytest.fixture
def kept_open():
    """Called by hand, an application ends each request by closing connections; the test's own holds its transaction."""
    ends = (request_started, request_finished)
    for each in ends:
        each.disconnect(close_old_connections)
    yield
    for each in ends:
        each.connect(close_old_connections)


@pytest.fixture
def bench(db, models, kept_open, monkeypatch, capsys) -> dict[str, asked.Case]:
    """The cases of `benches.load.inside` over sixty conversations and four articles, on a site whose models are there."""
    limits.forget_all()
    for name, few in {"PRODUCTS": 1, "TOPICS": 1, "ARTICLES": 4}.items():
        monkeypatch.setattr(fill, name, few)
    fill.main(60)
    facts = json.loads(capsys.readouterr().out)
    cookie = f"{settings.SESSION_COOKIE_NAME}={facts['session']}"
    call = partial(asked.wsgi_call, inside.application, expect=200)
    return {
        "article": partial(call, facts["article"]),
        "anew": inside.gathered_anew(facts["article"]),
        "list": partial(call, asks.LIST, cookie=cookie),
        "search": inside.searches(cookie),
        "found": inside.say_and_find(),
        "form": inside.submit_forms(),
        "create": inside.open_conversations(),
    }


def test_each_case_runs_and_takes_no_more_statements_than_it_did(bench):
    taken = {}
    for name, case in bench.items():
        case()
        with CaptureQueriesContext(connection) as captured:
            case()
        taken[name] = len(captured)

    assert {name: count for name, count in taken.items() if count > BUDGETS[name]} == {}


def test_a_measuring_process_answers_with_figures(bench, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("article 3\ncreate 2\n"))

    asked.answer_questions(bench)

    ready, article, create = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert set(ready["ready"]) == set(bench)
    assert article["bytes"] > 5_000 and article["runs"] == 3
    assert 0 < create["cpu_ms"] <= create["median_ms"]


def test_every_goal_is_judged_and_what_was_not_run_is_said():
    cpu = {name: 1000.0 for goal in GOALS for name in goal.needs}
    del cpu["nginx"]

    verdicts = report.judge(cpu)

    assert {each.words for each in verdicts} == {"reached", "BELOW", "not run"}
    assert [each.goal.name for each in verdicts if each.words == "not run"] == [
        "Article from memory, of what nginx does with a core"
    ]
