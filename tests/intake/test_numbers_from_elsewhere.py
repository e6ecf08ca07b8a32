"""A customer quotes by mail the number of what they began elsewhere: a chat, or a request by form."""

from __future__ import annotations

import pytest
from django.utils import translation

from handrail.channels.mail.authenticity import Verdict
from handrail.conversations.models import Conversation, Message
from handrail.conversations.opening import open_conversation
from handrail.core import clock
from handrail.intake.why import why
from tests.intake.arriving import arrive, mail
from tests.worlds.small import World

__all__ = ["arrive"]
EMMA = "minji@example.com"


@pytest.fixture
def vouched(monkeypatch):
    monkeypatch.setattr("handrail.intake.receive.check", lambda *_a, **_k: Verdict(True, "dkim", "self"))


def a_chat(world: World, *, assurance: int = 2) -> Conversation:
    emma = world.person(EMMA, assurance=assurance)
    chat = open_conversation(world.chat, requester=emma, by=emma, address="browser-1", channel="chat")
    chat.receive("왼쪽 이어폰이 안 나와요", by=emma)
    return chat


def reasons() -> str:
    with translation.override("en"):
        return "\n".join(why(Message.objects.filter(direction="in").latest("pk")).threading)


@pytest.mark.parametrize("subject", ["Re #{} pickup", "Re: Right bud has gone quiet [#{}]"])
def test_the_number_of_a_chat_leads_to_it_and_answers_come_by_mail(world, arrive, vouched, subject):
    chat = a_chat(world)
    arrive(mail(subject=subject.format(chat.pk)))

    message = chat.messages.get(from_address=EMMA)
    assert message.is_verified and Conversation.objects.count() == 1
    assert message.endpoint == chat.endpoints.get(inbox=world.mail)
    assert f"Its subject names #{chat.pk}, and its sender takes part there." in reasons()
    ours = chat.reply("확인했어요", by=world.agent)
    world.settle()
    assert EMMA in {each.endpoint.address for each in ours.deliveries.all()}


def test_after_a_merge_the_old_number_leads_to_the_one_it_became(world, arrive, vouched):
    chat, other = a_chat(world), world.conversation(world.person(EMMA))
    chat.merged_into = other
    chat.save()
    arrive(mail(subject=f"Re: [#{chat.pk}]"))

    assert other.messages.filter(from_address=EMMA, text="환불하고 싶어요.").exists()


def test_nobody_vouches_for_the_mail_so_its_number_leads_nowhere_and_that_is_said(world, arrive):
    chat = a_chat(world)
    arrive(mail(subject=f"[#{chat.pk}]"))

    assert not chat.messages.filter(from_address=EMMA).exists()
    assert (
        f"names #{chat.pk}, but nothing proves that its sender is the one who takes part there" in reasons()
    )


def test_an_address_that_is_only_claimed_leads_nowhere(world, arrive, vouched):
    chat = a_chat(world, assurance=0)
    arrive(mail(subject=f"[#{chat.pk}]"))

    assert not chat.messages.filter(from_address=EMMA).exists()


def test_a_vouched_stranger_does_not_get_in_by_a_number(world, arrive, vouched):
    chat = a_chat(world)
    world.person("evil@evil.example", assurance=2)
    arrive(mail("evil@evil.example", subject=f"[#{chat.pk}]"))

    assert chat.messages.count() == 1
    assert "takes no part there" in reasons()


def test_who_left_the_conversation_does_not_get_in_again(world, arrive, vouched):
    chat = a_chat(world)
    chat.participants.update(left_at=clock.now())
    arrive(mail(subject=f"[#{chat.pk}]"))

    assert not chat.messages.filter(from_address=EMMA).exists()


def test_a_closed_one_opens_a_follow_up_that_answers_by_mail(world, arrive, vouched):
    chat = a_chat(world)
    chat.set_status("closed", by=world.agent)
    arrive(mail(subject=f"[#{chat.pk}]"))

    after = chat.follow_ups.get()
    assert after.endpoints.filter(inbox=world.mail, address=EMMA).exists()
