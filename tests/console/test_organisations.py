"""Organisations in the console: made, known by a domain, with members, and shared as their manager says."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role
from handrail.contacts.belonging import Part
from handrail.contacts.models import Organisation
from handrail.contacts.organisations import Sharing
from tests.desk.conftest import signed_in


@pytest.fixture
def manager(world):
    return signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))


@pytest.fixture
def books(world) -> Organisation:
    return Organisation.make("나무책방", by=world.agent)


def test_one_is_made_and_takes_in_who_had_proved_an_address_there(world, manager):
    sera = world.person("sera@namubooks.com", "오세란", assurance=2)

    answer = manager.post(
        "/console/organisations", {"name": "나무책방", "domain": "namubooks.com"}, follow=True
    )

    sera.refresh_from_db()
    assert str(sera.organisation) == "나무책방"
    assert "오세란" in answer.content.decode() and "1명" in answer.content.decode()
    assert "나무책방" in manager.get("/console/organisations").content.decode()


@pytest.mark.parametrize("domain", ["gmail.com", "naver.com", "daum.net"])
def test_public_mail_is_refused_in_a_sentence_and_what_was_typed_stays(manager, world, domain):
    answer = manager.post("/console/organisations", {"name": "새 책방", "domain": domain})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "누구나" in html and domain in html and 'value="새 책방"' in html
    assert not Organisation.objects.exists()


def test_a_name_that_is_taken_is_refused(manager, books):
    assert manager.post("/console/organisations", {"name": "나무책방"}).status_code == 422
    other = Organisation.make("가람", by=manager_of(books))
    assert (
        manager.post(
            f"/console/organisations/{other.pk}", {"name": "나무책방", "sharing": "nobody"}
        ).status_code
        == 422
    )


def manager_of(_organisation: Organisation):
    from handrail.core.actors import SYSTEM

    return SYSTEM


def test_the_mode_is_chosen(manager, books):
    for mode in Sharing.values:
        manager.post(
            f"/console/organisations/{books.pk}", {"name": "나무책방", "sharing": mode, "may_reply": "1"}
        )
        books.refresh_from_db()
        assert (books.sharing, books.may_reply) == (mode, True)


def test_domains_come_and_go(manager, books):
    path = f"/console/organisations/{books.pk}/domains"
    manager.post(path, {"add": "namubooks.com"})
    assert [each.name for each in books.domains.all()] == ["namubooks.com"]

    answer = manager.post(path, {"add": "kein domain"})
    assert answer.status_code == 422 and "kein domain" in answer.content.decode()

    manager.post(path, {"remove": "namubooks.com"})
    assert not books.domains.exists()


def test_members_are_added_given_a_part_and_taken_out(world, manager, books):
    sera = world.person("sera@example.com", "오세란")
    path = f"/console/organisations/{books.pk}/members"
    manager.post(path, {"add": "sera@example.com"})
    manager.post(path, {"person": sera.pk, "part": "manager", "is_named": "1"})

    sera.refresh_from_db()
    assert (sera.organisation, sera.organisation_part, sera.is_named) == (books, Part.MANAGER, True)

    manager.post(path, {"person": sera.pk, "remove": "1"})
    sera.refresh_from_db()
    assert (sera.organisation, sera.organisation_part, sera.is_named) == (None, Part.MEMBER, False)


def test_nobody_unknown_becomes_a_member(manager, books):
    answer = manager.post(f"/console/organisations/{books.pk}/members", {"add": "nobody@example.com"})

    assert answer.status_code == 422 and "nobody@example.com" in answer.content.decode()


def test_a_member_of_another_is_not_touched(world, manager, books):
    stranger = world.person("x@example.com")

    answer = manager.post(
        f"/console/organisations/{books.pk}/members", {"person": stranger.pk, "part": "manager"}
    )

    assert answer.status_code == 404


def test_agents_and_authors_make_none(world, books):
    for role in (Role.AGENT, Role.AUTHOR):
        client = signed_in(world.staff(f"{role}@staff.test", role, role))
        assert client.get("/console/organisations").status_code == 404
        assert (
            client.post(
                f"/console/organisations/{books.pk}", {"name": "x", "sharing": "everyone"}
            ).status_code
            == 404
        )
