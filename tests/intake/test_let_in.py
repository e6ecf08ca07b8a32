"""Mail that names nobody, let in by one press: a ticket of its own that speaks for nobody and answers nobody."""

import pytest

from handrail.channels.models import InboundRaw
from handrail.contacts.models import Identity
from handrail.conversations.models import Conversation, Delivery, Message
from handrail.conversations.per_mailbox import per_mailbox
from handrail.conversations.search import find
from handrail.intake.why import why
from tests.intake.arriving import arrive, mail, reply_to

__all__ = ["arrive"]

AGENT = "agent@handrail.test"


def let_in(world, row: InboundRaw) -> Message:
    assert row.state == "quarantined" and row.opens_when_released
    assert row.release(by=world.agent)
    world.settle()
    row.refresh_from_db()
    assert row.state == "taken", row.error
    return Message.objects.filter(direction="in").latest("pk")


@pytest.mark.parametrize(
    ("body", "reason", "author"),
    [
        (mail("help@handrail.test"), "own_address", "김민지 <help@handrail.test>"),
        (
            mail(headers="From: evil@example.net"),
            "several_senders",
            "김민지 <minji@example.com>, evil@example.net",
        ),
        (mail().replace("From: 김민지 <minji@example.com>\r\n".encode(), b""), "no_sender", ""),
    ],
)
def test_a_mail_of_nobody_is_a_ticket_without_a_customer_and_nothing_goes_out(
    world, arrive, body, reason, author
):
    row = arrive(body)
    assert row.error == reason
    message = let_in(world, row)
    conversation = message.conversation
    assert (message.author_name, message.from_address, message.is_verified) == (author, "", False)
    assert message.text == "환불하고 싶어요." and conversation.team == world.team
    assert conversation in Conversation.objects.visible_to(world.viewer())
    assert not conversation.endpoints.exists() and not Identity.objects.exists()
    assert not Message.objects.filter(direction="out").exists() and not Delivery.objects.exists()


@pytest.mark.parametrize("sender", ["help@handrail.test", ""])
def test_it_lies_in_the_mailbox_it_came_to(world, arrive, sender):
    body = mail(sender) if sender else mail().replace("From: 김민지 <minji@example.com>\r\n".encode(), b"")
    conversation = let_in(world, arrive(body)).conversation
    viewer = world.viewer()

    assert per_mailbox(viewer, [world.mail.pk])[world.mail.pk] == (1, 1)
    assert [row.number for row in find("mailbox:help@handrail.test", viewer=viewer).rows] == [conversation.pk]
    assert not find("mailbox:none", viewer=viewer).rows


def test_a_form_that_writes_as_us_says_where_its_answer_may_go(world, arrive):
    message = let_in(world, arrive(mail("help@handrail.test", headers="Reply-To: hana@example.com")))
    assert message.data["reply_to"] == ["hana@example.com"]


def test_a_colleagues_unproved_mail_is_a_ticket_of_its_own_whatever_it_answers(world, arrive):
    arrive(mail())
    theirs = Conversation.objects.get()
    theirs.reply("확인할게요.", by=world.agent)
    world.settle()
    sent = Delivery.objects.count()
    wire = Delivery.objects.filter(message__author_kind="staff").get().wire_id
    row = arrive(
        mail(
            AGENT,
            to=reply_to(theirs),
            mid="b@handrail.test",
            subject=f"Re: #{theirs.number}",
            headers=f"In-Reply-To: <{wire}>",
        ),
        envelope_from=AGENT,
        to=reply_to(theirs),
    )
    assert row.error == "staff_unproved"
    message = let_in(world, row)
    conversation = message.conversation
    assert conversation != theirs and theirs.messages.filter(direction="in").count() == 1
    assert (message.author_kind, message.is_verified) == ("person", False)
    assert conversation.is_claimed and conversation.requester.email == AGENT
    to = Delivery.objects.filter(pk__gt=0).exclude(endpoint__address=AGENT).count()
    assert to == sent, "the customer gets nothing of it"
    assert "of its own" in why(message).threading[0] or "따로" in why(message).threading[0]


def test_a_later_mail_of_the_colleague_is_not_led_to_the_forged_one_by_what_it_named(world, arrive):
    let_in(world, arrive(mail(AGENT, headers="References: <older@handrail.test>"), envelope_from=AGENT))
    from handrail.conversations.threads import find_by_mail_ids

    assert find_by_mail_ids(["older@handrail.test"], address=AGENT) is None
    assert find_by_mail_ids(["a1@example.com"], address=AGENT) is not None


def nested(depth: int) -> bytes:
    opened = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\nContent-Type: text/plain\r\n\r\nwords {n}\r\n--b{n}\r\n'
        for n in range(depth)
    )
    return f"From: a@example.com\r\nSubject: deep\r\nMessage-ID: <deep@example.com>\r\n{opened}".encode()


def test_of_what_is_nested_too_deeply_its_outer_words_are_taken(world, arrive):
    row = arrive(nested(40))
    assert row.error == "too_deep"
    message = let_in(world, row)
    assert "words 0" in message.text and "words 19" in message.text
    assert message.conversation.subject == "deep" and "parts" in message.data["cut"]
    assert bytes(InboundRaw.objects.get(pk=message.data["raw"]).body) == nested(40), "the original is kept"


def test_of_what_takes_too_long_its_head_is_taken(world, arrive, monkeypatch):
    from handrail.channels.mail.receive import Unreadable
    from handrail.intake import receive

    def never(*_args, **_named):
        raise Unreadable("time")

    monkeypatch.setattr(receive, "receive", never)
    message = let_in(world, arrive(mail()))
    assert message.conversation.subject == "환불 문의" and message.text == ""
    assert message.from_address == "minji@example.com"


@pytest.mark.parametrize("reason", ["loop", "bounce_unsigned", "agent_unproved"])
def test_what_repeats_our_words_is_let_in_by_nobody(world, arrive, reason):
    row = InboundRaw(error=reason)
    assert not row.opens_when_released


def test_what_its_server_never_gave_makes_no_empty_ticket(world, arrive):
    row = arrive(mail(headers="From: evil@example.net"))
    InboundRaw.objects.filter(pk=row.pk).update(body=b"")
    row.release(by=world.agent)
    world.settle()
    row.refresh_from_db()
    assert row.error == "not_given" and not Conversation.objects.exists()
