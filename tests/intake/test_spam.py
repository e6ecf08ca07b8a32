"""Blocked senders and what a filter marked: kept aside with a reason, one press from being a conversation."""

import pytest

from handrail.channels.blocking import NoSender, block, is_blocked, unblock
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.mail.spam import is_marked
from handrail.conversations.models import Conversation, Message
from tests.intake.arriving import mail, reply_to


@pytest.fixture
def arrive(world):
    def go(body, *, to="help@handrail.test"):
        row, _new = keep(world.mail, body, Envelope("minji@example.com", (to,)))
        world.settle()
        row.refresh_from_db()
        return row

    return go


@pytest.mark.parametrize("sender", ["minji@example.com", " MINJI@Example.com ", "@example.com"])
def test_a_blocked_sender_opens_none_and_one_press_releases_the_mail(world, arrive, sender):
    block(sender, by=world.agent)
    row = arrive(mail())
    assert (row.state, row.error) == ("quarantined", "blocked")
    assert not Conversation.objects.exists()

    row.release(by=world.agent)
    world.settle()
    assert Conversation.objects.get().messages.filter(direction="in").count() == 1


def test_a_tag_makes_no_other_sender_of_a_blocked_one(world):
    block("minji@example.com", by=world.agent)
    assert is_blocked("minji+again@example.com") and not is_blocked("minjis@example.com")


def test_others_of_a_like_domain_and_whoever_is_let_in_again_come_in(world, arrive):
    unblock(block("@mple.com", by=world.agent), by=world.agent)
    block("other@example.com", by=world.agent)
    block("@ample.com", by=world.agent)
    arrive(mail())
    assert Conversation.objects.count() == 1
    assert not is_blocked("") and not is_blocked("minji@example.com")


@pytest.mark.parametrize(
    "sender", ["", "example.com", "@", "@com", "a b@example.com", "x" * 300 + "@example.com"]
)
def test_what_is_no_sender_is_not_blocked(world, sender):
    with pytest.raises(NoSender):
        block(sender, by=world.agent)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("X-Spam-Flag: YES", True),
        ("X-Spam-Status: Yes, score=9.1 required=5.0", True),
        ("X-Spam: Yes", True),
        ("X-Forefront-Antispam-Report: CIP:1.2.3.4;SFV:SPM;SCL:5", True),
        ("X-Spam-Flag: NO", False),
        ("X-Spam-Status: No, score=1.0 tests=YES_TEST", False),
        ("X-Forefront-Antispam-Report: SFV:NSPM;SCL:1", False),
        ("Subject: X-Spam-Flag: YES", False),
    ],
)
def test_what_a_filter_marked_is_kept_aside(world, arrive, line, marked):
    body = mail(headers=line) if not line.startswith("Subject") else mail(subject="X-Spam-Flag: YES")
    assert is_marked(body) is marked
    row = arrive(body)
    assert row.error == ("spam" if marked else "")
    assert Conversation.objects.exists() is not marked


def test_a_marked_answer_to_what_goes_on_is_no_spam(world, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    back = reply_to(conversation)
    row = arrive(mail(mid="b2@example.com", to=back, headers="X-Spam-Flag: YES"), to=back)
    assert row.state == "taken"
    assert Message.objects.filter(conversation=conversation, direction="in").count() == 2
