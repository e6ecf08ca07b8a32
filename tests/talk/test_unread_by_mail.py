"""A chat of somebody signed in who closed the tab: what they did not read there reaches them by mail, and nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from handrail.accounts.viewer import Viewer
from handrail.channels.models import Inbox
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import UNREAD_AFTER, Delivery
from handrail.conversations.read_marks import note_read
from handrail.core import clock
from handrail.core.jobs.worker import drain
from handrail.intake.chat import begin


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


def test_that_somebody_in_copy_read_it_tells_nothing_of_the_one_who_asked(world, chat, a_minute_later):
    said = chat.reply("사진을 보내 주세요", by=world.agent)
    chat.refresh_from_db()
    note_read(chat, person=world.person("sora@example.com"), delivered=said.seq, read=said.seq)

    a_minute_later()

    assert Delivery.objects.get().state == "sent"


def test_whoever_holds_a_guest_link_is_written_to_at_no_address_of_its_owner(world):
    owner = world.person("minji@example.com", assurance=2)
    guest = Viewer(person_id=owner.pk, assurance=2, only=1, chat_key="k" * 22)

    begun = begin(guest, inbox=world.chat)

    assert not begun.endpoints.filter(inbox__kind="mail").exists()


def test_an_address_that_became_one_of_ours_stops_no_chat(minji, world):
    Inbox.objects.create(
        kind="mail", brand=world.brand, address="minji@example.com", name="m", team=world.team
    )

    minji.says("안녕하세요, 질문이 있어요")

    assert not Conversation.objects.get(channel="chat").endpoints.filter(inbox__kind="mail").exists()


def test_a_nameless_visitor_has_no_address_to_write_to(visitor, world):
    visitor.says("상담사와 이야기할래요")
    world.settle()
    Conversation.objects.get(channel="chat").reply("네", by=world.agent)

    assert not Delivery.objects.exists()
