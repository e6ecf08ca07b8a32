"""A chat in which somebody left a mail address: whoever signs in by that address is asked about it where they look for it."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail

from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from tests.desk.conftest import signed_in
from tests.talk.visitor import Visitor

ASKED = "답변이 고객님 메일로 가는 채팅이에요: #{}"


@pytest.fixture
def left(visitor) -> Conversation:
    """A visitor's chat that people have, answered at Minji's address too."""
    said = visitor.says("상담사 연결해 주세요")
    visitor.presses("chat/address", c=said["c"], email="minji@example.com")
    return Conversation.objects.get()


def last_mail() -> str:
    sent = message_from_bytes(mail.outbox[-1].message().as_bytes(), policy=default)
    return sent.get_body(("plain",)).get_content()


def history(world, chat: Conversation) -> str:
    return signed_in(world.agent).get(f"/desk/conversations/{chat.number}").content.decode()


def listed(visitor: Visitor) -> str:
    return visitor.opens("requests").content.decode()


def test_its_number_and_day_are_asked_about_and_no_word_is_shown(left, minji):
    for place in ("requests", f"requests/{left.number}"):
        text = minji.opens(place).content.decode()
        assert ASKED.format(left.number) in text, place
        assert "상담사 연결해" not in text and 'class="talk-lines"' not in text


def test_who_asked_it_has_it_among_their_requests_and_the_browser_keeps_it(left, visitor, minji, world):
    answer = minji.presses(f"requests/{left.number}/claim", mine=1)

    assert answer["Location"].endswith(f"requests/{left.number}")
    page = minji.opens(f"requests/{left.number}").content.decode()
    assert "상담사 연결해 주세요" in page
    assert f'/requests/{left.number}">' in listed(minji) and ASKED.format(left.number) not in listed(minji)
    assert f'/requests/{left.number}">' in listed(visitor)
    left.reply("확인했어요", by=world.agent)
    assert "확인했어요" in minji.opens(f"requests/{left.number}").content.decode()
    assert visitor.hears(visitor.snapshot(left))["last"] == left.messages.count()


def test_who_did_not_is_written_to_no_more_and_asked_no_more(left, visitor, minji):
    minji.presses(f"requests/{left.number}/claim", others=1)

    assert not left.endpoints.filter(inbox__kind="mail", is_active=True).exists()
    assert ASKED.format(left.number) not in listed(minji)
    assert minji.presses(f"requests/{left.number}/claim", mine=1).status_code == 404
    assert f'/requests/{left.number}">' in listed(visitor)


def test_an_address_whose_owner_did_not_ask_cannot_be_left_there_again(left, visitor, minji, world):
    minji.presses(f"requests/{left.number}/claim", others=1)

    answer = visitor.presses("chat/address", _json=True, c=left.public_id, email="Minji@Example.com")
    assert answer.status_code == 400 and "더 보내지 않아요" in answer.json()["error"]
    assert not left.endpoints.filter(inbox__kind="mail", is_active=True).exists()
    visitor.presses("chat/address", c=left.public_id, email="jisu@example.com")
    assert left.endpoints.filter(address="jisu@example.com", is_active=True).exists()
    assert "직접 묻지 않았다고 했어요" in history(world, left)


def test_the_desk_is_told_who_says_that_it_is_theirs(left, minji, world):
    minji.presses(f"requests/{left.number}/claim", mine=1)

    assert "직접 물었다고 했고" in history(world, left)


def test_whoever_asked_by_that_browser_learns_no_name(left, visitor, minji):
    Person.objects.filter(identities__value="minji@example.com").update(name="김민지")
    minji.presses(f"requests/{left.number}/claim", mine=1)

    page = visitor.opens(f"requests/{left.number}").content.decode()
    assert "minji@example.com" in page and "김민지" not in page


def test_a_mail_to_such_an_address_says_why_it_comes_and_who_reads_what_is_answered(left, world, minji):
    mail.outbox.clear()
    left.reply("주문번호를 알려 주세요", by=world.agent)
    world.settle()
    assert "“상담사 연결해 주세요”로 시작한 채팅" in last_mail() and "채팅을 시작한 분도" in last_mail()

    minji.presses(f"requests/{left.number}/claim", mine=1)
    left.reply("확인했어요", by=world.agent)
    world.settle()
    assert "확인했어요" in last_mail() and "로 시작한 채팅" not in last_mail(), "they take part now"


def test_nobody_else_is_asked_and_nobody_can_say_it_is_theirs(left, stranger):
    hana = Visitor().signs_in("hana@example.com")

    for other in (stranger, hana):
        assert ASKED.format(left.number) not in listed(other)
        assert other.presses(f"requests/{left.number}/claim", mine=1).status_code == 404
    assert not left.participants.exclude(person=left.requester).exists()


def test_who_gave_it_already_is_not_asked(left, minji):
    minji.presses(f"requests/{left.number}/claim", mine=1)

    assert minji.presses(f"requests/{left.number}/claim", others=1).status_code == 404
    assert Person.objects.get(identities__value="minji@example.com").pk in left.participants.values_list(
        "person", flat=True
    )
