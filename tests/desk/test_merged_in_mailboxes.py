"""Conversations merged across mailboxes: what goes on counts in its own mailbox, what was merged into it in none."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from handrail.channels.inboxes import Inbox
from handrail.conversations.opening import open_conversation
from handrail.conversations.splitting import split
from handrail.core import clock
from handrail.core.actors import SYSTEM
from tests.desk.test_mailbox_rail import to


def lying(desk, inbox: Inbox) -> list[int]:
    """The rows of the mailbox's list, which are as many as the number beside it says."""
    cache.clear()
    page = desk.get(f"/desk/views/all?mailbox={inbox.pk}", follow=True).content.decode()
    rows = [int(each) for each in re.findall(r'<li class="conversation[^"]*" data-number="(\d+)"', page)]
    counted = re.search(rf'data-count="m{inbox.pk}"[^>]*>([^<]*)<', page)[1]
    assert counted == str(len(rows)) == desk.get("/desk/counts").json()["unread"][f"m{inbox.pk}"]
    return rows


def merge(desk, one, into) -> None:
    path = f"/desk/conversations/{one.number}/merge"
    assert desk.post(path, {"into": f"#{into.number}"}).status_code == 302
    one.refresh_from_db()
    assert one.merged_into == into


def take_back(desk, one) -> None:
    assert desk.post(f"/desk/conversations/{one.number}/unmerge").status_code == 302
    one.refresh_from_db()
    assert one.merged_into is None


def test_what_goes_on_lies_in_its_own_mailbox_alone_and_undo_brings_both_back(world, desk, sales):
    one, into = to(world, sales), to(world, world.mail)
    assert (lying(desk, sales), lying(desk, world.mail)) == ([one.number], [into.number])
    merge(desk, one, into)
    assert (lying(desk, sales), lying(desk, world.mail)) == ([], [into.number])
    closed = desk.get(f"/desk/views/closed/?mailbox={sales.pk}").content.decode()
    assert f'data-number="{one.number}"' in closed, "its own list of closed ones leads on from it"
    take_back(desk, one)
    assert (lying(desk, sales), lying(desk, world.mail)) == ([one.number], [into.number])


def pend(one, by) -> None:
    one.set_status("pending", by=by)


def snooze(one, by) -> None:
    one.snooze(clock.now() + timedelta(hours=1), by=by)


def solve(one, by) -> None:
    one.set_status("solved", by=by)


def close(one, by) -> None:
    one.set_status("closed", by=by)


def test_undo_after_the_hour_it_was_snoozed_until_brings_it_back_at_once(world, desk, sales):
    one, into = to(world, sales), to(world, world.mail)
    snooze(one, world.agent)
    merge(desk, one, into)
    with clock.at(clock.now() + timedelta(hours=2)):
        take_back(desk, one)
        assert lying(desk, sales) == [one.number]


@pytest.mark.parametrize("before", [pend, snooze, solve, close])
def test_undo_brings_it_back_to_where_it_lay(world, desk, sales, before):
    one, into = to(world, sales), to(world, world.mail)
    before(one, world.agent)
    lay = lying(desk, sales)
    merge(desk, one, into)
    assert (lying(desk, sales), lying(desk, world.mail)) == ([], [into.number])
    take_back(desk, one)
    assert (lying(desk, sales), lying(desk, world.mail)) == (lay, [into.number])
    with clock.at(clock.now() + timedelta(hours=2)):
        world.settle()
        assert lying(desk, sales) == ([one.number] if before in (pend, snooze) else [])


def test_one_merged_on_and_on_counts_once_and_each_step_goes_back(world, desk, sales):
    first, second, third = to(world, sales), to(world, world.mail), to(world, sales)
    merge(desk, first, second)
    merge(desk, second, third)
    assert (lying(desk, sales), lying(desk, world.mail)) == ([third.number], [])
    take_back(desk, second)
    assert (lying(desk, sales), lying(desk, world.mail)) == ([third.number], [second.number])
    take_back(desk, first)
    assert sorted(lying(desk, sales)) == [first.number, third.number]
    assert lying(desk, world.mail) == [second.number]


def test_a_mail_merged_into_a_chat_lies_in_no_mailbox_until_it_is_taken_back(world, desk, sales):
    one = to(world, sales)
    chat = open_conversation(world.chat, requester=one.requester, by=SYSTEM, address="b1", subject="채팅")
    chat.receive("여기요", by=chat.requester)
    merge(desk, one, chat)
    assert (lying(desk, sales), lying(desk, world.mail)) == ([], [])
    take_back(desk, one)
    assert lying(desk, sales) == [one.number]


def test_what_is_split_off_either_of_them_lies_where_that_one_came(world, desk, sales):
    one, into = to(world, sales), to(world, world.mail)
    merge(desk, one, into)
    there, here = (split(each.messages.first(), by=world.agent) for each in (one, into))
    assert lying(desk, sales) == [there.number]
    assert sorted(lying(desk, world.mail)) == [into.number, here.number]
