import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.accounts.models import Role
from handrail.conversations import queries
from handrail.conversations.conversation import Conversation
from handrail.conversations.queries import Filters, page
from handrail.conversations.views import SavedView
from handrail.core import clock
from tests.desk.conftest import signed_in

LIST_QUERIES = (
    6  # session, user, teams, rows, tags, counts; team names, brand and the alert are kept for seconds
)


def make(world, count):
    for n in range(count):
        person = world.person(f"c{n}@example.com", f"고객{n}")
        conversation = world.conversation(person, subject=f"문의 {n}")
        conversation.tag("환불", by=world.agent)
    return conversation


@pytest.mark.parametrize("rows", [1, 50])
def test_a_list_costs_the_same_for_one_row_and_for_fifty(world, desk, rows, django_assert_num_queries):
    make(world, rows)
    desk.get("/desk/views/all/")
    with django_assert_num_queries(LIST_QUERIES):
        response = desk.get("/desk/views/all/")
    assert response.content.decode().count('class="conversation"') == rows


@pytest.mark.only_on("sqlite")  # plans are read from it
@pytest.mark.parametrize("view", list(queries.VIEWS))
@pytest.mark.parametrize("after", ["", "1700000000000000-1042"])
def test_no_list_scans_conversations_or_sorts_them(world, view, after):
    world.conversation()
    with CaptureQueriesContext(connection) as caught:
        page(view, viewer=world.viewer(), after=after)
    rows_sql = next(q["sql"] for q in caught if "last_message_text" in q["sql"])
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + rows_sql)
        plan = [line[3] for line in cursor.fetchall()]
    assert not [
        step for step in plan if step.startswith("SCAN conversations_conversation") or "TEMP B-TREE" in step
    ], plan


def test_each_view_shows_what_its_name_says(world, desk):
    mine, other, pending, solved = (
        world.conversation(subject=name) for name in ("내것", "남것", "대기것", "끝난것")
    )
    mine.assign(to=world.agent, by=world.agent)
    other.assign(to=world.staff("two@handrail.test", "둘째", Role.AGENT), by=world.agent)
    pending.set_status("pending", by=world.agent)
    solved.set_status("solved", by=world.agent)

    def shown(view):
        text = desk.get(f"/desk/views/{view}/").content.decode()
        return {name for name in ("내것", "남것", "대기것", "끝난것") if name in text}

    assert shown("mine") == {"내것"}
    assert shown("unassigned") == {"대기것"}
    assert shown("all") == {"내것", "남것", "대기것"}
    assert shown("pending") == {"대기것"}
    assert shown("solved") == {"끝난것"}
    assert "내것" in desk.get("/desk/").content.decode()


def test_a_list_says_where_the_newest_words_are_from_somebody_nobody_vouches_for(world, desk):
    conversation = world.conversation()
    assert 'class="claims"' not in desk.get("/desk/views/all/").content.decode()
    conversation.receive("저예요", by=conversation.requester, is_verified=False)
    assert desk.get("/desk/views/all/").content.decode().count('class="claims"') == 1
    conversation.reply("안내해 드려요", by=world.agent)
    assert 'class="claims"' not in desk.get("/desk/views/all/").content.decode()


def test_a_list_names_who_wrote_the_newest_words_where_that_is_not_the_requester(world, desk):
    conversation = world.conversation()
    mark = 'class="beside" data-meaning="waiting"'

    def row() -> str:
        return desk.get("/desk/views/all/").content.decode().partition('class="conversation"')[2]

    assert mark not in row()
    thief = world.person("thief@evil.example", conversation.requester.name)
    named = {"author_name": conversation.requester.name, "from_address": "thief@evil.example"}
    conversation.receive("계좌를 바꿔 주세요", by=thief, is_verified=False, **named)
    said = row().partition("계좌를 바꿔 주세요")[0]
    assert mark in said and "thief@evil.example" in said and 'class="claims"' not in said

    conversation.receive("휴가 중이에요", by=conversation.requester, is_automatic=True)
    assert mark in row(), "an automatic word leaves the shown one as it is"
    merge_into(conversation.requester, thief)
    assert mark not in row()
    conversation.receive("동료예요", by=world.person("friend@example.com", "박준"))
    assert mark in row() and "박준" in row()
    conversation.reply("안내해 드려요", by=world.agent)
    assert mark not in row()


