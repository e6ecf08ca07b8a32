"""From a question and what followed it to numbers that open to their rows."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers.asks import Ask
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.insights.counting import DayCount
from handrail.insights.gathering import gather
from handrail.insights.journeys import Journey
from handrail.insights.metrics import BY_CODE, METRICS
from handrail.insights.searching import Narrowing, board, journeys, lately, wordings
from handrail.insights.wordings import text_key
from handrail.intake import chat
from handrail.intake.escalate import escalate
from handrail.knowledge.feedback import reads_lately
from handrail.web.console.charts import round_up, stacked
from handrail.workspace.models import Brand
from tests.desk.conftest import signed_in

AUTHOR = Viewer(user_id=1, role=Role.AUTHOR)


def only() -> Journey:
    return Journey.objects.get()


def test_a_question_becomes_one_journey_however_often_it_is_gathered(readers):
    readers.ask()

    assert gather() == 1
    assert gather() == 0

    assert only().outcome == "answer"
    assert DayCount.objects.get().asked == 1


def test_what_colleagues_ask_is_not_counted(readers):
    readers.ask(asker_kind="staff")

    gather()

    assert not Journey.objects.exists()


def test_the_day_is_the_one_of_the_sites_zone(readers):
    late = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=9)))
    with clock.at(late):
        readers.ask()
        gather()

    assert only().day == date(2026, 3, 1)


def test_an_opened_result_is_told_with_the_count_of_readers(world, readers):
    article = world.article("환불 신청하기", "<p>주문 내역에서 눌러요.</p>")
    ask = readers.ask(article=article)

    answer = Client().post(f"/hc/ko/articles/{article.pk}/reads", {"ask": ask.key, "again": ""})
    Client().post(f"/hc/ko/articles/{article.pk}/reads", {"ask": ask.key, "again": "1"})
    gather()

    assert answer.status_code == 204
    assert only().opened == article
    assert reads_lately([article.pk]) == {article.pk: 1}
    assert DayCount.objects.get().opened == 1


def test_a_key_nobody_has_counts_a_reader_and_nothing_else(world, readers):
    article = world.article("환불 신청하기", "<p>눌러요.</p>")
    readers.ask()

    assert Client().post(f"/hc/ko/articles/{article.pk}/reads", {"ask": "x" * 500}).status_code == 204
    gather()

    assert only().opened is None


def test_a_form_sent_with_the_question_is_a_contact_afterwards(world, readers):
    ask = readers.ask("배송이 안 와요", "handover")
    browser = Client()
    form = browser.get("/hc/ko/requests/new?" + urlencode({"question": ask.text, "ask": ask.key}))
    assert ask.key in form.content.decode()

    sent = browser.post(
        "/hc/ko/requests/new",
        {"email": "kim@example.com", "subject": "배송", "text": "안 와요", "client_id": "c1", "ask": ask.key},
    )
    gather()

    assert sent.status_code == 302
    assert only().is_contacted and only().conversation is not None
    assert DayCount.objects.get().contacted == 1


def test_a_chat_that_is_passed_on_is_a_contact_with_what_was_asked_in_it(world, readers):
    ask = readers.ask(channel="chat", outcome="choices")
    talk = chat.begin(Viewer(chat_key="k"), inbox=world.chat)
    talk.reply("이 중에 있나요?", by=SYSTEM, data={"ask": ask.key}, mail=False)
    talk.messages.update(author_kind="bot")
    gather()
    assert not only().is_contacted

    escalate(talk, reason="asked", by=talk.requester)
    gather()

    assert only().conversation == talk


def test_solved_and_refused_are_taken_over(world, readers):
    article = world.article("환불 신청하기", "<p>눌러요.</p>")
    solved, refused = readers.ask(article=article), readers.ask("다른 것", "choices")
    gather()

    solved.solve(article, by=STRANGER)
    refused.refuse(by=STRANGER)
    gather()

    assert Journey.objects.get(ask=solved).is_solved and not Journey.objects.get(ask=solved).is_refused
    assert Journey.objects.get(ask=refused).is_refused


def test_every_number_is_as_large_as_the_list_it_opens_to(world, readers):
    article = world.article("환불 신청하기", "<p>눌러요.</p>")
    for days_ago, outcome in enumerate(["answer", "choices", "handover", "handover", "answer"] * 3):
        ask = readers.ask(f"질문 {days_ago}", outcome, days_ago=days_ago, article=article)
        if days_ago % 2:
            ask.open(article, by=STRANGER)
        if days_ago % 5 == 0:
            ask.solve(article, by=STRANGER)
    gather()
    narrowing = lately(7)

    found = board(AUTHOR, narrowing)

    for metric in METRICS:
        assert found.counts[metric.code] == journeys(AUTHOR, narrowing, metric.code).count(), metric.code
        before = journeys(AUTHOR, narrowing.before(), metric.code).count()
        assert found.before[metric.code] == before, metric.code
        assert sum(span.counts[metric.code] for span in found.spans) == found.counts[metric.code]
    assert found.counts["asked"] == 7 and found.counts["solved"] == 2
    assert len(found.spans) == 7


def test_a_long_time_is_shown_by_weeks_and_loses_no_day(readers):
    for days_ago in range(0, 90, 3):
        readers.ask(days_ago=days_ago)
    gather()

    spans = board(AUTHOR, lately(90)).spans

    assert sum(span.counts["asked"] for span in spans) == 30
    assert len(spans) == 13
    assert all((later.first - earlier.last).days == 1 for earlier, later in pairwise(spans))


def test_the_same_question_with_other_spaces_is_one_wording(readers):
    for text in ("환불 언제 돼요?", "환불언제돼요", "환불 언제 돼요 "):
        readers.ask(text, "handover")
    readers.ask("배송 조회")
    gather()

    most, other = wordings(AUTHOR, lately(7), "asked")

    assert (most.asked, most.nothing, other.asked) == (3, 3, 1)
    assert [each.asked for each in wordings(AUTHOR, lately(7), "nothing")] == [3]
    assert text_key("ABC-1") == text_key("abc 1")


def test_narrowing_takes_channel_and_language(readers):
    readers.ask(channel="chat")
    readers.ask(locale="en")
    gather()

    assert board(AUTHOR, lately(7, channel="chat")).counts["asked"] == 1
    assert board(AUTHOR, lately(7, locale="en")).counts["asked"] == 1
    assert board(AUTHOR, lately(7, locale="en", channel="chat")).counts["asked"] == 0


def test_who_may_not_read_employees_articles_does_not_learn_what_employees_ask(world, readers, monkeypatch):
    employee = world.person("employee@handrail.test", assurance=2)
    employee.kind = "employee"
    employee.save()
    asked = readers.ask("연차 규정 알려줘", by=employee)
    readers.ask("배송 조회")
    gather()
    browser = author_browser(world)
    assert "연차 규정" in browser.get("/console/insights").content.decode()

    # As a policy would have it in which authors do not belong to the employees' audience.
    monkeypatch.setattr(Viewer, "audiences", property(lambda self: ("public", "signed_in")))

    for path in (
        "/console/insights",
        "/console/insights?as=csv",
        "/console/insights/questions",
        "/console/insights/questions?as=json",
        f"/console/insights/questions?wording={text_key(asked.text)}",
    ):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "연차" not in answer.content.decode(), path
    assert browser.get(f"/console/insights/questions/{asked.key}").status_code == 404
    assert board(AUTHOR, lately(7)).counts["asked"] == 1


def author_browser(world) -> Client:
    from tests.desk.conftest import signed_in

    return signed_in(world.staff("author@handrail.test", "민가은", Role.AUTHOR))


@pytest.mark.parametrize("viewer", [STRANGER, Viewer(user_id=1, role=Role.AGENT)])
def test_without_the_right_there_are_no_numbers(readers, viewer):
    readers.ask()
    gather()

    assert board(viewer, lately(7)).counts["asked"] == 0
    assert not journeys(viewer, lately(7)).exists()


def test_the_page_costs_the_same_for_one_question_and_for_many(
    world, readers, author, django_assert_max_num_queries
):
    readers.ask()
    gather()
    author.get("/console/insights")
    with django_assert_max_num_queries(22) as few:
        author.get("/console/insights?days=365")
    for number in range(200):
        readers.ask(f"질문 {number}", ["answer", "choices", "handover"][number % 3], days_ago=number)
    gather()
    cache.clear()  # lists over a long time are kept
    with django_assert_max_num_queries(22) as many:
        author.get("/console/insights?days=365")

    # At first nothing was not found and nobody was contacted; lists that are empty are not asked for.
    assert len(many) <= len(few) + 2


def test_the_page_says_what_each_number_counts_and_leads_on(readers, author):
    readers.ask("배송이 안 와요", "handover")
    gather()

    text = author.get("/console/insights").content.decode()

    for metric in METRICS:
        assert f"metric={metric.code}" in text
    assert "배송이 안 와요" in text
    rows = author.get("/console/insights/questions?metric=nothing").content.decode()
    ask = Ask.objects.get()
    assert f"/console/insights/questions/{ask.key}" in rows
    assert "배송이 안 와요" in author.get(f"/console/insights/questions/{ask.key}").content.decode()


def test_files_hold_what_the_page_shows_and_no_formula(readers, author):
    readers.ask('=HYPERLINK("x")', "handover")
    gather()

    answer = author.get("/console/insights/questions?as=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer["Content-Type"].startswith("text/csv")
    assert rows[1][3] == '\'=HYPERLINK("x")'
    days = author.get("/console/insights?as=json&days=7").json()["rows"]
    assert len(days) == 7 and days[-1]["nothing"] == 1


@pytest.mark.parametrize(
    "asked",
    [
        "from=2026-99-01&to=x",
        "days=100000",
        "wording=99999999999999999999",
        "metric=x&article=-5",
        "before=" + "9" * 30,
    ],
)
def test_nonsense_in_the_address_narrows_nothing(readers, author, asked):
    readers.ask()
    gather()

    assert author.get(f"/console/insights?{asked}").status_code == 200
    assert author.get(f"/console/insights/questions?{asked}").status_code == 200


def test_questions_stand_as_they_were_asked_whenever_they_were_counted(readers, author, monkeypatch):
    monkeypatch.setattr("handrail.web.console.frame.PAGE_ROWS", 2)
    for days_ago in (1, 5, 3):
        readers.ask(f"{days_ago}일 전의 질문", days_ago=days_ago)
    gather()

    first = author.get("/console/insights/questions").content.decode()
    older = re.search(r'rel="next" href="([^"]+)"', first)
    second = author.get(older[1].replace("&amp;", "&")).content.decode()

    assert [re.findall(r"(\d)일 전의 질문", page) for page in (first, second)] == [["1", "3"], ["5"]]


def test_any_days_can_be_named(readers, author):
    readers.ask(days_ago=40)
    gather()
    day = only().day

    assert day.isoformat() in author.get(f"/console/insights?from={day}&to={day}&as=json").content.decode()
    assert board(AUTHOR, Narrowing(day, day)).counts["asked"] == 1
    assert BY_CODE["asked"].name


def test_nothing_yet_teaches_what_will_come(author):
    assert author.get("/console/insights").status_code == 200


@pytest.mark.parametrize(
    ("number", "top"),
    [(0, 1), (7, 7), (11, 15), (26, 30), (81, 100), (101, 150), (999, 1000), (45_001, 50_000)],
)
def test_a_scale_ends_at_a_readable_number(number, top):
    assert round_up(number) == top


def test_bars_are_as_high_as_their_numbers():
    chart = stacked([{"a": 3, "b": 1, "c": 0}, {"a": 0, "b": 0, "c": 5}], ("a", "b"), line="c")

    assert chart.top == 5 and not chart.is_empty
    assert [(piece.y, piece.height) for piece in chart.bars[0].pieces] == [(40.0, 60.0), (20.0, 20.0)]
    assert chart.line == "5,100.00 15,0.00"


def test_a_list_over_a_long_time_is_kept_for_those_alone_who_may_know_the_same(
    readers, world, django_assert_num_queries, monkeypatch
):
    cache.clear()
    employee = world.person("employee@handrail.test", assurance=2)
    employee.kind = "employee"
    employee.save()
    readers.ask("연차 규정 알려줘", by=employee)
    gather()
    assert [each.text for each in wordings(AUTHOR, lately(90), "asked")] == ["연차 규정 알려줘"]

    with django_assert_num_queries(0):
        assert len(wordings(AUTHOR, lately(90), "asked")) == 1
    assert wordings(Viewer(user_id=2, role=Role.AGENT), lately(90), "asked") == []
    monkeypatch.setattr(Viewer, "audiences", property(lambda self: ("public", "signed_in")))
    assert wordings(AUTHOR, lately(90), "asked") == []


def test_numbers_and_questions_can_be_narrowed_to_one_help_centre(world, readers):
    other = Brand.objects.create(slug="noru", name_ko="노루", name_en="Noru")
    readers.ask("환불은 언제 되나요?", brand=world.brand)
    readers.ask("배송은 언제 되나요?", brand=other)
    readers.ask("이건 누구 건가요?", brand=None)
    gather()
    console = signed_in(world.staff("author@handrail.test", "한저자", Role.AUTHOR))

    every, mine = board(AUTHOR, lately(7)), board(AUTHOR, lately(7, brand=other.pk))
    page = console.get("/console/insights", {"brand": other.pk}).content.decode()
    listed = console.get("/console/insights/questions", {"brand": other.pk}).content.decode()

    assert (every.counts["asked"], mine.counts["asked"]) == (3, 1)
    assert f'<option value="{other.pk}" selected>노루</option>' in page
    assert f"brand={other.pk}" in page
    assert "배송은 언제" in listed
    assert "환불은 언제" not in listed
    assert "누구 건가요" not in listed


def test_with_one_help_centre_there_is_nothing_to_choose_and_nonsense_narrows_nothing(world, readers):
    readers.ask(brand=world.brand)
    gather()
    console = signed_in(world.staff("author@handrail.test", "한저자", Role.AUTHOR))

    for odd in ("", "0", "99", "x", str(10**30)):
        page = console.get("/console/insights", {"brand": odd, "days": "7"}).content.decode()
        assert 'id="narrow-brand"' not in page
        assert "brand=" not in page


def test_a_question_remembers_the_help_centre_it_was_asked_in(world, client):
    client.get("/hc/ko/search", {"query": "환불은 언제 되나요?"})
    gather()

    assert Ask.objects.get().brand == world.brand
    assert only().brand == world.brand
    assert DayCount.objects.get().brand == world.brand
