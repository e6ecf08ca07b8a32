"""Somebody refused is no wish for somebody; machines refused, and one person for another, are."""

from __future__ import annotations

import time

import pytest

from handrail.answers.wants_person import wants_person

REFUSED = (
    "I don't want to talk to a person, how do I cancel an order",
    "no need for an agent, just tell me how to cancel",
    "상담사 말고 그냥 답만 줘 환불",
    "사람이랑 말고 그냥 답만 줘 환불",
    "상담원 연결 말고 알려 주세요",
    "사람한테 물어보기 싫고 환불 방법만",
    "I do not want to speak to an agent, what is the return window",
    "please don't connect me to an agent, I just want the tracking number",
    "don't transfer me to a person, just tell me how to reset it",
    "I don't need a human, where is my parcel",
    "no agent please, how long does delivery take",
    "without talking to a person, can I change my address",
    "I'd rather not talk to a person, how do I return this",
    "do I have to talk to a person to get a refund?",
    "I can do this without an agent, right? how do I exchange it",
    "not a person, just the warranty period please",
    "상담원 연결은 필요 없고 반품 주소만 알려 주세요",
    "상담사랑 통화하기 싫은데 주문 취소 어떻게 해요",
    "사람이랑 얘기 안 하고 교환할 수 있나요",
    "직원 연결하지 말고 배송 조회 방법 알려 줘",
    "상담원 통화 없이 환불 받을 수 있나요",
    "상담사 연결 안 해 주셔도 돼요, 필터 가격만 알려 주세요",
    "사람한테 묻지 말고 네가 바로 알려 줘 배송비",
    "담당자랑 통화는 됐고 보증 기간만요",
    "상담원한테 전화하기 귀찮은데 주소 변경 어떻게 하나요",
    "사람 연결 필요없어요 쿠폰 어디서 써요",
    "no need to connect me to a representative, where's my refund",
    "I never want to speak to an agent again, how do I delete my account",
    "please do not transfer me to an operator, what are your shipping fees",
    "can I get a refund without speaking to an agent",
    "I don't feel like talking to a person, how to track my parcel",
    "I hate talking to people, how do I cancel",
    "skip the agent, just tell me the price",
    "don't want a human, want the manual",
    "I wouldn't like to talk to anyone, just reset my password",
    "is it possible to return it without calling an agent",
    "I'm not looking for a person, I'm looking for the manual",
    "don't get me an agent just yet, where is the serial number",
    "상담사 부르지 말고 그냥 알려 줘",
    "상담사 연결 없이 여기서 바로 취소할 수 있나요",
    "사람 안 거치고 혼자 반품하는 방법",
    "상담원하고 얘기하는 거 부담스러운데 환불 어떻게 해요",
    "직원이랑 통화할 필요 없이 주소 바꿀 수 있죠?",
    "상담 연결은 됐고 영수증 어디서 봐요",
    "상담원은 됐어요 그냥 배송비 알려 주세요",
    "상담사랑 말 섞기 싫어요 주문 취소 방법",
    "사람 부르지 마세요 필터 교체 주기만 궁금해요",
    "상담사 필요없음 환불 규정",
    "담당자 연결하지 않아도 돼요 보증 기간 궁금해요",
    "전화 상담 말고 글로 알려 주세요 교환 방법",
)
# Something else is refused, or it is said that nobody comes.
WISHED = (
    "로봇 말고 사람",
    "no bots, a person",
    "don't give me a bot, I want a person",
    "상담사 말고 책임자 바꿔 주세요",
    "I don't want to talk to a bot",
    "no robots, get me a person",
    "stop it, I don't want your chatbot, I need an agent",
    "please don't send me another article, I want to talk to a person",
    "I do not want to speak to a machine",
    "not a bot please, a real person",
    "I don't want an answer from AI, connect me to an agent",
    "enough, no bot, human agent please",
    "I'd like to talk to a person, not a bot",
    "can I talk to an agent instead of this",
    "I no longer want to chat with the robot, speak to a human",
    "챗봇 말고 상담사 연결해 주세요",
    "AI 말고 사람이랑 얘기하고 싶어요",
    "자동 답변 싫고 상담원 연결해 주세요",
    "상담사 말고 팀장님 바꿔 주세요",
    "이 상담원 말고 다른 상담원 연결해 주세요",
    "글 말고 사람이 직접 답해 주세요",
    "로봇이랑 말고 사람이랑 말하고 싶어요",
    "기계 말고 직원 연결 부탁해요",
    "링크 필요 없고 상담사 연결해 줘",
    "담당자 말고 책임자랑 통화하고 싶어요",
    "why won't you connect me to an agent",
    "you don't let me talk to a person",
    "there is no human here, I need an agent",
    "is there no agent",
    "can I not just talk to a person",
    "don't make me wait, get me an agent",
    "no thanks, I want to speak to a representative",
    "not helpful I need a human",
    "I don't understand, can I talk to someone",
    "I don't want to wait, transfer me to an agent",
    "this is not a human",
    "I don't have time, connect me to an agent",
    "상담사 연결이 안 돼요",
    "왜 상담사 연결 안 해 줘요",
    "상담원 연결해 주세요 기다리기 싫어요",
    "봇이랑 얘기하기 싫으니까 사람 연결해 주세요",
    "채팅 말고 전화 상담 하고 싶어요",
    "필요 없고 사람 바꿔 주세요",
    "이메일 말고 상담원이랑 통화하고 싶어요",
    "사람이 아니라 봇이라서 싫어요 상담사 연결해 주세요",
    "됐고 상담원 연결",
    "상담사님이랑 말하고 싶은데 왜 안 돼요",
    "기다리지 않고 상담사랑 통화하고 싶어요",
    "다른 말 필요 없고 담당자 연결해 주세요",
)


@pytest.mark.parametrize("text", REFUSED)
def test_somebody_refused_is_not_asked_for(text):
    assert not wants_person(text)


@pytest.mark.parametrize("text", WISHED)
def test_a_wish_beside_a_refusal_stays_one(text):
    assert wants_person(text)


@pytest.mark.parametrize(
    "text", ["I don’t want to talk to a person", "상담사  \n 말고   답만", "DON'T WANT AN AGENT"]
)
def test_however_it_is_typed(text):
    assert not wants_person(text)


@pytest.mark.parametrize(
    "text", ["상담사 " * 500, "상담사" + " " * 1_990 + "말", "not a real " * 180, "do not want to " * 130]
)
def test_a_long_message_is_read_at_once(text):
    began = time.perf_counter()
    wants_person(text)
    assert time.perf_counter() - began < 1
