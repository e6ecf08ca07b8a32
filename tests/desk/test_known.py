"""Attributes and notes beside a conversation and on a person's page: changed in place, for colleagues alone."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from handrail.accounts.models import Role
from handrail.contacts.attributes import Attribute, known_of, known_of_organisation
from handrail.contacts.merging import merge
from handrail.contacts.models import Organisation
from handrail.contacts.notes import ContactNote, note
from handrail.core.events.models import Event
from tests.desk.conftest import signed_in


@pytest.fixture
def minji(world):
    return world.person(assurance=2)


@pytest.fixture
def plan(world):
    options = [{"ko": "골드", "en": "Gold"}, {"ko": "실버", "en": "Silver"}]
    return Attribute.make("plan", "choice", by=world.agent, name_ko="등급", name_en="Plan", options=options)


@pytest.fixture
def seats(world):
    return Attribute.make(
        "seats", "number", by=world.agent, name_ko="좌석", name_en="Seats", about="organisation"
    )


@pytest.fixture
def two(world):
    return world.staff("two@handrail.test", "정해결", Role.AGENT)


def beside(desk, person):
    return desk.get(f"/desk/people/{person.pk}/beside").content.decode()


def test_the_conversation_asks_for_the_piece_and_leads_to_the_page_without_scripts(world, desk, minji):
    page = desk.get(f"/desk/conversations/{world.conversation(minji).number}").content.decode()
    assert f'data-from="/desk/people/{minji.pk}/beside"' in page
    assert f'<a href="/desk/people/{minji.pk}">' in page.split("<desk-known")[1].split("</desk-known>")[0]


def test_attributes_of_both_are_changed_in_place(world, desk, minji, plan, seats):
    books = Organisation.make("나무책", by=world.agent)
    minji.join(books, by=world.agent)
    answer = desk.post(
        f"/desk/people/{minji.pk}/attributes", {"has": "plan", "field_plan": "gold", "beside": "1"}
    )
    assert (answer.status_code, "골드" in answer.content.decode()) == (200, True)
    answer = desk.post(
        f"/desk/people/{minji.pk}/company", {"has": "seats", "field_seats": "1,200", "beside": "1"}
    )
    assert "1,200" in answer.content.decode()
    minji.refresh_from_db()
    assert known_of(minji) == {plan: ["gold"]}
    assert known_of_organisation(books) == {seats: ["1200"]}
    assert "나무책" in beside(desk, minji)


def test_what_cannot_be_comes_back_as_it_was_typed_with_the_reason(world, desk, minji, seats):
    minji.join(Organisation.make("나무책", by=world.agent), by=world.agent)
    sent = {"has": "seats", "field_seats": "마흔"}
    for more, mark in (({"beside": "1"}, "<html"), ({}, "</html>")):
        answer = desk.post(f"/desk/people/{minji.pk}/company", sent | more)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="마흔"' in html
        assert "aria-invalid" in html
        assert (mark in html) is (not more)


def test_only_what_the_form_had_is_changed(world, desk, minji, plan):
    line = Attribute.make("region", "line", by=world.agent, name_ko="지역", name_en="Region")
    desk.post(f"/desk/people/{minji.pk}/attributes", {"has": "region", "field_region": "서울"})
    desk.post(f"/desk/people/{minji.pk}/attributes", {"has": "plan", "field_plan": "gold"})
    assert known_of(minji) == {plan: ["gold"], line: ["서울"]}


def test_a_note_is_dated_signed_and_put_right_by_its_author_alone(world, desk, minji, two):
    answer = desk.post(f"/desk/people/{minji.pk}/notes", {"text": " 전화는 오후에 ", "beside": "1"})
    html = answer.content.decode()
    assert "전화는 오후에" in html
    assert "이서준" in html
    assert "<time" in html
    one = ContactNote.objects.get()
    path = f"/desk/people/{minji.pk}/notes/{one.pk}"
    theirs = signed_in(two)
    assert "전화는 오후에" in beside(theirs, minji)
    assert theirs.post(path, {"text": "아니에요"}).status_code == 404
    assert theirs.post(path, {"remove": "1"}).status_code == 404
    desk.post(path, {"text": "전화는 오전에"})
    one.refresh_from_db()
    assert (one.text, one.changed_at is not None) == ("전화는 오전에", True)
    desk.post(path, {"remove": "1"})
    assert not ContactNote.objects.exists()
    facts = Event.objects.filter(verb__startswith="person.note")
    assert [fact.verb for fact in facts.order_by("pk")] == [
        "person.noted",
        "person.note_changed",
        "person.note_removed",
    ]
    assert "전화" not in str(list(facts.values_list("data", flat=True)))


def test_a_manager_removes_anybodys_and_an_empty_note_is_none(world, desk, minji, manager):
    desk.post(f"/desk/people/{minji.pk}/notes", {"text": "  \n "})
    assert not ContactNote.objects.exists()
    one = note(minji, "낡은 메모", by=world.agent)
    signed_in(manager).post(f"/desk/people/{minji.pk}/notes/{one.pk}", {"remove": "1"})
    assert not ContactNote.objects.exists()


def test_a_note_on_who_was_merged_stands_with_the_one_that_goes_on(world, desk, minji):
    other = world.person("other@example.com", "박준")
    note(other, "예전 연락처에 적은 것", by=world.agent)
    merge(other, into=minji, by=world.agent)
    assert "예전 연락처에 적은 것" in beside(desk, minji)
    assert "예전 연락처에 적은 것" in beside(desk, other)


def test_a_note_of_somebody_else_is_not_reached_through_this_person(world, desk, minji):
    other = world.person("other@example.com", "박준")
    one = note(other, "남의 것", by=world.agent)
    assert desk.post(f"/desk/people/{minji.pk}/notes/{one.pk}", {"remove": "1"}).status_code == 404
    assert ContactNote.objects.exists()


def test_a_note_on_the_organisation_stands_beside_each_member_and_on_its_page(world, desk, minji, two):
    books = Organisation.make("나무책", by=world.agent)
    minji.join(books, by=world.agent)
    sent = {"text": "세금계산서는 월말에", "beside": "1"}
    assert "세금계산서는 월말에" in desk.post(f"/desk/people/{minji.pk}/company/notes", sent).content.decode()
    one = ContactNote.objects.get()
    assert (one.organisation, one.person, one.author) == (books, None, world.agent)
    other = world.person("jun@example.com", "박준")
    assert "세금계산서" not in beside(desk, other)
    other.join(books, by=world.agent)
    assert "세금계산서는 월말에" in beside(desk, other)
    page = desk.get(f"/desk/organisations/{books.pk}").content.decode()
    assert "세금계산서는 월말에" in page and f"/desk/organisations/{books.pk}/notes/{one.pk}" in page

    path = f"/desk/organisations/{books.pk}/notes"
    assert signed_in(two).post(f"{path}/{one.pk}", {"text": "아니에요"}).status_code == 404
    desk.post(f"{path}/{one.pk}", {"text": "세금계산서는 다음 달 초에"})
    desk.post(path, {"text": "둘째 메모"})
    assert set(ContactNote.objects.values_list("text", flat=True)) == {
        "세금계산서는 다음 달 초에",
        "둘째 메모",
    }
    desk.post(f"/desk/people/{minji.pk}/company/notes/{one.pk}", {"remove": "1"})
    facts = Event.objects.filter(verb__startswith="organisation.note").order_by("pk")
    assert [fact.verb.partition(".")[2] for fact in facts] == [
        "noted",
        "note_changed",
        "noted",
        "note_removed",
    ]
    assert "세금" not in str(list(facts.values_list("data", flat=True)))


def test_a_note_of_another_organisation_is_not_reached_and_who_belongs_to_none_has_none(world, desk, minji):
    books, films = (Organisation.make(name, by=world.agent) for name in ("나무책", "필름"))
    one = note(films, "남의 것", by=world.agent)
    minji.join(books, by=world.agent)
    for path in (
        f"/desk/people/{minji.pk}/company/notes/{one.pk}",
        f"/desk/organisations/{books.pk}/notes/{one.pk}",
    ):
        assert desk.post(path, {"remove": "1"}).status_code == 404
    minji.leave(by=world.agent)
    assert desk.post(f"/desk/people/{minji.pk}/company/notes", {"text": "메모"}).status_code == 404
    assert ContactNote.objects.get() == one


def test_a_note_on_nobody_and_one_on_both_are_refused_by_the_database(world, minji):
    books = Organisation.make("나무책", by=world.agent)
    for whom in ({}, {"person": minji, "organisation": books}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactNote.objects.create(text="메모", **whom)


def test_words_of_a_note_stay_text(world, desk, minji):
    note(minji, "<script>alert(1)</script>", by=world.agent)
    assert "<script>alert" not in beside(desk, minji)


def test_the_piece_costs_the_same_for_little_and_for_much(
    world, desk, minji, plan, seats, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    minji.join(Organisation.make("나무책", by=world.agent), by=world.agent)
    beside(desk, minji)
    with CaptureQueriesContext(connection) as little:
        beside(desk, minji)
    for at in range(20):
        note(minji, f"메모 {at}", by=world.agent)
        Attribute.make(f"a{at}", "line", by=world.agent, name_ko=f"가{at}", name_en=f"a{at}")
    with django_assert_max_num_queries(len(little)):
        beside(desk, minji)
