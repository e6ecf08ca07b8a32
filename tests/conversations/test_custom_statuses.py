"""Statuses of managers' own: always at one with what they count as, and taken along wherever a status is."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.automation.runs import Step, start, undo
from handrail.conversations import custom_statuses
from handrail.conversations.activity import history
from handrail.conversations.boards import columns, of_view
from handrail.conversations.checklists import add_step
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import CannotBeStatus, CustomStatus
from handrail.conversations.ending import NotOver
from handrail.conversations.merging import merge, unmerge
from handrail.conversations.operators import read
from handrail.conversations.outgoing import send
from handrail.conversations.queries import EVERYTHING, Filters, in_view, page
from handrail.conversations.status import Status, UnknownStatus
from handrail.conversations.viewing import holding
from handrail.core import clock
from handrail.core.events.models import Event


def made(world, category="on_hold", ko="부품 기다림", en="Waiting for parts", **said):
    return CustomStatus.make(category, by=world.agent, name_ko=ko, name_en=en, **said)


@pytest.fixture
def parts(world) -> CustomStatus:
    return made(world)


@pytest.fixture
def waiting(world, parts) -> Conversation:
    conversation = world.conversation()
    conversation.set_status(parts.key, by=world.agent)
    return conversation


def standing(conversation):
    conversation.refresh_from_db()
    own = conversation.custom_status
    return conversation.status, own.key if own else None


def found(query, world):
    with translation.override("ko"):
        return {each.pk for each in holding(query, viewer=world.viewer())}


def test_one_of_ours_counts_as_what_it_is_mapped_to(world, waiting):
    viewer = world.viewer()

    assert standing(waiting) == ("on_hold", "waiting_for_parts")
    assert waiting in in_view("on_hold", viewer=viewer)
    counted = {
        each.status.value: each.count
        for each in columns(of_view("all", viewer=viewer, filters=EVERYTHING), viewer=viewer)
    }
    assert counted == {"new": 0, "open": 0, "pending": 0, "on_hold": 1, "solved": 0}


@pytest.mark.parametrize(
    ("act", "status"),
    [
        (lambda it, world: it.receive("왔나요?", by=it.requester), "open"),
        (lambda it, world: it.set_status("on_hold", by=world.agent), "on_hold"),
        (lambda it, world: it.set_status("closed", by=world.agent), "closed"),
        (lambda it, world: it.reply("풀렸어요", by=world.agent, status="solved"), "solved"),
    ],
)
def test_whatever_else_sets_a_status_clears_it(world, waiting, act, status):
    act(waiting, world)
    assert standing(waiting) == (status, None)


def test_from_one_of_ours_to_another_of_the_same_kind_is_a_change_and_ends_nothing_anew(world):
    refunded, replaced = (
        made(world, "solved", "환불함", "Refunded"),
        made(world, "solved", "교환함", "Replaced"),
    )
    conversation = world.conversation()
    conversation.set_status(refunded.key, by=world.agent)
    solved_at = conversation.solved_at

    with clock.at(clock.now() + timedelta(hours=1)):
        conversation.set_status(replaced.key, by=world.agent)

    assert standing(conversation) == ("solved", "replaced")
    assert conversation.solved_at == solved_at
    changes = Event.objects.about(conversation).filter(verb="conversation.status_changed")
    assert changes.count() == 2
    conversation.set_status(replaced.key, by=world.agent)
    assert changes.count() == 2


def test_one_that_counts_as_solved_waits_for_what_solving_waits_for(world):
    refunded = made(world, "solved", "환불함", "Refunded")
    conversation = world.conversation()
    add_step(conversation, "환불 확인", by=world.agent, is_required=True)

    with pytest.raises(NotOver):
        conversation.set_status(refunded.key, by=world.agent)
    with pytest.raises(NotOver):
        send(conversation, "환불했어요", by=world.agent, status=refunded.key)

    assert standing(conversation) == ("new", None)


def test_no_database_row_says_two_things(world, waiting):
    for status in ("new", "closed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Conversation.objects.filter(pk=waiting.pk).update(status=status, closed_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        CustomStatus.objects.update(category="closed")


def test_a_code_nobody_knows_is_refused(world, waiting):
    for code in ("nonsense", "", "x" * 50, "a\0b", "부품 기다림"):
        with pytest.raises(UnknownStatus):
            waiting.set_status(code, by=world.agent)
    assert standing(waiting) == ("on_hold", "waiting_for_parts")


def test_the_history_says_it_with_what_it_counts_as(world, waiting):
    waiting.set_status("open", by=world.agent)
    with translation.override("en"):
        told = [each for each in history(waiting, locale="en") if each.verb == "conversation.status_changed"]
    assert [(each.old, each.new) for each in told] == [
        ("New", "Waiting for parts (On hold)"),
        ("Waiting for parts (On hold)", "Open"),
    ]
    assert "Waiting for parts (On hold)" in told[0].text


def test_the_search_knows_its_key_and_its_names_and_the_usual_one_finds_it_too(world, waiting):
    other = world.conversation()
    other.set_status("on_hold", by=world.agent)

    for query in (
        "status:waiting_for_parts",
        '상태:"부품 기다림"',
        "상태:부품기다림",
        'status:"waiting for parts"',
    ):
        assert found(query, world) == {waiting.pk}, query
    assert found("status:on_hold", world) == {waiting.pk, other.pk}
    assert found("status:unsolved -status:waiting_for_parts", world) == {other.pk}
    with translation.override("en"):
        (problem,) = read("status:parts", viewer=world.viewer()).problems
    assert "waiting_for_parts" in problem


def test_one_put_away_stays_where_it_is_and_is_still_found(world, parts, waiting):
    other = world.conversation()
    parts.archive(by=world.agent)

    assert standing(waiting) == ("on_hold", "waiting_for_parts")
    assert found("status:waiting_for_parts", world) == {waiting.pk}
    assert custom_statuses.offered() == []
    other.set_status(parts.key, by=world.agent)
    assert standing(other) == ("on_hold", None)
    parts.restore(by=world.agent)
    assert [each.key for each in custom_statuses.offered()] == ["waiting_for_parts"]


def test_a_merge_gives_it_back(world, waiting):
    into = world.conversation()
    merge(waiting, into=into, by=world.agent)
    assert standing(waiting) == ("closed", None)

    unmerge(waiting, by=world.agent)

    assert standing(waiting) == ("on_hold", "waiting_for_parts")


def test_a_run_sets_it_and_its_undo_gives_back_what_was_there(world, parts, waiting):
    plain = world.conversation()
    run = start([plain.pk], by=world.agent, changes=[Change("status", parts.key)])
    assert standing(plain) == ("on_hold", "waiting_for_parts")
    assert undo(run, by=world.agent)
    assert standing(plain) == ("new", None)

    run = start([waiting.pk], by=world.agent, changes=[Change("status", "on_hold")])
    assert standing(waiting) == ("on_hold", None)
    assert undo(run, by=world.agent)
    assert standing(waiting) == ("on_hold", "waiting_for_parts")


def test_a_run_with_a_status_nobody_knows_says_so(world):
    conversation = world.conversation()
    start([conversation.pk], by=world.agent, changes=[Change("status", "nonsense")])
    assert (Step.objects.get().state, Step.objects.get().reason) == ("refused", "gone")


def test_a_macro_sets_it_and_after_it_was_put_away_what_it_counts_as(world, parts):
    macro = Macro.make("부품 주문", by=world.agent, texts={}, changes=[Change("status", parts.key)])
    one, other = world.conversation(), world.conversation()
    start([one.pk], by=world.agent, macro=macro)
    parts.archive(by=world.agent)
    start([other.pk], by=world.agent, macro=macro)
    assert (standing(one), standing(other)) == (("on_hold", "waiting_for_parts"), ("on_hold", None))


def test_a_reply_that_waits_sets_it_when_it_leaves(world, parts):
    world.agent.undo_seconds = 10
    conversation = world.conversation()
    out = send(conversation, "부품을 주문했어요", by=world.agent, status=parts.key)
    assert standing(conversation) == ("new", None)

    out.leave()

    assert standing(conversation) == ("on_hold", "waiting_for_parts")


def test_a_list_is_narrowed_to_it_by_an_index(world, waiting):
    world.conversation().set_status("on_hold", by=world.agent)
    with CaptureQueriesContext(connection) as caught:
        shown = page("all", viewer=world.viewer(), filters=Filters(status="waiting_for_parts"))
    assert [row.number for row in shown.rows] == [waiting.pk]
    assert shown.rows[0].custom_status_id == waiting.custom_status_id
    rows = next(query["sql"] for query in caught if "last_message_text" in query["sql"])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + rows)
            plan = " ".join(line[3] for line in cursor.fetchall())
        assert "SCAN conversations_conversation" not in plan, plan


def test_what_they_are_called_costs_a_page_nothing_once_it_is_known(world, waiting):
    custom_statuses.known()
    with CaptureQueriesContext(connection) as caught, translation.override("ko"):
        assert custom_statuses.called("on_hold", waiting.custom_status_id, "ko") == "부품 기다림"
        assert custom_statuses.called("solved", None, "ko") == str(Status.SOLVED.label)
        custom_statuses.offered()
    assert not caught.captured_queries


@pytest.mark.parametrize(
    ("category", "names", "code"),
    [
        ("on_hold", {"name_ko": "보류 2", "name_en": ""}, "name"),
        ("on_hold", {"name_ko": "부품기다림", "name_en": "Other"}, "taken"),
        ("on_hold", {"name_ko": "다른 것", "name_en": "waiting FOR parts"}, "taken"),
        ("on_hold", {"name_ko": "다른 것", "name_en": "Pending"}, "taken"),
        ("pending", {"name_ko": "미해결", "name_en": "Other"}, "taken"),
        ("new", {"name_ko": "새것", "name_en": "Fresh"}, "category"),
        ("closed", {"name_ko": "끝", "name_en": "Over"}, "category"),
        ("nonsense", {"name_ko": "끝", "name_en": "Over"}, "category"),
    ],
)
def test_what_no_status_can_be_is_refused(world, parts, category, names, code):
    with pytest.raises(CannotBeStatus) as refused:
        CustomStatus.make(category, by=world.agent, **names)
    assert refused.value.code == code
    assert CustomStatus.objects.count() == 1


def test_a_name_may_change_and_the_key_stays(world, parts, waiting):
    parts.rewrite(by=world.agent, name_ko="부품 입고 대기", name_en="Parts on order")
    assert CustomStatus.objects.get().key == "waiting_for_parts"
    assert found("상태:부품입고대기", world) == {waiting.pk}
    assert custom_statuses.named("waiting_for_parts", "ko") == "부품 입고 대기"


def test_keys_are_made_of_the_english_name_and_never_twice(world):
    keys = [
        made(world, ko=ko, en=en).key for ko, en in (("하나", "On!hold"), ("둘", "한글"), ("셋", "2nd line"))
    ]
    assert keys == ["on_hold_2", "status", "status_2"]


def test_their_order_is_what_managers_say(world):
    one, two = made(world, ko="하나", en="One"), made(world, ko="둘", en="Two")
    first = made(world, "open", "먼저", "First")
    CustomStatus.arrange([two.key, one.key], by=world.agent)
    assert [each.key for each in custom_statuses.offered()] == [first.key, two.key, one.key]
