"""Organisations: who joins by a proved address, who never does, and who reads the others' requests."""

from __future__ import annotations

import pytest

from handrail.contacts.belonging import Part
from handrail.contacts.identify import identify
from handrail.contacts.models import Organisation, Person
from handrail.contacts.organisations import NoDomain, Sharing, readable_domain
from handrail.contacts.viewers import viewer_for
from handrail.core import bus
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event


@pytest.fixture
def books(world) -> Organisation:
    made = Organisation.make("나무책방", by=world.agent)
    made.know_by("namubooks.com", by=world.agent)
    return made


def proved(world, address: str) -> Person:
    return Person.objects.get(pk=world.person(address, assurance=2).pk)


def test_a_proved_address_of_a_known_domain_joins_by_itself(world, books):
    person = proved(world, "sera@namubooks.com")

    assert person.organisation == books
    (told,) = Event.objects.about(person).filter(verb="person.joined")
    assert told.data["how"] == "address"


@pytest.mark.parametrize("assurance", [0, 1])
def test_a_claim_joins_nobody(world, books, assurance):
    assert world.person("sera@namubooks.com", assurance=assurance).organisation is None


def test_it_joins_once_it_is_proved(world, books):
    world.person("sera@namubooks.com")

    assert proved(world, "sera@namubooks.com").organisation == books


@pytest.mark.parametrize(
    "address",
    [
        "a@sub.namubooks.com",
        "a@notnamubooks.com",
        "a@namubooks.com.evil.example",
        "namubooks.com@evil.example",
    ],
)
def test_only_exactly_this_domain_joins(world, books, address):
    assert proved(world, address).organisation is None


def test_whoever_had_proved_theirs_before_joins_when_the_domain_becomes_known(world):
    sera, other = proved(world, "sera@garam.kr"), world.person("claim@garam.kr")
    garam = Organisation.make("가람", by=world.agent)

    assert garam.know_by("@Garam.KR", by=world.agent) == 1
    sera.refresh_from_db()
    other.refresh_from_db()
    assert (sera.organisation, other.organisation) == (garam, None)


@pytest.mark.parametrize("domain", ["gmail.com", "naver.com", "daum.net", "Hanmail.net", "x@kakao.com"])
def test_public_mail_is_nobodys_organisation(world, books, domain):
    with pytest.raises(NoDomain, match=r"Anybody|누구나"):
        books.know_by(domain, by=world.agent)


@pytest.mark.parametrize(
    "text", ["", "namubooks", "na mu.com", "-a.com", "a..com", "http://a.com/x", "a" * 200 + ".com"]
)
def test_what_is_no_domain_is_said_to_be_none(text):
    with pytest.raises(NoDomain):
        readable_domain(text)


def test_a_domain_leads_to_one_organisation(world, books):
    other = Organisation.make("다른 곳", by=world.agent)

    with pytest.raises(NoDomain, match="나무책방"):
        other.know_by("namubooks.com", by=world.agent)


def test_who_was_taken_out_does_not_come_back_by_themselves(world, books):
    sera = proved(world, "sera@namubooks.com")
    sera.leave(by=world.agent)

    identify("email", "sera@namubooks.com", by=SYSTEM, assurance=3)

    sera.refresh_from_db()
    assert sera.organisation is None
    assert Event.objects.about(sera).filter(verb="person.left").exists()


def test_who_belongs_somewhere_stays_there_and_a_move_is_told(world, books):
    garam = Organisation.make("가람", by=world.agent)
    person = world.person("sera@namubooks.com")
    person.join(garam, by=world.agent)

    assert proved(world, "sera@namubooks.com").organisation == garam

    person.refresh_from_db()
    person.stand(Part.MANAGER, is_named=True, by=world.agent)
    person.join(books, by=world.agent)
    told = Event.objects.about(person).filter(verb="person.joined").last()
    assert (told.data["old"], told.data["organisation"]) == (garam.pk, books.pk)
    assert (person.organisation_part, person.is_named) == (Part.MEMBER, False)


@pytest.mark.parametrize(
    ("mode", "member", "manager", "named"),
    [
        (Sharing.NOBODY, False, False, False),
        (Sharing.ROLE, False, True, False),
        (Sharing.NAMED, False, False, True),
        (Sharing.EVERYONE, True, True, True),
    ],
)
def test_the_mode_says_who_reads_along(world, books, mode, member, manager, named):
    books.share(mode, may_reply=False, by=world.agent)
    people = [proved(world, f"{name}@namubooks.com") for name in ("member", "manager", "named")]
    people[1].stand(Part.MANAGER, is_named=False, by=world.agent)
    people[2].stand(Part.MEMBER, is_named=True, by=world.agent)

    seen = [
        bool(viewer_for(Person.objects.get(pk=one.pk), assurance=2).reads_organisations) for one in people
    ]

    assert seen == [member, manager, named]


def test_a_change_of_the_mode_closes_what_members_have_open(
    world, books, monkeypatch, django_capture_on_commit_callbacks
):
    sera = proved(world, "sera@namubooks.com")
    closed = []
    monkeypatch.setattr(bus, "publish", lambda topic, **data: closed.append((topic, data.get("viewer"))))

    books.share(Sharing.EVERYONE, may_reply=False, by=world.agent)
    sera.leave(by=world.agent)

    assert closed.count(("revoke", f"person:{sera.pk}")) == 2


def test_the_same_mode_again_is_no_change(world, books):
    before = Event.objects.count()

    books.share(Sharing.NOBODY, may_reply=False, by=world.agent)

    assert Event.objects.count() == before
