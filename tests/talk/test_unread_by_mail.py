"""A chat of somebody signed in who closed the tab: what they did not read there reaches them by mail, and nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import UNREAD_AFTER, Delivery
from handrail.core import clock
from handrail.core.jobs.worker import drain


@pytest.fixture
def chat(minji, world) -> Conversation:
    minji.says("상담사와 이야기할래요")
    world.settle()
    return Conversation.objects.get(channel="chat")


@pytest.fixture
def a_minute_later(world, monkeypatch):
    """Everything that waited for a minute is due."""

    def go() -> None:
        world.settle()
        later = clock.now() + UNREAD_AFTER + timedelta(seconds=1)
        with monkeypatch.context() as moved:
            moved.setattr(clock, "now", lambda: later)
            drain()

    return go


def mails_to(address: str) -> list[str]:
    return [each.message().get_body(("plain",)).get_content() for each in mail.outbox if address in each.to]


def test_what_was_not_read_comes_by_mail_after_a_minute(world, chat, a_minute_later):
    chat.reply("사진을 보내 주세요", by=world.agent)
    world.settle()
    before = len(mails_to("minji@example.com"))

    a_minute_later()

    assert "사진을 보내 주세요" in mails_to("minji@example.com")[-1]
    assert len(mails_to("minji@example.com")) == before + 1


def test_what_was_read_in_the_chat_comes_by_no_mail(minji, world, chat, a_minute_later):
    said = chat.reply("사진을 보내 주세요", by=world.agent)
    minji.tells_read(chat, delivered=said.seq, read=said.seq)

    a_minute_later()

    assert Delivery.objects.get().state == "read"
    assert not any("사진을 보내" in text for text in mails_to("minji@example.com"))


def test_delivered_to_a_window_nobody_looks_at_is_not_read(minji, world, chat, a_minute_later):
    said = chat.reply("사진을 보내 주세요", by=world.agent)
    minji.tells_read(chat, delivered=said.seq, read=0)

    a_minute_later()

    assert Delivery.objects.get().state == "sent"


def test_who_asks_for_mail_gets_every_reply_at_once(minji, world, chat):
    minji.presses("chat/address", c=chat.public_id, email="minji@example.com")
    chat.reply("사진을 보내 주세요", by=world.agent)
    world.settle()

    assert Delivery.objects.get().state == "sent"


def test_a_nameless_visitor_has_no_address_to_write_to(visitor, world):
    visitor.says("상담사와 이야기할래요")
    world.settle()
    Conversation.objects.get(channel="chat").reply("네", by=world.agent)

    assert not Delivery.objects.exists()
