"""Typed attributes of people and organisations: said, found, kept through merges, and facts without their words."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.contacts.attributes import (
    Attribute,
    AttributeValue,
    known_of,
    known_of_organisation,
    say_of,
    say_of_organisation,
)
from handrail.contacts.identify import identify
from handrail.contacts.merging import merge, unmerge
from handrail.contacts.models import Organisation
from handrail.contacts.seeking import seek
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.workspace.typed import Unfit
from handrail.workspace.typed_fields import CannotBeField


@pytest.fixture
def plan(world):
    options = [{"ko": "골드", "en": "Gold"}, {"ko": "실버", "en": "Silver"}]
    return Attribute.make("plan", "choice", by=world.agent, name_ko="등급", name_en="Plan", options=options)


@pytest.fixture
def seats(world):
    return Attribute.make(
        "seats", "number", by=world.agent, name_ko="좌석", name_en="Seats", about="organisation"
    )


def found(world, words):
    return [each.person.name for each in seek(words, viewer=world.viewer())]


def test_said_typed_changed_and_emptied_each_with_a_fact_that_holds_no_words(world, plan):
    person = world.person()
    assert say_of(person, {plan: ["gold"]}, by=world.agent) == [plan]
    assert say_of(person, {plan: ["gold"]}, by=world.agent) == []
    assert known_of(person) == {plan: ["gold"]}
    say_of(person, {plan: []}, by=world.agent)
    assert known_of(person) == {plan: []}
    facts = Event.objects.filter(verb="person.attribute_set")
    assert facts.count() == 2
    assert "gold" not in str(list(facts.values_list("data", flat=True)))


def test_what_is_no_value_changes_nothing_not_even_the_others(world, plan):
    line = Attribute.make("region", "line", by=world.agent, name_ko="지역", name_en="Region")
    person = world.person()
    with pytest.raises(Unfit):
        say_of(person, {line: ["서울"], plan: ["bronze"]}, by=world.agent)
    assert not AttributeValue.objects.exists()


def test_the_one_that_goes_on_speaks_for_both_and_an_unmerge_gives_each_their_own(world, plan):
    kept, lost = (identify("email", f"{name}@example.com", by=SYSTEM, name=name) for name in ("a", "b"))
    say_of(lost, {plan: ["silver"]}, by=world.agent)
    merge(lost, into=kept, by=world.agent)
    assert known_of(kept) == {plan: ["silver"]}
    say_of(kept, {plan: ["gold"]}, by=world.agent)
    assert known_of(kept) == {plan: ["gold"]}
    unmerge(lost, by=world.agent)
    lost.refresh_from_db()
    assert (known_of(kept), known_of(lost)) == ({plan: ["gold"]}, {plan: ["silver"]})


def test_emptied_is_empty_of_all_who_were_merged(world, plan):
    kept, lost = (identify("email", f"{name}@example.com", by=SYSTEM, name=name) for name in ("a", "b"))
    for each in (kept, lost):
        say_of(each, {plan: ["gold"]}, by=world.agent)
    merge(lost, into=kept, by=world.agent)
    say_of(kept, {plan: []}, by=world.agent)
    assert known_of(kept) == {plan: []}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("plan:gold", ["b", "a"]),
        ("등급:골드", ["b", "a"]),
        ("plan:gold a@", ["a"]),
        ("plan:none", ["d", "c"]),
        ("seats:40", ["b"]),
        ("seats:40 plan:silver", []),
        ("region:강남", ["c"]),
        ("강남구", ["c"]),
        ("plan:bronze", []),
        ("foo:bar", []),
        ("https://example.com", []),
    ],
)
def test_people_are_found_by_what_is_known_of_them_and_of_their_organisation(
    world, plan, seats, words, names
):
    region = Attribute.make("region", "line", by=world.agent, name_ko="지역", name_en="Region")
    books = Organisation.make("나무책", by=world.agent)
    people = {name: identify("email", f"{name}@example.com", by=SYSTEM, name=name) for name in "abcd"}
    say_of(people["a"], {plan: ["gold"]}, by=world.agent)
    say_of(people["b"], {plan: ["gold"]}, by=world.agent)
    say_of(people["c"], {region: ["서울 강남구"]}, by=world.agent)
    people["b"].join(books, by=world.agent)
    say_of_organisation(books, {seats: ["40"]}, by=world.agent)
    assert found(world, words) == names


def test_a_search_by_attributes_costs_the_same_for_one_and_for_fifty(world, plan, django_assert_num_queries):
    def fill(many):
        for at in range(many):
            say_of(identify("email", f"n{at}@example.com", by=SYSTEM), {plan: ["gold"]}, by=world.agent)

    viewer = world.viewer()
    fill(1)
    with django_assert_num_queries(3):
        assert len(seek("plan:gold", viewer=viewer)) == 1
    fill(50)
    with django_assert_num_queries(3):
        assert len(seek("plan:gold", viewer=viewer)) == 50


def test_an_organisation_has_its_own(world, plan, seats):
    books = Organisation.make("나무책", by=world.agent)
    say_of_organisation(books, {seats: ["1,200"]}, by=world.agent)
    assert known_of_organisation(books) == {seats: ["1200"]}
    assert list(known_of(world.person())) == [plan]


def test_what_is_put_away_keeps_what_was_said_and_no_key_is_taken_twice(world, plan):
    person = world.person()
    say_of(person, {plan: ["gold"]}, by=world.agent)
    plan.archive(by=world.agent)
    assert list(known_of(person).values()) == [["gold"]]
    with pytest.raises(CannotBeField):
        Attribute.make("plan", "line", by=world.agent, name_ko="가", name_en="a")


def test_strangers_and_customers_know_of_none(world, plan):
    assert not Attribute.objects.visible_to(STRANGER).exists()
    assert Attribute.objects.visible_to(world.viewer()).exists()
