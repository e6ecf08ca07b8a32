"""A customer of whom only a phone number is known: chosen, met and added wherever one with an address is, and what cannot reach them is said."""

from __future__ import annotations

import pytest
from django.core import mail

from handrail.accounts.viewer import Viewer
from handrail.contacts.identify import also_known_as, identify
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event

NUMBER = "010-2345-6789"
CALL = "메일 주소가 없어"


@pytest.fixture
def conversation(world):
    return world.conversation(world.person(assurance=2))


def move(desk, conversation, **sent):
    return desk.post(f"/desk/conversations/{conversation.number}/requester", sent)


def test_it_is_moved_to_a_caller_who_gains_it_and_the_history_keeps_both(world, desk, conversation):
    former = conversation.requester
    assert move(desk, conversation, address=NUMBER, name="전화손님").status_code == 302
    conversation.refresh_from_db()
    assert (conversation.requester.name, conversation.requester.identities.get().value) == (
        "전화손님",
        "+821023456789",
    )
    fact = Event.objects.get(verb="conversation.requester_changed")
    assert (fact.data["old"], fact.data["person"]) == (former.pk, conversation.requester_id)
    seen = Conversation.objects.visible_to(Viewer(person_id=former.pk, assurance=2))
    assert not seen.exists()
    assert not conversation.endpoints.filter(is_active=True).exists()


def test_what_is_written_to_a_caller_reaches_nobody_and_the_page_says_so(world, desk, conversation):
    move(desk, conversation, address=NUMBER, name="전화손님")
    world.settle()
    mail.outbox.clear()
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert CALL in page
    desk.post(
        f"/desk/conversations/{conversation.number}/messages", {"text": "전화드릴게요", "client_id": "1"}
    )
    world.settle()
    assert mail.outbox == []


def test_back_to_an_address_and_answers_leave_by_mail_again(world, desk, conversation):
    move(desk, conversation, address=NUMBER)
    move(desk, conversation, address="minji@example.com")
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert CALL not in page
    assert conversation.endpoints.get(is_active=True).address == "minji@example.com"


def test_one_number_is_one_person_however_it_is_written(world, desk, conversation):
    known = identify("phone", "+82 10 2345 6789", by=SYSTEM, name="전화손님")
    move(desk, conversation, address="01023456789", name="다른 이름")
    conversation.refresh_from_db()
    assert (conversation.requester, conversation.requester.name) == (known, "전화손님")


def test_a_number_somebody_only_claims_names_nobody_here(world, desk, conversation):
    claims = world.person("claims@example.com", "박준", assurance=2)
    also_known_as(claims, "phone", NUMBER, by=world.agent)
    answer = move(desk, conversation, address=NUMBER)
    assert answer.status_code == 422
    assert "박준" in answer.content.decode()
    conversation.refresh_from_db()
    assert conversation.requester != claims


@pytest.mark.parametrize("typed", ["1234", "전화", "", "\0", "@"])
def test_what_is_neither_says_so_and_changes_nothing(desk, conversation, typed):
    before = conversation.requester
    assert move(desk, conversation, address=typed).status_code == 422
    conversation.refresh_from_db()
    assert conversation.requester == before


def test_nobody_is_in_copy_by_a_number(world, desk, conversation):
    answer = desk.post(f"/desk/conversations/{conversation.number}/participants", {"add": NUMBER})
    assert answer.status_code == 422
    assert not Person.objects.filter(identities__kind="phone").exists()


def test_a_number_is_added_to_somebody_known_and_they_are_found_by_it(world, desk, conversation):
    minji = conversation.requester
    desk.post(f"/desk/people/{minji.pk}/addresses", {"address": NUMBER})
    found = desk.get("/desk/people", {"query": "010 2345 6789"}).content.decode()
    assert f"/desk/people/{minji.pk}" in found
    # A call from there is theirs now.
    assert identify("phone", NUMBER, by=SYSTEM).root == minji


def test_a_number_of_somebody_else_leads_to_both_side_by_side(world, desk, conversation):
    other = identify("phone", NUMBER, by=SYSTEM, name="전화손님")
    answer = desk.post(f"/desk/people/{conversation.requester_id}/addresses", {"address": NUMBER})
    assert answer["Location"].endswith(f"?other={other.pk}")


def test_the_page_of_a_caller_says_that_nothing_can_be_sent(world, desk):
    world.agent.set_up(locale="en", by=world.agent)
    caller = identify("phone", NUMBER, by=SYSTEM, name="전화손님")
    said = "nothing can be sent to them"
    assert said in desk.get(f"/desk/people/{caller.pk}").content.decode()
    assert said not in desk.get(f"/desk/people/{world.person().pk}").content.decode()
