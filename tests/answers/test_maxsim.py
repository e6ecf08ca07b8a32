"""Question and wording, piece by piece."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.candidates import draw
from handrail.answers.encoder import NO_PIECES, PIECE_WIDTH, pieces_from
from handrail.answers.entries import Vector
from handrail.answers.features import ARTICLE, measure
from handrail.answers.maxsim import meet
from handrail.answers.question import understand


def pieces(*directions: int) -> np.ndarray:
    """A row for each direction, all of them square to one another."""
    return (127 * np.eye(PIECE_WIDTH)[list(directions)]).astype(np.int8)


def met(question, *wordings, owner):
    return meet(question, list(wordings), np.array(owner), max(owner) + 1)


def test_a_question_is_met_by_as_much_as_a_wording_has_of_it():
    found = met(pieces(0, 1, 2, 3), pieces(0, 1), pieces(7), owner=[0, 1])
    assert found.there == pytest.approx([0.5, 0.0])
    assert found.back == pytest.approx([1.0, 0.0])


def test_wordings_of_one_article_help_each_other_out():
    found = met(pieces(0, 1, 2), pieces(0), pieces(9), pieces(1, 2), owner=[0, 1, 0])
    assert found.there == pytest.approx([2 / 3, 0.0])
    assert found.whole == pytest.approx([1.0, 0.0])


def test_what_is_met_worst_says_what_an_article_does_not_speak_of():
    found = met(pieces(0, 1, 2, 3), pieces(0, 1, 2, 3), pieces(0, 1), owner=[0, 1])
    assert found.least == pytest.approx([1.0, 0.0])


def test_an_article_without_pieces_is_met_by_nothing():
    found = met(pieces(0), NO_PIECES, pieces(0), owner=[0, 1])
    assert found.there.tolist() == [0.0, 1.0]
    assert met(NO_PIECES, pieces(0), owner=[0]).whole.tolist() == [0.0]


def test_how_large_the_numbers_are_says_nothing():
    small = (pieces(0, 1) // 20).astype(np.int8)
    assert met(small, pieces(0, 1), owner=[0]).there == pytest.approx([1.0])


def test_only_what_can_be_read_so_has_pieces(loaded_models):
    asked = loaded_models.read([], ["where is my parcel", "환불은 언제 되나요"], as_asked=True).pieces
    assert asked[0].shape == (4, PIECE_WIDTH)
    assert len(asked[1]) == 0


def test_an_english_question_is_measured_against_the_pieces_kept(help_centre):
    jobs.encode_wanting()
    kept = [pieces_from(bytes(each)) for each in Vector.objects.values_list("pieces", flat=True)]
    assert any(len(each) for each in kept)
    columns = [ARTICLE.index(name) for name in ("met", "met_back", "met_whole", "met_least")]
    english = measure(draw(understand("how do I get a refund"), STRANGER))
    korean = measure(draw(understand("환불은 언제 되나요"), STRANGER))
    assert (english.table[:, columns] > 0.1).any()
    assert not korean.table[:, columns].any()
