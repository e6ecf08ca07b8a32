"""A bot that fails or is silent for ten seconds opens the chat to people, and says nothing after they have it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.core.events.ledger import sweep
from handrail.core.events.models import Event
from handrail.core.jobs.models import Job
from handrail.core.jobs.worker import drain
from handrail.intake import respond


def the_chat() -> Conversation:
    return Conversation.objects.get(channel="chat")


@pytest.fixture
def fails(monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("the engine fell over")

    monkeypatch.setattr(respond, "answer", broken)


def seconds_later(count):
    return time_machine.travel(clock.now() + timedelta(seconds=count), tick=False)


def test_a_bot_that_fails_opens_the_chat_to_people_after_ten_seconds(visitor, world, fails):
    visitor.says("환불은 언제 되나요?")
    sweep(older_than=timedelta(0))
    drain()
    assert the_chat().held_by == "bot"

    with seconds_later(11):
        drain()

    assert the_chat().held_by == "people"
    assert the_chat().messages.last().data["code"] == "handed_over"
    assert Event.objects.get(verb="conversation.handed_over").data["reason"] == "silent"


def test_without_any_worker_the_visitors_own_page_does_it(visitor, world):
    snapshot = visitor.says("환불은 언제 되나요?")
    assert visitor.hears(snapshot)["lines"] == []

    with seconds_later(11):
        heard = visitor.hears(snapshot)

    assert the_chat().held_by == "people"
    assert [line["side"] for line in heard["lines"]] == ["bot"]


def test_without_scripts_too(visitor, world):
    visitor.presses("chat", text="환불은 언제 되나요?")
    with seconds_later(11):
        visitor.opens("chat")
    assert the_chat().held_by == "people"


def test_an_answer_in_time_leaves_it_with_the_bot(visitor, world, help_centre):
    visitor.says("환불 신청하는 방법")
    world.settle()
    with seconds_later(11):
        drain()
        visitor.opens("chat")
    assert the_chat().held_by == "bot"
    assert not Job.objects.filter(task__endswith="watching.look", state="ready").exists()


@pytest.mark.parametrize("text", ["환불 신청하는 방법", "안녕하세요"])
def test_whoever_takes_over_while_the_engine_thinks_is_not_talked_over(
    visitor, world, help_centre, monkeypatch, text
):
    def took(*_args, **_options):
        Conversation.objects.get(channel="chat").hand_over(reason="asked", by=world.agent)

    for name in ("find", "word_back"):
        real = getattr(respond, name)
        monkeypatch.setattr(respond, name, lambda *a, real=real: (took(), real(*a))[1])
    if text == "안녕하세요":
        monkeypatch.setattr(respond, "pleasantry", lambda _text: (took(), "greeting")[1])
    visitor.says(text)
    world.settle()

    assert not the_chat().messages.filter(author_kind="bot").exists()


def test_a_chat_people_had_stays_with_people_when_it_is_written_in_again(visitor, world, help_centre):
    visitor.says("상담사 연결해 주세요")
    world.settle()
    chat = the_chat()
    chat.set_status("solved", by=world.agent)
    said = chat.messages.count()

    visitor.says("환불 신청하는 방법", c=chat.public_id)
    world.settle()

    assert (the_chat().held_by, the_chat().status) == ("people", "open")
    assert the_chat().messages.count() == said + 1
