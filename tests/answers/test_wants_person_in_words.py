"""Whether somebody asks for a person: then the history says so, and not that no answer was found."""

from __future__ import annotations

import pytest

from handrail.answers.wants_person import wants_person


@pytest.mark.parametrize(
    "text",
    [
        "상담사와 이야기할래요",
        "상담사랑 얘기하고 싶어요",
        "상담원과 말하고 싶어요",
        "사람 불러 주세요",
        "사람에게 묻고 싶어요",
        "사람한테 물어볼게요",
        "담당자에게 전달해 주세요",
        "상담 연결해 주세요",
        "상담사 연결해 주세요",
        "Can a human help me?",
        "I'd rather speak with someone",
    ],
)
def test_whoever_asks_for_a_person_is_understood(text):
    assert wants_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "상담 시간이 어떻게 되나요?",
        "상담사에게 이야기한 내용이 어디 있나요?",
        "상담원이 말한 환불이 안 들어와요",
        "상담사에게 말씀드린 주소로 바꿔 주세요",
        "사람이 많아서 배송이 늦나요",
        "담당자 연락처를 바꾸고 싶어요",
        "Can someone else use my coupon?",
    ],
)
def test_a_question_about_people_asks_for_none(text):
    assert not wants_person(text)
