"""A reply that waits goes to those its author saw; who comes in meanwhile is asked about, and who goes gets nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handrail.accounts.models import Role
from handrail.contacts.organisations import Organisation
from handrail.conversations.notices.notice import Notice
from handrail.conversations.notices.words import sentence
from handrail.conversations.outgoing import Outgoing, send
from handrail.conversations.sides import begin
from handrail.core import clock
from tests.desk.test_recipients import FRIEND, add, got_it
from tests.intake.arriving import arrive, mail, reply_to  # noqa: F401  (arrive is a fixture)

CUSTOMER = "minji@example.com"
HOURS = timedelta(hours=10)


@pytest.fixture
def colleague(world):
    return world.staff("two@handrail.test", "정해결", Role.AGENT)


@pytest.fixture
def conversation(world):
    found = world.conversation()
    world.settle()
    Notice.objects.all().delete()
    return found


def later(world, hours=11):
    """Everything that was due by then has happened."""
    with clock.at(clock.now() + timedelta(hours=hours)):
        world.settle()


def set_for_later(world, conversation, **more):
    return send(conversation, "내일 말씀드려요", by=world.agent, at=clock.now() + HOURS, **more)


def page_of(client, conversation):
    return client.get(f"/desk/conversations/{conversation.number}").content.decode()


def answers(page) -> dict[str, str]:
    return dict(re.findall(r'name="(agreed_to|leave_out)" value="([^"]*)"', page))


def test_who_a_colleague_adds_meanwhile_holds_it_and_its_author_is_told(world, desk, conversation, colleague):
    waiting = set_for_later(world, conversation)
    window = add(world, conversation, colleague)
    page = page_of(desk, conversation)
    assert FRIEND in page and "정해결" in page.split("notice conflict")[1]
    assert answers(page) == {"agreed_to": f"to={window.pk}", "leave_out": f"to={window.pk}"}
    later(world)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason, got_it()) == ("stopped", "joined", set())
    assert [each.user for each in Notice.objects.filter(kind="stopped")] == [world.agent]
    assert f"#{conversation.pk}" in sentence(Notice.objects.get(kind="stopped"))
    # A press that does not answer for them sends nothing either.
    desk.post(f"/desk/outgoing/{waiting.pk}/now")
    assert not got_it()


@pytest.mark.parametrize(("answer", "got"), [("agreed_to", {CUSTOMER, FRIEND}), ("leave_out", {CUSTOMER})])
def test_one_press_answers_for_them_and_sends_it(world, desk, conversation, colleague, answer, got):
    waiting = set_for_later(world, conversation)
    add(world, conversation, colleague)
    later(world)
    value = answers(page_of(desk, conversation))[answer]
    assert desk.post(f"/desk/outgoing/{waiting.pk}/now", {answer: value}).status_code == 302
    assert got_it() == got
    assert conversation.messages.filter(text="내일 말씀드려요").count() == 1


def test_another_address_of_the_customer_is_left_out_of_this_reply_alone(
    world, desk, conversation, colleague
):
    waiting = set_for_later(world, conversation)
    asks = conversation.requester
    second = conversation.attach_endpoint(world.mail, "minji@work.example", person=asks, by=colleague)
    desk.post(f"/desk/outgoing/{waiting.pk}/now", {"leave_out": f"to={second.pk}"})
    second.refresh_from_db()
    assert got_it() == {CUSTOMER} and second.is_active


def test_seconds_for_second_thoughts_are_no_exception(world, conversation, colleague):
    world.agent.set_up(undo_seconds=15, by=world.agent)
    waiting = send(conversation, "지금 가요", by=world.agent)
    add(world, conversation, colleague)
    later(world, hours=1)
    waiting.refresh_from_db()
    assert (waiting.reason, got_it()) == ("joined", set())


def test_whom_a_mail_copies_meanwhile_gets_nothing_of_it(world, conversation, arrive):  # noqa: F811
    world.agent.set_up(undo_seconds=60, by=world.agent)
    send(conversation, "지금 가요", by=world.agent)
    # The customer's mail names somebody in copy, to whom nobody here added anything.
    to = reply_to(conversation)
    arrive(mail(to=to, headers=f"Cc: {FRIEND}", text="친구도 봐요"), to=to)
    later(world, hours=1)
    assert got_it() == {CUSTOMER}


def test_who_a_colleague_adds_from_that_mail_is_asked_about(
    world,
    desk,
    conversation,
    colleague,
    arrive,  # noqa: F811
):
    waiting = set_for_later(world, conversation)
    to = reply_to(conversation)
    arrive(mail(to=to, headers=f"Cc: {FRIEND}", text="친구도 봐요"), to=to)
    waiting.refresh_from_db()
    assert waiting.reason == "customer_wrote"
    window = add(world, conversation, colleague)
    desk.post(f"/desk/outgoing/{waiting.pk}/now")
    assert not got_it()
    desk.post(f"/desk/outgoing/{waiting.pk}/now", {"agreed_to": f"to={window.pk}"})
    assert got_it() == {CUSTOMER, FRIEND}


def test_who_is_taken_out_meanwhile_gets_nothing_and_the_others_get_it_in_time(
    world, conversation, colleague
):
    window = add(world, conversation, world.agent)
    set_for_later(world, conversation)
    conversation.remove_participant(window.person, by=colleague)
    later(world)
    assert got_it() == {CUSTOMER}


def test_who_came_and_went_holds_nothing(world, conversation, colleague):
    set_for_later(world, conversation)
    window = add(world, conversation, colleague)
    conversation.remove_participant(window.person, by=colleague)
    later(world)
    assert got_it() == {CUSTOMER}


def test_where_all_have_gone_it_waits_for_a_colleague(world, desk, conversation, colleague):
    waiting = set_for_later(world, conversation)
    conversation.close_endpoint(conversation.endpoints.get(), by=colleague)
    later(world)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("stopped", "gone")
    assert Notice.objects.filter(kind="stopped", user=world.agent).exists()
    desk.post(f"/desk/outgoing/{waiting.pk}/now")
    assert conversation.messages.filter(text="내일 말씀드려요").exists()


def test_a_question_aside_waits_where_whoever_was_asked_reads_the_ticket_by_now(
    world, desk, conversation, colleague
):
    world.agent.set_up(undo_seconds=15, by=world.agent)
    side = begin(conversation, to=[FRIEND], subject="물어볼 것", by=world.agent)
    waiting = send(side, "고객이 뭐라고 했나요?", by=world.agent)
    add(world, conversation, colleague)
    later(world, hours=1)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason, side.messages.count()) == ("stopped", "gone", 0)
    assert Notice.objects.filter(kind="stopped", user=world.agent).exists()
    page = desk.get(f"/desk/conversations/{conversation.pk}/sides/{side.pk}").content.decode()
    assert f"/desk/outgoing/{waiting.pk}/undo" in page and f"/desk/outgoing/{waiting.pk}/now" not in page
    assert desk.post(f"/desk/outgoing/{waiting.pk}/now").status_code == 302
    assert not got_it()


def test_one_of_the_customers_organisation_whom_its_author_added_is_expected(world, conversation):
    company = Organisation.make("온결 상사", by=world.agent)
    set_for_later(world, conversation)
    window = add(world, conversation, world.agent)
    for each in (conversation.requester, window.person):
        each.join(company, by=world.agent)
    later(world)
    assert got_it() == {CUSTOMER, FRIEND}


def test_what_waited_before_anybody_was_noted_leaves_as_it_did(world, conversation, colleague):
    waiting = set_for_later(world, conversation)
    Outgoing.objects.filter(pk=waiting.pk).update(reaches=None)
    later(world)
    assert got_it() == {CUSTOMER}
