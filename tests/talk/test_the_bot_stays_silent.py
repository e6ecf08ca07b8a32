"""After a chat is with people the assistant says nothing in it, however it came there, and what the console says of it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handrail.accounts.models import Role
from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.intake.watching import open_where_silent
from handrail.workspace.models import Brand
from tests.desk.conftest import signed_in


def the_chat() -> Conversation:
    return Conversation.objects.get(channel="chat")


def bot_words(chat: Conversation) -> int:
    return chat.messages.filter(author_kind="bot").exclude(data__code="handed_over").count()


def asks(world, visitor, chat):
    visitor.says("상담사 연결해 주세요", c=chat.public_id)


def answers(world, visitor, chat):
    chat.reply("제가 볼게요.", by=world.agent)


def takes(world, visitor, chat):
    chat.assign(to=world.agent, by=world.agent)


def waits(world, visitor, chat):
    chat.receive("환불은 언제 되나요?", by=chat.requester)
    with clock.at(clock.now() + timedelta(seconds=11)):
        assert open_where_silent(Conversation.objects.get(pk=chat.pk))


WAYS = {"asked": asks, "answered": answers, "taken": takes, "silent": waits}


@pytest.mark.parametrize("way", WAYS)
def test_from_then_on_it_is_silent_also_once_solved_and_reopened(visitor, help_centre, world, way):
    visitor.says("환불은 언제 되나요?")
    world.settle()
    chat = the_chat()
    assert (chat.held_by, bot_words(chat)) == ("bot", 1)

    WAYS[way](world, visitor, chat)
    world.settle()
    chat = the_chat()
    assert chat.held_by == "people"
    assert chat.handed_over_at is not None
    before = bot_words(chat)
    visitor.says("환불은 언제 되나요?", c=chat.public_id)
    world.settle()
    the_chat().assign(to=None, by=world.agent)
    the_chat().set_status("solved", by=world.agent)
    visitor.says("배송은 언제 되나요?", c=chat.public_id)
    world.settle()

    chat = the_chat()
    assert (chat.held_by, chat.status in ("open", "new"), bot_words(chat)) == ("people", True, before)


def test_who_stepped_in_stands_in_the_history_once(visitor, help_centre, world):
    visitor.says("환불은 언제 되나요?")
    world.settle()
    chat = the_chat()
    takes(world, visitor, chat)
    answers(world, visitor, the_chat())
    assert Event.objects.get(verb="conversation.handed_over").data["reason"] == "taken"


def test_a_rule_or_the_bot_itself_does_not_take_it_from_the_bot(visitor, help_centre, world):
    visitor.says("환불은 언제 되나요?")
    world.settle()
    the_chat().assign(to=world.agent, by=SYSTEM)
    assert the_chat().held_by == "bot"


def test_a_new_chat_is_with_the_assistant_again(visitor, help_centre, world):
    visitor.says("환불은 언제 되나요?")
    world.settle()
    answers(world, visitor, the_chat())
    the_chat().set_status("closed", by=world.agent)
    visitor.says("환불은 언제 되나요?")
    world.settle()
    newest = Conversation.objects.filter(channel="chat").order_by("-pk").first()
    assert newest.held_by == "bot"
    assert Conversation.objects.filter(channel="chat").count() == 2


def test_the_console_states_the_rules_with_the_numbers_that_are_set(world):
    admin = signed_in(world.staff("admin@handrail.test", "박운영", Role.ADMIN))
    Brand.objects.update(automatic_turns_max=7, reopens_days=3)
    html = admin.get("/console/conversations").content.decode()
    rules = html.split("data-rules>")[1].split("</ol>")[0]
    assert rules.count("<li>") == 6
    assert 'role="status"' not in html.split("<h1>")[0].split("<main")[1]
    for number in ("2", "7", "10", "3"):
        assert number in rules
    Brand.objects.update(reopens_days=0)
    html = admin.get("/console/conversations").content.decode()
    assert "0" not in html.split("data-rules>")[1].split("</ol>")[0].replace("10", "")
