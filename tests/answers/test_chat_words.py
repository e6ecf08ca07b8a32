"""Chat words are read as what they stand for, and never as slips of other words."""

from __future__ import annotations

import doctest

import pytest

from handrail.answers import chat_words
from handrail.answers.chat_words import in_full, words
from handrail.answers.english import frequency
from handrail.answers.question import in_its_layout, understand


def nowhere(_word):
    return False


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(chat_words).failed == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("pls cancel my order, thx", "please cancel my order,"),
        ("idk my pwd, can u help asap", "i don't know my password, can you help as soon as possible"),
        ("havent got it b4 xmas", "haven't got it before christmas"),
        ("r u open 2day lol", "are you open today"),
        ("ㅇㅇ 환불해주세요", "환불해주세요"),
        ("넵ㄱㅅ 교환은요", "넵 교환은요"),
        ("환불 ㄱㄱ", "환불"),
        ("선크림 ㄱㅊ은가요", "선크림 괜찮은가요"),
        ("택배 ㅇㄷ", "택배 어디"),
        ("됐어요ㄳ", "됐어요"),
        ("as 되나요", "as 수리 되나요"),
        ("a/s센터 어디예요", "a/s 수리센터 어디예요"),
        ("토욜에도 하나요", "토요일에도 하나요"),
        ("담주 월욜 담달", "다음 주 월요일 다음 달"),
    ],
)
def test_is_said_in_full(typed, said):
    assert in_full(typed, nowhere) == said


@pytest.mark.parametrize(
    "text",
    [
        "thx",  # nothing else would be left
        "ㅎㅂ ㅂㅂ",  # initials lead to what they begin
        "ㄱㅅ",
        "배소ㅇ 언제",  # a slip
        "ㄱ자 선반",
        "what's the plan for u-turns",
        "you've got mail@u.example",
        "12 items",
        "욜로 담요 부담주",
        "as soon as it ships",
        "usb 케이블, ios 앱",
        "",
    ],
)
def test_what_is_no_chat_word_stays(text):
    assert in_full(text, nowhere) == text


def test_a_word_that_is_written_here_is_meant_as_it_is():
    assert in_full("is hr open, thx", lambda word: word == "hr") == "is hr open,"


def test_no_chat_word_is_a_common_word_of_books():
    common = {short for short in words() if frequency.share(short) > 1e-4}
    assert not common


def test_a_question_is_understood_in_full_and_is_not_said_to_be_repaired(help_centre, models):
    question = understand("pls track my parcel")
    assert question.text == "please track my parcel"
    assert not question.was_repaired

    question = understand("ㅈㅅ한데 배송 조회 ㄱㄴ?")
    assert question.text == "죄송한데 배송 조회 가능?"
    assert not question.was_repaired


def test_english_is_not_read_as_korean_keys(help_centre, models):
    help_centre.write({"ko": ("햇 멧촘", "<p>햇 멧촘이에요.</p>", [])})

    assert in_its_layout("got a captcha error") == "got a captcha error"
    assert in_its_layout("ghksqnf qkdqjq") == "환불 방법"
