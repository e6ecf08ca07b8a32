"""A reply that would surprise somebody stops once and says whom it reaches and why."""

from __future__ import annotations

import re
from functools import partial

import pytest

from handrail.accounts.models import Role
from handrail.contacts.organisations import Organisation
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.messages import Message
from handrail.conversations.outgoing import Outgoing
from tests.desk.test_composing import say
from tests.talk.visitor import Visitor

FRIEND = "friend@elsewhere.example"


def add(world, conversation, by, address=FRIEND):
    person = world.person(address, "친구")
    conversation.add_participant(person, by=by)
    return conversation.attach_endpoint(world.mail, address, person=person, by=by)


@pytest.fixture
def colleague(world):
    return world.staff("two@handrail.test", "정해결", Role.AGENT)


def opened(client, conversation) -> str:
    page = client.get(f"/desk/conversations/{conversation.number}").content.decode()
    return re.search(r'name="windows" value="([^"]*)"', page)[1]


def buttons(response) -> dict[str, str]:
    found = re.findall(r'name="(agreed_to|leave_out)" value="([^"]*)"', response.content.decode())
    return {name: value.replace("&amp;", "&") for name, value in found}


def got_it() -> set[str]:
    return set(
        Delivery.objects.filter(message__author_kind="staff").values_list("endpoint__address", flat=True)
    )


def test_somebody_outside_who_never_got_a_mail_from_here_is_asked_about_once(world, desk):
    conversation = world.conversation()
    window = add(world, conversation, world.agent)
    stopped = say(desk, conversation, text="계좌는 이거예요", windows=opened(desk, conversation))
    assert stopped.status_code == 409
    assert FRIEND in stopped.content.decode() and "계좌는 이거예요</textarea>" in stopped.content.decode()
    assert not Message.objects.filter(author_kind="staff").exists()
    assert buttons(stopped)["agreed_to"] == f"to={window.pk}"
    assert say(desk, conversation, text="계좌는 이거예요", agreed_to=f"to={window.pk}").status_code == 302
    assert got_it() == {"minji@example.com", FRIEND}
    assert say(desk, conversation, text="하나 더요").status_code == 302


def test_left_out_they_get_nothing_and_read_here_no_more(world, desk):
    conversation = world.conversation()
    window = add(world, conversation, world.agent)
    assert say(desk, conversation, leave_out=f"to={window.pk}").status_code == 302
    assert got_it() == {"minji@example.com"}
    assert not conversation.participants.filter(person=window.person, left_at=None).exists()


def test_another_address_of_the_customer_is_left_out_of_this_reply_alone(world, desk, colleague):
    conversation = world.conversation()
    windows = opened(desk, conversation)
    asks = conversation.requester
    second = conversation.attach_endpoint(world.mail, "minji@work.example", person=asks, by=colleague)
    assert say(desk, conversation, windows=windows).status_code == 409
    world.agent.set_up(undo_seconds=15, by=world.agent)
    say(desk, conversation, windows=windows, leave_out=f"to={second.pk}")
    Outgoing.objects.waiting().get().leave()
    assert got_it() == {"minji@example.com"}
    second.refresh_from_db()
    assert second.is_active


def test_who_a_colleague_added_since_is_asked_about_by_name(world, desk, colleague):
    conversation = world.conversation()
    windows = opened(desk, conversation)
    window = add(world, conversation, colleague)
    conversation.reply("동료가 먼저 써요", by=colleague)
    page = say(desk, conversation, windows=windows, anyway="1").content.decode()
    assert "정해결" in page.split('role="alert"')[1].split("</ul>")[0]
    assert say(desk, conversation, windows=windows, agreed_to=f"to={window.pk}").status_code == 302
    assert say(desk, conversation, text="또 써요", windows=windows).status_code == 302


def test_who_i_added_myself_is_no_news_once_they_wrote_or_got_a_mail(world, desk):
    conversation = world.conversation()
    windows = opened(desk, conversation)
    window = add(world, conversation, world.agent)
    conversation.receive("저도 봐요", by=window.person, endpoint=window, from_address=FRIEND)
    assert say(desk, conversation, windows=windows).status_code == 302


