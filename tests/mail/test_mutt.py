"""A customer at mutt and an agent at the desk, over a real Postfix and a real Dovecot."""

from __future__ import annotations

import json
import time

import pytest

from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.conversations.jobs import courier
from handrail.conversations.models import Conversation
from tests.mail.mutt import Mutt
from tests.mail.office import INBOX, Office
from tests.mail.servers import MailServers

pytestmark = pytest.mark.mailservers


@pytest.fixture
def carried(world, office: Office, servers: MailServers, settings):
    """`carried(n)` waits for the nth mail our listener keeps, takes the new ones in and runs what follows from them."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", servers.smtp
    office.listen(port=servers.listener)
    # The line of this process to a mail server is kept open: it must lead to this one, and not outlive it.
    courier.cache_clear()

    def go(count: int) -> None:
        deadline = time.monotonic() + 30
        while len(rows := office.kept()) < count and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(rows) == count
        for row in rows:
            # What was taken before is taken once.
            recipients = tuple(json.loads(row["envelope_to"]))
            keep(world.mail, row["body"], Envelope(row["envelope_from"], recipients))
        world.settle()

    yield go
    courier.cache_clear()


def test_a_talk_by_mutt_stays_one_conversation_with_its_files_and_words(
    world, carried, servers: MailServers, tmp_path
):
    mutt = Mutt(tmp_path / "minji", servers, address="minji@example.test", name="김민지")
    receipt = tmp_path / "영수증.txt"
    receipt.write_text("12,000원", encoding="utf-8")

    mutt.send("환불이 안 돼요.\n영수증을 붙여요.", to=INBOX, subject="환불 문의", files=(receipt,))
    carried(1)

    conversation = Conversation.objects.get()
    first = conversation.messages.get(direction="in")
    assert (conversation.subject, conversation.requester.name) == ("환불 문의", "김민지")
    assert first.text.startswith("환불이 안 돼요.\n영수증을 붙여요.")
    assert [each.file.title for each in first.attachments.all()] == ["영수증.txt"]

    conversation.reply("주문 번호를 알려 주세요.", by=world.agent)
    world.settle()
    received = servers.mailbox("minji@example.test", at_least=2)
    (ours,) = [
        mail for mail in received if "주문 번호를 알려 주세요." in mail.get_body(("plain",)).get_content()
    ]
    assert f"[#{conversation.number}]" in ours["Subject"]

    mutt.answer("20261129-1번이에요.")
    carried(2)

    assert Conversation.objects.count() == 1
    second = conversation.messages.filter(direction="in").order_by("seq").last()
    assert second.text == "20261129-1번이에요."
    assert "주문 번호를 알려 주세요." in second.quoted
