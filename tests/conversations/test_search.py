import time
from datetime import UTC, datetime

import pytest
from django.utils import translation

from handrail.accounts.models import Role, Team
from handrail.accounts.viewer import STRANGER, Viewer, staff_viewer
from handrail.conversations import search
from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Field
from handrail.conversations.merging import merge
from handrail.conversations.opening import open_conversation
from handrail.core.actors import SYSTEM


def numbers(text, world, viewer=None):
    return [row.number for row in search.find(text, viewer=viewer or world.viewer()).rows]


@pytest.fixture
def conversation(world):
    world.conversation(world.person("other@example.com", "박준"), subject="배송 문의", text="언제 오나요")
    return world.conversation()


@pytest.mark.parametrize(
    "text", ["환불", "환불 안 돼", "불", "김민지", "민지", "minji@example.com", "minj", "환불 김민지"]
)
def test_it_is_found_by_its_words_and_its_requester(world, conversation, text):
    assert numbers(text, world) == [conversation.number]


def test_every_word_must_be_there(world, conversation):
    assert numbers("환불 냉장고", world) == []


def test_a_word_of_a_later_message_finds_it(world, conversation):
    conversation.reply("영수증을 첨부했어요.", by=world.agent)
    assert numbers("영수증", world) == [conversation.number]


@pytest.mark.parametrize("text", ["배송조회", "배송 조회", "조회", "배송조회가안돼요"])
def test_where_spaces_stand_makes_no_difference(world, text):
    apart = world.conversation(subject="배송 조회가 안돼요", text="어떻게 하나요")
    together = world.conversation(subject="배송조회", text="안돼요")

    expected = [apart.number] if text == "배송조회가안돼요" else [together.number, apart.number]
    assert numbers(text, world) == expected


def test_a_private_note_finds_it_for_staff(world, conversation):
    conversation.note("블랙컨슈머 아님", by=world.agent)
    assert numbers("블랙컨슈머", world) == [conversation.number]


@pytest.mark.parametrize("viewer", [STRANGER, Viewer(person_id=1, assurance=3)])
def test_nobody_outside_searches_here(world, conversation, viewer):
    assert search.find("환불", viewer=viewer).rows == []


def test_requester_submitter_assignee_and_team_each_find_it(world):
    opener = world.staff("opener@handrail.test", "최접수", Role.AGENT)
    other = world.staff("solver@handrail.test", "정해결", Role.AGENT)
    opened = open_conversation(world.mail, requester=world.person(), by=opener, subject="전화 문의")
    opened.assign(to=other, by=opener)
    world.conversation(world.person("other@example.com", "박준"))

    for text in ("접수자:최접수", "담당:정해결", "requester:minji@example.com", "최접수", "정해결"):
        assert numbers(text, world) == [opened.number], text
    assert numbers("담당:최접수", world) == []
    assert len(numbers("팀:고객지원팀", world)) == 2


@pytest.mark.parametrize("operator", ["requester", "submitter"])
def test_a_whole_address_finds_who_has_it_and_nobody_who_calls_themselves_by_it(world, operator):
    hers, longer = world.person(), world.person("minji@example.com.evil.example", "다른 사람")
    stranger = world.person("attacker@evil.example")
    # As they could call themselves before names were looked at.
    stranger.rename("minji@example.com", by=stranger)
    found = [
        open_conversation(world.mail, requester=each, by=each, subject="문의").number
        for each in (hers, stranger, longer)
    ]

    assert numbers(f"{operator}:MINJI@example.com", world) == found[:1]
    assert numbers(f"{operator}:minji@", world) == found[::-1]


@pytest.mark.parametrize("text", ["submitter:me", "접수자:나"])
def test_whoever_looks_finds_what_they_opened_themselves(world, text):
    opened = open_conversation(world.mail, requester=world.person(), by=world.agent, subject="전화 문의")
    world.conversation()

    assert [row.number for row in search.find(text, viewer=staff_viewer(world.agent)).rows] == [opened.number]


def test_a_new_name_finds_old_conversations(world, conversation):
    conversation.requester.rename("김하늘", by=world.agent)
    assert numbers("김하늘", world) == [conversation.number]


