"""Korean compounds that are said short are read in full; other words are left alone."""

from __future__ import annotations

from collections import Counter

import pytest

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers import jobs
from handrail.answers.answer import answer
from handrail.answers.question import meant
from handrail.answers.short_forms import ShortForms, without_ending
from handrail.answers.slips import Pairs, pairs_of

NAMES = ("공기청정기", "식기세척기", "로봇 청소기", "비밀번호", "현금영수증", "무선 이어폰", "노이즈 캔슬링", "음식물 처리기", "자기소개서", "보조 배터리")  # fmt: skip
TITLES = ("전기포트 쓰는 법", "공기청정기를 놓을 자리", "사용 기한과 보관", "실내 자전거 조립")
WORDS = ("공기", "청정기만", "식기", "세척기를", "번호가", "영수증을", "소개서", "전기", "포트에")


@pytest.fixture(scope="module")
def forms() -> ShortForms:
    return ShortForms.counted(NAMES, TITLES, WORDS)


@pytest.fixture(scope="module")
def written() -> Pairs:
    return Pairs.counted(Counter(pair for word in (*WORDS, "사기") for pair in pairs_of(word)))


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("공청기 필터는 언제", "공기청정기 필터는 언제"),
        ("식세기를 샀어요", "식기세척기를 샀어요"),
        ("로청기가 멈춰요", "로봇 청소기가 멈춰요"),
        ("비번 까먹음", "비밀번호 까먹음"),
        ("현영을 끊어요", "현금영수증을 끊어요"),
        ("음처기에서 냄새", "음식물 처리기에서 냄새"),
        ("자소서 첨부", "자기소개서 첨부"),
        ("노캔 켜기", "노이즈 캔슬링 켜기"),
        ("보배도 파나요", "보조 배터리도 파나요"),
    ],
)
def test_a_short_form_is_said_in_full_with_what_follows_it(forms, written, typed, whole):
    assert forms.spelled_out(typed, written).startswith(whole.split()[0])
    assert forms.spelled_out(typed, Pairs()) != typed


@pytest.mark.parametrize(
    "typed",
    [
        "사기 아니에요?",  # 사용 기한 is no name
        "공청회가 언제예요",  # goes on as no noun with a particle does
        "보험 처리 되나요",
        "김치 냉장고",
        "부산 맛집",
        "주식 시세",
        "전포동 매장",
        "refund",
    ],
)
def test_other_words_are_left_alone(forms, typed):
    assert forms.spelled_out(typed, Pairs()) == typed


def test_what_is_written_here_is_no_short_form(forms):
    known = Pairs.counted(Counter(pairs_of("공청기")))

    assert forms.spelled_out("공청기 필터", known) == "공청기 필터"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("보조배터리 충전", "보조 배터리 충전"),
        ("무선이어폰이 안 켜져요", "무선 이어폰이 안 켜져요"),
        ("노이즈캔슬링안돼요", "노이즈 캔슬링 안돼요"),
        ("새 음식물처리기예요", "새 음식물 처리기예요"),
    ],
)
def test_a_name_of_several_words_in_one_is_read_in_its_words(forms, typed, whole):
    assert forms.spelled_out(typed, Pairs()) == whole


def test_a_name_that_is_written_in_one_word_here_too_is_left():
    forms = ShortForms.counted(["보조 배터리"], [], ["보조배터리를"])

    assert forms.spelled_out("보조배터리 충전", Pairs()) == "보조배터리 충전"


def test_a_name_of_few_syllables_begins_other_words_and_is_left():
    assert ShortForms.counted(["새 집"], [], []).spelled_out("새집증후군", Pairs()) == "새집증후군"


def test_two_compounds_with_one_short_form_stand_for_neither():
    two = ShortForms.counted(["공기청정기", "공장청소기"], [], ["청정기", "청소기"])

    assert two.spelled_out("공청기 필터", Pairs()) == "공청기 필터"


def test_a_compound_with_and_without_its_space_is_one():
    forms = ShortForms.counted(["공기청정기", "공기 청정기"], [], ["청정기"])

    assert forms.spelled_out("공청기", Pairs()) == "공기청정기"


def test_the_ending_of_a_short_word_stays():
    assert without_ending("우리") == "우리"


def test_a_question_is_answered_as_if_the_compound_had_been_said(help_centre):
    help_centre.write({"ko": ("공기청정기를 놓을 자리", "<p>벽에서 30 cm 띄워 주세요.</p>", ["청정기 위치"])})
    jobs.encode_wanting()

    result = answer("공청기를 놓을 자리", STRANGER, locale="ko")

    assert result.repaired == "공기청정기를 놓을 자리"
    assert result.considered[0].title == "공기청정기를 놓을 자리"


def test_what_only_some_may_read_is_no_hint_for_strangers(help_centre):
    secret = {"ko": ("식기세척기 출시 계획", "<p>봄에 식기세척기를 팔아요.</p>", ["세척기 출시"])}
    help_centre.write(secret, audience="agents")
    jobs.encode_wanting()

    assert meant("식세기 언제 나와요") == "식세기 언제 나와요"
    assert answer("식세기 언제 나와요", Viewer(), locale="ko").repaired == ""
