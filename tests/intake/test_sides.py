"""Answers from outside land in the side conversation they belong to, and nowhere else."""

import pytest
from django.core import mail as letters

from handrail.channels.mail.addresses import reply_address
from handrail.conversations.models import Conversation, Delivery
from handrail.conversations.sides import begin, write
from handrail.intake.why import why
from tests.intake.arriving import arrive, mail

__all__ = ["arrive"]
ASKED = "carrier@example.net"


@pytest.fixture
def side(world):
    ticket = world.conversation()
    world.settle()
    side = begin(ticket, to=[ASKED], subject="송장 확인", by=world.agent)
    write(side, "어디 있나요?", by=world.agent)
    world.settle()
    letters.outbox.clear()
    return side


def address_of(side):
    window = side.endpoints.get(address=ASKED)
    return reply_address("help@handrail.test", endpoint_id=window.pk, reply_key=window.reply_key)


def test_an_answer_lands_there_even_under_another_subject(world, side, arrive):
    body = mail(ASKED, to=address_of(side), subject="전혀 다른 제목", mid="b@example.net", text="부산이에요")
    arrive(body, envelope_from=ASKED, to=address_of(side))
    message = side.messages.get(direction="in")
    assert (message.text, message.author_name) == ("부산이에요", "김민지")
    assert not side.side_of.messages.filter(text="부산이에요").exists()
    assert Conversation.objects.count() == 2
    assert not letters.outbox, "nobody is acknowledged, and the customer hears nothing"
    told = " ".join(why(message).automatic)
    assert "side conversation" in told or "곁대화" in told


def test_an_answer_to_the_mailbox_alone_is_found_by_the_mail_it_names(world, side, arrive):
    wire = Delivery.objects.get(message__conversation=side).wire_id
    arrive(
        mail(ASKED, mid="b@example.net", subject="x", headers=f"In-Reply-To: <{wire}>"), envelope_from=ASKED
    )
    assert side.messages.filter(direction="in").count() == 1


def test_the_customer_knowing_its_ids_gets_nothing_in(world, side, arrive):
    wire = Delivery.objects.get(message__conversation=side).wire_id
    arrive(mail(mid="c@example.com", headers=f"In-Reply-To: <{wire}>"))
    assert not side.messages.filter(direction="in").exists()


def test_a_colleague_of_theirs_may_answer_and_is_marked(world, side, arrive):
    sender = "other@example.net"
    arrive(mail(sender, to=address_of(side), mid="d@example.net"), envelope_from=sender, to=address_of(side))
    message = side.messages.get(direction="in")
    assert message.data["other_address"] and not message.is_verified


def test_its_files_come_along_and_a_long_closed_ticket_still_takes_it(world, side, arrive):
    ticket = side.side_of
    ticket.set_status("closed", by=world.agent)
    body = mail(ASKED, to=address_of(side), mid="e@example.net").replace(
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit",
        b"Content-Type: multipart/mixed; boundary=x",
    )
    head, _gap, _text = body.partition(b"\r\n\r\n")
    parts = (
        "\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n여기요\r\n"
        "--x\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nfile\r\n--x--\r\n"
    )
    arrive(head + parts.encode(), envelope_from=ASKED, to=address_of(side))
    message = side.messages.get(direction="in")
    assert message.attachments.get().file.title == "a.txt"
    ticket.refresh_from_db()
    assert ticket.status == "closed" and not ticket.follow_ups.exists()


def test_once_the_ticket_is_deleted_an_answer_begins_anew(world, side, arrive):
    side.side_of.delete_for_now(by=world.agent)
    arrive(mail(ASKED, to=address_of(side), mid="f@example.net"), envelope_from=ASKED, to=address_of(side))
    assert not side.messages.filter(direction="in").exists()
    fresh = Conversation.objects.latest("pk")
    assert fresh.side_of_id is None and fresh.follows_id is None


def test_an_absence_note_of_whoever_was_asked_is_kept_there_without_a_stir(world, side, arrive):
    body = mail(ASKED, to=address_of(side), mid="g@example.net", headers="Auto-Submitted: auto-replied")
    arrive(body, envelope_from=ASKED, to=address_of(side))
    side.refresh_from_db()
    assert side.messages.get(direction="in").is_automatic and side.side_news_at is None
