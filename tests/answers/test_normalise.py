"""One form for every text, and nothing kept that names a person."""

from __future__ import annotations

import unicodedata

import pytest

from handrail.answers.normalise import mask, normalise


def test_a_text_from_a_mac_equals_the_same_text_from_elsewhere():
    assert normalise(unicodedata.normalize("NFD", "환불 방법")) == normalise("환불 방법")


def test_single_letters_stay_the_ones_a_keyboard_types():
    assert normalise("ㅎㅂ") == "ㅎㅂ"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("kim.minji@example.co.kr로 보내주세요", "[mail]로 보내주세요"),
        ("010-1234-5678로 전화 주세요", "[phone]로 전화 주세요"),
        ("제 번호는 01012345678번이에요", "제 번호는 [phone]번이에요"),
        ("call +82 10 1234 5678", "call [phone]"),
        ("주문번호 20261103-0042 환불", "주문번호 [number] 환불"),
        ("order OG2026110300 please", "order [number] please"),
        ("주문 1234567번이요", "주문 [number]번이요"),
    ],
)
def test_what_names_a_person_or_an_order_is_masked(text, kept):
    assert mask(text) == kept


@pytest.mark.parametrize(
    "text", ["SPF50+ 선크림", "3일 안에 와요?", "2026년 11월", "필터 H13", "코드 404", "5,000원"]
)
def test_ordinary_numbers_stay(text):
    assert mask(text) == text
