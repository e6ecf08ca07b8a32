"""Mailboxes at the side: what is open and unread in each, for who may see it, and in words which is disconnected."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.accounts.models import Role, Team
from handrail.channels import health, outages
from handrail.channels.health import Health
from handrail.channels.inboxes import Inbox
from handrail.conversations import queries
from handrail.conversations.conversation import Conversation
from handrail.conversations.opening import open_conversation
from handrail.conversations.per_mailbox import Lies, per_mailbox
from handrail.conversations.read_marks import note_read
from handrail.conversations.splitting import split
from handrail.core import bus, clock
from handrail.core.actors import SYSTEM
from handrail.web.desk import mailbox_rail
from handrail.web.edge import tokens
from tests.desk.conftest import signed_in
from tests.desk.test_queue import following_page
from tests.plans import steps


def to(world, inbox: Inbox, number: int = 1):
    person = world.person(f"c{number}@example.com", f"고객{number}")
    conversation = open_conversation(inbox, requester=person, by=person, subject="문의", address=person.email)
    conversation.receive("안녕하세요", by=person, endpoint=conversation.endpoints.get())
    return conversation


def shown(browser, inbox: Inbox) -> tuple[str, str, str]:
    """Unread, open and state as the page has them."""
    cache.clear()
    page = browser.get("/desk/").content.decode()
    return tuple(
        re.search(rf'data-count="m{inbox.pk}{what}"[^>]*>([^<]*)<', page)[1]
        for what in ("-unread", "", "-state")
    )


def test_each_mailbox_says_how_much_is_open_and_unread(world, desk, sales):
    first, second = to(world, sales, 1), to(world, sales, 2)
    to(world, world.mail, 3)
    assert shown(desk, sales) == ("2", "2", "") and shown(desk, world.mail) == ("1", "1", "")
    note_read(first, person=None, delivered=1, read=1)
    assert shown(desk, sales) == ("1", "2", "")
    first.receive("하나 더요", by=first.requester)
    assert shown(desk, sales) == ("2", "2", "")
    second.reply("네", by=world.agent)
    assert shown(desk, sales) == ("1", "2", "")
    second.set_status("solved", by=world.agent)
    assert shown(desk, sales) == ("1", "1", "")


def test_a_conversation_with_two_people_at_a_mailbox_counts_once(world, sales):
    conversation = to(world, sales)
    other = world.person("other@example.com", "박지호")
    conversation.endpoints.create(inbox=sales, person=other, address="other@example.com")
    assert per_mailbox(world.viewer(), [sales.pk, world.mail.pk]) == {
        sales.pk: Lies(1, 1),
        world.mail.pk: Lies(),
    }


def test_what_a_private_team_has_is_counted_for_its_members_alone(world, desk, sales):
    hidden = Team.objects.create(slug="secret", name_ko="비공개", name_en="Secret", is_private=True)
    conversation = to(world, sales)
    conversation.hand_to_team(hidden, by=SYSTEM)
    assert shown(desk, sales) == ("0", "0", "")
    hidden.add(world.agent, by=SYSTEM)
    assert shown(desk, sales) == ("1", "1", "")
    sales.set_up(team=hidden, by=SYSTEM)
    outsider = signed_in(world.staff("other@handrail.test", "최외부", Role.AGENT))
    cache.clear()
    assert "영업" not in outsider.get("/desk/").content.decode()


def test_a_disconnected_one_says_so_in_words_and_by_itself_no_more(world, desk, sales):
    health.failed(sales, "fetch", code="timeout", host="imap.example.com")
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert shown(desk, sales)[2] == mailbox_rail.Mailbox(0, "", "", False, Lies(), ("fetch",)).state
        assert desk.get("/desk/counts").json()["unread"][f"m{sales.pk}-state"]
        health.well(sales, "fetch")
        assert shown(desk, sales)[2] == ""
    sales.pause(by=SYSTEM)
    assert shown(desk, sales)[2] == "멈춤"


def test_every_open_page_is_told_when_one_fails_and_when_it_works_again(world, desk, sales, monkeypatch):
    told = []
    monkeypatch.setattr(bus, "publish", lambda _kind, **said: told.append((said["event"], said["channels"])))
    desk.get("/desk/counts")  # what fails is kept for seconds now
    health.failed(sales, "fetch", code="timeout", host="imap.example.com")
    assert not told, "a server that is restarted is no outage"
    with clock.at(clock.now() + timedelta(minutes=3)):
        outages.tell(Health.objects.red().get())
        assert told == [("mailbox", ["desk:mailboxes"])]
        said = desk.get("/desk/counts?afresh=").json()
        assert said["red"] == [f"m{sales.pk}-state"] and "sales@handrail.test" in said["alarms"]
        assert said["unread"][f"m{sales.pk}-state"] == "메일을 받지 못해요"

        health.well(sales, "fetch")
        assert told[1:] == [("mailbox", ["desk:mailboxes"])]
        said = desk.get("/desk/counts?afresh=").json()
        assert (said["red"], said["alarms"], said["unread"][f"m{sales.pk}-state"]) == ([], "", "")


def test_of_a_private_teams_mailbox_its_members_alone_are_told(world, desk, sales, monkeypatch):
    hidden = Team.objects.create(slug="secret", name_ko="비공개", name_en="Secret", is_private=True)
    sales.set_up(team=hidden, by=SYSTEM)
    told = []
    monkeypatch.setattr(bus, "publish", lambda _kind, **said: told.append(said["channels"]))
    sales.pause(by=SYSTEM)
    sales.resume(by=SYSTEM)
    assert told == [[f"desk:mailboxes:{hidden.pk}"]] * 2

    def heard(client) -> set[str]:
        cache.clear()
        token = client.get("/desk/counts").json()["token"]
        return {each for each in tokens.read(token).channels if each.startswith("desk:mailboxes")}

    assert heard(desk) == {"desk:mailboxes"}
    hidden.add(world.agent, by=SYSTEM)
    assert heard(desk) == {"desk:mailboxes", f"desk:mailboxes:{hidden.pk}"}
    author = signed_in(world.staff("author@handrail.test", "작가", Role.AUTHOR))
    assert not heard(author)


def test_counts_are_asked_for_live_and_cut_off(world, desk, sales, monkeypatch):
    desk.get("/desk/")
    for number in range(3):
        to(world, sales, number)
    assert desk.get("/desk/counts").json()["unread"][f"m{sales.pk}"] == "3"
    for module in ("web.desk.frame", "conversations.per_mailbox"):
        monkeypatch.setattr(f"handrail.{module}.LYING_MOST", 2)
    cache.clear()
    said = desk.get("/desk/counts").json()["unread"]
    assert (said[f"m{sales.pk}"], said[f"m{sales.pk}-unread"]) == ("2+", "2+")
    first, second = Conversation.objects.filter(lies_in=sales).newest_first()[1:]
    first.reply("네", by=world.agent)  # asks for no attention anew: it stays the second
    second.reply("네", by=world.agent)
    cache.clear()
    said = desk.get("/desk/counts").json()["unread"]
    assert (said[f"m{sales.pk}"], said[f"m{sales.pk}-unread"]) == ("2+", "1+")


def test_counting_reads_no_further_than_is_shown(world, sales, monkeypatch):
    """The twin of it is above: what is past the most is not even looked at."""
    monkeypatch.setattr("handrail.conversations.per_mailbox.LYING_MOST", 2)
    for number in range(5):
        to(world, sales, number)
    assert per_mailbox(world.viewer(), [sales.pk]) == {sales.pk: Lies(3, 3)}


def test_the_plan_of_counting_is_a_step_of_the_mailboxs_own_index(world, sales):
    for inbox in (sales, world.mail):
        to(world, inbox, inbox.pk)
    viewer = world.viewer()
    with CaptureQueriesContext(connection) as caught:
        per_mailbox(viewer, [sales.pk, world.mail.pk])
    (query,) = caught.captured_queries
    plan = steps(query["sql"])
    assert plan.count("conversations_lying_in_mailbox") == 2
    assert not re.search(r"SCAN conversations|Seq Scan on conversations|B-TREE FOR ORDER|Sort", plan)


def test_of_two_windows_at_mailboxes_the_first_is_where_it_lies(world, sales):
    chat = open_conversation(world.chat, requester=world.person(), by=SYSTEM, address="b1", subject="채팅")
    assert chat.lies_in is None
    chat.attach_endpoint(sales, "minji@example.com", person=chat.requester, by=SYSTEM)
    chat.attach_endpoint(world.mail, "minji@example.com", person=chat.requester, by=SYSTEM)
    chat.refresh_from_db()
    assert chat.lies_in == chat.mailbox == sales
    apart = split(chat.receive("다른 것도요", by=chat.requester), by=world.agent)
    assert apart.lies_in == sales


def test_where_counting_is_slow_it_is_not_done_again_at_each_word(
    world, desk, sales, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(mailbox_rail, "SLOW_SECONDS", -1)
    viewer = world.viewer()
    monkeypatch.setattr(mailbox_rail, "WORTH", 1_000_000)
    mailbox_rail.mailboxes(viewer, beside={}, afresh=True)
    with django_assert_num_queries(0):
        mailbox_rail.mailboxes(viewer, beside={"all": 1}, afresh=True)


def test_counting_that_was_slow_once_stands_for_as_long_as_it_is_worth(world, desk, sales, monkeypatch):
    kept = []
    monkeypatch.setattr(mailbox_rail, "SLOW_SECONDS", -1)
    monkeypatch.setattr(mailbox_rail.cache, "set", lambda _key, _kept, seconds: kept.append(seconds))
    mailbox_rail.mailboxes(world.viewer(), beside={})
    assert 0 < kept[0] < mailbox_rail.KEPT_MOST_SECONDS


def test_a_page_loaded_again_counts_what_came_since_and_a_page_that_looks_anew_what_was_read(
    world, desk, sales
):
    def said(**headers: str) -> tuple[str, ...]:
        page = desk.get("/desk/", **headers).content.decode()
        places = (f"m{sales.pk}-unread", f"m{sales.pk}")
        return tuple(re.search(rf'data-count="{each}"[^>]*>([^<]*)<', page)[1] for each in places)

    assert said() == ("0", "0")
    conversation = to(world, sales)
    assert said() == ("1", "1")
    note_read(conversation, person=None, delivered=1, read=1)
    assert said(HTTP_SEC_FETCH_DEST="empty") == ("0", "1")


def test_a_mailbox_lists_what_is_open_in_it(world, desk, sales):
    here, elsewhere = to(world, sales, 1), to(world, world.mail, 2)
    page = desk.get(f"/desk/views/all?mailbox={sales.pk}", follow=True).content.decode()
    assert f"/desk/conversations/{here.number}" in page
    assert (
        f'data-number="{elsewhere.number}"' not in page and f"/conversations/{elsewhere.number}?" not in page
    )
    rows = queries.page("all", viewer=world.viewer(), filters=queries.Filters(mailbox=sales.pk)).rows
    assert [row.number for row in rows] == [here.number]
    for odd in ("0", "x", "9" * 30, "-1", "²"):
        assert desk.get(f"/desk/views/all?mailbox={odd}", follow=True).status_code == 200


@pytest.mark.parametrize("view", ["all", "queue"])
def test_a_mailboxs_list_goes_on_with_what_is_in_it_and_as_much_as_its_number_says(
    world, desk, sales, view, monkeypatch
):
    monkeypatch.setitem(queries.page.__kwdefaults__, "rows", 2)
    for number in range(10):
        to(world, (sales, world.mail)[number % 2], number)
    path, listed = f"/desk/views/{view}?mailbox={sales.pk}", []
    while path:
        page = desk.get(path, follow=True).content.decode()
        listed += re.findall(r'<li class="conversation[^"]*" data-number="(\d+)"', page)
        path = following_page(page)
    assert sorted(map(int, listed)) == sorted(
        Conversation.objects.filter(lies_in=sales).values_list("pk", flat=True)
    )
    assert shown(desk, sales)[1] == str(len(listed)) == "5"
