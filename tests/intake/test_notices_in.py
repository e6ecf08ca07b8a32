"""Mail that nobody wrote: lists, notices of absence and bounces are recorded, and never answered."""

from __future__ import annotations

import pytest

from handrail.channels.mail.addresses import bounce_address
from handrail.channels.mail.authenticity import Verdict
from handrail.conversations.models import Conversation, Delivery, Message
from tests.intake.arriving import arrive, mail, reply_to

__all__ = ["arrive"]


@pytest.mark.parametrize(
    "header",
    [
        "Precedence: bulk",
        "List-Id: <l.example.com>",
        "X-Auto-Response-Suppress: All",
    ],
)
def test_mail_that_asks_for_no_automatic_answer_is_read_and_never_answered(world, arrive, header):
    arrive(mail(headers=header))
    said = Message.objects.get(direction="in")
    assert Message.objects.filter(direction="out").count() == 0
    # What opened a conversation is what its row in a list says, whoever or whatever wrote it.
    assert said.conversation.last_message_text and said.text.startswith(
        said.conversation.last_message_text[:10]
    )


@pytest.mark.parametrize(
    "notice",
    [
        {"headers": "Auto-Submitted: auto-replied"},
        {"headers": "Auto-Submitted: auto-generated"},
        {"headers": "Precedence: auto_reply"},
        {"headers": "X-Autoreply: yes"},
        {"headers": "X-Autoreply: yes\nReferences: <of-no-mail-of-ours@example.org>"},
        {"subject": "[자동응답] 휴가 중이에요"},
        {"subject": "Out of office: back on Monday"},
    ],
)
def test_a_notice_that_answers_nothing_opens_no_conversation_and_is_kept_with_its_reason(
    world, arrive, notice
):
    row = arrive(mail(**notice))

    assert (row.state, row.error) == ("quarantined", "automatic")
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()


def test_a_colleague_may_still_open_a_conversation_from_a_notice_and_nobody_is_answered(world, arrive):
    row = arrive(mail(headers="Auto-Submitted: auto-generated", text="서버 점검 안내예요."))
    row.release(by=world.agent)
    world.settle()

    said = Conversation.objects.get().messages.get()
    assert (said.text, said.is_automatic) == ("서버 점검 안내예요.", True)


