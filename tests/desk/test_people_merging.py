"""Merging at the desk: found by a search, seen side by side, done by one press, and taken back by another."""

from __future__ import annotations

import pytest

from handrail.contacts.identify import identify
from handrail.contacts.merging import Merge, merge
from handrail.contacts.models import Organisation, Person
from handrail.core.actors import SYSTEM


@pytest.fixture
def minji(world) -> Person:
    return world.person(assurance=2)


@pytest.fixture
def twin(world) -> Person:
    return world.person("minji@work.example", "김민지", assurance=2)


def test_a_twin_is_hinted_at_and_nobody_is_merged_by_it(world, desk, minji, twin):
    html = desk.get(f"/desk/people/{minji.pk}").content.decode()

    assert f"/desk/people/{minji.pk}/merge?other={twin.pk}" in html
    assert not Merge.objects.exists()


def test_somebody_of_the_same_organisation_and_name_is_hinted_at(world, desk, minji):
    books = Organisation.make("나무책방", by=SYSTEM)
    other = world.person("kmj@namubooks.com", "김민지")
    for one in (minji, other):
        one.join(books, by=world.agent)

    assert f"other={other.pk}" in desk.get(f"/desk/people/{minji.pk}").content.decode()


def test_the_other_is_found_by_a_search(world, desk, minji, twin):
    html = desk.get(f"/desk/people/{minji.pk}/merge", {"query": "work.example"}).content.decode()

    assert f"other={twin.pk}" in html
    assert (
        f"other={minji.pk}"
        not in desk.get(f"/desk/people/{minji.pk}/merge", {"query": "민지"}).content.decode()
    )


def test_side_by_side_stands_what_each_has(world, desk, minji, twin):
    world.conversation(twin)
    html = desk.get(f"/desk/people/{minji.pk}/merge", {"other": twin.pk}).content.decode()

    assert "minji@work.example" in html and "minji@example.com" in html and "대화 1건" in html
    assert "두 주소 모두 확인" in html
    assert f'name="into" value="{minji.pk}"' in html
    turned = desk.get(f"/desk/people/{minji.pk}/merge", {"other": twin.pk, "keep": "other"}).content.decode()
    assert f'name="into" value="{twin.pk}"' in turned


def test_it_warns_where_an_address_is_only_claimed(world, desk, minji):
    claimed = world.person("minji@claimed.example", "김민지")
    html = desk.get(f"/desk/people/{minji.pk}/merge", {"other": claimed.pk}).content.decode()

    assert "확인되지 않은 주소가 있어요" in html


def test_looking_merges_nobody(world, desk, minji, twin):
    desk.get(f"/desk/people/{minji.pk}/merge", {"other": twin.pk})

    assert not Merge.objects.exists()


def test_one_press_merges_and_another_separates(world, desk, minji, twin):
    for _twice in range(2):
        answer = desk.post("/desk/people/merge", {"person": twin.pk, "into": minji.pk})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/people/{minji.pk}")
    assert Merge.objects.count() == 1
    assert "minji@work.example" in desk.get(f"/desk/people/{minji.pk}").content.decode()

    for _twice in range(2):
        answer = desk.post("/desk/people/unmerge", {"person": twin.pk})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/people/{twin.pk}")
    assert desk.get(f"/desk/people/{twin.pk}").status_code == 200
    for one in (minji, twin):
        assert "분리" in desk.get(f"/desk/people/{one.pk}").content.decode()


def test_an_address_is_added_and_what_comes_from_it_stands_here(world, desk, minji):
    desk.post(f"/desk/people/{minji.pk}/addresses", {"address": "Minji@New.example"})
    world.conversation(identify("email", "minji@new.example", by=SYSTEM), subject="NEW-1")

    html = desk.get(f"/desk/people/{minji.pk}").content.decode()
    assert "minji@new.example" in html and "NEW-1" in html
    added = Person.objects.get(identities__value="minji@new.example")
    assert added.root == minji and added.reader_id == added.pk


def test_an_address_somebody_has_is_looked_at_side_by_side_and_merges_nobody(world, desk, minji, twin):
    answer = desk.post(f"/desk/people/{minji.pk}/addresses", {"address": "minji@work.example"})

    assert answer.headers["Location"] == f"/desk/people/{minji.pk}/merge?other={twin.pk}"
    assert not Merge.objects.exists()


@pytest.mark.parametrize("address", ["", "no address", "help@handrail.test"])
def test_what_can_be_nobodys_address_is_refused_in_a_sentence(desk, minji, address):
    answer = desk.post(f"/desk/people/{minji.pk}/addresses", {"address": address})

    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert not Merge.objects.exists()


def test_with_themselves_nobody_can_be_merged(world, desk, minji):
    answer = desk.post("/desk/people/merge", {"person": minji.pk, "into": minji.pk})

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"person": "x", "into": "1"},
        {"person": "987654", "into": "987655"},
        {"person": "9" * 30, "into": "1"},
    ],
)
def test_what_names_nobody_is_not_found(world, desk, fields):
    assert desk.post("/desk/people/merge", fields).status_code == 404
    assert desk.post("/desk/people/unmerge", fields).status_code == 404


def test_two_requests_of_merged_contacts_become_one_only_where_either_sees_both(world, desk, minji, twin):
    one, other = world.conversation(minji), world.conversation(twin)
    assert desk.post(f"/desk/conversations/{one.pk}/merge", {"into": f"#{other.pk}"}).status_code != 302

    merge(twin, into=minji, by=world.agent)

    assert desk.post(f"/desk/conversations/{one.pk}/merge", {"into": f"#{other.pk}"}).status_code == 302
