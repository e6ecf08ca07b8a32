"""Fields in the side panel: shown, changed in place, and asked for where they are missing, one by one and many at once."""

import pytest
from django.utils import translation

from handrail.accounts.models import Role
from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.automation.runs import Run
from handrail.conversations.conversation import Conversation
from handrail.conversations.values import set_values, values_of
from handrail.workspace.typed_fields import Kind
from tests.desk.conftest import signed_in
from tests.desk.test_composing import say
from tests.worlds.asked import Forms

NEEDED = "먼저 ‘처리 사유’ 항목을 채워 주세요"


@pytest.fixture
def forms(world) -> Forms:
    return Forms(world)


@pytest.fixture
def conversation(world, forms) -> Conversation:
    return world.conversation()


def page(client, conversation):
    response = client.get(f"/desk/conversations/{conversation.number}")
    assert response.status_code == 200
    return response.content.decode()


def keep(client, conversation, was=(), **sent):
    fields = {"has": list(sent), **{f"field_{key}": value for key, value in sent.items()}}
    fields |= {f"was_{key}": value for key, value in dict(was).items()}
    return client.post(f"/desk/conversations/{conversation.number}/fields", fields)


def test_they_stand_in_the_panel_as_the_form_asks_them(desk, conversation, forms, world):
    extra = forms.field("extra", Kind.LINE, world)
    text = page(desk, conversation).split('data-part="fields"')[1].split("</section>")[0]
    assert "요청 종류" in text and "처리 사유" in text
    order = text.split('id="f_field_order_number"')[0].rsplit('<div class="field asked"', 1)[1]
    assert 'data-when="field_kind"' in order and "환불" in order, "what it is asked for stands beside it"
    assert f'name="field_{extra.key}"' in text.split("<details")[-1], "what no form asks stands below"
    set_values(conversation, {forms.kind: ["refund"]}, by=world.agent)
    text = page(desk, conversation)
    assert 'name="field_order_number"' in text and '<option value="refund" selected>환불' in text


def test_what_is_kept_there_is_changed_once_and_told_once(desk, conversation, forms, world):
    assert keep(desk, conversation, kind="refund", order_number="on-7", cause="").status_code == 302
    assert values_of(conversation) == {forms.kind.pk: ["refund"], forms.order.pk: ["ON-7"]}
    keep(
        desk,
        conversation,
        was={"kind": "refund", "order_number": "ON-7"},
        kind="refund",
        order_number="ON-7",
        cause="",
    )
    text = page(desk, conversation)
    assert text.count("‘주문번호’ 항목을 채웠어요: ON-7") == 1
    history = desk.get(f"/desk/conversations/{conversation.number}/history").content.decode()
    assert "ON-7" in history


def test_a_page_drawn_earlier_takes_back_nothing(desk, conversation, forms, world):
    """A colleague set the order number after this page was drawn; what did not change here stays theirs."""
    set_values(conversation, {forms.order: ["ON-1"]}, by=world.agent)
    keep(desk, conversation, kind="refund", order_number="")
    assert values_of(conversation)[forms.order.pk] == ["ON-1"]


def test_what_is_no_value_comes_back_marked_and_as_it_was_typed(desk, conversation, forms):
    response = keep(desk, conversation, kind="refund", order_number="<없는 번호>")
    text = response.content.decode()
    assert response.status_code == 422
    assert values_of(conversation) == {}, "all or nothing"
    assert "바뀐 것은 없어요" in text


def test_what_is_wrong_in_a_shown_field_has_the_focus(desk, conversation, forms, world):
    set_values(conversation, {forms.kind: ["refund"]}, by=world.agent)
    response = keep(desk, conversation, was={"kind": "refund"}, kind="refund", order_number="<없는 번호>")
    text = response.content.decode()
    assert 'value="&lt;없는 번호&gt;"' in text and 'data-focus="f_field_order_number"' in text
    assert "주문번호가 아니에요" in text


@pytest.mark.parametrize(
    "sent", [{"has": "nothing"}, {"has": ["kind"] * 500}, {}, {"has": "kind", "field_kind": "\0"}]
)
def test_nonsense_changes_nothing(desk, conversation, sent):
    assert desk.post(f"/desk/conversations/{conversation.number}/fields", sent).status_code == 302
    assert values_of(conversation) == {}


def test_the_form_is_changed_in_place(desk, conversation, forms, world):
    path = f"/desk/conversations/{conversation.number}/form"
    assert desk.post(path, {"form": forms.refund.pk}).status_code == 302
    conversation.refresh_from_db()
    assert conversation.form == forms.refund
    assert "양식을 바꿨어요: 양식 없음 → 환불·교환" in page(desk, conversation)
    assert desk.post(path, {"form": "999999"}).status_code == 404
    assert desk.post(path, {"form": "x"}).status_code == 404
    desk.post(path, {"form": ""})
    conversation.refresh_from_db()
    assert conversation.form is None


def test_a_closed_conversation_shows_them_and_changes_none(desk, conversation, forms, world):
    set_values(conversation, {forms.kind: ["other"], forms.cause: ["안내"]}, by=world.agent)
    conversation.set_status("closed", by=world.agent)
    text = page(desk, conversation).split('data-part="fields"')[1].split("</section>")[0]
    assert "<dd>다른 문의</dd>" in text and "<input" not in text
    assert keep(desk, conversation, cause="다른 것").status_code == 422
    assert (
        desk.post(f"/desk/conversations/{conversation.number}/form", {"form": forms.refund.pk}).status_code
        == 422
    )


