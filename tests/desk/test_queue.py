"""대기열: whose turn it is, in one order for the customer's place and the desk's list, and taking the next by one press."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.accounts.models import Role, Team
from handrail.conversations.conversation import Conversation
from handrail.conversations.opening import open_conversation
from handrail.conversations.queries import Filters, page
from handrail.conversations.queue import ahead_of, take_next, waits_of
from handrail.core import clock
from handrail.core.actors import BOT, SYSTEM
from tests.desk.conftest import signed_in

QUEUE_QUERIES = 8  # those of a list, one more for the places and one for the longest wait
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def chat(world, *, at: datetime | None = None, name: str = "고객", team: Team | None = None) -> Conversation:
    with clock.at(at or clock.now()):
        person = world.person(f"{name}@example.com", name)
        found = open_conversation(
            world.chat, requester=person, by=person, channel="chat", held_by="bot", team=team or world.team
        )
        found.receive(f"{name} 질문", by=person)
        found.hand_over(reason="asked", by=BOT)
    return found


def fresh(conversation: Conversation) -> Conversation:
    return Conversation.objects.get(pk=conversation.pk)


def order(world, **options) -> list[int]:
    return [row.number for row in page("queue", viewer=world.viewer(), **options).rows]


def test_urgent_first_then_chats_then_who_has_waited_longest(world):
    late = chat(world, at=MONDAY, name="a")
    mail = world.conversation()
    early = chat(world, at=MONDAY - timedelta(minutes=5), name="b")
    urgent = world.conversation(subject="급해요")
    urgent.set_priority("urgent", by=world.agent)
    low = chat(world, at=MONDAY - timedelta(hours=1), name="c")
    low.set_priority("low", by=world.agent)

    assert order(world) == [urgent.pk, early.pk, late.pk, mail.pk, low.pk]


def test_the_place_a_customer_is_told_is_the_place_in_the_list(world):
    other = Team.objects.create(slug="other", name_ko="다른 팀", name_en="Other")
    here = [chat(world, at=MONDAY + timedelta(minutes=n), name=f"h{n}") for n in range(4)]
    [chat(world, at=MONDAY - timedelta(minutes=n), name=f"o{n}", team=other) for n in range(3)]
    here[3].set_priority("high", by=world.agent)
    urgent_mail = world.conversation()
    urgent_mail.set_priority("urgent", by=world.agent)

    found = page("queue", viewer=world.viewer())
    waits = waits_of(found)
    assert len(waits) == 8
    for each in Conversation.objects.all():
        assert waits[each.pk].place == ahead_of(each) + 1, each
    assert [waits[each.pk].place for each in here] == [3, 4, 5, 2]
    # On the next page, and narrowed, it is the same.
    second = page(
        "queue", viewer=world.viewer(), rows=3, after=page("queue", viewer=world.viewer(), rows=3).after
    )
    assert {n: wait.place for n, wait in waits_of(second).items()} == {n: waits[n].place for n in second.keys}
    narrow = page("queue", viewer=world.viewer(), filters=Filters(priority="normal"))
    assert {n: wait.place for n, wait in waits_of(narrow).items()} == {n: waits[n].place for n in narrow.keys}


def test_who_has_somebody_was_answered_is_put_aside_or_over_does_not_wait(world):
    taken, answered, aside, over, bots = (chat(world, name=f"n{n}") for n in range(5))
    taken.assign(to=world.agent, by=world.agent)
    answered.reply("네", by=world.agent)
    answered.assign(to=None, by=world.agent)
    aside.snooze(until=clock.now() + timedelta(days=1), by=world.agent)
    over.set_status("solved", by=world.agent)
    bots_person = world.person("bot@example.com")
    open_conversation(world.chat, requester=bots_person, by=bots_person, channel="chat", held_by="bot")

    assert order(world) == [bots.pk]
    assert ahead_of(fresh(taken)) == 0
    taken.assign(to=None, by=world.agent)
    assert order(world) == [taken.pk, bots.pk]


def test_pages_follow_each_other_in_the_order_of_turns(world):
    with clock.at(MONDAY):
        for n in range(7):
            chat(world, at=MONDAY, name=f"p{n}").set_priority(("high", "low")[n % 2], by=world.agent)
    seen, after = [], ""
    for _ in range(5):
        found = page("queue", viewer=world.viewer(), after=after, rows=3)
        seen += [row.number for row in found.rows]
        after = found.after
        if not after:
            break
    assert seen == order(world) and len(seen) == 7


def test_one_press_takes_the_top_and_opens_it(world, desk):
    first, second = (
        chat(world, at=MONDAY, name="first"),
        chat(world, at=MONDAY + timedelta(minutes=1), name="second"),
    )

    answer = desk.post("/desk/views/queue/next")

    assert answer["Location"] == f"/desk/conversations/{first.pk}?in=queue"
    assert fresh(first).assignee == world.agent and fresh(second).assignee is None
    assert order(world) == [second.pk]
    assert first.requester.name in desk.get(answer["Location"]).content.decode()


def test_narrowed_to_a_team_the_next_is_of_that_team_and_an_empty_queue_says_so(world, desk):
    other = Team.objects.create(slug="other", name_ko="다른 팀", name_en="Other")
    chat(world, at=MONDAY, name="first")
    theirs = chat(world, at=MONDAY + timedelta(minutes=1), name="second", team=other)

    answer = desk.post("/desk/views/queue/next", {"where": f"team={other.pk}"})
    assert answer["Location"].startswith(f"/desk/conversations/{theirs.pk}?")
    answer = desk.post("/desk/views/queue/next", {"where": f"team={other.pk}"})
    assert answer["Location"] == f"/desk/views/queue/?team={other.pk}&empty=1"
    assert 'role="status"' in desk.get(answer["Location"]).content.decode()


def test_what_a_colleague_took_meanwhile_is_passed_over(world, monkeypatch):
    """Between looking and taking a colleague was quicker: the second one is taken instead."""
    first, second = (
        chat(world, at=MONDAY, name="first"),
        chat(world, at=MONDAY + timedelta(minutes=1), name="second"),
    )
    colleague = world.staff("two@handrail.test", "둘째", Role.AGENT)
    locked = Conversation.objects.select_for_update

    def quicker(*args, **options):
        monkeypatch.setattr(
            type(Conversation.objects), "select_for_update", lambda _self, *a, **o: locked(*a, **o)
        )
        fresh(first).assign(to=colleague, by=colleague)
        return locked(*args, **options)

    monkeypatch.setattr(
        type(Conversation.objects), "select_for_update", lambda _self, *a, **o: quicker(*a, **o)
    )
    taken = take_next(world.viewer(), by=world.agent)

    assert taken == second
    assert fresh(first).assignee == colleague


def test_a_private_teams_queue_is_its_members(world, desk):
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    chat(world, name="secret", team=hr)

    assert "secret" not in desk.get("/desk/views/queue/").content.decode()
    assert desk.get("/desk/counts").json()["counts"]["queue"] == "0"
    assert desk.post("/desk/views/queue/next")["Location"].endswith("empty=1")
    hr.add(world.agent, by=SYSTEM)
    assert "secret" in desk.get("/desk/views/queue/").content.decode()
    assert desk.get("/desk/counts").json()["counts"]["queue"] == "1"


def test_who_reads_no_conversations_sees_no_queue_and_takes_nothing(world):
    waiting = chat(world, name="waits")
    author = signed_in(world.staff("author@handrail.test", "글쓴이", Role.AUTHOR))

    assert author.get("/desk/views/queue/").status_code == 404
    assert author.post("/desk/views/queue/next").status_code == 404
    assert fresh(waiting).assignee is None


def test_place_wait_and_team_stand_in_each_line(world, desk):
    chat(world, at=clock.now() - timedelta(minutes=14), name="오래")
    chat(world, at=clock.now() - timedelta(minutes=3), name="방금")
    text = desk.get("/desk/views/queue/").content.decode()
    lines = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line))
        for line in text.split('<li class="conversation')[1:]
    ]

    assert " 1 " in lines[0] and "14" in lines[0] and "고객지원팀" in lines[0] and "오래" in lines[0]
    assert " 2 " in lines[1] and "방금" in lines[1]


def test_words_of_a_stranger_are_escaped(world, desk):
    person = world.person("x@example.com", '<img src=x onerror="a()">')
    found = world.conversation(person, subject="<script>1</script>", text="<b>굵게</b>")
    text = desk.get("/desk/views/queue/").content.decode()
    assert f"#{found.pk}" in text
    assert "<script>1" not in text and "<img src=x" not in text and "<b>굵게" not in text


@pytest.mark.parametrize("rows", [2, 50])
def test_the_queue_costs_the_same_for_two_rows_and_for_fifty(world, desk, rows, django_assert_num_queries):
    for n in range(rows):
        chat(world, name=f"c{n}").tag("환불", by=world.agent)
    desk.get("/desk/views/queue/")
    with django_assert_num_queries(QUEUE_QUERIES):
        response = desk.get("/desk/views/queue/")
    assert response.content.decode().count('<li class="conversation') == rows


@pytest.mark.only_on("sqlite")  # plans are read from it
def test_places_are_read_off_the_index_of_the_queue(world):
    for n in range(3):
        found = chat(world, name=f"c{n}")
    queue = page("queue", viewer=world.viewer())
    with CaptureQueriesContext(connection) as caught:
        waits_of(queue)
        ahead_of(fresh(found))
    plans = []
    with connection.cursor() as cursor:
        for asked in caught:
            if "queue_rank" in asked["sql"] and "SELECT" in asked["sql"]:
                cursor.execute("EXPLAIN QUERY PLAN " + asked["sql"])
                plans += [line[3] for line in cursor.fetchall()]
    assert not [step for step in plans if step.startswith("SCAN") and "INDEX" not in step], plans


def following_page(shown: str) -> str:
    """Where "Next page" leads, "" on the last."""
    link = re.search(r'<a [^>]*href="([^"]*)"[^>]*rel="next"', shown)
    return unescape(link[1]) if link else ""


def rail_and_list(browser) -> tuple[int, int]:
    """The number beside 대기열 at the side, and how many rows its list has on all its pages."""
    path, listed, counted = "/desk/views/queue/", 0, None
    while path:
        shown = browser.get(path, follow=True).content.decode()
        listed += shown.count('class="conversation by-columns queue-turn"')
        counted = counted or re.search(r'data-count="queue">(\d+)<', shown)[1]
        path = following_page(shown)
    assert browser.get("/desk/counts").json()["counts"]["queue"] == counted
    return int(counted), listed


def test_the_number_at_the_side_is_what_the_list_shows_for_whoever_looks(world, monkeypatch):
    monkeypatch.setitem(page.__kwdefaults__, "rows", 4)
    sales = Team.objects.create(slug="sales", name_ko="영업팀", name_en="Sales")
    hidden = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    for team, many in ((world.team, 3), (sales, 2), (hidden, 4)):
        for n in range(many):
            chat(world, name=f"{team.slug}{n}", team=team)
    mailed = world.conversation()
    member = world.staff("hr@handrail.test", "최인사", Role.AGENT)
    hidden.add(member, by=SYSTEM)
    everybody, insider = signed_in(world.agent), signed_in(member)

    assert rail_and_list(everybody) == (6, 6) and rail_and_list(insider) == (10, 10)

    mailed.assign(to=member, by=member)
    of_hidden, of_sales = (Conversation.objects.filter(team=team).first() for team in (hidden, sales))
    of_hidden.hand_to_team(sales, by=member)
    of_sales.snooze(until=clock.now() + timedelta(days=1), by=member)
    assert rail_and_list(everybody) == (5, 5) and rail_and_list(insider) == (8, 8)

    hidden.add(world.agent, by=SYSTEM)
    hidden.drop(member, by=SYSTEM)
    assert rail_and_list(everybody) == (8, 8) and rail_and_list(insider) == (5, 5)
