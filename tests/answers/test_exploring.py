"""Of a few questions with choices the third is an article from further down; everything else stays as it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from django.test import override_settings

from handrail.accounts.viewer import Viewer
from handrail.answers import answer as engine
from handrail.answers import exploring
from handrail.answers.asks import Ask
from handrail.answers.results import Hit, Result
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Article

CHANCES = (0.3, 0.2, 0.15, 0.1, 0.08, 0.07, 0.002)
HITS = [Hit(at, f"제목 {at}", "", "ko", "ko", chance) for at, chance in enumerate(CHANCES, start=1)]
CHOICES = Result(outcome=Ask.Outcome.CHOICES, locale="ko", choices=HITS[:3], considered=HITS)


def further(result: Result, channel: str = "portal") -> set[int | None]:
    return {exploring.look_further(result, channel).explored for _each in range(400)}


@pytest.fixture
def always():
    with override_settings(EXPLORE_PERCENT=100):
        yield


def test_the_third_comes_from_those_after_it_that_may_well_be_meant(always):
    assert further(CHOICES) == {4, 5, 6}  # the seventh is noise beside them
    found = exploring.look_further(CHOICES, "chat")
    assert found.choices[:2] == HITS[:2] and found.choices[2].article == found.explored
    assert found.considered == HITS
    assert found.explored in [hit.article for hit in found.offered]


def test_the_likelier_is_drawn_more_often(always):
    drawn = [exploring.look_further(CHOICES, "portal").explored for _each in range(3_000)]
    assert drawn.count(4) > drawn.count(6)


@pytest.mark.parametrize(
    "result",
    [
        replace(CHOICES, outcome=Ask.Outcome.ANSWER, answer=HITS[0], choices=HITS[1:3]),
        replace(CHOICES, outcome=Ask.Outcome.HANDOVER, choices=[]),
        replace(CHOICES, choices=HITS[1:4]),
        replace(CHOICES, considered=HITS[:3]),
        replace(CHOICES, choices=HITS[:2], considered=HITS[:2]),
    ],
    ids=["answer", "handover", "put in order by something else", "nothing further down", "two choices"],
)
def test_whatever_else_is_said_stays(always, result):
    assert further(result) == {None}


@pytest.mark.parametrize("channel", ["mail", "desk", "api", "form", "phone"])
def test_only_people_who_choose_for_themselves_see_it(always, channel):
    assert further(CHOICES, channel) == {None}


@override_settings(EXPLORE_PERCENT=3)
def test_it_is_three_in_a_hundred(monkeypatch):
    for drawn, seen in ((0.029, True), (0.031, False)):
        monkeypatch.setattr(exploring.random, "random", lambda drawn=drawn: drawn)
        assert (exploring.look_further(CHOICES, "portal").explored is not None) == seen


@pytest.fixture
def unsure(help_centre, monkeypatch):
    """Nothing tells the articles apart, so that each of them may well be meant."""
    monkeypatch.setattr(engine, "decide", lambda *_args, **_named: Ask.Outcome.CHOICES)
    monkeypatch.setattr(engine, "chances", lambda _sure, scores: np.full(len(scores), 1 / len(scores)))


@pytest.mark.usefixtures("models")
def test_what_was_shown_and_pressed_is_kept_and_counted(always, unsure):
    result = engine.answer("환불 방법", Viewer(), locale="ko")
    ask = Ask.objects.get(key=result.ask)

    assert result.explored == ask.explored_id == result.choices[2].article
    # What is measured and learned from is the engine's own order.
    assert [article for article, _chance in ask.offered] == [hit.article for hit in result.considered]
    assert exploring.explored() == exploring.Explored(shown=1, pressed=0)

    ask.open(Article.objects.get(pk=result.choices[0].article), by=SYSTEM)
    assert exploring.explored().pressed == 0
    ask.open(Article.objects.get(pk=ask.explored_id), by=SYSTEM)
    assert exploring.explored() == exploring.Explored(shown=1, pressed=1)


@pytest.mark.usefixtures("models")
def test_while_somebody_types_nothing_is_left_to_chance(always, unsure):
    assert engine.answer("환불 방법", Viewer(), locale="ko", remember=False).explored is None
