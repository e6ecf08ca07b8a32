"""A sender who hides marks in a name, a subject or a file name looks like nobody else; the mail itself is kept as it came."""

from base64 import b64encode

import pytest

from handrail.channels.models import InboundRaw
from handrail.contacts.identify import identify
from handrail.contacts.models import Person
from handrail.conversations.models import Conversation, Message
from handrail.core.actors import SYSTEM
from tests.intake.arriving import arrive

__all__ = ["arrive"]

TURNED = "\u202e행은\u200b 국한\u202c\U000e0041"
SUBJECT = "\u2067환불\u200b 문의\u2069"
FILE = "영수증\u202efdp.txt"


def written(text: str) -> str:
    return f"=?utf-8?b?{b64encode(text.encode()).decode()}?="


def mail(name: str, *, address: str = "minji@example.com") -> bytes:
    lines = [
        f"From: {written(name)} <{address}>",
        "To: help@handrail.test",
        f"Subject: {written(SUBJECT)}",
        "Message-ID: <turned@example.com>",
        "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=x",
        "",
        "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n환불하고 싶어요.",
        f'--x\r\nContent-Disposition: attachment; filename="{written(FILE)}"\r\n\r\nhello',
        "--x--",
        "",
    ]
    return "\r\n".join(lines).encode()


@pytest.mark.django_db
def test_marks_nobody_sees_reach_neither_names_nor_subjects_nor_files(arrive):
    raw = arrive(mail(TURNED))

    conversation = Conversation.objects.get()
    message = conversation.messages.get(direction="in")
    assert conversation.subject == "환불 문의"
    assert message.author_name == conversation.requester.name == "행은 국한"
    assert [each.file.title for each in message.attachments.all()] == ["영수증fdp.txt"]
    assert bytes(raw.body) == mail(TURNED)


@pytest.mark.django_db
def test_a_name_of_marks_alone_is_none(arrive):
    arrive(mail("\u202e\u3164\u200d\u202c"))

    assert Person.objects.get(identities__value="minji@example.com").name == ""
    assert Message.objects.get(direction="in").author_name == "minji@example.com"


@pytest.mark.django_db
def test_an_address_with_marks_nobody_sees_names_nobody(arrive):
    raw = arrive(mail("김민지", address="minji\u200b@example.com"))

    assert (raw.state, raw.error) == (InboundRaw.State.QUARANTINED, "no_sender")
    assert not Conversation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["محمد بن سلمان", "דוד כהן", "김민지 👩🏽‍👩‍👧", "\u1102\u119e\u11af"])
def test_names_people_have_arrive_as_they_are(arrive, name):
    arrive(mail(name))

    assert Message.objects.get(direction="in").author_name == name


@pytest.mark.django_db
def test_who_renames_themselves_in_the_portal_or_a_chat_hides_nothing_either(world):
    person = identify("email", "a@example.com", by=SYSTEM)
    person.rename("Admin\u202e\u200b istrator", by=person)

    assert person.name == "Admin istrator"
