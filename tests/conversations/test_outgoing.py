"""A reply that was sent and has not left: taken back, set for later, stopped by the customer's next word."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from handrail.conversations.jobs import let_leave_what_was_left
from handrail.conversations.messages import Message
from handrail.conversations.outgoing import Outgoing, hold_seconds, send
from handrail.conversations.status import ConversationIsClosed
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.core.files.keeping import keep
from handrail.core.jobs.models import Job


@pytest.fixture
def careful(world):
    """An agent with the fifteen seconds everybody begins with."""
    world.agent.set_up(undo_seconds=15, by=world.agent)
    return world.agent


def later(seconds):
    return clock.at(clock.now() + timedelta(seconds=seconds))


def test_nothing_of_it_exists_for_the_customer_until_it_leaves(world, careful):
    conversation = world.conversation()
    waiting = send(conversation, "환불해 드렸어요", by=careful, status="solved")
    assert isinstance(waiting, Outgoing)
    world.settle()
    conversation.refresh_from_db()
    assert not conversation.messages.filter(author_kind="staff").exists()
    assert conversation.status == "new"

    with later(16):
        world.settle()

    conversation.refresh_from_db()
    said = conversation.messages.get(direction="out", author_kind="staff")
    assert (said.text, said.author_id, conversation.status) == ("환불해 드렸어요", careful.pk, "solved")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message) == ("left", said)


def test_taken_back_it_never_leaves_and_changes_nothing(world, careful):
    conversation = world.conversation()
    waiting = send(conversation, "잘못 쓴 글", by=careful, status="solved")
    assert waiting.take_back(by=careful)
    assert not waiting.take_back(by=careful)
    with later(3600):
        world.settle()
        assert let_leave_what_was_left.func() == 0
    conversation.refresh_from_db()
    assert not Message.objects.filter(text="잘못 쓴 글").exists()
    assert conversation.status != "solved"
    assert Event.objects.about(conversation).filter(verb="reply.taken_back").count() == 1


def test_what_has_left_cannot_be_taken_back(world, careful):
    waiting = send(world.conversation(), "보냈어요", by=careful)
    assert waiting.leave() is not None
    assert not Outgoing.objects.get(pk=waiting.pk).take_back(by=careful)
    assert waiting.leave() is None
    assert Message.objects.filter(text="보냈어요").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", range(3))
def test_of_leaving_and_taking_back_at_once_only_one_happens(world, careful, _):
    waiting = send(world.conversation(), "지금일까", by=careful)
    came_of = {}

    def act(name):
        came_of[name] = bool(getattr(Outgoing.objects.get(pk=waiting.pk), name)(**BY[name]))
        connection.close()

    BY = {"leave": {}, "take_back": {"by": careful}}
    both = [Thread(target=act, args=[name]) for name in BY]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(came_of.values()) == [False, True]
    assert Message.objects.filter(text="지금일까").exists() == came_of["leave"]


def test_a_job_that_is_gone_is_made_up_for(world, careful):
    send(world.conversation(), "늦어도 가요", by=careful)
    Job.objects.all().delete()
    with later(20):
        assert let_leave_what_was_left.func() == 1
        world.settle()
    assert Message.objects.filter(text="늦어도 가요").count() == 1


def test_files_and_cards_go_along(world, careful):
    conversation = world.conversation()
    file = keep(b"%PDF-1.4 ...", name="guide.pdf", by=careful)
    send(conversation, "첨부할게요", by=careful, files=[file], data={"cards": [1]})
    with later(16):
        world.settle()
    said = conversation.messages.get(text="첨부할게요")
    assert [each.file for each in said.attachments.all()] == [file]
    assert said.data == {"cards": [1]}


def test_a_chat_waits_five_seconds_at_most_and_mail_as_chosen(world, careful):
    by_mail = world.conversation()
    assert hold_seconds(by_mail, author=careful) == 15
    by_mail.endpoints.update(is_active=False)
    assert hold_seconds(by_mail, author=careful) == 5
    careful.set_up(undo_seconds=0, by=careful)
    assert isinstance(send(by_mail, "바로", by=careful), Message)


def test_a_repeat_is_no_second_reply(world, careful):
    conversation = world.conversation()
    first = send(conversation, "한 번만", by=careful, client_id="c1")
    assert send(conversation, "한 번만", by=careful, client_id="c1") == first
    with later(16):
        world.settle()
        send(conversation, "한 번만", by=careful, client_id="c1")
        world.settle()
    assert Message.objects.filter(text="한 번만").count() == 1


def test_what_is_set_for_later_stops_when_the_customer_writes_first(world):
    conversation = world.conversation()
    waiting = send(conversation, "내일 9시에", by=world.agent, at=clock.now() + timedelta(hours=10))
    conversation.receive("아, 이미 해결됐어요", by=conversation.requester)
    with later(11 * 3600):
        world.settle()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("stopped", "customer_wrote")
    assert not Message.objects.filter(text="내일 9시에").exists()
    assert list(Outgoing.objects.shown()) == [waiting]
    assert waiting.leave() is not None


def test_an_absence_note_stops_nothing(world):
    conversation = world.conversation()
    waiting = send(conversation, "내일 9시에", by=world.agent, at=clock.now() + timedelta(hours=10))
    conversation.receive("부재중이에요", by=conversation.requester, is_automatic=True)
    waiting.refresh_from_db()
    assert waiting.is_waiting
    with later(11 * 3600):
        world.settle()
    assert Message.objects.filter(text="내일 9시에").exists()


def test_a_customers_word_that_came_by_a_list_stops_it(world):
    conversation = world.conversation()
    waiting = send(conversation, "내일 9시에", by=world.agent, at=clock.now() + timedelta(hours=10))
    by_list = {"is_automatic": True, "data": {"auto": "list"}}
    conversation.receive("이미 됐어요", by=conversation.requester, **by_list)
    waiting.refresh_from_db()
    assert not waiting.is_waiting


def test_seconds_for_second_thoughts_are_not_stopped_by_the_customer(world, careful):
    conversation = world.conversation()
    send(conversation, "곧 가요", by=careful)
    conversation.receive("빨리요", by=conversation.requester)
    with later(16):
        world.settle()
    assert Message.objects.filter(text="곧 가요").exists()


@pytest.mark.parametrize("ahead", [timedelta(seconds=-1), timedelta(days=91)])
def test_an_hour_that_is_past_or_too_far_is_refused(world, ahead):
    with pytest.raises(ValueError, match="90 days"):
        send(world.conversation(), "언젠가", by=world.agent, at=clock.now() + ahead)


def test_into_a_closed_conversation_nothing_leaves_and_it_is_seen(world, careful):
    conversation = world.conversation()
    waiting = send(conversation, "늦었네요", by=careful)
    conversation.set_status("closed", by=careful)
    with later(16):
        world.settle()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("stopped", "closed")
    assert not Message.objects.filter(text="늦었네요").exists()
    with pytest.raises(ConversationIsClosed):
        conversation.set_status("open", by=careful)


def test_customers_and_other_teams_see_nothing_of_it(world, careful):
    conversation = world.conversation()
    send(conversation, "비밀", by=careful)
    assert Outgoing.objects.visible_to(world.viewer()).count() == 1
    hr = type(world.team).objects.create(slug="hr", name_ko="인사", name_en="HR", is_private=True)
    conversation.hand_to_team(hr, by=careful)
    assert Outgoing.objects.visible_to(world.viewer()).count() == 0
