"""What keys mean, in either layout."""

from __future__ import annotations

import doctest
import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.answers.keyboard import from_keys, initials, other_reading, to_keys

WITH_EXAMPLES = [
    *("keyboard", "normalise", "noise", "bands", "analysis.grams", "analysis.stem"),
]


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_in_the_docstrings_are_true(module):
    found = doctest.testmod(importlib.import_module(f"handrail.answers.{module}"))
    assert found.attempted > 0
    assert found.failed == 0


@given(st.text(alphabet=[chr(code) for code in range(0xAC00, 0xD7A4, 37)], min_size=1, max_size=12))
def test_every_korean_word_survives_being_typed_as_keys(word):
    typed = from_keys(to_keys(word))

    # A vowel after a last consonant may move over, as it does under a real input method: only then they differ.
    assert to_keys(typed) == to_keys(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghksqnf", "환불"),
        ("ghksqnf qkdqjq dkffuwntpdy", "환불 방법 알려주세요"),
        ("qothd djswp dhskdy?", "배송 언제 오나요?"),
        ("QKfflRk", "빨리까"),
        ("ㄱㄷ려ㅜㅇ", "refund"),
    ],
)
def test_text_in_the_wrong_layout_has_another_reading(typed, meant):
    assert other_reading(typed) == meant


@pytest.mark.parametrize(
    "typed", ["refund", "where is my package", "환불 방법", "환불 ㅠㅠ", "SPF 50 선크림", "", "123"]
)
def test_text_in_the_right_layout_has_none(typed):
    assert other_reading(typed) is None


def test_initials_of_a_title():
    assert initials("환불 신청하는 방법").startswith("ㅎㅂ")
