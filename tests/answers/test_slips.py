"""Letters that a slip left standing alone are put back; what is meant as it is stays."""

from __future__ import annotations

from collections import Counter

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.question import meant
from handrail.answers.slips import Pairs, pairs_of, put_back

WORDS = (
    "환불",
    "방법을",
    "배송",
    "조회",
    "언제",
    "오나요",
    "주문",
    "취소하고",
    "싶어요",
    "알려",
    "주세요",
    "ㄱ자형",
    "책상",
)


@pytest.fixture(scope="module")
def known() -> Pairs:
    return Pairs.counted(Counter(pair for word in WORDS for pair in pairs_of(word)))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("화ㄴ불 방법을", "환불 방법을"),  # two keys swapped
        ("배송ㅇ 조회", "배송 조회"),  # struck twice
        ("배소ㅇ 조회", "배송 조회"),  # no slip at all, put together wrongly
        ("배ㅗㅇ 조회", "배송 조회"),  # a key lost
        ("주문 취소하고 싶ㅓ요", "주문 취소하고 싶어요"),
        ("어ㄴㅈ제 오나요", "언제 오나요"),  # two slips in one word
    ],
)
def test_a_letter_alone_is_put_back(known, typed, said):
    assert put_back(typed, known) == said


@pytest.mark.parametrize(
    "meant_so",
    [
        "환불 방법을 알려 주세요",
        "ㅎㅂ ㅂㅂ",
        "배송 언제 오나요ㅠㅠ",
        "배송 언제 오나요ㅠ",
        "ㅋㅋㅋ",
        "ㄱ자형 책상",
        "ㄷ자 소파",
        "ㅇㅋ",
        "ㄱㅅ합니다",
        "환불ㄱㄱ",
        "배송ㄷㄷ",
        "배송ㄳ",
        "",
        "최소 주문",
        "약소 시간",
    ],
)
def test_what_has_no_letter_alone_or_is_written_so_stays(known, meant_so):
    assert put_back(meant_so, known) == meant_so


def test_a_site_that_writes_nothing_puts_nothing_wrong():
    assert put_back("환불 배소ㅇ", Pairs()) == "환불 배소ㅇ"


def test_a_very_long_word_is_not_searched(known):
    run = "ㅂ" + "배송" * 500
    assert put_back(run, known) == run


def test_a_question_is_read_as_it_was_meant_and_says_so(help_centre, models):
    assert meant("환부ㄹ 방법") == "환불 방법"
    result = answer("환부ㄹ 방법", STRANGER, locale="ko")
    assert result.repaired == "환불 방법"
    assert result.considered[0].article == help_centre.articles["refund"].pk