def test_the_customer_and_their_organisation_are_expected(world, desk):
    conversation = world.conversation()
    window = add(world, conversation, world.agent)
    company = Organisation.make("온결 상사", by=world.agent)
    for each in (conversation.requester, window.person):
        each.join(company, by=world.agent)
    assert say(desk, conversation, windows=opened(desk, conversation)).status_code == 302
    assert got_it() == {"minji@example.com", FRIEND}


def test_what_was_pressed_first_is_done_in_the_end(world, desk):
    conversation = world.conversation()
    window = add(world, conversation, world.agent)
    stopped = say(desk, conversation, status="solved", text="{{고객}} 님", windows=opened(desk, conversation))
    value = buttons(stopped)["agreed_to"]
    assert value == f"to={window.pk}&status=solved"
    again = say(desk, conversation, text="{{고객}} 님", agreed_to=value)
    assert again.status_code == 409, "a placeholder nobody filled"
    page = again.content.decode()
    assert f'<input type="hidden" name="agreed_to" value="to={window.pk}&amp;status=solved">' in page
    assert (
        say(desk, conversation, text="{{고객}} 님", agreed_to=value, as_is="1&status=solved").status_code
        == 302
    )
    conversation.refresh_from_db()
    assert conversation.status == "solved"


def test_an_hour_that_was_chosen_is_not_forgotten(world, desk):
    conversation = world.conversation()
    add(world, conversation, world.agent)
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    hour = re.search(r'name="at" value="([^"]+)"', page)[1]
    stopped = say(desk, conversation, at=hour)
    say(desk, conversation, agreed_to=buttons(stopped)["agreed_to"])
    assert Outgoing.objects.get().is_scheduled and not got_it()


def test_somebody_added_while_it_was_asked_is_asked_about_too(world, desk):
    conversation = world.conversation()
    first = add(world, conversation, world.agent)
    second = add(world, conversation, world.agent, "third@elsewhere.example")
    page = say(desk, conversation, agreed_to=f"to={first.pk}")
    assert page.status_code == 409 and buttons(page)["agreed_to"] == f"to={second.pk}"


def test_nobody_is_left_out_by_a_window_of_another_conversation(world, desk):
    theirs, other = world.conversation(), world.conversation(world.person("jisu@example.com", "지수"))
    window = add(world, other, world.agent)
    say(desk, theirs, leave_out=f"to={window.pk},x,99999999999999999999")
    window.refresh_from_db()
    assert window.is_active


LEFT = "jisu@example.com"


@pytest.fixture
def chat(world):
    """A nameless browser's chat with people."""
    visitor = Visitor()
    visitor.leaves = partial(visitor.presses, "chat/address", c=visitor.says("상담사와 이야기할래요")["c"])
    visitor.conversation = Conversation.objects.get(channel="chat")
    return visitor


def test_the_address_a_customer_left_in_their_chat_is_expected(world, desk, chat):
    chat.leaves(email=LEFT)
    windows = opened(desk, chat.conversation)
    assert say(desk, chat.conversation, windows=windows).status_code == 302
    assert got_it() == {LEFT}


def test_it_is_expected_though_they_left_it_while_the_reply_was_written(world, desk, chat):
    windows = opened(desk, chat.conversation)
    chat.leaves(email=LEFT)
    assert say(desk, chat.conversation, windows=windows, anyway="1").status_code == 302
    assert got_it() == {LEFT}


def test_who_the_customer_put_in_copy_is_asked_about_though_they_left_that_address_too(world, desk, chat):
    chat.leaves(email=LEFT)
    window = chat.conversation.endpoints.get(address=LEFT)
    chat.conversation.add_participant(window.person, by=chat.conversation.requester)
    assert say(desk, chat.conversation, windows=opened(desk, chat.conversation)).status_code == 409
    assert not got_it()


def test_what_a_former_customer_left_is_not_the_new_ones(world, desk, chat):
    chat.leaves(email=LEFT)
    chat.conversation.give_to(world.person("minji@example.com"), by=world.agent)
    assert say(desk, chat.conversation, windows=opened(desk, chat.conversation)).status_code == 409