def test_an_archived_field_is_read_and_not_asked(desk, conversation, forms, world):
    set_values(conversation, {forms.cause: ["안내"]}, by=world.agent)
    forms.cause.archive(by=world.agent)
    text = page(desk, conversation).split('data-part="fields"')[1].split("</section>")[0]
    assert "<dt>처리 사유</dt><dd>안내</dd>" in text and "field_cause" not in text


def test_solving_without_what_is_needed_names_the_field_and_goes_there(desk, conversation, forms):
    response = desk.post(f"/desk/conversations/{conversation.number}/status", {"status": "solved"})
    text = response.content.decode()
    conversation.refresh_from_db()
    assert response.status_code == 422 and conversation.status == "new"
    assert NEEDED in text
    assert (
        'data-focus="f_field_cause"' in text
        and "autofocus" in text.split('id="f_field_cause"')[1].split(">")[0]
    )


def test_sending_as_solved_without_it_keeps_the_words(desk, conversation, forms):
    response = say(desk, conversation, text="끝났어요", status="solved")
    text = response.content.decode()
    assert response.status_code == 422 and NEEDED in text and "끝났어요</textarea>" in text
    assert 'data-focus="f_field_cause"' in text


def test_many_at_once_say_which_field_each_waits_for(desk, conversation, forms, world):
    other = world.conversation()
    set_values(other, {forms.cause: ["안내"]}, by=world.agent)
    desk.post("/desk/bulk/run", {"number": [conversation.number, other.number], "status": "solved"})
    run = Run.objects.get()
    assert {step.conversation_id: step.state for step in run.steps.all()} == {
        conversation.number: "refused",
        other.number: "done",
    }
    assert NEEDED in desk.get(f"/desk/runs/{run.pk}").content.decode()


def test_a_macro_that_solves_says_it_too(desk, conversation, forms, world):
    macro = Macro.make("끝", by=world.agent, changes=[Change("status", "solved")], texts={"ko": "끝났어요"})
    response = say(desk, conversation, text="끝났어요", macro=str(macro.pk))
    text = response.content.decode()
    assert response.status_code == 422 and NEEDED in text and 'data-focus="f_field_cause"' in text


def test_a_macro_sets_a_field_before_it_solves_and_is_taken_back(desk, conversation, forms, world):
    sent = {
        "title": "변심 환불",
        "whose": "me",
        "status": "solved",
        "field": ["cause", "kind"],
        "field_value": ["단순 변심", "다른 문의"],
    }
    assert desk.post("/desk/macros/new", sent).status_code == 302
    macro = Macro.objects.get()
    assert [each.kind for each in macro.steps] == ["field", "field", "status"]
    desk.post("/desk/bulk/run", {"number": [conversation.number], "macro": macro.pk})
    conversation.refresh_from_db()
    assert conversation.status == "solved"
    assert values_of(conversation) == {forms.cause.pk: ["단순 변심"], forms.kind.pk: ["other"]}
    menu = desk.get(f"/desk/conversations/{conversation.number}/macros").json()["rows"][0]["changes"]
    assert menu[:2] == ["처리 사유: 단순 변심", "요청 종류: 다른 문의"]

    desk.post(f"/desk/runs/{Run.objects.get().pk}/undo")
    conversation.refresh_from_db()
    assert (conversation.status, values_of(conversation)) == ("new", {})
    form = desk.get(f"/desk/macros/{macro.pk}").content.decode()
    assert 'value="단순 변심"' in form and '<option value="cause" selected>' in form


def test_a_macro_with_a_value_a_field_does_not_take_is_told(desk, forms):
    sent = {"title": "틀린 값", "whose": "me", "field": ["kind"], "field_value": ["없는 종류"]}
    response = desk.post("/desk/macros/new", sent)
    assert response.status_code == 422 and "‘없는 종류’" in response.content.decode()
    assert not Macro.objects.exists()


def test_several_at_once_get_a_field(desk, conversation, forms):
    sent = {"number": [conversation.number], "field": "kind", "field_value": "환불"}
    desk.post("/desk/bulk/run", sent)
    assert values_of(conversation) == {forms.kind.pk: ["refund"]}
    refused = desk.post("/desk/bulk/run", sent | {"field_value": "없는 종류"})
    assert refused.status_code == 422 and "‘없는 종류’" in refused.content.decode()


def test_what_a_field_takes_no_more_is_refused_for_each(world, conversation, forms):
    with translation.override("ko"):
        macro = Macro.make("옛 값", by=world.agent, changes=[Change("field", "kind=refund")])
    forms.kind.rewrite(by=world.agent, options=[{"ko": "수리", "en": "Repair"}])
    from handrail.automation.runs import start

    run = start([conversation.pk], by=world.agent, macro=macro)
    assert run.steps.get().reason == "gone_value"


def test_whoever_may_not_change_conversations_changes_no_field(world, conversation, forms):
    author = signed_in(world.staff("author@handrail.test", "정작가", Role.AUTHOR))
    assert keep(author, conversation, kind="refund").status_code == 404
    assert values_of(conversation) == {}


def test_fields_cost_the_page_no_more_for_many_than_for_one(
    world, desk, conversation, forms, django_assert_max_num_queries
):
    from tests.desk.test_conversation import PAGE_QUERIES

    for n in range(20):
        set_values(conversation, {forms.field(f"more_{n}", Kind.LINE, world): ["값"]}, by=world.agent)
    page(desk, conversation)
    with django_assert_max_num_queries(PAGE_QUERIES):
        page(desk, conversation)


def test_fields_cost_the_list_no_query(world, desk, conversation, forms, django_assert_num_queries):
    from tests.desk.test_lists import LIST_QUERIES

    set_values(conversation, {forms.order: ["ON-1"]}, by=world.agent)
    desk.get("/desk/views/all/")
    with django_assert_num_queries(LIST_QUERIES):
        desk.get("/desk/views/all/")
