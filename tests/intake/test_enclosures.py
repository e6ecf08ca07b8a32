"""A mail comes in whatever it encloses: a virus is left out and named, and what could not be looked through comes later, once."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.conversations.models import Message
from handrail.core.files.keeping import Unchecked
from handrail.intake.enclosures import add_when_checked
from tests.scanner import EICAR


@pytest.fixture
def arrive(world):
    def arrive(**files: bytes) -> Message:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "minji@example.com", "help@handrail.test", "영수증"
        mail["Message-ID"] = "<files@example.com>"
        mail.set_content("영수증을 보냅니다.")
        for name, data in files.items():
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"{name}.bin")
        keep(world.mail, mail.as_bytes(), Envelope("minji@example.com", ("help@handrail.test",)))
        world.settle()
        return Message.objects.get(message_id="files@example.com")

    return arrive


def titles(message: Message) -> list[str]:
    return [each.file.title for each in message.attachments.select_related("file")]


def test_the_virus_is_left_out_and_everything_else_is_there(world, arrive, scanner, client):
    message = arrive(receipt=b"clean", game=EICAR)
    assert titles(message) == ["receipt.bin"]
    client.force_login(world.agent)
    page = client.get(f"/desk/conversations/{message.conversation_id}").content.decode()
    assert "game.bin" in page and "Eicar-Test-Signature" in page


def test_while_the_scanner_is_away_the_words_are_there_and_the_files_follow_once(
    world, arrive, settings, clamd
):
    settings.FILE_SCANNER = "unix:/nowhere/clamd"
    message = arrive(receipt=b"clean", game=EICAR)
    assert (message.text, titles(message)) == ("영수증을 보냅니다.", [])
    assert [name for _, name in message.data["waiting_files"]] == ["receipt.bin", "game.bin"]
    with pytest.raises(Unchecked):
        add_when_checked.func(message.pk)

    settings.FILE_SCANNER = clamd.address
    for _ in range(2):
        add_when_checked.func(message.pk)
    message.refresh_from_db()
    assert titles(message) == ["receipt.bin"]
    assert "waiting_files" not in message.data
    assert message.data["infected"][0][0] == "game.bin"
