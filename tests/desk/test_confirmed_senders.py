"""Somebody nobody vouched for, once it is shown who they are: no mark says otherwise any more, and how a mail came stays told."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext

from handrail.contacts.accounts import find
from handrail.contacts.models import Identity
from handrail.conversations.claims import trust_what_was_confirmed
from handrail.conversations.conversation import Conversation
from tests.intake.arriving import arrive, mail  # noqa: F401  (a fixture)

with translation.override("ko"):
    CAME_UNSURE, BY_COLLEAGUE = gettext("Sender confirmed later"), gettext("Confirmed by a colleague")


@pytest.fixture
def claim(world, arrive):  # noqa: F811
    arrive(mail(subject="주소를 바꿔 주세요"))
    return Conversation.objects.get()


def page_of(desk, claim):
    return desk.get(f"/desk/conversations/{claim.number}").content.decode()


def listed(desk):
    return desk.get("/desk/views/all/").content.decode()


def head(page):
    return page.split('class="entries"')[1].split('class="entry-text"')[0]


def person_part(page):
    return page.split('data-part="person"')[1].split("</section>")[0]


def confirmed_at_the_desk(desk, claim):
    assert desk.post(f"/desk/conversations/{claim.number}/confirmation").status_code == 302


def test_before_it_is_marked_in_list_thread_and_panel(desk, claim):
    page = page_of(desk, claim)
    assert 'class="claims"' in listed(desk) and 'data-meaning="waiting"' in head(page)
    assert "확인 전" in person_part(page) and CAME_UNSURE not in page and BY_COLLEAGUE not in page


def test_a_colleagues_word_takes_the_mark_from_list_thread_panel_and_person(desk, claim):
    confirmed_at_the_desk(desk, claim)
    page = page_of(desk, claim)
    assert 'class="claims"' not in listed(desk)
    assert CAME_UNSURE in head(page) and 'data-meaning="waiting"' not in head(page)
    person = desk.get(f"/desk/people/{claim.requester_id}").content.decode()
    for part in (person_part(page), person.split('class="facts"')[1].split("</ul>")[0]):
        assert BY_COLLEAGUE in part and "확인 전" not in part


def as_confirmed_before(claim):
    """As rows were left by a release whose confirming did not yet reach the list."""
    Conversation.objects.filter(pk=claim.pk).update(last_message_is_verified=False)
    assert not Conversation.objects.get(pk=claim.pk).last_message_is_verified


def test_what_was_confirmed_by_an_earlier_release_loses_its_mark_overnight(desk, claim):
    confirmed_at_the_desk(desk, claim)
    as_confirmed_before(claim)
    assert 'class="claims"' in listed(desk)

    assert (trust_what_was_confirmed(), trust_what_was_confirmed()) == (1, 0)

    assert 'class="claims"' not in listed(desk)


def test_what_nobody_confirmed_or_what_came_since_keeps_it(desk, claim):
    assert trust_what_was_confirmed() == 0
    confirmed_at_the_desk(desk, claim)
    claim.refresh_from_db()
    claim.receive("또 저예요", by=claim.requester, is_verified=False, from_address="minji@example.com")

    assert trust_what_was_confirmed() == 0
    assert 'class="claims"' in listed(desk)


def test_a_colleagues_word_proves_no_address(desk, claim):
    confirmed_at_the_desk(desk, claim)
    assert Identity.objects.get(person=claim.requester, kind="email").assurance == 0
    assert not claim.messages.get(direction="in").is_verified


def test_what_comes_unsure_afterwards_is_marked_again(desk, claim):
    confirmed_at_the_desk(desk, claim)
    claim.refresh_from_db()
    again = {"is_verified": False, "from_address": "minji@example.com"}
    claim.receive("계좌도 바꿔 주세요", by=claim.requester, **again)
    page = page_of(desk, claim)
    assert 'class="claims"' in listed(desk)
    assert page.count(CAME_UNSURE) == 1
    assert 'data-meaning="waiting" title="minji@example.com"' in page


def test_what_somebody_else_wrote_in_it_stays_marked(world, desk, claim):
    other = world.person("thief@evil.example")
    claim.receive("저예요", by=other, is_verified=False, from_address="thief@evil.example")
    confirmed_at_the_desk(desk, claim)
    page = page_of(desk, claim)
    assert not Conversation.objects.get().last_message_is_verified
    assert 'data-meaning="waiting" title="thief@evil.example"' in page


def test_confirmed_by_the_person_it_names_no_mark_stays(desk, claim):
    claim.confirm(by=find("minji@example.com"))
    page = page_of(desk, claim)
    assert 'class="claims"' not in listed(desk)
    assert CAME_UNSURE in head(page) and BY_COLLEAGUE not in page, "a colleague said nothing"


def test_beside_their_other_conversations_and_in_what_they_did_it_is_marked_too(world, desk, claim):
    other = world.conversation(person=claim.requester)
    beside = page_of(desk, other).split('data-part="earlier"')[1].split("</section>")[0]
    person = desk.get(f"/desk/people/{claim.requester_id}").content.decode()

    assert beside.count('class="claims"') == 1
    assert person.count('class="claims"') == 1
    confirmed_at_the_desk(desk, claim)
    assert 'class="claims"' not in page_of(desk, other).split('data-part="earlier"')[1]
    assert 'class="claims"' not in desk.get(f"/desk/people/{claim.requester_id}").content.decode()
