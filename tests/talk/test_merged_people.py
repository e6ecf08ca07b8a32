"""Signing in as somebody whose contacts were merged: both proved sees both; whatever was only claimed opens nothing."""

from __future__ import annotations

import re

import pytest

from handrail.contacts.identify import identify
from handrail.contacts.merging import merge, unmerge
from handrail.core.actors import SYSTEM
from tests.talk.visitor import Visitor

AT_HOME, AT_WORK = "minji@home.example", "minji@work.example"


@pytest.fixture
def home(world):
    return world.conversation(world.person(AT_HOME, assurance=2), text="HOME-1", subject="HOME-1")


@pytest.fixture
def work(world):
    return world.conversation(world.person(AT_WORK, assurance=2), text="WORK-2", subject="WORK-2")


def sees(visitor: Visitor) -> list[str]:
    page = visitor.opens("requests").content.decode()
    return [name for name in ("HOME-1", "WORK-2") if name in page]


@pytest.mark.parametrize("address", [AT_HOME, AT_WORK])
def test_either_proved_address_leads_to_both(world, home, work, address):
    merge(work.requester, into=home.requester, by=world.agent)
    visitor = Visitor().signs_in(address)

    assert sees(visitor) == ["HOME-1", "WORK-2"]
    for one in (home, work):
        page = visitor.opens(f"requests/{one.pk}").content.decode()
        assert 'data-side="me"' in page and 'data-side="other"' not in page


@pytest.mark.parametrize("address", [AT_HOME, AT_WORK])
def test_who_was_signed_in_sees_both_at_the_next_look_and_one_again_after(world, home, work, address):
    visitor = Visitor().signs_in(address)
    own = sees(visitor)

    merge(work.requester, into=home.requester, by=world.agent)
    assert sees(visitor) == ["HOME-1", "WORK-2"]

    unmerge(work.requester, by=world.agent)
    assert sees(visitor) == own and len(own) == 1


def test_answering_in_the_other_half_is_answering_as_themselves(world, home, work):
    merge(work.requester, into=home.requester, by=world.agent)
    visitor = Visitor().signs_in(AT_HOME)

    visitor.presses(f"requests/{work.pk}/replies", text="이어서 말해요", client_id="c1")

    page = visitor.opens(f"requests/{work.pk}").content.decode()
    assert re.findall(r'data-seq="\d+" data-side="(\w+)"', page) == ["me", "me"]


def test_signing_out_everywhere_ends_the_other_halfs_sessions_too(world, home, work):
    merge(work.requester, into=home.requester, by=world.agent)
    at_work, at_home = Visitor().signs_in(AT_WORK), Visitor().signs_in(AT_HOME)

    at_home.presses("sign-out", everywhere="1")

    assert sees(at_work) == []


@pytest.mark.parametrize("claimed", [0, 1])
def test_an_attacker_who_has_their_address_merged_sees_nothing_of_the_victim(world, home, claimed):
    """They write from their own address as somebody else, a colleague believes it, and they sign in with it."""
    attacker = world.person("attacker@evil.example", "김민지", assurance=claimed)
    world.conversation(attacker, text="WORK-2", subject="WORK-2")
    merge(attacker, into=home.requester, by=world.agent)

    visitor = Visitor().signs_in("attacker@evil.example")

    assert sees(visitor) == ["WORK-2"]
    assert visitor.opens(f"requests/{home.pk}").status_code == 404


def test_nor_where_the_victim_is_merged_into_the_attacker(world, home):
    attacker = world.person("attacker@evil.example", "김민지")
    merge(home.requester, into=attacker, by=world.agent)

    assert sees(Visitor().signs_in("attacker@evil.example")) == []
    assert sees(Visitor().signs_in(AT_HOME)) == ["HOME-1"]


def test_nor_by_a_second_address_that_was_proved_before(world, home, work):
    """A proved contact, a claimed one and the victim: what lies behind the claim opens to nobody."""
    claimed = world.person("claimed@evil.example", "김민지")
    merge(claimed, into=work.requester, by=world.agent)
    merge(work.requester, into=home.requester, by=world.agent)

    assert sees(Visitor().signs_in("claimed@evil.example")) == []


def test_a_letter_from_a_merged_address_opens_no_history(world, home, work):
    merge(work.requester, into=home.requester, by=world.agent)

    identify("email", "MINJI@work.example", by=SYSTEM)
    identify("email", "minji+x@work.example", by=SYSTEM)

    assert sees(Visitor().signs_in("minji+x@work.example")) == []
