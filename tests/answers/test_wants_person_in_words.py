"""Whether somebody asks for a person: then the history says so, and not that no answer was found."""

from __future__ import annotations

import pytest

from handrail.answers.wants_person import wants_person

# Whole messages, as people write them to something that is no person.
SHORT = (
    "됐고 사람 바꿔요",
    "로봇 말고 사람",
    "여기 사람 없어요?",
    "상담 원해요",
    "인간 상담",
    "상담사 나와",
    "전화 상담 하고싶어요",
    "사람이 답해주면 안돼요?",
    "챗봇 싫어요 사람이랑 할래요",
    "직원 있나요?",
    "지금 통화 가능한 직원 있어요?",
    "그냥 사람 연결 좀",
    "아니 사람이 답변해 달라고요",
    "봇 말고 상담사",
    "기계랑 말하기 싫어요 사람 불러요",
    "책임자 나오라고 하세요",
    "담당자님 계세요?",
    "전화 상담 받고 싶어요",
    "상담 좀 해주세요",
    "매니저 바꿔",
    "누구 없어요? 사람",
    "진짜 사람이랑 대화하고 싶은데요",
    "i want to speak with a manager",
    "no bots",
    "stop bot",
    "live chat",
    "customer service",
    "call me",
    "is anyone there?",
    "just give me a human",
    "enough of this robot, human please",
    "can i get a rep",
    "let me talk to someone",
    "i don't want a bot",
    "get me your supervisor",
    "please call me back",
    "are there any real people here?",
    "사람 좀 바꿔줘",
    "상담원 없나요",
    "상담사님 계신가요",
    "그냥 직원이랑 통화할게요",
    "빨리 담당자 바꿔 주세요",
    "인간이랑 얘기하고 싶다고",
    "챗봇 말고 진짜 상담사",
    "봇 그만",
    "자동응답 싫어요",
    "누구 사람 없어요",
    "통화 원합니다",
    "채팅 상담 받고 싶어요",
    "여보세요 사람 있어요?",
    "can i please speak to your manager",
    "support please",
    "is there anybody out there",
    "human now",
    "i'd rather talk with a person",
    "no more bots please",
    "transfer me",
    "can you connect me to customer support",
)
# Of the same words, and about something else.
OF_SOMETHING_ELSE = (
    "상담 시간이 어떻게 되나요?",
    "사람이 많아서 배송이 늦나요",
    "직원 할인 있나요",
    "직원이 불친절해요",
    "상담 내역 어디서 봐요",
    "담당자 변경하고 싶어요",
    "사람 모양 스티커 있나요",
    "로봇 청소기 있나요",
    "로봇청소기 말고 공기청정기 추천해주세요",
    "전화가 안돼요",
    "통화 중에 이어폰이 끊겨요",
    "통화가 안돼요",
    "전화번호 바꿔 주세요",
    "채팅 알림 안 와요",
    "블루투스 연결이 안돼요",
    "연결이 안 돼요",
    "배송 직원이 안 왔어요",
    "사람 없어도 배송되나요",
    "부재중이면 경비실에 맡겨 주세요",
    "기계가 안 돼요",
    "기계 소리가 나요",
    "ai 추천 끄고 싶어요",
    "call forwarding",
    "can i call with the earbuds",
    "my phone",
    "the phone is not charging",
    "is there a service center",
    "can i get a phone",
    "do you have staff discount",
    "can i give it to someone",
    "can i return it for someone",
    "someone stole my parcel",
    "i need a charger",
    "the robot vacuum",
    "stop the robot",
    "is there an app",
    "can i talk with the earbuds",
    "i want to call",
    "service",
    "support for android",
    "사람 얼굴 인식 되나요",
    "직원용 앱 있나요",
    "통화 품질이 안 좋아요",
    "상담 예약 바꾸고 싶어요",
    "상담 후기 어디 있나요",
    "채팅 내역 받고 싶어요",
    "전화 주문 가능한가요",
    "여기 반품 되나요",
    "지금 배송 되나요",
    "대신 받아 주실 수 있나요",
    "아무나 써도 되나요",
    "연결 안돼요",
    "전화 안 받아요",
    "로봇 있나요",
    "봇이 답한 내용이 틀렸어요",
    "담당자가 답을 안 줘요",
    "customer reviews",
    "can someone else pick it up",
    "can a person be allergic",
    "i need help with the phone",
    "can i put the case in the machine",
    "is the machine loud",
    "staff pick",
    "team account",
)


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


@pytest.mark.parametrize("text", SHORT)
def test_a_short_message_may_say_it_in_any_order(text):
    assert wants_person(text)


@pytest.mark.parametrize("text", OF_SOMETHING_ELSE)
def test_the_same_words_about_something_else_ask_for_nobody(text):
    assert not wants_person(text)
