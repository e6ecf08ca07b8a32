"""Fields: typed values, kept with a fact for each change, found by search, needed before solving."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from handrail.accounts.viewer import STRANGER
from handrail.conversations import search
from handrail.conversations.activity import beside_messages, history
from handrail.conversations.ending import NotOver
from handrail.conversations.fields import Field
from handrail.conversations.opening import receive_or_follow_up
from handrail.conversations.redaction import redact
from handrail.conversations.status import ConversationIsClosed
from handrail.conversations.values import FieldValue, choose_form, set_values, told, values_of
from handrail.core.events.models import Event
from handrail.workspace.typed import Unfit, meant, read, shown
from handrail.workspace.typed_fields import CannotBeField, Kind
from tests.worlds.asked import KINDS, Forms


@pytest.fixture
def forms(world) -> Forms:
    return Forms(world)


def numbers(text, world):
    found = search.find(text, viewer=world.viewer())
    assert not found.problems, found.problems
    return [row.number for row in found.rows]


def problem(text, world):
    with translation.override("ko"):
        (said,) = search.find(text, viewer=world.viewer()).problems
    return said


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.LINE, ["  두   칸 "], ["두 칸"]),
        (Kind.TEXT, ["첫 줄\r\n둘째 줄"], ["첫 줄\n둘째 줄"]),
        (Kind.NUMBER, ["12,000.50"], ["12000.5"]),
        (Kind.NUMBER, ["１２"], ["12"]),
        (Kind.NUMBER, ["-0"], ["0"]),
        (Kind.DAY, ["2026-11-28"], ["2026-11-28"]),
        (Kind.DAY, ["2026. 1. 5."], ["2026-01-05"]),
        (Kind.YES_NO, ["yes"], ["yes"]),
        (Kind.CHOICE, ["refund"], ["refund"]),
        (Kind.CHOICES, ["other", "refund", "refund"], ["refund", "other"]),
        (Kind.ORDER, [" #on-1234 5 "], ["ON-12345"]),
        (Kind.LINE, ["   "], []),
        (Kind.CHOICES, [], []),
    ],
)
def test_what_is_typed_becomes_a_value_of_its_kind(world, forms, kind, typed, value):
    options = {"options": KINDS} if kind in (Kind.CHOICE, Kind.CHOICES) else {}
    assert read(forms.field("one", kind, world, **options), typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.LINE, "가" * 201),
        (Kind.TEXT, "가" * 5001),
        (Kind.NUMBER, "열둘"),
        (Kind.NUMBER, "nan"),
        (Kind.NUMBER, "1e30"),
        (Kind.DAY, "2026-02-30"),
        (Kind.DAY, "어제"),
        (Kind.DAY, "99999-01-01"),
        (Kind.YES_NO, "maybe"),
        (Kind.CHOICE, "nothing_offered"),
        (Kind.CHOICES, "nothing_offered"),
        (Kind.ORDER, "<b>"),
        (Kind.ORDER, "A" * 50),
    ],
)
def test_what_is_no_value_is_refused_in_a_sentence(world, forms, kind, typed):
    options = {"options": KINDS} if kind in (Kind.CHOICE, Kind.CHOICES) else {}
    field = forms.field("one", kind, world, **options)
    with translation.override("ko"), pytest.raises(Unfit) as refused:
        read(field, [typed])
    assert str(refused.value).endswith("요.")


def test_a_value_is_read_by_people_in_their_language(world, forms):
    day, number = forms.field("day_of", Kind.DAY, world), forms.field("amount", Kind.NUMBER, world)
    with translation.override("ko"):
        assert shown(forms.kind, ["refund"], "ko") == "환불"
        assert shown(day, ["2026-11-22"], "ko") == "2026. 11. 22.(일)"
        assert shown(number, ["12000.5"], "ko") == "12,000.5"
    with translation.override("en"):
        assert shown(forms.kind, ["refund"], "en") == "Refund"
        assert shown(day, ["2026-11-22"], "en") == "Sun 22 Nov 2026"
    assert meant(forms.kind, "환불") == meant(forms.kind, "refund") == ["refund"]
    assert meant(forms.field("paid", Kind.YES_NO, world), "예") == ["yes"]


def test_each_change_is_one_fact_and_one_line(world, forms):
    conversation = world.conversation()
    set_values(conversation, {forms.kind: ["refund"], forms.order: ["on-1"]}, by=world.agent)
    set_values(conversation, {forms.order: ["ON-2"], forms.kind: ["refund"]}, by=world.agent)
    set_values(conversation, {forms.order: []}, by=world.agent)

    facts = Event.objects.about(conversation).filter(verb="conversation.field_set")
    assert [fact.data for fact in facts] == [
        {"field": forms.kind.pk, "old": [], "new": ["refund"]},
        {"field": forms.order.pk, "old": [], "new": ["ON-1"]},
        {"field": forms.order.pk, "old": ["ON-1"], "new": ["ON-2"]},
        {"field": forms.order.pk, "old": ["ON-2"], "new": []},
    ]
    with translation.override("ko"):
        lines = [each for each in history(conversation, locale="ko") if each.verb == "conversation.field_set"]
    assert [line.text for line in lines] == [
        "이서준 님이 ‘요청 종류’ 항목을 채웠어요: 환불",
        "이서준 님이 ‘주문번호’ 항목을 채웠어요: ON-1",
        "이서준 님이 ‘주문번호’ 항목을 바꿨어요: ON-1 → ON-2",
        "이서준 님이 ‘주문번호’ 항목을 비웠어요",
    ]
    assert (lines[2].old, lines[2].new) == ("ON-1", "ON-2")
    assert len([each for each in beside_messages(conversation, locale="ko") if "field" in each.verb]) == 4
    assert values_of(conversation) == {forms.kind.pk: ["refund"]}


def test_a_value_that_does_not_fit_changes_nothing(world, forms):
    conversation = world.conversation()
    with pytest.raises(Unfit):
        set_values(conversation, {forms.order: ["ON-1"], forms.kind: ["없는 것"]}, by=world.agent)
    assert values_of(conversation) == {}


def test_a_closed_conversation_keeps_its_fields(world, forms):
    conversation = world.conversation()
    set_values(conversation, {forms.cause: ["단순 변심"]}, by=world.agent)
    conversation.set_status("closed", by=world.agent)
    with pytest.raises(ConversationIsClosed):
        set_values(conversation, {forms.order: ["ON-1"]}, by=world.agent)
    with pytest.raises(ConversationIsClosed):
        choose_form(conversation, forms.refund, by=world.agent)


def test_the_search_finds_by_key_by_korean_name_and_compares(world, forms):
    amount, day = forms.field("amount", Kind.NUMBER, world), forms.field("bought", Kind.DAY, world)
    one, two, bare = (world.conversation() for _n in range(3))
    set_values(
        one,
        {forms.order: ["ON-1"], amount: ["5000"], day: ["2026-01-05"], forms.cause: ["단순 변심"]},
        by=world.agent,
    )
    set_values(two, {forms.order: ["ON-9"], amount: ["12000"], forms.kind: ["refund"]}, by=world.agent)

    assert numbers("field.order_number:on-1", world) == [one.number]
    assert numbers("항목.주문번호:ON-9", world) == [two.number]
    assert numbers("FIELD.amount>=5000 status:new", world) == [two.number, one.number]
    assert numbers("field.amount>5000", world) == [two.number]
    assert numbers("field.bought<2026-02-01", world) == [one.number]
    assert numbers('field.cause:"변심"', world) == [one.number]
    assert numbers("항목.요청종류:환불", world) == numbers("field.kind:refund", world) == [two.number]
    assert numbers("-field.kind:refund", world) == [bare.number, one.number]
    assert numbers("field.amount:none", world) == [bare.number]
    assert numbers("항목.amount:있음", world) == [two.number, one.number]
    assert numbers("ON-9", world) == [two.number], "words of fields are words of the conversation"
    assert numbers("변심", world) == [one.number]


def test_what_cannot_be_asked_of_a_field_is_explained(world, forms):
    assert "‘nothing’" in problem("field.nothing:1", world) and "field.kind" in problem(
        "field.nothing:1", world
    )
    assert "refund" in problem("field.kind:없는것", world)
    assert "field.kind" in problem("field.kind>refund", world)
    assert "field.order_number" in problem("field.order_number:", world)
    forms.field("amount", Kind.NUMBER, world)
    assert "숫자" in problem("field.amount:많이", world)


def test_a_search_for_a_field_costs_one_query_more(world, forms, django_assert_num_queries):
    set_values(world.conversation(), {forms.order: ["ON-1"]}, by=world.agent)
    viewer = world.viewer()
    with django_assert_num_queries(1):
        search.find("status:new", viewer=viewer)
    with django_assert_num_queries(2):
        search.find("field.order_number:ON-1", viewer=viewer)


def test_what_is_needed_stops_solving_until_it_is_said(world, forms):
    conversation = world.conversation()
    with pytest.raises(NotOver) as waiting:
        conversation.set_status("solved", by=world.agent)
    assert waiting.value.fields == [forms.cause]

    set_values(conversation, {forms.kind: ["refund"]}, by=world.agent)
    with pytest.raises(NotOver) as waiting:
        conversation.set_status("solved", by=world.agent)
    assert waiting.value.fields == [forms.order, forms.cause], (
        "a condition shows the order number, so it is needed too"
    )

    set_values(conversation, {forms.kind: ["other"], forms.cause: ["안내"]}, by=world.agent)
    conversation.set_status("solved", by=world.agent)
    assert conversation.status == "solved"


def test_a_customer_may_always_say_that_it_is_solved(world, forms):
    conversation = world.conversation()
    conversation.set_status("solved", by=conversation.requester)
    assert conversation.status == "solved"


def test_a_reply_that_would_solve_leaves_and_says_what_is_missing(world, forms):
    conversation = world.conversation()
    conversation.reply("끝났어요", by=world.agent, status="solved")
    assert conversation.status == "open"
    with translation.override("ko"):
        assert (
            "처리 사유"
            in history(conversation, locale="ko")[-2].text + history(conversation, locale="ko")[-1].text
        )


def test_what_goes_on_from_it_knows_its_fields(world, forms):
    conversation = world.conversation()
    choose_form(conversation, forms.refund, by=world.agent)
    set_values(conversation, {forms.order: ["ON-1"], forms.cause: ["안내"]}, by=world.agent)
    conversation.set_status("closed", by=world.agent)
    person = conversation.requester
    message = receive_or_follow_up(conversation, "또 있어요", inbox=world.mail, sender=person, by=person)
    after = message.conversation
    assert after.follows == conversation and after.form == forms.refund
    assert values_of(after) == {forms.order.pk: ["ON-1"], forms.cause.pk: ["안내"]}
    assert numbers("field.order_number:ON-1", world) == [after.number, conversation.number]


def test_customers_are_told_of_public_fields_alone(world, forms):
    conversation = world.conversation()
    set_values(conversation, {forms.order: ["ON-1"], forms.cause: ["비밀"]}, by=world.agent)
    assert told(conversation, locale="ko") == [("주문번호", "ON-1")]
    assert list(Field.objects.visible_to(STRANGER)) == [forms.kind, forms.order]


def test_what_is_taken_out_for_good_leaves_fields_and_their_history(world, forms):
    conversation = world.conversation()
    set_values(conversation, {forms.cause: ["카드 4111 1111 1111 1111"]}, by=world.agent)
    redact(conversation, "4111-1111-1111-1111", by=world.agent)
    assert "4111" not in str(values_of(conversation))
    assert not Event.objects.about(conversation).filter(data__icontains="4111").exists()
    assert not FieldValue.objects.filter(word__contains="4111").exists()
    assert numbers("4111", world) == []


def test_an_option_left_out_keeps_its_name_where_it_was_chosen(world, forms):
    conversation = world.conversation()
    set_values(conversation, {forms.kind: ["exchange"]}, by=world.agent)
    forms.kind.rewrite(by=world.agent, options=[KINDS[0], {"ko": "수리", "en": "Repair"}])
    assert [code for code, _name in forms.kind.offered("ko")] == ["refund", "repair"]
    assert shown(forms.kind, ["exchange"], "ko") == "교환"
    set_values(conversation, {forms.kind: ["exchange"], forms.order: ["ON-1"]}, by=world.agent)
    with pytest.raises(Unfit):
        set_values(world.conversation(), {forms.kind: ["exchange"]}, by=world.agent)


def test_an_archived_field_is_not_asked_and_its_values_stay(world, forms):
    conversation = world.conversation()
    set_values(conversation, {forms.cause: ["안내"]}, by=world.agent)
    forms.cause.archive(by=world.agent)
    assert [place.field for place in forms.refund.asks()] == [forms.kind, forms.order]
    assert values_of(conversation) == {forms.cause.pk: ["안내"]}
    other = world.conversation()
    other.set_status("solved", by=world.agent)
    forms.cause.restore(by=world.agent)
    assert forms.refund.asks()[-1].field == forms.cause


def test_a_field_others_wait_for_is_not_archived(world, forms):
    with pytest.raises(CannotBeField) as refused:
        forms.kind.archive(by=world.agent)
    assert refused.value.code == "decides"


@pytest.mark.parametrize(
    ("key", "said", "code"),
    [
        ("주문", {}, "key"),
        ("Order", {}, "key"),
        ("kind", {}, "taken"),
        ("other_key", {"name_ko": " "}, "name"),
    ],
)
def test_what_can_be_no_field_says_why(world, forms, key, said, code):
    with pytest.raises(CannotBeField) as refused:
        Field.make(key, Kind.LINE, by=world.agent, **({"name_ko": "가", "name_en": "a"} | said))
    assert refused.value.code == code


def test_the_database_holds_one_value_in_one_field(world, forms):
    conversation = world.conversation()
    set_values(conversation, {forms.order: ["ON-1"]}, by=world.agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        FieldValue.objects.create(conversation=conversation, field=forms.order, text="ON-1", word="on-1")
