"""The site's own past questions asked again: what people would get now, and what verdicts prove of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from handrail.accounts.viewer import STRANGER
from handrail.answers import gate, learn
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.answers.evaluation.history import curve, measure_history
from handrail.answers.fit import Judged
from handrail.answers.labels import Label
from handrail.answers.replays import KEPT, Replay
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event


@pytest.fixture
def asked(help_centre):
    """Three questions of this month, two of them with a verdict that nothing was learned from."""
    for question in ("환불 신청하는 방법", "배송 조회 방법", "김치찌개 끓이는 법"):
        answer(question, STRANGER, locale="ko")
    verdicts = [
        learn.Verdict("환불 신청하는 방법", help_centre.articles["refund"], "ko", is_held_out=True),
        learn.Verdict("배송 조회 방법", help_centre.articles["password"], "ko", is_held_out=True),
        learn.Verdict("비번 까먹음", help_centre.articles["password"], "ko", is_held_out=False),
    ]
    learn.confirm_all(verdicts, by=SYSTEM)
    return help_centre


def test_each_question_is_asked_again_and_held_against_what_was_said_then(asked):
    report = measure_history()["asked"]
    assert (report["questions"], report["asked_again"], report["changed"]) == (3, 3, 0)
    assert report["then"] == report["now"]

    Ask.objects.filter(text="환불 신청하는 방법").update(outcome="handover")
    changed = measure_history()["asked"]
    assert changed["changed"] == 1
    assert changed["examples"][0]["then"] == ["handover", None]
    assert changed["examples"][0]["now"][1] == asked.id_of("refund")


def test_only_what_nothing_was_learned_from_proves_anything(asked):
    proved = measure_history()["proved"]["ko"]
    assert proved["questions"] == 2
    assert proved["first_right"] == 50.0
    (mistake,) = proved["worst"]
    assert (mistake["text"], mistake["said"]) == ("배송 조회 방법", asked.id_of("track"))
    assert mistake["right"] == [asked.id_of("password")]


def test_a_mistake_is_told_as_it_was_measured_and_not_as_it_is_remembered(asked):
    password = asked.articles["password"]
    learn.confirm_all([learn.Verdict("김치찌개 끓이는 법", password, "ko", is_held_out=False)], by=SYSTEM)
    Label.objects.update(is_held_out=True)  # remembered, and measured without what is remembered of it

    worst = measure_history()["proved"]["ko"]["worst"]
    mistake = next(each for each in worst if each["text"] == "김치찌개 끓이는 법")
    assert mistake["right"] == [password.pk] and mistake["said"] not in mistake["right"]


def test_measuring_keeps_no_question(asked):
    before = Ask.objects.count()
    measure_history()
    assert Ask.objects.count() == before


def test_what_lies_further_back_is_left_out(asked):
    long_ago = clock.now() - timedelta(days=40)
    Ask.objects.update(at=long_ago)
    Label.objects.update(at=long_ago)
    report = measure_history()
    assert (report["asked"]["questions"], report["proved"]) == (0, {})
    assert measure_history(days=60)["asked"]["questions"] == 3


def test_a_spoiled_engine_shows_in_the_report(asked, monkeypatch):
    start = gate.shipped()
    monkeypatch.setattr(gate, "shipped", lambda: replace(start, rank=-start.rank))
    assert measure_history()["proved"]["ko"]["first_right"] < 50.0


def test_the_curve_falls_as_more_is_answered_and_equal_confidences_are_one_cut():
    right = np.array([True, True, False, True, False])
    sure = np.array([0.9, 0.8, 0.5, 0.5, 0.1])
    said = Judged(sure, sure, right, right, np.array([True, True, True, True, False]))
    assert curve(said) == [[25.0, 100.0, 0.9], [50.0, 100.0, 0.8], [75.0, 75.0, 0.5], [75.0, 60.0, 0.1]]
    nothing = np.array([], bool)
    assert curve(Judged(np.array([]), np.array([]), nothing, nothing, nothing)) == []


def test_the_command_prints_the_same_as_one_object(asked):
    out = StringIO()
    call_command("eval", "answers", "--history", "30", "--json", stdout=out)
    assert json.loads(out.getvalue())["proved"]["ko"]["questions"] == 2


@pytest.mark.parametrize("options", [[], ["--history", "0"], ["somewhere", "--history", "30"]])
def test_the_command_says_what_it_needs(options):
    with pytest.raises(CommandError, match="history"):
        call_command("eval", "answers", *options)


def test_a_report_is_kept_told_and_few_are(asked):
    for _ in range(KEPT + 2):
        made = Replay.make(by=SYSTEM)
    assert Replay.objects.count() == KEPT
    assert Event.objects.filter(verb="answers.replayed", subject_id=made.pk).exists()
    assert Replay.newest() == (made, None)
