"""What a confidence is fitted on: how far the first is ahead by each measure, whether they agree, and lists nobody was fitted on."""

from __future__ import annotations

import numpy as np

from handrail.answers.features import ARTICLE, FITTED, LIST, VIEWS, Measured, of_list
from handrail.answers.fit import Example, fit


def measured(**columns):
    table = np.zeros((2, len(ARTICLE)))
    for name, values in columns.items():
        table[:, ARTICLE.index(name)] = values
    return Measured([1, 2], table, 0.0, 3.0)


def listed(one, scores):
    return dict(zip(LIST, of_list(one, np.array(scores)), strict=True))


def test_the_first_is_ahead_of_the_best_other_or_behind_it():
    found = listed(measured(cosine=[0.9, 0.6], word2=[0.2, 0.5]), [2.0, 1.0])

    assert round(found["cosine_ahead"], 6) == 0.3 and round(found["word2_ahead"], 6) == -0.3
    assert found["cosine_behind"] == 0.0


def test_a_single_candidate_is_ahead_of_nothing():
    one = measured(cosine=[0.9, 0.6])
    alone = Measured([1], one.table[:1], 0.0, 3.0)

    assert round(listed(alone, [2.0])["cosine_ahead"], 6) == 0.9


def test_views_agree_by_the_share_that_puts_the_first_first_and_those_that_see_nothing_do_not_count():
    both = measured(cosine=[0.9, 0.6], word2=[0.2, 0.5])
    assert listed(both, [2.0, 1.0])["agree"] == 0.5 and {"cosine", "word2"} <= set(VIEWS)
    assert listed(measured(cosine=[0.9, 0.6]), [2.0, 1.0])["agree"] == 1.0
    assert listed(measured(), [2.0, 1.0])["agree"] == 0.0


def test_an_empty_list_has_as_many_features():
    nothing = Measured([], np.zeros((0, len(ARTICLE))), 0.0, 3.0)

    assert len(of_list(nothing, np.zeros(0))) == len(LIST) and not set(FITTED) - set(LIST)


def said_of_noise(seed):
    """What a confidence says on average of new noise after 150 lists of noise, each right by turns."""
    dice = np.random.default_rng(seed)

    def drawn():
        return Measured([1, 2], dice.normal(size=(2, len(ARTICLE))), 0.0, 3.0)

    found, _judged = fit([Example(drawn(), frozenset([1 + at % 2])) for at in range(150)])
    fresh = [drawn() for _ in range(200)]
    return np.mean([found.confidence(each, found.scores(each)) for each in fresh])


def test_a_confidence_is_not_taken_in_by_lists_that_the_order_was_fitted_on():
    """Of two, one is right by lot. Learned from the very lists that the order was fitted on it would say 0.70."""
    assert np.mean([said_of_noise(seed) for seed in range(4)]) < 0.66
