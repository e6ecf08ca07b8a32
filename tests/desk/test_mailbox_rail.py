"""Mailboxes at the side: what is open and unread in each, for who may see it, and in words which is disconnected."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from handrail.accounts.models import Role, Team
from handrail.channels import health
from handrail.channels.inboxes import Inbox
from handrail.conversations import queries
from handrail.conversations.opening import open_conversation
from handrail.conversations.per_mailbox import Lies, per_mailbox
from handrail.conversations.read_marks import note_read
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.web.desk import mailbox_rail
from tests.desk.conftest import signed_in


@pytest.fixture
def sales(world) -> Inbox:
    return Inbox.open_mailbox(
        "sales@handrail.test", brand=world.brand, name="영업", team=world.team, locale="ko", by=SYSTEM
    )


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
    assert per_mailbox(world.viewer()) == {sales.pk: Lies(1, 1)}


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


def test_counts_are_asked_for_live_and_cut_off(world, desk, sales, monkeypatch):
    desk.get("/desk/")
    for number in range(3):
        to(world, sales, number)
    assert desk.get("/desk/counts").json()["unread"][f"m{sales.pk}"] == "3"
    monkeypatch.setattr("handrail.web.desk.frame.COUNTED_MOST", 2)
    assert desk.get("/desk/counts").json()["unread"][f"m{sales.pk}"] == "2+"


def test_where_counting_is_slow_it_is_not_done_again_at_each_word(
    world, desk, sales, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(mailbox_rail, "SLOW_SECONDS", -1)
    viewer = world.viewer()
    mailbox_rail.mailboxes(viewer, afresh=True)
    with django_assert_num_queries(0):
        mailbox_rail.mailboxes(viewer, afresh=True)


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