@pytest.mark.parametrize("view", ["queue", "bare"])
def test_so_does_a_list_of_other_columns(world, desk, view):
    """The queue names who wrote; a view without the newest words has the mark beside the subject."""
    conversation = world.conversation()
    bare = SavedView.make("제목만", "환불", by=world.agent, columns=["status"])
    path = f"/desk/views/{view if view == 'queue' else f'v{bare.pk}'}/"
    marks = ('class="claims"', "thief@evil.example")

    def shown():
        page = desk.get(path).content.decode().partition('data-number="')[2]
        return [mark for mark in marks if mark in page]

    assert shown() == []
    thief = world.person("thief@evil.example", "도둑")
    said = {"is_verified": False, "from_address": "thief@evil.example"}
    conversation.receive("계좌를 바꿔 주세요", by=thief, **said)
    assert shown() == [marks[1] if view == "queue" else marks[0]]
    conversation.receive("저예요", by=conversation.requester, is_verified=False)
    assert shown() == [marks[0]]


def merge_into(person, double) -> None:
    type(double).objects.filter(pk=double.pk).update(merged_into=person)


def test_counts_follow_every_change(world, desk):
    conversation = world.conversation()
    assert desk.get("/desk/counts").json()["counts"] == {
        "mine": "0",
        "queue": "1",
        "unassigned": "1",
        "all": "1",
    }
    conversation.assign(to=world.agent, by=world.agent)
    assert desk.get("/desk/counts").json()["counts"] == {
        "mine": "1",
        "queue": "0",
        "unassigned": "0",
        "all": "1",
    }
    conversation.set_status("solved", by=world.agent)
    assert desk.get("/desk/counts").json()["counts"] == {
        "mine": "0",
        "queue": "0",
        "unassigned": "0",
        "all": "0",
    }


def test_a_count_stops_where_nobody_reads_on(world, desk, monkeypatch):
    monkeypatch.setattr(queries, "COUNTED_MOST", 2)
    monkeypatch.setattr("handrail.web.desk.frame.COUNTED_MOST", 2)
    make(world, 4)
    assert desk.get("/desk/counts").json()["counts"]["all"] == "2+"


def test_pages_follow_each_other_without_a_gap_or_a_repeat(world):
    moment = clock.now()
    with clock.at(moment):
        make(world, 7)  # all at one moment, so that only the number tells them apart
    seen, after = [], ""
    for _ in range(5):
        found = page("all", viewer=world.viewer(), after=after, rows=3)
        seen += [row.number for row in found.rows]
        after = found.after
        if not after:
            break
    assert seen == sorted(Conversation.objects.values_list("pk", flat=True), reverse=True)


def test_the_newest_message_comes_first(world):
    old, new = world.conversation(), world.conversation()
    with clock.at(clock.now() + timedelta(minutes=1)):
        old.receive("아직인가요?", by=old.requester)
    assert [row.number for row in page("all", viewer=world.viewer()).rows] == [old.number, new.number]


def test_filters_narrow_together(world):
    wanted, other = world.conversation(), world.conversation()
    for conversation in (wanted, other):
        conversation.tag("vip", by=world.agent)
    wanted.set_priority("urgent", by=world.agent)

    def numbers(**fields):
        found = page("all", viewer=world.viewer(), filters=Filters(**fields))
        return [row.number for row in found.rows]

    assert numbers(tag="vip", priority="urgent", channel="mail", status="new", team=world.team.pk) == [
        wanted.number
    ]
    assert numbers(team=0) == []


@pytest.mark.parametrize(
    "query", ["status=nonsense", "team=x", "after=broken", "after=99999999999999999-1", "tag=" + "a" * 500]
)
def test_a_strange_address_still_shows_a_list(world, desk, query):
    world.conversation()
    assert desk.get(f"/desk/views/all/?{query}").status_code == 200


def test_a_view_nobody_named_is_not_there(world, desk):
    assert desk.get("/desk/views/secret/").status_code == 404


def test_a_number_leads_straight_to_its_conversation(world, desk):
    conversation = world.conversation()
    response = desk.get("/desk/search", {"query": f"#{conversation.number}"})
    assert response.status_code == 302
    assert response["Location"] == f"/desk/conversations/{conversation.number}"


def rows_of(client, path):
    page = client.get(path).content.decode()
    shown = [int(each) for each in re.findall(r'<li class="conversation" data-number="(\d+)"', page)]
    older = re.search(r'href="([^"]+)"[^>]*rel="next"', page)
    return shown, older and older[1].replace("&amp;", "&")


