"""A colleague who types one of our own addresses is told so; a conversation with ourselves is never made."""

from __future__ import annotations

import pytest

from handrail.contacts.models import Identity
from handrail.conversations.models import Conversation

OURS = ["help@handrail.test", "HELP+r@handrail.test"]
SAID = "주소는 우리 것"


@pytest.fixture
def conversation(world):
    return world.conversation()


def is_unmet() -> bool:
    return not Identity.objects.filter(value__icontains="help").exists()


@pytest.mark.parametrize("address", OURS)
@pytest.mark.parametrize(("what", "field"), [("participants", "add"), ("requester", "address")])
def test_neither_in_copy_nor_as_the_requester(desk, conversation, address, what, field):
    answer = desk.post(f"/desk/conversations/{conversation.number}/{what}", {field: address})

    assert answer.status_code == 422
    assert SAID in answer.content.decode()
    conversation.refresh_from_db()
    assert conversation.requester.email == "minji@example.com"
    assert conversation.participants.count() == conversation.endpoints.count() == 1
    assert is_unmet()


@pytest.mark.parametrize("address", OURS)
def test_no_conversation_is_opened_for_ourselves(world, desk, address):
    asked = {"requester": address, "subject": "제목이에요", "channel": "mail", "first": "ours"}
    answer = desk.post("/desk/new", {**asked, "text": "안녕하세요", "priority": "normal"})

    assert answer.status_code == 422
    assert SAID in answer.content.decode() and "제목이에요" in answer.content.decode()
    assert not Conversation.objects.exists()
    assert is_unmet()


def test_an_address_nobody_reads_is_refused(desk, conversation):
    answer = desk.post(
        f"/desk/conversations/{conversation.number}/participants", {"add": "no-reply@example.com"}
    )

    assert answer.status_code == 422
    assert "읽지 않아요" in answer.content.decode()
    assert conversation.participants.count() == 1