def test_what_a_private_team_has_is_not_found_by_others(world, conversation):
    secret = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    conversation.hand_to_team(secret, by=SYSTEM)
    assert numbers("환불", world) == []
    assert search.by_number(f"#{conversation.number}", viewer=world.viewer()) is None


def test_an_old_number_leads_to_the_one_it_was_merged_into(world, conversation):
    other = world.conversation()
    merge(conversation, into=other, by=world.agent)
    assert search.by_number(f"#{conversation.number}", viewer=world.viewer()) == other


@pytest.mark.parametrize("text", ['"', "'", "* OR", ":", "'; --", "NEAR(", "😀", "담당:", "\\", "a\x00b"])
def test_odd_queries_find_nothing_and_break_nothing(world, conversation, text):
    assert conversation.number not in numbers(text, world) or text == "a\x00b"


def find(world, text):
    return search.find(text, viewer=world.viewer())


def test_the_three_together_return_exactly_those_that_fit(world):
    person = world.person()
    fits = world.conversation(person, text="환불 지연 때문에 속상해요")
    wrong = {
        "order": world.conversation(person, text="지연된 환불"),
        "tag": world.conversation(person, text="환불 지연 문의"),
        "status": world.conversation(person, text="환불 지연 문의"),
        "day": world.conversation(person, text="환불 지연 문의"),
    }
    for each in (fits, wrong["order"], wrong["status"], wrong["day"]):
        each.tag("vip", by=world.agent)
    for each in (fits, wrong["order"], wrong["tag"], wrong["day"]):
        each.set_status("open", by=world.agent)
    Conversation.objects.filter(pk=wrong["day"].pk).update(created_at=datetime(2025, 12, 31, tzinfo=UTC))
    assert numbers('status:open tag:vip "환불 지연" created>2026-01-01', world) == [fits.number]
    assert numbers('상태:open 태그:vip "환불 지연" 접수일>2026-01-01', world) == [fits.number]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("status:unsolved", "ab"),
        ("-status:open", "b"),
        ("상태:해결", ""),
        ("priority>=high", "a"),
        ("priority<high", "b"),
        ("우선순위:높음", "a"),
        ("assignee:me", "a"),
        ("담당자:없음", "b"),
        ("assignee:none", "b"),
        ("channel:mail", "ab"),
        ("채널:채팅", ""),
        ("team:none", ""),
        ("created>1d", "ab"),
        ("created<1d", ""),
        ("-tag:vip", "b"),
        ('tag:"vip"', "a"),
    ],
)
def test_each_operator_narrows(world, text, fits):
    a, b = world.conversation(subject="a"), world.conversation(subject="b")
    a.set_status("open", by=world.agent)
    a.set_priority("high", by=world.agent)
    a.assign(to=world.agent, by=world.agent)
    a.tag("vip", by=world.agent)
    with translation.override("ko"):
        assert sorted(numbers(text, world)) == [{"a": a, "b": b}[name].number for name in fits]


@pytest.mark.parametrize("written", ['tag:"17"" 모니터"', 'tag:"17\\" 모니터"', '태그:"17"" 모니터"'])
def test_a_quotation_mark_in_a_value_is_doubled_or_has_a_backslash(world, written):
    wanted, other = world.conversation(), world.conversation()
    wanted.tag('17" 모니터', by=world.agent)
    other.tag("17 모니터", by=world.agent)

    assert numbers(written, world) == [wanted.number]


def test_a_quotation_mark_at_the_end_of_a_bare_value_is_part_of_it(world):
    wanted, other = world.conversation(), world.conversation()
    wanted.tag('17"', by=world.agent)
    other.tag("17", by=world.agent)

    assert numbers('tag:17"', world) == [wanted.number]
    assert numbers("tag:17", world) == [other.number]


def test_many_marks_that_never_end_take_no_time(world):
    began = time.perf_counter()
    numbers('tag:"' + '\\""' * 2000, world)
    assert time.perf_counter() - began < 2


