"""Terms: what makes two wordings of one thing share something."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.answers.analysis.grams import bigrams, letters
from handrail.answers.analysis.stem import stem
from handrail.answers.analysis.terms import FIELDS, hashed, lengths, pack, terms_of, unpack


def test_spaces_change_no_pair_of_syllables():
    assert bigrams("환불방법") == bigrams("환불 방법") == bigrams("환 불 방 법")


def test_a_typo_leaves_most_runs_of_letters():
    right, wrong = set(letters("배송조회방법")), set(letters("배손조회방법"))
    assert len(right & wrong) / len(right) > 0.6


@pytest.mark.parametrize(
    ("words", "one"),
    [
        (["refund", "refunds", "refunded", "refunding"], "refund"),
        (["cancel", "cancelled", "cancelling"], "cancel"),
        (["delivery", "deliveries"], "deliveri"),
        (["connect", "connected", "connection", "connections", "connecting"], "connect"),
    ],
)
def test_forms_of_an_english_word_have_one_stem(words, one):
    assert {stem(word) for word in words} == {one}


def test_particles_do_not_separate_korean_words(models):
    forms = models.read(["환불 방법을 알려 주세요", "환불방법"], []).morphs
    assert {"환불", "방법"} <= set(forms[0]) & set(forms[1])


def test_without_an_analyser_words_are_cut_by_rule():
    assert "환불" in terms_of("환불을 하고 싶어요").word


def test_packed_terms_come_back_as_they_were():
    terms = terms_of("환불 방법 refund please", ["환불", "방법", "refund", "please"])

    blob = pack(terms)

    assert lengths(blob) == tuple(len(terms[field]) for field in FIELDS)
    for numbers, field in zip(unpack(blob), FIELDS, strict=True):
        assert np.array_equal(numbers, hashed(terms[field]))
