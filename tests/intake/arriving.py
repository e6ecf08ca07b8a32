"""Mails as they arrive: how one is written, taken in, and answered."""

from __future__ import annotations

import pytest

from handrail.channels.mail.addresses import reply_address
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import InboundRaw
from handrail.conversations.models import Conversation


def mail(
    sender: str = "minji@example.com",
    *,
    to: str = "help@handrail.test",
    subject: str = "환불 문의",
    mid: str = "a1@example.com",
    text: str = "환불하고 싶어요.",
    headers: str = "",
) -> bytes:
    lines = [
        f"From: 김민지 <{sender}>",
        f"To: {to}",
        f"Subject: {subject}",
        f"Message-ID: <{mid}>",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return ("\r\n".join([*lines, *headers.splitlines()]) + "\r\n\r\n" + text + "\r\n").encode()


@pytest.fixture
def arrive(world):
    """Mail arrives and everything in the background runs."""

    def go(
        body: bytes, *, envelope_from: str = "minji@example.com", to: str = "help@handrail.test"
    ) -> InboundRaw:
        sender = "" if envelope_from == "<>" else envelope_from or None
        row, _new = keep(world.mail, body, Envelope(sender, (to,)))
        world.settle()
        row.refresh_from_db()
        return row

    return go


def reply_to(conversation: Conversation) -> str:
    endpoint = conversation.endpoints.get()
    return reply_address("help@handrail.test", endpoint_id=endpoint.pk, reply_key=endpoint.reply_key)
