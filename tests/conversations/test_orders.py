"""The orders people read all day are read off an index; what no index holds is sorted, and no more of it than is said."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from handrail.conversations import orders, viewing
from handrail.conversations.models import Conversation
from handrail.conversations.orders import GROUPS, SORTS, is_held
from handrail.conversations.queries import EVERYTHING, Filters
from handrail.conversations.viewing import numbers_of, page_of, urgent_first
from handrail.core.actors import SYSTEM
from tests.plans import steps

SORTED = re.compile(r"B-TREE FOR|^\s*(->)?\s*(Incremental )?Sort", re.MULTILINE)
HELD = [(sort, group) for sort in SORTS for group in GROUPS if is_held(sort, group)]
PRIORITIES = ("low", "urgent", "normal", "high", "urgent", "low")


@pytest.fixture
def six(world):
    made = [world.conversation() for _each in PRIORITIES]
    for conversation, priority in zip(made, PRIORITIES, strict=True):
        conversation.set_priority(priority, by=world.agent)
    return made


def plan_of(ask):
    """How the database walks the page: the plan of the sentence that asks for its rows."""
    with CaptureQueriesContext(connection) as caught:
        ask()
    (sql,) = [each["sql"] for each in caught.captured_queries if "last_message_text" in each["sql"]]
    return steps(sql)


def test_what_is_held_is_what_people_read_all_day():
    assert {("newest", ""), ("oldest", ""), ("priority", ""), ("created", ""), ("created_first", "")} <= {
        *HELD
    }
    assert {("newest", group) for group in GROUPS} <= {*HELD}


@pytest.mark.parametrize(("sort", "group"), HELD)
def test_a_view_in_an_order_that_is_held_is_read_without_sorting(world, six, sort, group):
    plan = plan_of(lambda: page_of("", viewer=world.viewer(), sort=sort, group=group))
    assert not SORTED.search(plan), plan


@pytest.mark.parametrize(("sort", "group"), HELD)
def test_its_next_page_too(world, six, sort, group):
    first = page_of("", viewer=world.viewer(), sort=sort, group=group, rows=2)
    assert first.after
    plan = plan_of(
        lambda: page_of("", viewer=world.viewer(), sort=sort, group=group, rows=2, after=first.after)
    )
    assert not SORTED.search(plan), plan


@pytest.mark.parametrize("view", ["mine", "unassigned", "all"])
def test_the_views_everybody_has_are_read_most_urgent_first_without_sorting(world, six, view):
    plan = plan_of(lambda: urgent_first(view, viewer=world.viewer()))
    assert not SORTED.search(plan), plan


@pytest.mark.parametrize("query", ["assignee:me", "assignee:none", "team:support", "mailbox"])
def test_most_urgent_first_within_a_team_an_agent_and_a_mailbox(world, six, query):
    if query == "mailbox":
        plan = plan_of(
            lambda: urgent_first("all", viewer=world.viewer(), filters=Filters(mailbox=world.mail.pk))
        )
    else:
        plan = plan_of(lambda: page_of(query, viewer=world.viewer(), sort="priority"))
    assert not SORTED.search(plan), plan


def test_the_twin_an_order_without_an_index_is_sorted(world, six):
    assert not is_held("priority", "team")
    plan = plan_of(lambda: page_of("", viewer=world.viewer(), sort="priority", group="team"))
    assert SORTED.search(plan)


def test_most_urgent_first_is_in_order_page_by_page(world, six):
    viewer, found, after = world.viewer(), [], ""
    for _page in range(3):
        page = urgent_first("all", viewer=viewer, filters=EVERYTHING, after=after, rows=2)
        found += [row.priority for row in page.rows]
        after = page.after
    assert found == ["urgent", "urgent", "high", "normal", "low", "low"] and not after


def test_what_no_index_holds_is_sorted_up_to_a_number_and_says_so(world, six, monkeypatch):
    for module in (orders, viewing):
        monkeypatch.setattr(module, "SORTED_MOST", 4)
    six[0].hand_to_team(world.team, by=SYSTEM)
    with translation.override("en"):
        page = page_of("", viewer=world.viewer(), sort="oldest", group="priority")
    oldest = [each.number for each in Conversation.objects.oldest_first()[:4]]
    assert sorted(row.number for row in page.rows) == sorted(oldest)
    assert page.hints == ["Only the first 4 are put in this order: What has waited longest first."]
    assert sorted(numbers_of("", viewer=world.viewer(), sort="oldest", group="priority", most=9)) == sorted(
        oldest
    )
    monkeypatch.setattr(viewing, "SORTED_MOST", 6)
    assert page_of("", viewer=world.viewer(), sort="oldest", group="priority").hints == []
