"""A person's page: who they are, and everything they did in one list that shows no more than its reader may see."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from handrail.accounts.models import Role, SignInLink, Team
from handrail.answers.models import Ask
from handrail.contacts.merging import merge
from handrail.contacts.models import Organisation, Person, Record
from handrail.contacts.segments import Mark
from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.knowledge.feedback import give
from handrail.knowledge.models import PersonReading
from handrail.web.viewer import PERSON_KEY
from tests.desk.conftest import signed_in

PAGE_QUERIES = 40
RECENT_QUERIES = 17


@pytest.fixture
def minji(world) -> Person:
    return world.person(assurance=2)


def asks(person: Person, text: str, *, channel: str = "portal", **more: object) -> Ask:
    return Ask.objects.create(
        channel=channel, locale="ko", text=text, confidence=0.9, is_provisional=False, milliseconds=1,
        asker_kind="person", asker_id=person.pk, **{"outcome": Ask.Outcome.HANDOVER, **more},
    )  # fmt: skip


def orders(person: Person, number: str, **more: object) -> Record:
    return Record.keep(
        person, "order", number, by=SYSTEM, title_ko="무선 이어폰", title_en="Earbuds",
        amount=89000, status="shipped", **{"at": clock.now(), **more},
    )  # fmt: skip


def page(desk: Client, person: Person, query: str = "") -> str:
    answer = desk.get(f"/desk/people/{person.pk}{query}", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def kinds(html: str) -> list[str]:
    return re.findall(r'data-kind="(\w+)">', html[html.index('id="timeline"') : html.index('class="panel"')])


def everything(world, person: Person) -> None:
    article = world.article("환불은 언제 되나요", "<p>사흘 안에 돼요.</p>")
    ask = asks(person, "환불 언제 돼요", outcome=Ask.Outcome.ANSWER, offered=[[article.pk, 0.9]])
    ask.open(article, by=person)
    ask.solve(article, by=person)
    give(article, locale="ko", is_helpful=False, reader=f"person-{person.pk}", text="너무 길어요", by=person)
    world.conversation(person)
    orders(person, "A-1")
    link, _secret = SignInLink.issue(person.email, by=SYSTEM)
    link.redeem(by=SYSTEM)
    merge(world.person("minji@work.example", "김민지"), into=person, by=world.agent)


def test_it_holds_every_kind_newest_first(world, desk, minji):
    everything(world, minji)
    html = page(desk, minji)

    assert set(kinds(html)) == {"asked", "read", "voted", "talked", "owned", "account", "merged"}
    for words in (
        "환불 언제 돼요",
        "해결됨",
        "너무 길어요",
        "환불 문의",
        "환불이 안 돼요",
        "A-1",
        "링크로 로그인",
    ):
        assert words in html, words
    assert kinds(html)[0] == "merged"


def test_each_item_leads_to_its_thing(world, desk, minji):
    everything(world, minji)
    html = page(desk, minji)

    number = Conversation.objects.get().pk
    assert f'href="/desk/conversations/{number}"' in html
    assert re.search(r'href="/hc/ko/articles/\d+-', html)


def reader(person: Person, *, assurance: int = 2) -> Client:
    client = Client()
    session = client.session
    session[PERSON_KEY] = {"id": person.pk, "assurance": assurance, "at": clock.now().timestamp() + 1}
    session.save()
    return client


def reads(client: Client, article, **more: str) -> None:
    assert client.post(f"/hc/ko/articles/{article.pk}/reads", more).status_code == 204


def test_what_they_read_by_themselves_while_signed_in_stands_there_once_a_day(world, desk, minji):
    article = world.article("환불은 언제 되나요", "<p>사흘 안에 돼요.</p>")
    for _each in range(2):
        reads(reader(minji), article)
    html = page(desk, minji)
    assert kinds(html).count("read") == 1 and "환불은 언제 되나요" in html

    with clock.at(clock.now() + timedelta(days=1)):
        reads(reader(minji), article)
        assert kinds(page(desk, minji)).count("read") == 2


def test_of_who_is_not_signed_in_no_reading_is_kept(world, desk, minji):
    article = world.article("환불은 언제 되나요", "<p>사흘 안에 돼요.</p>")
    for client in (Client(), reader(minji, assurance=1), desk):
        reads(client, article)
    assert not PersonReading.objects.exists()


def test_what_was_opened_from_a_question_of_theirs_is_told_once(world, desk, minji):
    article = world.article("환불은 언제 되나요", "<p>사흘 안에 돼요.</p>")
    ask = asks(minji, "환불 언제 돼요", outcome=Ask.Outcome.ANSWER, offered=[[article.pk, 0.9]])
    reads(reader(minji), article, ask=ask.key)
    assert kinds(page(desk, minji)).count("read") == 1


def test_kinds_are_switched_off_and_stay_off_on_older_pages(world, desk, minji):
    everything(world, minji)
    for number in range(40):
        orders(minji, f"B-{number}", at=clock.now() - timedelta(days=number))
    html = page(desk, minji, "?without=talked,account")

    assert "talked" not in kinds(html) and "account" not in kinds(html) and "owned" in kinds(html)
    older = re.search(r'rel="next" href="([^"]+)"', html)
    assert older and "without=talked%2Caccount" in older[1]


def test_paging_shows_each_thing_once_even_of_one_moment(world, desk, minji):
    at = clock.now().replace(microsecond=0)
    for number in range(70):
        orders(minji, f"B-{number:02}", at=at)
        asks(minji, f"Q-{number:02}", at=at)
    seen, query = [], ""
    for _ in range(9):
        html = page(desk, minji, query)
        main = html[html.index('id="timeline"') : html.index('class="panel"')]
        seen += re.findall(r"[BQ]-\d\d", main)
        older = re.search(r'rel="next" href="([^"]+)"', html)
        if not older:
            break
        query = older[1].replace("&amp;", "&")

    assert len(seen) == 140 and len(set(seen)) == 140


@pytest.mark.parametrize("after", ["x", "1-9-1", "99999999999999999-1-1", "-99999999999999999-0-1", "1-0"])
def test_a_broken_place_shows_the_first_page(world, desk, minji, after):
    world.conversation(minji)

    assert "환불 문의" in page(desk, minji, f"?after={after}") or after.startswith("-")


def test_a_page_costs_the_same_for_little_and_for_much(world, desk, minji, django_assert_max_num_queries):
    everything(world, minji)
    page(desk, minji)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as little:
        page(desk, minji)
    for number in range(25):
        world.conversation(minji)
        orders(minji, f"C-{number}")
        asks(minji, f"질문 {number}")
    with django_assert_max_num_queries(min(len(little), PAGE_QUERIES)):
        page(desk, minji)


def test_a_private_teams_conversation_is_not_told(world, desk, minji):
    private = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    hidden = world.conversation(minji, subject="HIDDEN-1", text="HIDDEN-2")
    Conversation.objects.filter(pk=hidden.pk).update(team=private)
    asks(minji, "HIDDEN-3", channel="chat")
    html = page(desk, minji)

    assert "HIDDEN" not in html

    private.add(world.agent, by=SYSTEM)
    assert "HIDDEN-1" in page(desk, minji)


def test_of_a_merged_contact_it_shows_both_and_old_links_lead_here(world, desk, minji):
    work = world.person("minji@work.example", "김민지")
    world.conversation(work, subject="WORK-1")
    merge(work, into=minji, by=world.agent)

    answer = desk.get(f"/desk/people/{work.pk}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/people/{minji.pk}")
    html = page(desk, minji)
    assert "WORK-1" in html and "minji@work.example" in html


def test_a_conversation_of_a_merged_contact_stands_beside_both_ones_others(world, desk, minji):
    work = world.person("minji@work.example", "김민지 (회사)")
    there, here = world.conversation(work, subject="WORK-1"), world.conversation(minji, subject="HOME-1")
    orders(minji, "A-1")
    merge(work, into=minji, by=world.agent)

    html = desk.get(f"/desk/conversations/{there.pk}").content.decode()
    assert "HOME-1" in html and "A-1" in html and f'href="/desk/people/{minji.pk}"' in html
    assert "WORK-1" in desk.get(f"/desk/conversations/{here.pk}").content.decode()


def test_searching_by_one_name_finds_the_conversations_of_both(world, desk, minji):
    work = world.person("kim@work.example", "Kim")
    world.conversation(minji, subject="HOME-1")
    world.conversation(work, subject="WORK-1")
    merge(work, into=minji, by=world.agent)

    html = desk.get("/desk/search", {"query": "requester:kim@work.example"}).content.decode()
    assert "HOME-1" in html and "WORK-1" in html


def test_people_are_found_by_name_and_address(world, desk, minji):
    world.person("other@example.org", "박하윤")

    for words in ("민지", "minji@", "example.com"):
        html = desk.get("/desk/people", {"query": words}).content.decode()
        assert "김민지" in html and "박하윤" not in html
    assert "찾" in desk.get("/desk/people", {"query": "아무도 아님"}).content.decode()


def test_the_name_notes_and_organisation_are_changed_there_and_told(world, desk, minji):
    Organisation.make("나무책방", by=SYSTEM)
    base = f"/desk/people/{minji.pk}"
    desk.post(f"{base}/details", {"name": "김민지 님", "locale": "en"})
    desk.post(f"{base}/marks", {"add": "plan = business"})
    desk.post(f"{base}/organisation", {"name": "나무책방"})

    minji.refresh_from_db()
    assert (minji.name, minji.locale, str(minji.organisation)) == ("김민지 님", "en", "나무책방")
    assert str(Mark.objects.get()) == "plan: business"
    html = page(desk, minji)
    assert "나무책방" in html and "plan: business" in html

    desk.post(f"{base}/marks", {"remove": "plan"})
    desk.post(f"{base}/organisation", {"name": ""})
    minji.refresh_from_db()
    assert minji.organisation is None and not Mark.objects.exists()


def test_what_cannot_be_is_said_in_a_sentence(world, desk, minji):
    base = f"/desk/people/{minji.pk}"
    for path, fields in (
        ("marks", {"add": " "}),
        ("organisation", {"name": "없는 곳"}),
        ("details", {"name": "x" * 200, "locale": "ko"}),
    ):
        answer = desk.post(f"{base}/{path}", fields)
        assert answer.status_code == 422, path
    assert "없는 곳" in desk.post(f"{base}/organisation", {"name": "없는 곳"}).content.decode()


@pytest.mark.parametrize(
    "path", ["people/987654", "people/9223372036854775807", "organisations/987654", "people/987654/merge"]
)
def test_whoever_is_not_there_is_not_found(world, desk, path):
    assert desk.get(f"/desk/{path}").status_code == 404


def test_authors_and_customers_see_no_person(world, minji):
    author = signed_in(world.staff("author@handrail.test", "글쓴이", Role.AUTHOR))
    before = Event.objects.count()

    for client in (author, Client()):
        assert client.get(f"/desk/people/{minji.pk}").status_code in {302, 404}
        assert client.get("/desk/people").status_code in {302, 404}
        assert client.post("/desk/people/merge", {"person": minji.pk, "into": minji.pk}).status_code == 404
    assert Event.objects.count() == before


def test_an_organisations_page_shows_members_and_what_they_asked(world, desk, minji):
    books = Organisation.make("나무책방", by=SYSTEM)
    books.know_by("namubooks.com", by=SYSTEM)
    minji.join(books, by=world.agent)
    world.conversation(minji, subject="BOOKS-1")
    html = desk.get(f"/desk/organisations/{books.pk}").content.decode()

    assert "김민지" in html and "BOOKS-1" in html and "namubooks.com" in html
    assert "나무책방" in desk.get("/desk/organisations").content.decode()


def recent(client, person):
    return client.get(f"/desk/people/{person.pk}/recent")


def test_beside_a_conversation_stand_the_last_five_things_and_the_way_to_all(world, desk, minji):
    for number in range(6):
        with clock.at(clock.now() + timedelta(minutes=number)):
            orders(minji, f"C-{number}")
    conversation = world.conversation(minji)
    panel = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert f'<desk-recent data-from="/desk/people/{minji.pk}/recent">' in panel

    text = recent(desk, minji).content.decode()
    assert text.count("<li ") == 5
    assert f'href="/desk/people/{minji.pk}"' in text


def test_what_is_shown_in_short_costs_the_same_for_little_and_for_much(
    world, desk, minji, django_assert_max_num_queries
):
    everything(world, minji)
    recent(desk, minji)
    with django_assert_max_num_queries(RECENT_QUERIES):
        recent(desk, minji)
    for number in range(25):
        world.conversation(minji)
        orders(minji, f"C-{number}")
        asks(minji, f"질문 {number}")
    with django_assert_max_num_queries(RECENT_QUERIES):
        recent(desk, minji)


def test_whoever_may_not_read_customers_sees_nothing_in_short_either(world, minji):
    author = signed_in(world.staff("author@handrail.test", "글쓴이", Role.AUTHOR))
    assert recent(author, minji).status_code == 404
