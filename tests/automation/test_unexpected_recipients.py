"""What nobody looks at reaches nobody unexpected: a run holds the reply back and says why, an automatic mail leaves them out."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role
from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.automation.runs import start, told
from handrail.contacts.organisations import Organisation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.outgoing import send
from handrail.core.actors import BOT
from handrail.core.events.models import Event
from handrail.intake.why import why

FRIEND = "friend@elsewhere.example"


def add(world, conversation, address=FRIEND):
    person = world.person(address, "친구")
    conversation.add_participant(person, by=world.agent)
    return conversation.attach_endpoint(world.mail, address, person=person, by=world.agent)


def got(message) -> set[str]:
    return set(Delivery.objects.filter(message=message).values_list("endpoint__address", flat=True))


@pytest.fixture
def macro(world):
    return Macro.make(
        "안내", by=world.agent, texts={"ko": "곧 도착해요."}, changes=[Change("status", "pending")]
    )


def test_a_run_holds_back_where_somebody_new_would_be_reached_and_names_them(world, macro):
    calm, risky = world.conversation(), world.conversation()
    add(world, risky)
    run = start([calm.pk, risky.pk], by=world.agent, macro=macro)
    by_number = {step.conversation_id: step for step in run.steps.all()}
    assert by_number[calm.pk].state == "done"
    assert (by_number[risky.pk].state, by_number[risky.pk].reason) == ("refused", "unexpected")
    assert FRIEND in told(by_number[risky.pk], locale="ko")["reason"]
    risky.refresh_from_db()
    assert risky.status != "pending" and not risky.messages.filter(direction="out").exists()


def test_what_changes_alone_is_done_all_the_same(world):
    conversation = world.conversation()
    add(world, conversation)
    run = start([conversation.pk], by=world.agent, changes=[Change("status", "pending")])
    assert run.steps.get().state == "done"


def test_once_somebody_wrote_to_them_a_run_does_too(world, macro):
    conversation = world.conversation()
    add(world, conversation)
    send(conversation, "먼저 한마디", by=world.agent)
    run = start([conversation.pk], by=world.agent, macro=macro)
    assert run.steps.get().state == "done"
    assert got(conversation.messages.latest("seq")) == {"minji@example.com", FRIEND}


def test_somebody_of_their_organisation_is_no_stranger(world, macro):
    conversation = world.conversation()
    window = add(world, conversation)
    organisation = Organisation.make("온결 상사", by=world.agent)
    for each in (window.person, conversation.requester):
        type(each).objects.filter(pk=each.pk).update(organisation=organisation)
    assert start([conversation.pk], by=world.agent, macro=macro).steps.get().state == "done"


def test_who_was_taken_out_of_copy_stands_in_no_way_and_gets_nothing(world, macro):
    conversation = world.conversation()
    window = add(world, conversation)
    conversation.remove_participant(window.person, by=world.agent)
    assert start([conversation.pk], by=world.agent, macro=macro).steps.get().state == "done"
    assert got(conversation.messages.latest("seq")) == {"minji@example.com"}


def test_an_automatic_mail_goes_to_nobody_unexpected_and_the_reason_stands_there(world):
    conversation = world.conversation()
    window = add(world, conversation)
    message = conversation.reply("자동으로 알려 드려요", by=BOT, is_automatic=True)
    assert got(message) == {"minji@example.com"}
    assert Event.objects.filter(verb="message.sent").latest("pk").data["held_back"] == [window.pk]
    assert [each.address for each in why(message).addressees] == ["minji@example.com", FRIEND]
    conversation.reply("사람이 써요", by=world.agent)
    assert got(conversation.reply("다시 자동으로", by=BOT, is_automatic=True)) == {
        "minji@example.com",
        FRIEND,
    }


def test_an_automatic_word_of_a_colleague_is_no_persons_word(world):
    conversation = world.conversation()
    add(world, conversation)
    two = world.staff("two@handrail.test", "정해결", Role.AGENT)
    assert got(conversation.reply("자동 응답", by=two, is_automatic=True)) == {"minji@example.com"}
