"""A chat whose visitor left a mail address: what they answer by mail is theirs in the chat, and nobody else's is."""

from __future__ import annotations

import pytest

from handrail.channels.mail.addresses import reply_address
from handrail.conversations.conversation import Conversation
from handrail.core.actors import SYSTEM
from tests.intake.arriving import arrive, mail  # noqa: F401
from tests.talk.test_joining import sides, words

LEFT = "jisu@example.com"


@pytest.fixture
def chat(visitor, world) -> Conversation:
    """A nameless browser's chat with people, and an address left in it."""
    snapshot = visitor.says("상담사와 이야기할래요")
    visitor.presses("chat/address", c=snapshot["c"], email=LEFT)
    world.settle()
    return Conversation.objects.get(channel="chat")


@pytest.fixture
def answers(chat, arrive):  # noqa: F811
    """Somebody writes to the reply address made for the address that was left."""

    def go(sender: str, text: str, mid: str) -> None:
        way = chat.endpoints.get(address=LEFT)
        to = reply_address("help@handrail.test", endpoint_id=way.pk, reply_key=way.reply_key)
        arrive(mail(sender, to=to, mid=mid, text=text), envelope_from=sender, to=to)

    return go


def said_by(visitor, text: str) -> str:
    """Whose side a message stands on in the chat; "" where it is not shown."""
    told = words(visitor, "chat").split('data-side="')[1:]
    return next((part.partition('"')[0] for part in told if text in part), "")


def test_a_reply_by_mail_from_the_address_they_left_is_theirs(visitor, chat, answers):
    answers(LEFT, "메일로 답해요", "l1@example.com")

    assert chat.messages.get(text="메일로 답해요").is_verified
    assert said_by(visitor, "메일로 답해요") == "me"


def test_after_they_signed_in_and_took_the_chat_along_it_still_is(visitor, chat, answers):
    answers(LEFT, "메일로 답해요", "l1@example.com")
    visitor.signs_in("minji@example.com")
    visitor.presses("requests/joining", join="1", number=[chat.number])
    chat.refresh_from_db()

    page = words(visitor, f"requests/{chat.number}")
    assert chat.requester.email == "minji@example.com"
    assert "메일로 답해요" in page and "other" not in sides(page)


def test_what_a_stranger_sent_to_that_reply_address_stays_hidden(visitor, chat, answers):
    answers("code@shop.example", "인증번호 123456", "l2@shop.example")

    assert said_by(visitor, "인증번호 123456") == "" and "123456" not in words(visitor, "chat")


def test_what_nobody_vouches_for_is_not_theirs(visitor, chat, world):
    way = chat.endpoints.get(address=LEFT)
    chat.receive(
        "저 맞아요",
        by=way.person,
        endpoint=way,
        from_address=LEFT,
        is_verified=False,
        data={"how": "mail_ids"},
    )

    assert said_by(visitor, "저 맞아요") == "other"


def test_who_is_in_copy_is_not_the_visitor(visitor, chat, answers, world):
    """An address that a colleague adds as somebody in copy, though the visitor left it, too."""
    person = chat.endpoints.get(address=LEFT).person
    chat.add_participant(person, by=world.agent)
    answers(LEFT, "저는 지수예요", "l3@example.com")

    assert said_by(visitor, "저는 지수예요") == "other"


def test_a_way_that_a_colleague_opened_is_not_the_visitors(visitor, world, chat):
    person = world.person("hana@example.com")
    way = chat.attach_endpoint(world.mail, "hana@example.com", person=person, by=SYSTEM)
    chat.receive("하나예요", by=person, endpoint=way, from_address="hana@example.com")

    assert said_by(visitor, "하나예요") == "other"


def test_a_new_requester_does_not_take_over_what_the_former_one_left(visitor, chat, answers, minji, world):
    answers(LEFT, "메일로 답해요", "l1@example.com")
    chat.give_to(world.person("minji@example.com"), by=SYSTEM)

    assert "me" not in sides(words(minji, f"requests/{chat.number}"))
