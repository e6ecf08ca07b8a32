"""Our own addresses are nobody's: a visitor who types one is told so, and nothing is made of it."""

from __future__ import annotations

import pytest
from django.core import mail

from handrail.accounts.models import SignInLink
from handrail.contacts.models import Identity, Person
from handrail.conversations.models import Conversation
from handrail.core.jobs.worker import drain
from handrail.knowledge.subscriptions import Subscription
from tests.talk.test_host_token import SECRET, signed

OURS = ["help@handrail.test", "Help+tag@handrail.test"]
SAID = "주소는 저희 것이에요"


def nobody_is_met() -> bool:
    drain()
    named = Identity.objects.filter(kind="email", value__icontains="@handrail.test")
    return not named.exists() and not mail.outbox


@pytest.mark.parametrize("address", OURS)
def test_the_contact_form_says_so_and_keeps_what_was_written(visitor, world, address):
    answer = visitor.presses("requests/new", subject="제목이에요", text="내용", email=address)

    assert answer.status_code == 400
    assert SAID in answer.content.decode() and "제목이에요" in answer.content.decode()
    assert nobody_is_met()
    assert not Conversation.objects.exists()


def test_the_contact_form_refuses_an_address_that_nobody_reads(visitor, world):
    answer = visitor.presses("requests/new", subject="a", text="b", email="no-reply@example.com")

    assert answer.status_code == 400
    assert "읽지 않아요" in answer.content.decode()
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("address", ["a@localhost", "a@[127.0.0.1]", "a@pc.localhost"])
def test_the_contact_form_refuses_an_address_within_one_machine(visitor, world, address):
    answer = visitor.presses("requests/new", subject="a", text="b", email=address)

    assert answer.status_code == 400
    assert "한 컴퓨터 안에서만 쓰는 주소예요" in answer.content.decode()
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("address", OURS)
def test_a_chat_sends_no_answers_to_ourselves(visitor, world, address):
    said = visitor.says("사람과 이야기할래요")
    answer = visitor.presses("chat/address", _json=True, c=said["c"], email=address)

    assert answer.status_code == 400
    assert SAID in answer.json()["error"]
    assert not Conversation.objects.get().endpoints.filter(inbox__kind="mail").exists()


@pytest.mark.parametrize("address", OURS)
def test_no_link_to_sign_in_goes_to_where_we_read_other_peoples_mail(visitor, world, address):
    answer = visitor.presses("sign-in/link", email=address)

    assert answer.status_code == 400
    assert SAID in answer.content.decode()
    assert nobody_is_met()
    assert not SignInLink.objects.exists()


def test_nobody_follows_anything_in_our_name(visitor, world):
    answer = visitor.presses("follow", email="help@handrail.test")

    assert answer.status_code == 400
    assert SAID in answer.content.decode()
    assert not Subscription.objects.exists()


def test_a_customer_copies_a_conversation_to_no_address_of_ours(minji, world):
    conversation = world.conversation(Person.objects.get(identities__value="minji@example.com"))
    answer = minji.presses(f"requests/{conversation.number}/copies", email="help@handrail.test")

    assert SAID in answer.content.decode()
    assert conversation.participants.count() == 1


def test_a_host_site_signs_nobody_in_with_an_address_of_ours(visitor, world, settings):
    settings.HOST_TOKEN_SECRET = SECRET
    answer = visitor.presses("sign-in/host", token=signed(email="help@handrail.test"))

    assert answer.status_code == 410
    assert nobody_is_met()
