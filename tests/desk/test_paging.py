"""Customers, organisations, mentions, what one follows, and notices: page by page, without a gap or a repeat, at one cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.contacts.identify import identify
from handrail.contacts.merging import merge
from handrail.contacts.models import Organisation, Person
from handrail.conversations.following import Mention, follow
from handrail.conversations.messages import Note
from handrail.conversations.notices.notice import Notice
from handrail.core import clock
from handrail.core.actors import SYSTEM

MANY = 125  # three pages of fifty, the last not full


def people(world) -> list[str]:
    for at in range(MANY):
        identify("email", f"p{at:03}@example.com", by=SYSTEM, name=f"고객{at:03}")
    return [f"고객{at:03}" for at in reversed(range(MANY))]


def organisations(world) -> list[str]:
    made = [Organisation.objects.create(name=f"회사{at:03}") for at in range(250)]
    return [each.name for each in made]


def mentions(world) -> list[str]:
    conversation, now = world.conversation(), clock.now()
    for at in range(MANY):
        note = Note.objects.create(
            conversation=conversation, seq=at + 50, author=world.agent, text=f"쪽지{at:03}"
        )
        # Two of one moment: the number settles which is first.
        moment = now - timedelta(minutes=at // 2)
        Mention.objects.create(conversation=conversation, note=note, user=world.agent, at=moment)
    known = Mention.objects.order_by("-at", "-pk").select_related("note")
    return [each.note.text for each in known]


def followed(world) -> list[str]:
    person = world.person()
    made = [world.conversation(person, subject=f"제목{at:03}") for at in range(MANY)]
    for each in made:
        follow(each, user=world.agent, by=world.agent)
    return [each.subject for each in reversed(made)]


def notices(world) -> list[str]:
    conversation, now = world.conversation(), clock.now()
    Notice.objects.all().delete()
    for at in range(MANY):
        Notice.objects.create(
            user=world.agent,
            conversation=conversation,
            kind="assigned",
            key=f"{at}",
            who=f"동료{at:03}",
            at=now - timedelta(minutes=at // 3),
        )
    return [each.who for each in Notice.objects.order_by("-at", "-pk")]


LISTS = [
    ("/desk/people", people, r"고객\d{3}"),
    ("/desk/organisations", organisations, r"회사\d{3}"),
    ("/desk/mentions", mentions, r"쪽지\d{3}"),
    ("/desk/following", followed, r"제목\d{3}"),
    ("/desk/notices", notices, r"동료\d{3}"),
]


def pages(desk, path: str, wanted: str):
    """(names in their order, queries) of each page, following `next`."""
    while path:
        with CaptureQueriesContext(connection) as asked:
            html = desk.get(path).content.decode()
        main = html[html.index("<main") :]
        yield list(dict.fromkeys(re.findall(wanted, main))), len(asked)
        onward = re.search(r'href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"', main)
        path = (onward[1] or onward[2]).replace("&amp;", "&") if onward else ""


@pytest.mark.parametrize(("path", "fill", "wanted"), LISTS)
def test_pages_follow_each_other_without_a_gap_or_a_repeat_and_cost_the_same(world, desk, path, fill, wanted):
    expected = fill(world)
    desk.get(path)  # what is kept for half a minute is kept now

    seen, costs = zip(*pages(desk, path, wanted), strict=True)

    assert [name for page in seen for name in page] == expected
    assert len(seen) >= 3
    # A place in the list costs nothing; the first page of mentions has the asides above it, organisations look their place up.
    assert max(costs[1:]) <= costs[0] + 1


@pytest.mark.parametrize("path", [path for path, _fill, _wanted in LISTS])
@pytest.mark.parametrize("place", ["x", "-1", "9" * 30, "1-2-3", "%00"])
def test_a_place_nobody_wrote_shows_a_list(desk, path, place):
    assert desk.get(f"{path}?after={place}&before={place}").status_code == 200


@pytest.mark.only_on("sqlite")  # plans are read from it
@pytest.mark.parametrize(
    ("make", "index"),
    [
        (lambda world: mentions(world), "mentions_by_time"),
        (lambda world: notices(world), "notices_of_colleague"),
    ],
)
def test_a_later_page_is_a_range_of_an_index(world, desk, make, index):
    make(world)
    path = "/desk/mentions" if index == "mentions_by_time" else "/desk/notices"
    table = "conversations_mention" if index == "mentions_by_time" else "conversations_notice"
    first = desk.get(path).content.decode()
    after = re.search(r"after=([\d-]+)", first)[1]
    with CaptureQueriesContext(connection) as asked:
        desk.get(f"{path}?after={after}")
    rows = next(
        each["sql"] for each in asked if f'FROM "{table}"' in each["sql"] and "LIMIT 51" in each["sql"]
    )
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + rows)
        plan = " | ".join(row[3] for row in cursor.fetchall())
    assert index in plan
    assert re.search(rf"{table} USING INDEX {index} \(user_id=\? AND at<\?\)", plan), plan


def test_whoever_was_merged_stands_once_where_the_one_that_goes_on_stands(world, desk):
    people(world)
    old, new = (Person.objects.get(name=name) for name in ("고객003", "고객124"))
    merge(new, into=old, by=world.agent)

    seen = [name for page, _cost in pages(desk, "/desk/people", r"고객\d{3}") for name in page]

    assert seen.count("고객003") == 1
    assert "고객124" not in seen
    found = desk.get("/desk/people", {"query": "p124@example.com"}).content.decode()
    assert "고객003" in found
