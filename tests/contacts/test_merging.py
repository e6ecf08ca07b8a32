"""Two contacts of one person become one at the desk, and are exactly what they were once separated again."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from handrail.contacts.identify import also_known_as, identify
from handrail.contacts.merging import CannotMerge, Merge, may_open, merge, standing, unmerge
from handrail.contacts.models import Person
from handrail.contacts.seeking import seek, twins
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event


@pytest.fixture
def home(world) -> Person:
    return world.person("kim@home.example", "김민지", assurance=2)


@pytest.fixture
def work(world) -> Person:
    return world.person("kim@work.example", "김민지", assurance=2)


def fresh(*people: Person) -> list[Person]:
    return [Person.objects.get(pk=one.pk) for one in people]


def state() -> list[tuple[int, int | None, int | None]]:
    return list(Person.objects.order_by("pk").values_list("pk", "merged_into", "signs_in_as"))


def test_a_merged_contact_is_shown_as_the_other_with_every_address(world, home, work):
    merge(work, into=home, by=world.agent)

    home, work = fresh(home, work)
    assert work.root == home
    assert set(Person.objects.same_as(home.pk)) == {home, work}
    assert [each.person.pk for each in seek("work.example", viewer=world.viewer())] == [home.pk]
    assert [each.person for each in standing(home)] == [work]


def test_both_ledgers_tell_it_and_its_way_back(world, home, work):
    merge(work, into=home, by=world.agent)
    unmerge(work, by=world.agent)

    assert [e.verb for e in Event.objects.about(work)][-2:] == ["person.merged", "person.unmerged"]
    assert [e.verb for e in Event.objects.about(home)][-2:] == ["person.absorbed", "person.released"]


def test_pressed_twice_it_is_done_once(world, home, work):
    first = merge(work, into=home, by=world.agent)
    second = merge(work, into=home, by=world.agent)

    assert first == second
    assert Merge.objects.count() == 1
    assert Event.objects.filter(verb="person.merged").count() == 1


def test_one_into_the_other_and_back_again_makes_no_ring(world, home, work):
    merge(work, into=home, by=world.agent)
    merge(home, into=work, by=world.agent)

    home, work = fresh(home, work)
    assert work.root == home and home.root == home


def test_nobody_is_merged_into_themselves(world, home):
    with pytest.raises(CannotMerge):
        merge(home, into=home, by=world.agent)


def test_what_was_never_merged_cannot_be_separated(world, home):
    with pytest.raises(CannotMerge):
        unmerge(home, by=world.agent)


def test_separated_everything_is_as_it_was(world, home, work):
    conversation = world.conversation(work)
    before = state()

    merge(work, into=home, by=world.agent)
    unmerge(work, by=world.agent)

    conversation.refresh_from_db()
    assert state() == before
    assert conversation.requester == work


def test_what_arrived_in_between_stays_with_the_address_it_came_by(world, home, work):
    merge(work, into=home, by=world.agent)
    by_work = world.conversation(identify("email", "kim@work.example", by=SYSTEM))
    by_home = world.conversation(identify("email", "kim@home.example", by=SYSTEM))
    unmerge(work, by=world.agent)

    assert [by_work.requester, by_home.requester] == [work, home]


def test_a_chain_leads_to_its_end_and_comes_apart_where_it_is_cut(world, home, work):
    old = world.person("kim@old.example", "김민지", assurance=2)
    merge(old, into=work, by=world.agent)
    merge(work, into=home, by=world.agent)
    assert {one.root for one in fresh(old, work)} == {home}

    unmerge(work, by=world.agent)

    old, work, home = fresh(old, work, home)
    assert (old.root, work.root, home.root) == (work, work, home)
    assert (old.reader_id, work.reader_id) == (work.pk, work.pk)


def test_merging_somebody_merged_merges_whom_they_are_shown_as(world, home, work):
    other = world.person("kim@third.example", "김민지", assurance=2)
    merge(work, into=home, by=world.agent)
    merge(work, into=other, by=world.agent)

    assert {one.root for one in fresh(home, work)} == {other}


def test_both_proved_signing_in_with_either_leads_to_the_one(world, home, work):
    merge(work, into=home, by=world.agent)

    assert [one.reader_id for one in fresh(home, work)] == [home.pk, home.pk]


@pytest.mark.parametrize("assurance", [0, 1])
def test_an_address_that_is_not_proved_signs_in_apart(world, home, assurance):
    claimed = world.person("kim@claimed.example", "김민지", assurance=assurance)

    merge(claimed, into=home, by=world.agent)

    (claimed,) = fresh(claimed)
    assert claimed.root == home and claimed.reader_id == claimed.pk


def test_proving_it_after_the_merge_opens_nothing(world, home):
    """Who asks a colleague to merge their own address with another's, and then proves their own, gains nothing."""
    attacker = world.person("kim@attacker.example", "김민지")
    merge(attacker, into=home, by=world.agent)

    identify("email", "kim@attacker.example", by=SYSTEM, assurance=2)

    (attacker,) = fresh(attacker)
    assert attacker.reader_id == attacker.pk


def test_one_claimed_address_beside_proved_ones_keeps_both_apart(world, home, work):
    also_known_as(home, "email", "typed@example.com", by=world.agent)

    assert not may_open(home, work)


def test_a_typed_address_merges_nobody(world, home):
    twin = world.person("kim@elsewhere.example", "김민지")
    world.conversation(twin)

    assert not Merge.objects.exists()
    assert fresh(home, twin) == [home, twin]
    assert all(one.merged_into is None for one in fresh(home, twin))


def test_twins_are_told_by_name_and_organisation_or_by_the_word_before_the_at(world, home, work):
    world.person("somebody@else.example", "김민지", assurance=2)

    found = twins(home, list(home.identities.all()), viewer=world.viewer())

    assert [(each.person, each.why) for each in found] == [(work, "address")]


def test_people_are_found_by_number_as_one_writes_it(world, home):
    also_known_as(home, "phone", "010-0000-0001", by=world.agent)

    assert [each.person for each in seek("010-0000-0001", viewer=world.viewer())] == [home]


@pytest.mark.only_on("postgresql")  # SQLite writes one transaction at a time by itself
@pytest.mark.django_db(transaction=True)
def test_at_once_in_both_directions_one_stands(world, home, work):
    begin, problems = threading.Barrier(2), []

    def press(one: Person, other: Person) -> None:
        begin.wait()
        try:
            merge(one, into=other, by=world.agent)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=pair) for pair in ((home, work), (work, home))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert not problems
    assert Merge.objects.filter(undone_at=None).count() == 1
    assert len({one.root.pk for one in fresh(home, work)}) == 1
