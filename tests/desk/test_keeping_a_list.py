"""A list is kept as a view with everything that narrows and orders it: the view holds the very rows of the list."""

from __future__ import annotations

import html
import random
import re
from dataclasses import fields
from itertools import product

import pytest
from django.http import QueryDict

from handrail.accounts.models import Team
from handrail.channels.inboxes import Inbox
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.labels import Priority, Tag
from handrail.conversations.queries import Filters
from handrail.conversations.status import Status
from handrail.conversations.views import SavedView
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.web.desk.conditions import OF_VIEWS
from handrail.web.desk.sources import Source, source

PLACES = ({}, {"snoozed_until": clock.now()}, {"held_by": "bot"})
MAIL, CHAT, TURNED = (
    {"channel": "mail"},
    {"channel": "chat"},
    {"channel": "chat", "ticket_since": clock.now()},
)
# What is asked for in the address, for each filter a list knows.
ASKED = {
    "status": ("open", "waiting_for_parts"),
    "team": ("0", "sales"),
    "tag": ("vip", "새 고객", "VIP", '6" 관', '"끝"'),
    "channel": ("mail", "chat"),
    "priority": ("urgent",),
    "mailbox": ("sales", "closed"),
}
EACH = [(name, value) for name, values in ASKED.items() for value in values]


@pytest.fixture
def places(world) -> dict[str, int]:
    """Two teams of which one's name holds the other's, three mailboxes likewise, and a colleague's own status."""
    sales = Team.objects.create(slug="sales", name_ko="영업", name_en="Sales")
    Team.objects.create(slug="sales-support", name_ko="영업 지원", name_en="Sales support")
    opened = {"brand": world.brand, "team": world.team, "locale": "ko", "by": SYSTEM}
    mailbox = Inbox.open_mailbox("sales@handrail.test", name="영업", **opened)
    Inbox.open_mailbox("sales@handrail.test.example", name="영업 지원", **opened)
    closed = Inbox.open_mailbox("old@handrail.test", name="옛", **opened)
    Inbox.objects.filter(pk=closed.pk).update(is_active=False)
    CustomStatus.make("open", by=SYSTEM, name_ko="부품 기다림", name_en="Waiting for parts")
    return {"sales": sales.pk, "mailbox sales": mailbox.pk, "mailbox closed": closed.pk}


@pytest.fixture
def many(world, places) -> None:
    """Each status in each place on each channel, four times over, the rest by chance."""
    by_chance = random.Random(20261129)
    other = world.staff("other@handrail.test", "정해결", "agent")
    teams, boxes = [None, *Team.objects.all()], [None, *Inbox.objects.all_mail()]
    tags = [Tag.objects.create(name=name) for name in ("vip", "새 고객", "vip 아님", '6" 관', '"끝"', "끝")]
    own = CustomStatus.objects.get()
    made = [
        Conversation(
            brand=world.brand,
            requester=world.person(),
            status=status,
            custom_status=by_chance.choice((None, own)) if status == own.category else None,
            closed_at=clock.now() if status == Status.CLOSED else None,
            assignee=by_chance.choice((None, world.agent, other)),
            team=by_chance.choice(teams),
            lies_in=by_chance.choice(boxes),
            priority=by_chance.choice(Priority.values),
            **place,
            **channel,
        )
        for status, place, channel, _time in product(Status, PLACES, (MAIL, CHAT, TURNED), range(4))
    ]
    Conversation.objects.bulk_create(made)
    for conversation in Conversation.objects.all():
        conversation.tags.set(by_chance.choices(tags, k=by_chance.randrange(2)))


def kept_from(desk, path: str) -> tuple[str, str]:
    """The form that the list's “Keep as a view” leads to is sent as it stands -> the name of the view, its query."""
    page = desk.get(path, follow=True).content.decode()
    link = html.unescape(re.search(r'href="([^"]*/views/new\?list=[^"]*)"', page)[1])
    form = desk.get(link).content.decode().partition('class="sheet')[2]
    query = html.unescape(re.search(r'name="query"[^>]*value="([^"]*)"', form)[1])
    sort = re.search(r'<option value="([^"]*)" selected', form.partition('name="sort"')[2])[1]
    sent = {"title": "둔 것", "whose": "me", "query": query, "sort": sort}
    assert desk.post("/desk/views/new", sent).status_code == 302
    return f"v{SavedView.objects.latest('pk').pk}", query


