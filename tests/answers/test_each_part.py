"""Articles are compared by each part of a vector alone too."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.each_part import ROWS_EACH, each_part
from handrail.answers.encoder import DIMENSIONS
from handrail.answers.vectors import InMemory, Near, Snapshot


def vector(wide, close):
    """A vector of two directions in each part; both parts of one weight, as the encoders give them."""
    found = np.zeros(DIMENSIONS, np.float32)
    found[0:2], found[512:514] = wide, close
    return found / max(np.linalg.norm(found), 1e-6)


AT, OFF = (1.0, 0.0), (0.0, 1.0)


def near(rows, question, *, like_question=None, audience=None):
    """`rows` are (article, vector), by article."""
    matrix = np.stack([each for _article, each in rows])
    article = np.array([number for number, _each in rows], np.int64)
    articles, starts = np.unique(article, return_index=True)
    count = len(rows)
    snapshot = Snapshot(
        stamp="s",
        model="m",
        entry=np.arange(count),
        article=article,
        product=np.ones(count, np.int64),
        audience=np.array(audience or [0] * count, np.int32),
        like_question=np.array(like_question or [True] * count),
        hashes=np.arange(count, dtype=np.uint64),
        meanings=InMemory(matrix),
        entries_sorted=np.arange(count),
        places=np.arange(count),
        starts=starts.astype(np.int64),
        articles=articles,
        questions=np.ones(len(articles), np.float32),
        sum_length=np.ones(len(articles), np.float32),
    )
    return snapshot.near(question, viewer=STRANGER, product=None)


def test_each_encoder_says_for_itself_which_article_it_means():
    found = each_part(near([(1, vector(AT, OFF)), (2, vector(OFF, AT))], vector(AT, AT)), [1, 2])

    assert found.centre_wide == pytest.approx([1.0, 0.0], abs=1e-6)
    assert found.centre_close == pytest.approx([0.0, 1.0], abs=1e-6)
    assert found.votes_wide[0] > 0.99
    assert found.votes_close[1] > 0.99


def test_the_middle_of_an_articles_wordings_counts_and_not_only_the_nearest():
    rows = [(1, vector(AT, AT)), (1, vector(OFF, OFF)), (2, vector((0.9, 0.4), (0.9, 0.4)))]
    found = each_part(near(rows, vector(AT, AT)), [1, 2])

    assert found.centre_close[1] > found.centre_close[0]
    assert found.votes_close[0] > found.votes_close[1]


def test_what_is_no_question_or_may_not_be_seen_has_no_part_in_it():
    rows = [(1, vector(OFF, OFF)), (1, vector(AT, AT)), (2, vector(OFF, OFF)), (2, vector(AT, AT))]
    hidden = near(rows, vector(AT, AT), like_question=[True, False, True, True], audience=[0, 0, 0, 3])
    found = each_part(hidden, [1, 2])

    assert found.centre_close == pytest.approx([0.0, 0.0], abs=1e-6)


def test_a_question_without_its_languages_encoder_is_left_to_both_together():
    found = each_part(near([(1, vector(AT, AT))], vector(AT, (0.0, 0.0))), [1])

    assert not any(getattr(found, name).any() for name in type(found).__dataclass_fields__)


def test_an_article_of_many_wordings_is_read_by_its_nearest():
    far = [(1, vector(OFF, OFF)) for _time in range(200)]
    found = each_part(near([*far, *((1, vector(AT, AT)) for _t in range(ROWS_EACH))], vector(AT, AT)), [1])

    assert found.centre_close == pytest.approx([1.0], abs=1e-5)


def test_articles_without_vectors_and_no_articles_at_all_get_zeros():
    there = near([(2, vector(AT, AT))], vector(AT, AT))

    assert each_part(there, [1, 3]).centre_close.tolist() == [0.0, 0.0]
    assert each_part(there, []).votes_wide.tolist() == []
    assert each_part(Near.nothing(), [1]).votes_wide.tolist() == [0.0]
