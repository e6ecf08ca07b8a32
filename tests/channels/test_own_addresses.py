"""Which addresses are ours, however they are written."""

from __future__ import annotations

import pytest
from django.utils import translation

from handrail.channels.mail.addresses import bounce_address, reply_address
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import OwnAddress, is_own, of_others, refusal, refuse_own
from handrail.conversations.opening import open_conversation

OWN = [
    "help@handrail.test",
    " HELP@Handrail.TEST ",
    "help+anything@handrail.test",
    "help+a+b@handrail.test",
    "help@handrail.test.",
    "ｈｅｌｐ@handrail.test",
    reply_address("help@handrail.test", endpoint_id=7, reply_key="k"),
    bounce_address("help@handrail.test", delivery_id=7),
]
OTHERS = ["minji@example.com", "help@example.com", "helper@handrail.test", "portal", "", "@handrail.test"]


@pytest.mark.parametrize("address", OWN)
def test_an_inbox_is_ours_in_every_spelling_that_reaches_it(world, address):
    assert is_own(address)
    with pytest.raises(OwnAddress):
        refuse_own(address)


@pytest.mark.parametrize("address", OTHERS)
def test_other_addresses_are_not(world, address):
    assert not is_own(address)
    refuse_own(address)


def test_a_closed_inbox_and_one_with_a_korean_domain_stay_ours(world):
    Inbox.objects.filter(pk=world.mail.pk).update(is_active=False)
    Inbox.objects.create(kind="mail", brand=world.brand, address="help@xn--9t4b11yi5a.test", name="ko")

    assert is_own("help@handrail.test")
    assert is_own("help@테스트.test")


def test_many_are_told_apart_in_one_query_and_keep_their_order(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = of_others(["b@example.com", "help@handrail.test", "a@example.com", "b@example.com"])

    assert found == ["b@example.com", "a@example.com"]


@pytest.mark.parametrize(
    "address", ["no-reply@example.com", "NoReply+1@example.com", "do_not_reply@a.kr", "mailer-daemon@a.kr"]
)
def test_an_address_that_nobody_reads_is_refused_where_it_is_typed(world, address):
    with translation.override("en"):
        assert "Nobody reads mail at" in refusal(address)
        assert "Enter an address that is read" in refusal(address, by_staff=True)


@pytest.mark.parametrize("address", [*OTHERS, "reply@example.com", "noreply.kim@example.com"])
def test_any_other_is_welcome(world, address):
    assert refusal(address) == ""


@pytest.mark.parametrize("by_staff", [True, False])
def test_what_is_refused_is_said_in_both_languages(world, by_staff):
    for address in ("help@handrail.test", "no-reply@example.com"):
        with translation.override("ko"):
            korean = refusal(address, by_staff=by_staff)
        with translation.override("en"):
            english = refusal(address, by_staff=by_staff)
        assert address in korean and address in english
        assert any("가" <= letter <= "힣" for letter in korean)
        assert not any("가" <= letter <= "힣" for letter in english)


def test_no_verb_opens_a_window_to_us_or_seats_who_is_known_by_our_address(world):
    conversation = world.conversation()
    impostor = world.person("help@handrail.test", "도움")

    with pytest.raises(OwnAddress):
        open_conversation(world.mail, requester=impostor, by=impostor, address="help@handrail.test")
    with pytest.raises(OwnAddress):
        conversation.attach_endpoint(
            world.mail, "help+x@handrail.test", person=conversation.requester, by=world.agent
        )
    with pytest.raises(OwnAddress):
        conversation.add_participant(impostor, by=world.agent)
    with pytest.raises(OwnAddress):
        conversation.give_to(impostor, by=world.agent)
    conversation.refresh_from_db()
    assert conversation.requester.email == "minji@example.com"
    assert conversation.participants.count() == conversation.endpoints.count() == 1


@pytest.mark.parametrize("address", ["민지@example.com", "minji@ｍail.example", '"a b"@example.com'])
def test_an_address_that_mail_cannot_reach_is_refused_where_it_is_typed(world, address):
    with translation.override("ko"):
        assert "메일을 보낼 수 없어요" in refusal(address)


def test_an_address_with_a_korean_domain_is_taken(world):
    assert refusal("minji@한글.kr") == ""