def listed(world, name: str, asked: str = "") -> list[int]:
    where: Source = source(name, QueryDict(asked), viewer=world.viewer())
    return where.numbers(viewer=world.viewer(), most=1000)


def test_every_filter_a_list_knows_is_tried_here():
    assert set(ASKED) == {each.name for each in fields(Filters)}


@pytest.mark.parametrize("view", OF_VIEWS)
def test_a_view_kept_from_a_list_holds_its_rows_whatever_it_is_narrowed_to(world, desk, many, places, view):
    for name, value in EACH:
        asked = f"{name}={places.get(f'{name} {value}', places.get(value, value))}"
        rows = listed(world, view, asked)
        kept, query = kept_from(desk, f"/desk/views/{view}/?{asked}")
        assert listed(world, kept) == rows, (asked, query)
        if view == "all":
            assert 0 < len(rows) < len(listed(world, view)), "the filter is one that leaves some out"


def test_all_filters_at_once_and_in_english(world, desk, many, places):
    world.agent.set_up(locale="en", by=world.agent)
    asked = f"status=open&team={places['sales']}&channel=mail&priority=urgent&mailbox={places['mailbox sales']}&tag=새 고객"
    kept, query = kept_from(desk, f"/desk/views/all/?{asked}")
    assert query == (
        'status:open team:Sales channel:mail priority:urgent mailbox:sales@handrail.test tag:"새 고객"'
        " -status:snoozed -status:bot"
    )
    assert listed(world, kept) == listed(world, "all", asked)


@pytest.mark.parametrize("order", ["newest", "oldest", "urgent"])
def test_the_order_is_kept_too(world, desk, many, order):
    asked = f"channel=mail&order={order}"
    kept, _query = kept_from(desk, f"/desk/views/unassigned/?{asked}")
    assert listed(world, kept) == listed(world, "unassigned", asked)


def test_a_team_or_mailbox_nobody_may_know_of_narrows_neither_the_list_nor_what_is_kept(world, desk, many):
    hidden = Team.objects.create(slug="secret", name_ko="숨은팀", name_en="Hidden", is_private=True)
    theirs = Inbox.open_mailbox(
        "secret@handrail.test", brand=world.brand, name="비밀", team=hidden, locale="ko", by=SYSTEM
    )
    asked = f"team={hidden.pk}&mailbox={theirs.pk}"
    assert listed(world, "all", asked) == listed(world, "all")
    form = desk.get(f"/desk/views/new?list=all&{asked}").content.decode()
    assert "secret@" not in form and "숨은팀" not in form and "비밀" not in form
    world.agent.set_up(locale="en", by=world.agent)
    said = "There is no mailbox called “비밀”."
    assert said in desk.get("/desk/search", {"query": "메일함:비밀"}).content.decode()


def test_a_mailbox_can_be_picked_and_asked_for_by_name_address_or_as_none(world, desk, many, places):
    form = desk.get("/desk/views/new").content.decode()
    assert 'name="pick_mailbox"' in form and 'value="sales@handrail.test"' in form
    sent = {"title": "영업 메일", "whose": "me", "query": "", "sort": "newest"}
    desk.post("/desk/views/new", sent | {"pick_mailbox": "sales@handrail.test"})
    view = SavedView.objects.get()
    assert view.query == "메일함:sales@handrail.test"
    wanted = listed(world, "all", f"mailbox={places['mailbox sales']}")
    for query in (view.query, "mailbox:SALES@handrail.test", "메일함:영업"):
        SavedView.objects.update(query=query)
        assert listed(world, f"v{view.pk}") == wanted, query
    SavedView.objects.update(query="mailbox:none")
    lying_nowhere = Conversation.objects.visible_to(world.viewer()).unsolved().filter(lies_in=None)
    assert listed(world, f"v{view.pk}") == list(lying_nowhere.newest_first().values_list("pk", flat=True))


def test_a_ticket_is_asked_for_with_yes_or_no(world, desk, many):
    world.agent.set_up(locale="en", by=world.agent)
    assert "takes yes or no" in desk.get("/desk/search", {"query": "티켓:글쎄"}).content.decode()
    view = SavedView.make("티켓", "티켓:예 채널:채팅", by=world.agent)
    turned = Conversation.objects.visible_to(world.viewer()).unsolved().filter(ticket_since__isnull=False)
    assert sorted(listed(world, f"v{view.pk}")) == sorted(turned.values_list("pk", flat=True))