def test_the_unassigned_stand_oldest_first_for_who_chose_it_and_page_without_a_gap(world, desk):
    there = [world.conversation(text="환불").number for _ in range(52)]
    assert rows_of(desk, "/desk/views/unassigned/")[0] == there[:1:-1]
    assert desk.post("/desk/views/unassigned/order", {"order": "oldest"}).url == "/desk/views/unassigned/"
    shown, older = rows_of(desk, "/desk/views/unassigned/")
    assert shown == there[:50]
    assert rows_of(desk, older) == (there[50:], None)
    # Going on from one follows the same order, and nobody else's list changes.
    page = desk.get("/desk/views/unassigned/").content.decode()
    onward = f"/desk/next?in=unassigned&where=order%3Doldest&from={there[0]}"
    assert "in=unassigned&amp;where=order%3Doldest" in page
    assert f"/desk/conversations/{there[1]}" in desk.get(onward).url
    other = signed_in(world.staff("two@handrail.test", "정해결", Role.AGENT))
    assert rows_of(other, "/desk/views/unassigned/")[0] == there[:1:-1]
    desk.post("/desk/views/unassigned/order", {"order": "newest", "where": "order=oldest&channel=mail"})
    assert rows_of(desk, "/desk/views/unassigned/")[0] == there[:1:-1]


def test_the_unassigned_stand_most_urgent_first_for_who_chose_it_and_page_without_a_gap(world, desk):
    some = [world.conversation(text="환불") for _ in range(53)]
    there = [each.number for each in some]
    for each, priority in ((some[4], "urgent"), (some[9], "high"), (some[50], "low")):
        each.set_priority(priority, by=world.agent)
    usual = [number for number in there[::-1] if number not in (there[4], there[9], there[50])]
    wanted = [there[4], there[9], *usual, there[50]]

    desk.post("/desk/views/unassigned/order", {"order": "urgent"})
    shown, more = rows_of(desk, "/desk/views/unassigned/")

    assert shown == wanted[:50]
    assert rows_of(desk, more) == (wanted[50:], None)
    assert rows_of(desk, "/desk/views/unassigned/?priority=high")[0] == [there[9]]
    onward = f"/desk/next?in=unassigned&where=order%3Durgent&from={there[4]}"
    assert f"/desk/conversations/{there[9]}" in desk.get(onward).url
    # Said at once: the next look has it in its place.
    some[30].set_priority("urgent", by=world.agent)
    assert rows_of(desk, "/desk/views/unassigned/")[0][:2] == [there[30], there[4]]
    desk.post("/desk/views/unassigned/order", {"order": "nonsense"})
    assert rows_of(desk, "/desk/views/unassigned/")[0] == there[:2:-1]


def test_a_list_by_urgency_costs_as_many_queries_for_fifty_rows_as_for_one(world, desk):
    def cost():
        desk.get("/desk/views/unassigned/?order=urgent")
        with CaptureQueriesContext(connection) as caught:
            desk.get("/desk/views/unassigned/?order=urgent")
        return len(caught)

    make(world, 1)
    few = cost()
    make(world, 49)
    assert cost() == few == LIST_QUERIES


def test_what_was_found_is_read_on_page_by_page(world, desk):
    numbers = [world.conversation(text="환불").number for _ in range(52)]
    first = desk.get("/desk/search", {"query": "환불"}).content.decode()
    older = f"/desk/search?query=%ED%99%98%EB%B6%88&amp;before={numbers[2]}"
    assert older in first
    assert f"/desk/conversations/{numbers[2]}" in first
    assert f"/desk/conversations/{numbers[1]}" not in first
    second = desk.get(older.replace("&amp;", "&")).content.decode()
    assert f"/desk/conversations/{numbers[1]}" in second
    assert f"/desk/conversations/{numbers[2]}" not in second
    assert 'rel="next"' not in second


def test_mail_that_waits_for_long_raises_an_alert_for_everybody(world, desk):
    conversation = world.conversation()
    with clock.at(clock.now() - timedelta(minutes=11)):
        conversation.reply("확인해 볼게요", by=world.agent)
    assert "10분 넘게" in desk.get("/desk/views/all/").content.decode()


def test_the_desk_speaks_the_colleagues_language(world):
    assert "미해결 전체" in signed_in(world.agent).get("/desk/views/all/").content.decode()
    world.agent.set_up(locale="en", by=world.agent)
    text = signed_in(world.agent).get("/desk/views/all/").content.decode()
    assert "All unsolved" in text
    assert 'lang="en"' in text
