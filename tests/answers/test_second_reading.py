"""A word that nobody here writes is read as the likelier one it may be, too; what people write here stays."""

from __future__ import annotations

from collections import Counter

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.question import understand
from handrail.answers.second_reading import ODD_MOST, second_reading
from handrail.answers.slips import Pairs, pairs_of
from tests.answers.test_slips import WORDS

WRITTEN = (*WORDS, "약속을")


@pytest.fixture(scope="module")
def known() -> Pairs:
    return Pairs.counted(Counter({pair: 200 for word in WRITTEN for pair in pairs_of(word)}))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("환볼 방법을", "환불 방법을"),  # the key beside
        ("배송 조뢰", "배송 조회"),
        ("약소을 알려", "약속을 알려"),  # a key lost
        ("어네 오나요", "언제 오나요"),
        ("주문 취서하고 싶어요", "주문 취소하고 싶어요"),
    ],
)
def test_a_word_one_slip_away_from_a_likelier_one_is_read_as_that(known, typed, read):
    assert second_reading(typed, known) == read


@pytest.mark.parametrize(
    "meant_so",
    ["환불 방법을 알려 주세요", "노트북", "값", "배소ㅇ", "무지개떡집에서", "refund 123", ""],
)
def test_what_is_written_here_or_like_nothing_here_stays(known, meant_so):
    assert second_reading(meant_so, known) == meant_so


def test_a_text_of_words_that_nobody_here_writes_is_of_something_else(known):
    odd = ["환볼", "배손", "조훼", "주뭄", "언재", "약쇡"]
    assert len(odd) > ODD_MOST
    assert second_reading(" ".join(odd), known) == " ".join(odd)


def test_where_nothing_is_written_yet_nothing_is_read_otherwise():
    assert second_reading("환볼 방법을", Pairs()) == "환볼 방법을"


def test_a_slipped_question_keeps_its_words_and_finds_what_was_meant(help_centre):
    question = understand("환볼은 언제 들어와요")
    assert question.text == "환볼은 언제 들어와요" and not question.was_repaired
    assert (
        answer("환볼 신청하는 법", STRANGER, locale="ko").considered[0].article
        == help_centre.articles["refund"].pk
    )
