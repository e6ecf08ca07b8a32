"""On a site that has measured itself, an article nothing was learned of is still worth a choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import learn
from handrail.answers.answer import rank
from handrail.answers.coefficients import shipped, together
from handrail.answers.gate import Gate
from handrail.answers.models import Label
from handrail.answers.unlearned import worth_a_choice
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Article

ASKED = "earbud is silent"


@pytest.fixture
def gate():
    """A site that hands over whatever it is not nearly sure of."""
    return Gate(shipped(), answer_from=0.99999, choices_from=0.9999, is_provisional=False, fitting=1)


@pytest.fixture
def ranked(help_centre, models):
    return rank(ASKED, STRANGER, gate=Gate(shipped(), 0.99999, 0.9999, True, None))


def test_it_is_a_choice_at_the_bound_of_a_new_site(help_centre, ranked, gate):
    found = 0.001
    assert together(ranked.confidence, ranked.scores) >= shipped().bounds["choices"]

    scores, confidence = worth_a_choice(ranked.measured, ranked.scores, found, gate)

    assert confidence == gate.choices_from
    assert ranked.measured.articles[int(scores.argmax())] == help_centre.id_of("earbuds")


def test_it_is_never_an_answer(ranked, gate):
    alike = replace(gate, choices_from=gate.answer_from)
    assert worth_a_choice(ranked.measured, ranked.scores, 0.001, alike)[1] < gate.answer_from


def test_what_was_learned_of_is_left_to_the_site(help_centre, ranked, gate):
    article = Article.objects.get(pk=help_centre.id_of("earbuds"))
    learn.confirm_all([learn.Verdict("my earbud is dead", article, "en")], by=SYSTEM)
    assert worth_a_choice(ranked.measured, ranked.scores, 0.001, gate) == (ranked.scores, 0.001)

    Label.objects.update(withdrawn_at=clock.now())
    assert worth_a_choice(ranked.measured, ranked.scores, 0.001, gate)[1] == gate.choices_from


def test_a_site_that_has_measured_nothing_has_one_bound(ranked, gate):
    new = replace(gate, is_provisional=True)
    assert worth_a_choice(ranked.measured, ranked.scores, 0.001, new) == (ranked.scores, 0.001)


def test_what_is_like_nothing_here_is_handed_over(help_centre, models, gate):
    far = rank("boiling point of tungsten", STRANGER, gate=replace(gate, is_provisional=True))
    assert worth_a_choice(far.measured, far.scores, 0.001, gate)[1] == 0.001
