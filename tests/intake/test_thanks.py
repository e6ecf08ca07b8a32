"""A thank-you alone is filed and leaves what is solved solved; a further question opens it again, whichever way it comes."""

from __future__ import annotations

import pytest

from handrail.channels.mail.addresses import reply_address
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.conversations.models import Conversation
from handrail.intake import chat
from handrail.intake.pleasantries import is_only_thanks
from handrail.intake.reply import reply
from tests.intake.arriving import mail

THANKS = [
    "감사합니다",
    "네, 감사합니다~\n\n김민지 드림",
    "안녕하세요.\n감사합니다!\n김민지",
    "Thank you so much!\n\nBest regards,\n김민지",
]
MORE = [
    "감사합니다. 그런데 언제 입금되나요?",
    "Thanks, but it broke again.",
    "김민지 드림",
    "네",
    "안녕하세요",
]


@pytest.mark.parametrize("text", THANKS)
def test_what_only_thanks_is_told_from_what_asks(text):
    assert is_only_thanks(text, name="김민지")


@pytest.mark.parametrize("text", MORE)
def test_whatever_says_more_is_no_thank_you(text):
    assert not is_only_thanks(text, name="김민지")


def by_mail(world, solved: Conversation, text: str) -> None:
    window = solved.endpoints.get()
    address = reply_address("help@handrail.test", endpoint_id=window.pk, reply_key=window.reply_key)
    body = mail(to=address, mid="more@example.com", text=text, subject="Re: 환불 문의")
    keep(world.mail, body, Envelope("minji@example.com", (address,)))
    world.settle()


def on_the_page(world, solved: Conversation, text: str) -> None:
    reply(solved, text, by=solved.requester, client_id="page-1234")


def in_chat(world, solved: Conversation, text: str) -> None:
    chat.say(solved, text.splitlines()[0], by=solved.requester, client_id="chat-1234")


@pytest.mark.parametrize("way", [by_mail, on_the_page, in_chat])
@pytest.mark.parametrize(("text", "status"), [(THANKS[1], "solved"), (MORE[0], "open")])
def test_thanks_are_filed_without_opening_what_is_solved(world, way, text, status):
    solved = world.conversation()
    world.settle()
    solved.refresh_from_db()
    solved.set_status("solved", by=world.agent)
    way(world, solved, text)
    solved.refresh_from_db()
    assert (solved.status, solved.messages.filter(direction="in").count()) == (status, 2)
    assert Conversation.objects.count() == 1


def test_thanks_while_we_wait_for_the_customer_are_an_answer(world):
    asked = world.conversation()
    asked.set_status("pending", by=world.agent)
    on_the_page(world, asked, "감사합니다")
    asked.refresh_from_db()
    assert asked.status == "open"
