"""The classifier tells articles apart by their past questions, and says nothing of what the asker may not see."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.answers import classes, classifiers, jobs, learn
from handrail.answers.classes import LEAST, NONE, OTHER, Classes
from handrail.answers.classifiers import Classifier
from handrail.answers.fittings import Fitting
from handrail.answers.gate import gate_for
from handrail.answers.lessons import lessons
from handrail.answers.refit import learn_classes
from handrail.core.actors import SYSTEM

RANDOM = np.random.default_rng(11)
SIZE = 40


@pytest.fixture(scope="module")
def fitted():
    """Articles 3 and 5, others, and questions without an answer, each around a point of its own."""
    owners = np.repeat([OTHER, NONE, 3, 5], 50)
    points = {owner: RANDOM.normal(size=SIZE) for owner in (OTHER, NONE, 3, 5)}
    vectors = np.array([points[owner] + 0.3 * RANDOM.normal(size=SIZE) for owner in owners], np.float32)
    return classes.fit(vectors, owners), {owner: point.astype(np.float32) for owner, point in points.items()}


def test_it_finds_the_article_a_question_is_near(fitted):
    found, points = fitted
    for article, wrong in ((3, 5), (5, 3)):
        shares = found.shares(points[article], [article, wrong])
        assert shares.articles[0] > -0.1
        assert shares.articles[1] < -3
        assert shares.none < -3


def test_it_knows_questions_that_nothing_answers_and_articles_it_never_learned(fitted):
    found, points = fitted
    assert found.shares(points[NONE], [3, 5]).none > -0.1
    strange = found.shares(points[OTHER], [3, 5, 77, 78])
    assert strange.articles[2] == strange.articles[3] > -0.1


def test_shares_are_measured_among_what_is_offered_alone(fitted):
    found, points = fitted
    alone = found.shares(points[5], [3])
    # 5 is what is meant; who may not see it learns nothing of it.
    assert np.exp(alone.articles[0]) + np.exp(alone.none) <= 1.0 + 1e-6
    without = found.shares(points[5], [3]).articles[0]
    assert without > found.shares(points[5], [3, 5]).articles[0]


def test_what_is_kept_reads_back_the_same_to_half_precision(fitted):
    found, points = fitted
    again = Classes.read(found.as_bytes(), found.columns.tolist(), dimensions=SIZE)
    assert again.weights.shape == found.weights.shape
    for point in points.values():
        before, after = found.shares(point, [3, 5, 9]), again.shares(point, [3, 5, 9])
        assert after.articles == pytest.approx(before.articles, abs=0.1)


def test_one_article_alone_cannot_be_told_apart():
    with pytest.raises(ValueError, match="two"):
        classes.fit(np.ones((4, SIZE), np.float32), np.array([3, 3, 3, 3]))


def test_nothing_is_said_below_the_least(fitted):
    found, points = fitted
    assert found.shares(points[3] * 50, [3, 5]).articles.min() == LEAST


@pytest.fixture
def taught(help_centre):
    verdicts = [
        learn.Verdict(f"{words} {number}번", help_centre.articles[name], "ko", is_held_out=False)
        for name, words in (("refund", "쿨쿨이 값 돌려줘"), ("track", "쿨쿨이 어디쯤 오나"))
        for number in range(6)
    ]
    learn.confirm_all(verdicts, by=SYSTEM)
    jobs.encode_wanting()
    return help_centre


def test_articles_confirmed_often_enough_are_told_apart_and_the_rest_are_others(taught):
    held = lessons()
    assert set(held.owners.tolist()) == {OTHER, taught.id_of("refund"), taught.id_of("track")}
    apart = held.fit_apart(held.fit())
    a_hash = f"{int(held.hashes[0]):016x}"
    assert apart.without(a_hash) is apart.parts[int(held.hashes[0]) % 3]


def test_it_is_put_to_use_and_goes_with_its_version(taught):
    assert gate_for("ko", "portal").classes is None
    fitting = learn_classes(by=SYSTEM)
    assert gate_for("ko", "portal").classes is not None
    assert fitting.classifier.columns[0] == OTHER

    fitting.withdraw(by=SYSTEM)
    assert gate_for("ko", "portal").classes is None


def test_a_classifier_of_another_encoder_is_not_asked(taught):
    learn_classes(by=SYSTEM)
    Classifier.objects.update(model="use3-0.0.1")
    Fitting.objects.get().choose(by=SYSTEM)
    assert gate_for("ko", "portal").classes is None


def test_a_classifier_that_is_gone_is_no_error(db):
    assert classifiers.read("nothing") is None


def test_without_confirmed_questions_there_is_nothing_to_learn(help_centre):
    assert lessons() is None
    assert learn_classes(by=SYSTEM) is None