def test_a_notice_joins_the_conversation_it_names_and_asks_nobody_to_look(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    conversation.reply("확인할게요.", by=world.agent)
    conversation.set_status("pending", by=world.agent)
    wire = Delivery.objects.filter(message__author_kind="staff").get().wire_id
    arrive(mail(mid="v@example.com", headers=f"Auto-Submitted: auto-replied\nIn-Reply-To: <{wire}>"))

    conversation.refresh_from_db()
    assert conversation.messages.filter(direction="in").last().is_automatic
    assert conversation.status == "pending"


@pytest.mark.parametrize("way", ["mail id", "number", "reply address", "return path"])
def test_a_notice_is_recorded_with_what_it_answers_and_neither_reopens_nor_is_answered(world, arrive, way):
    arrive(mail())
    conversation = Conversation.objects.get()
    conversation.reply("확인할게요.", by=world.agent)
    conversation.set_status("solved", by=world.agent)
    world.settle()
    before = Message.objects.filter(direction="out").count()
    told = Delivery.objects.filter(message__author_kind="staff").get()
    notice = {"subject": "[자동응답] 휴가 중이에요", "mid": "v@example.com", "headers": "X-Autoreply: yes"}
    to = "help@handrail.test"
    if way == "mail id":
        notice["headers"] += f"\nIn-Reply-To: <{told.wire_id}>"
    elif way == "number":
        notice["subject"] = f"부재중: Re: 환불 문의 [#{conversation.number}]"
    elif way == "reply address":
        to = reply_to(conversation)
    else:
        to = bounce_address(to, delivery_id=told.pk)
    row = arrive(mail(to=to, **notice), envelope_from="<>", to=to)

    conversation.refresh_from_db()
    assert row.state != "quarantined"
    assert conversation.messages.filter(direction="in").last().is_automatic
    assert (conversation.status, Conversation.objects.count()) == ("solved", 1)
    assert Message.objects.filter(direction="out").count() == before


def test_a_notice_to_what_is_closed_opens_no_follow_up(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    address = reply_to(conversation)
    conversation.set_status("closed", by=world.agent)
    row = arrive(mail(to=address, mid="v@example.com", headers="Auto-Submitted: auto-replied"), to=address)

    assert (row.state, row.error) == ("quarantined", "automatic")
    assert Conversation.objects.count() == 1


def test_a_null_return_path_is_never_answered(world, arrive):
    arrive(mail(), envelope_from="<>")
    assert Message.objects.filter(direction="out").count() == 0


def test_a_bounce_at_our_signed_address_marks_the_message_that_failed(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    conversation.reply("확인할게요.", by=world.agent)
    delivery = Delivery.objects.get(message__author_kind="staff")
    address = bounce_address("help@handrail.test", delivery_id=delivery.pk)
    arrive(
        mail("mailer-daemon@mx.example.com", subject="Undelivered", mid="b@mx"),
        envelope_from="<>",
        to=address,
    )
    delivery.refresh_from_db()
    assert delivery.state == "bounced"
    assert Conversation.objects.count() == 1


def test_an_absence_notice_at_the_return_address_is_a_message_and_no_bounce(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    conversation.reply("확인할게요.", by=world.agent)
    delivery = Delivery.objects.get(message__author_kind="staff")
    delivery.sent(by=world.agent)
    address = bounce_address("help@handrail.test", delivery_id=delivery.pk)
    notice = mail(subject="휴가 중이에요", mid="v@example.com", headers="Auto-Submitted: auto-replied")
    arrive(notice, envelope_from="<>", to=address)
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert conversation.messages.get(data__how="return_path").is_automatic


def test_a_person_who_writes_to_the_return_address_is_heard(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    conversation.reply("확인할게요.", by=world.agent)
    delivery = Delivery.objects.get(message__author_kind="staff")
    arrive(
        mail(mid="p@example.com", text="여기로 써도 되나요?"),
        to=bounce_address("help@handrail.test", delivery_id=delivery.pk),
    )
    assert conversation.messages.filter(text="여기로 써도 되나요?").exists()
    delivery.refresh_from_db()
    assert delivery.state != "bounced"


@pytest.mark.parametrize(
    "address",
    [
        "no-reply@shop.example",
        "noreply@shop.example",
        "no_reply@shop.example",
        "No.Reply@shop.example",
        "do-not-reply@shop.example",
        "donotreply+42@shop.example",
        "orders-noreply@shop.example",
        "noreply.orders@shop.example",
        "bounces+9@shop.example",
        "postmaster@shop.example",
    ],
)
@pytest.mark.parametrize("is_vouched", [True, False])
def test_an_address_nobody_reads_gets_no_automatic_mail_even_where_its_domain_vouches_for_it(
    world, arrive, monkeypatch, address, is_vouched
):
    verdict = Verdict(is_vouched, "dkim" if is_vouched else "", "self")
    monkeypatch.setattr("handrail.intake.receive.check", lambda _raw, _mail, **_hop: verdict)
    for number in range(3):
        arrive(mail(address, mid=f"n{number}@shop.example"), envelope_from=address)

    said = Message.objects.filter(direction="in")
    assert {each.data["acknowledged"] for each in said} == {"automatic"} and said.count() == 3
    assert not Message.objects.filter(direction="out").exists()
    assert {each.status for each in Conversation.objects.all()} == {"new"}


def test_what_it_sends_to_a_solved_conversation_does_not_open_that_again(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    conversation.set_status("solved", by=world.agent)
    for number in range(3):
        arrive(
            mail("no-reply@example.com", to=reply_to(conversation), mid=f"again{number}@example.com"),
            to=reply_to(conversation),
            envelope_from="no-reply@example.com",
        )

    conversation.refresh_from_db()
    assert conversation.status == "solved"
    assert conversation.messages.filter(direction="in").count() == 4
    assert conversation.messages.filter(direction="out").count() == 1  # the first mail's acknowledgement


@pytest.mark.parametrize(
    "address", ["reply@shop.example", "noreplyson@shop.example", "minho.reply@shop.example"]
)
def test_an_address_that_only_looks_like_one_is_a_persons(world, arrive, address):
    arrive(mail(address), envelope_from=address)

    assert Message.objects.get(direction="in").data["acknowledged"] == "sent_neutral"
