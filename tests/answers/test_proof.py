"""A new version is held against the present one on later questions that neither learned from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from handrail.answers import bands, examples, fittings, jobs, learn, proof, refit
from handrail.answers.coefficients import shipped
from handrail.answers.examples import standing
from handrail.answers.fittings import Fitting
from handrail.answers.labels import Label
from handrail.answers.proof import LATER_MIN, Later, Version, compare, gates, later
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event

ENDINGS = [
    "어떻게 해요",
    "하고 싶어요",
    "알려 주세요",
    "언제 돼요",
    "안 돼요",
    "방법이 뭐예요",
    "도와줘요",
    "부탁해요",
]
SUBJECTS = {
    "refund": "환불",
    "track": "배송 조회",
    "password": "비밀번호",
    "earbuds": "이어폰",
    "filter": "필터",
}


@pytest.fixture
def taught(help_centre):
    """80 questions to learn from and 40 to measure with, and as many without an answer as make it a task."""
    verdicts = [
        learn.Verdict(f"{word} {ending} {number}", help_centre.articles[name], "ko", is_held_out=number == 0)
        for name, word in SUBJECTS.items()
        for ending in ENDINGS
        for number in (0, 1, 2)
    ]
    verdicts += [
        learn.Verdict(f"{word} {ending}", None, "ko", is_held_out=False)
        for word in ("김치찌개", "부산 날씨", "기차 시간표", "고양이 밥")
        for ending in ENDINGS
    ]
    learn.confirm_all(verdicts, by=SYSTEM)
    jobs.encode_wanting()
    return help_centre


def held_out():
    return standing(Label.objects.to_measure_with().order_by("pk"))


def tried(before, after, questions):
    return compare(before, after, Later.ask(before, after, questions))


def upside_down():
    start = shipped()
    return replace(start, rank=-start.rank)


def test_the_newest_questions_are_the_trial(taught):
    some = list(Label.objects.to_measure_with()[:10])
    Label.objects.filter(pk__in=[label.pk for label in some]).update(at=clock.now() + timedelta(days=1))
    chosen = later(held_out())
    assert len(chosen) == LATER_MIN
    assert {label.pk for label in some} <= {labels[0].pk for labels in chosen}


def test_the_same_version_is_no_worse_than_itself_and_a_spoiled_one_is(taught):
    good, bad = Version(shipped(), None, {"ko": 0.5}), Version(upside_down(), None, {"ko": 0.5})
    asked = later(held_out())
    assert tried(good, good, asked).is_passed
    spoiled = tried(good, bad, asked)
    assert not spoiled.is_passed
    assert spoiled.worse_in == "ko"
    assert spoiled.first_after < spoiled.first_before


def test_a_version_that_answers_wrongly_more_often_is_worse_though_it_ranks_alike(taught):
    asked = [labels for labels in held_out() if labels[0].article_id]
    careful, careless = (Version(shipped(), None, {"ko": bound}) for bound in (bands.NEVER, 0.0))
    trial = tried(careful, careless, [*asked, *standing(Label.objects.filter(article=None))])
    assert (trial.answered_before, trial.is_passed) == (0, False)
    assert trial.wrong_after > 0


def test_a_handful_of_questions_refuses_nothing(taught):
    good, bad = Version(shipped(), None, {}), Version(upside_down(), None, {})
    assert tried(good, bad, held_out()[: LATER_MIN - 1]).is_passed


def test_a_first_version_is_taken_and_a_worse_one_kept_aside(taught, monkeypatch):
    first = refit.refit(by=SYSTEM)
    assert (first.is_withdrawn, first.trial) == (False, {})
    assert Fitting.objects.in_use() == first

    real = refit.fit
    monkeypatch.setattr(
        refit, "fit", lambda *a, **k: (replace(real(*a, **k)[0], rank=upside_down().rank), None)
    )
    worse = refit.refit(by=SYSTEM)

    assert worse.is_withdrawn
    assert worse.trial["first_after"] < worse.trial["first_before"]
    assert Fitting.objects.in_use() == first
    assert Event.objects.filter(verb="fitting.refused", subject_id=worse.pk).exists()


def test_learning_again_asks_each_question_once_and_measures_as_if_it_asked_for_each_version(
    taught, monkeypatch
):
    monkeypatch.setattr(proof, "MEASURED_MIN", 10)
    first = refit.refit(by=SYSTEM)
    asked = []
    real = examples.draw
    monkeypatch.setattr(
        examples, "draw", lambda question, *a, **k: asked.append(question.text) or real(question, *a, **k)
    )

    second = refit.refit(by=SYSTEM)

    assert second.trial["cases"] == LATER_MIN
    assert len(asked) == len(set(asked)) == first.learned_from + first.measured_with
    assert second.gates == gates(refit.version_of(second), held_out()) == first.gates


def test_versions_refused_again_and_again_never_push_out_the_one_in_use(taught, monkeypatch):
    # Each takes seconds: what five kept versions do, two do.
    monkeypatch.setattr(fittings, "KEPT", 2)
    first = refit.refit(by=SYSTEM)
    real = refit.fit
    monkeypatch.setattr(
        refit, "fit", lambda *a, **k: (replace(real(*a, **k)[0], rank=upside_down().rank), None)
    )
    for _ in range(3):
        refit.refit(by=SYSTEM)
    assert Fitting.objects.in_use() == first


def test_past_questions_are_measured_by_a_classifier_that_never_saw_them(taught):
    learned = refit.learn()
    assert learned.classes is not None
    assert np.isfinite(learned.coefficients.rank).all()