def test_days_are_those_of_the_reader(world):
    conversation = world.conversation()
    # Half past midnight in Seoul is still the day before in London.
    Conversation.objects.filter(pk=conversation.pk).update(
        created_at=datetime(2026, 3, 9, 15, 30, tzinfo=UTC)
    )
    assert numbers("created:2026-03-10", world) == [conversation.number]
    world.agent.set_up(zone="Europe/London", by=world.agent)
    assert numbers("created:2026-03-10", world) == []
    assert numbers("created:2026-03-09", world) == [conversation.number]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("statsu:open", "“status:”"),
        ("상테:open", "“상태:”"),
        ("status:opne", "new"),
        ("created>yesterday", "2026-01-31"),
        ("created>2026-13-01", "2026-01-31"),
        ("tag:", "tag:"),
        ("tag>vip", "tag:"),
        ("priority:huge", "urgent"),
    ],
)
def test_a_wrong_operator_is_explained_and_nothing_is_guessed(world, text, said):
    world.conversation()
    with translation.override("ko"):
        came = find(world, text)
    assert came.rows == []
    assert len(came.problems) == 1
    assert said in came.problems[0]


@pytest.mark.parametrize("text", ["https://example.com/a", "10:30", "re: 환불", "메모: 환불"])
def test_what_only_looks_like_an_operator_is_words(world, text):
    conversation = world.conversation(text=f"{text} 안내")
    assert numbers(text, world) == [conversation.number]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("status:opne", "open"),
        ("상태:해졀", "해결"),
        ("priority:urgnt", "urgent"),
        ("channel:mial", "mail"),
        ("prio:high", "priority"),
        ("assign:me", "assignee"),
        ("from:kim", "requester"),
        ("label:vip", "tag"),
        ("group:care", "team"),
        ("before:2026-01-01", "created"),
        ("field.order_nubmer:1", "order_number"),
    ],
)
def test_the_nearest_one_is_named(world, text, near):
    Field.make("order_number", "line", by=world.agent, name_ko="주문번호", name_en="Order number")
    with translation.override("en"):
        came = find(world, text)
    assert len(came.problems) == 1
    assert f"Did you mean “{near}" in came.problems[0]


def test_what_is_far_from_every_operator_is_looked_for_as_words_and_that_is_said(world):
    fits = world.conversation(text="설정 foo:bar 때문에 멈춰요", subject="멈춤")
    other = world.conversation(text="설정 때문에 멈춰요")
    for each in (fits, other):
        each.set_status("open", by=world.agent)
    with translation.override("en"):
        came = find(world, "status:open foo:bar 멈춰요")
    assert [row.number for row in came.rows] == [fits.number]
    assert len(came.hints) == 1
    assert "“foo:bar” was looked for as words" in came.hints[0]
    assert "status:" in came.hints[0]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/status:open",
        "10:30",
        "오후 10:30",
        "localhost:8000",
        "mailto:kim@example.com",
        "tel:0212345678",
        "C:\\temp",
        "Re: 환불",
        "From: Kim",
        "메모: 환불",
        "오류코드:500",
    ],
)
def test_an_address_a_time_or_a_heading_is_words_without_a_remark(world, text):
    conversation = world.conversation(text=f"{text} 안내")
    with translation.override("ko"):
        came = find(world, text)
    assert (came.problems, came.hints) == ([], [])
    assert [row.number for row in came.rows] == [conversation.number]


def test_a_filter_loses_nothing_behind_many_that_share_the_words(world, monkeypatch):
    monkeypatch.setattr(search, "LOOKED_AT_ONCE", 3)
    person = world.person()
    first = world.conversation(person, text="환불")
    first.tag("vip", by=world.agent)
    for _ in range(10):
        world.conversation(person, text="환불")
    assert numbers("tag:vip 환불", world) == [first.number]


def test_pages_of_what_was_found_follow_each_other_without_a_gap_or_a_repeat(world):
    person = world.person()
    there = [world.conversation(person, text="환불").number for _ in range(5)]
    world.agent.name = "환불"  # a colleague of that name has one of them
    world.agent.save()
    pages, before = [], None
    while len(pages) < 4:
        came = search.find("환불", viewer=world.viewer(), most=2, before=before)
        pages.append([row.number for row in came.rows])
        before = came.before
        if before is None:
            break
    assert pages == [there[:2:-1], there[2:0:-1], there[:1]]
    by_operator = search.find("status:unsolved", viewer=world.viewer(), most=2, before=there[1])
    assert ([row.number for row in by_operator.rows], by_operator.before) == ([there[0]], None)
