"""Fields and request forms as a manager makes them, with every way of going wrong."""

import pytest

from handrail.accounts.models import Role
from handrail.conversations.field_operators import NoSuch, of_field
from handrail.conversations.fields import Field
from handrail.conversations.forms import RequestForm
from handrail.conversations.values import set_values
from handrail.core.actors import SYSTEM
from handrail.intake.suggesting import Suggestion, offered
from handrail.workspace.typed_fields import CannotBeField
from tests.desk.conftest import signed_in
from tests.worlds.asked import Forms

NAMES = {"name_ko": "주문번호", "name_en": "Order number"}


@pytest.fixture
def manager(world):
    return signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))


@pytest.fixture
def forms(world) -> Forms:
    return Forms(world)


def options(*rows):
    return {f"option_{name}": [row[at] for row in rows] for at, name in enumerate(("code", "ko", "en"))}


def saved(form, **changed):
    """What the page of this form sends when nothing is changed."""
    sent = {name: getattr(form, name) for name in ("name_ko", "name_en", "intro_ko", "intro_en")}
    rows = form.asks()
    sent |= {"fields": ",".join(row.field.key for row in rows), "do": "save", "is_active": "1"}
    if form.is_default:
        sent["is_default"] = "1"
    for row in rows:
        sent[f"when_{row.field.key}"] = (
            [f"{row.when.key}:{code}" for code in row.when_values] if row.when else []
        )
        if row.is_required_then:
            sent[f"needed_{row.field.key}"] = "1"
    return sent | changed


def change(client, form, **changed):
    return client.post(f"/console/forms/{form.slug}/edit", saved(form, **changed))


def test_a_field_is_made_and_stands_in_the_list(manager):
    sent = NAMES | {"key": "order_number", "kind": "order", "audience": "public", "required": "create"}
    assert manager.post("/console/fields/new", sent | {"help_ko": "ON으로 시작해요"}).status_code == 302
    field = Field.objects.get()
    assert (field.key, field.kind, field.is_public, field.required, field.help_ko) == (
        "order_number", "order", True, "create", "ON으로 시작해요",
    )  # fmt: skip
    page = manager.get("/console/fields").content.decode()
    assert "주문번호" in page and "order_number" in page and "문의를 보낼 때" in page


def test_a_choice_has_options_in_the_order_they_were_put(manager):
    rows = [("", "환불", "Refund"), ("", "교환", "Exchange"), ("", "", "")]
    sent = NAMES | {"key": "kind", "kind": "choice"} | options(*rows)
    again = manager.post("/console/fields/new", sent | {"do": "up:1"})
    text = again.content.decode()
    assert again.status_code == 200 and text.index('value="교환"') < text.index('value="환불"')
    assert not Field.objects.exists(), "only save keeps anything"
    manager.post("/console/fields/new", sent)
    assert [option["code"] for option in Field.objects.get().options] == ["refund", "exchange"]


def test_more_lines_lose_nothing(manager):
    sent = NAMES | {"key": "kind", "kind": "choice", "do": "rows"} | options(("", "환불", "Refund"))
    text = manager.post("/console/fields/new", sent).content.decode()
    assert 'value="환불"' in text and 'value="주문번호"' in text
    assert text.count('name="option_ko"') > 4


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"key": "주문"}, "영어 소문자로 시작하고"),
        ({"key": "kind"}, "이미 있어요"),
        ({"name_ko": " "}, "언어마다"),
        ({"kind": "choice"}, "보기가 하나 이상"),
    ],
)
def test_what_can_be_no_field_is_said_and_what_was_typed_stays(manager, forms, sent, said):
    before = Field.objects.count()
    fields = NAMES | {"key": "new_one", "kind": "line", "help_en": "typed before"} | sent
    response = manager.post("/console/fields/new", fields)
    text = response.content.decode()
    assert response.status_code == 422 and Field.objects.count() == before
    assert "typed before" in text
    assert said in text


def test_a_field_changes_but_its_key_and_kind_stay(manager, forms):
    path = f"/console/fields/{forms.order.key}/edit"
    sent = {"name_ko": "주문 번호", "name_en": "Order", "key": "other", "kind": "line", "audience": "agents"}
    manager.post(path, sent | {"required": "solve"})
    forms.order.refresh_from_db()
    assert (forms.order.key, forms.order.kind) == ("order_number", "order")
    assert (forms.order.name_ko, forms.order.is_public, forms.order.required) == ("주문 번호", False, "solve")


def test_an_option_taken_out_stays_where_it_was_chosen(manager, forms, world):
    conversation = world.conversation()
    set_values(conversation, {forms.kind: ["exchange"]}, by=world.agent)
    sent = {"name_ko": "종류", "name_en": "Kind"} | options(
        ("refund", "환불", "Refund"), ("exchange", "", "")
    )
    manager.post(f"/console/fields/{forms.kind.key}/edit", sent)
    forms.kind.refresh_from_db()
    assert [code for code, _name in forms.kind.offered("ko")] == ["refund"]
    assert dict(forms.kind.offered("ko", also=["exchange"]))["exchange"] == "교환"


def test_archived_and_asked_again(manager, forms):
    path = f"/console/fields/{forms.cause.key}/edit"
    manager.post(path, {"do": "archive"})
    forms.cause.refresh_from_db()
    assert forms.cause.archived_at and "보관한 항목 1개" in manager.get("/console/fields").content.decode()
    manager.post(path, {"do": "restore"})
    forms.cause.refresh_from_db()
    assert forms.cause.archived_at is None
    refused = manager.post(f"/console/fields/{forms.kind.key}/edit", {"do": "archive"})
    assert refused.status_code == 422 and "조건을 먼저 빼 주세요" in refused.content.decode()


def test_fields_change_places(manager, forms):
    manager.post("/console/fields/order", {"up": "order_number"})
    assert list(Field.objects.values_list("key", flat=True)) == ["order_number", "kind", "cause"]
    manager.post("/console/fields/order", {"up": "order_number"})
    assert Field.objects.first().key == "order_number"
    assert manager.post("/console/fields/order", {"up": "nothing"}).status_code == 404


def test_a_form_is_made_with_fields_and_a_condition(manager, forms, world):
    sent = {
        "name_ko": "수리", "name_en": "Repairs", "fields": "kind,order_number", "is_active": "1", "do": "save",
        "when_order_number": ["kind:exchange"], "needed_order_number": "1", "team": str(world.team.pk),
        "suggested": [f"p:{world.product.pk}", f"t:{world.topic.pk}", "p:999999", "x:1"],
    }  # fmt: skip
    assert manager.post("/console/forms/new", sent).status_code == 302
    form = RequestForm.objects.get(slug="repairs")
    first, second = form.asks()
    assert (first.field, first.when) == (forms.kind, None)
    assert (second.field, second.when, second.when_values) == (forms.order, forms.kind, ["exchange"])
    assert form.team == world.team and not form.is_default
    assert Suggestion.objects.filter(form=form).count() == 2
    viewer = world.viewer()
    assert offered(viewer) == [forms.refund, form]
    assert offered(viewer, product=world.product) == [form, forms.refund]
    assert offered(viewer, topic=world.topic) == [form, forms.refund]


def test_the_first_form_is_the_usual_one(manager):
    assert 'name="is_default" value="1" checked' in manager.get("/console/forms/new").content.decode()


def test_adding_moving_and_taking_out_keep_nothing_until_saved(manager, forms):
    added = change(manager, forms.refund, fields="kind", do="add", add="cause").content.decode()
    assert 'value="kind,cause"' in added
    up = change(manager, forms.refund, do="up:order_number").content.decode()
    assert 'value="order_number,kind,cause"' in up
    removed = change(manager, forms.refund, do="remove:kind").content.decode()
    assert 'value="order_number,cause"' in removed
    assert [place.field for place in forms.refund.asks()] == [forms.kind, forms.order, forms.cause]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"fields": "order_number,kind,cause"}, "아래쪽 항목을 기다려요"),
        ({"fields": "order_number,cause"}, "이 양식에 없는 항목을 기다려요"),
        ({"when_order_number": ["cause:x"]}, "아래쪽 항목을 기다려요"),
        ({"when_order_number": ["kind:nothing"]}, "어떤 값일 때"),
        ({"when_order_number": ["kind:refund", "cause:x"]}, "두 항목을 기다려요"),
        ({"fields": "kind,kind"}, "두 번 들어 있어요"),
        ({"name_en": ""}, "언어마다"),
        ({"is_default": []}, "기본 양식이 하나는 있어야"),
        ({"is_active": []}, "사용 중이어야"),
    ],
)
def test_a_form_nobody_could_fill_in_is_refused(manager, forms, changed, said):
    response = change(manager, forms.refund, **changed)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert [place.field for place in forms.refund.asks()] == [forms.kind, forms.order, forms.cause]


def test_a_customers_field_cannot_wait_for_one_of_colleagues(manager, forms):
    sent = {"name_ko": "종류", "name_en": "Kind", "audience": "agents"} | options(
        ("refund", "환불", "Refund")
    )
    response = manager.post("/console/fields/kind/edit", sent)
    forms.kind.refresh_from_db()
    assert response.status_code == 422 and "그 조건을 먼저 빼 주세요" in response.content.decode()
    assert forms.kind.is_public and forms.kind.name_ko == "요청 종류", "nothing was kept"
    forms.order.rewrite(by=SYSTEM, is_public=False)
    forms.kind.rewrite(by=SYSTEM, is_public=False)
    with pytest.raises(CannotBeField):
        forms.order.rewrite(by=SYSTEM, is_public=True)


def test_another_form_becomes_the_usual_one(manager, forms, world):
    other = RequestForm.make("other", by=world.agent, name_ko="다른 양식", name_en="Other")
    change(manager, other, is_default="1")
    forms.refund.refresh_from_db()
    assert not forms.refund.is_default and RequestForm.objects.get(is_default=True) == other
    assert "기본 양식" in manager.get("/console/forms").content.decode()


@pytest.mark.parametrize("role", [Role.AGENT, Role.AUTHOR, Role.REVIEWER])
@pytest.mark.parametrize(
    "path", ["fields", "fields/new", "fields/kind/edit", "forms", "forms/new", "forms/refund/edit"]
)
def test_only_managers_make_them(world, forms, role, path):
    client = signed_in(world.staff("x@handrail.test", "아무개", role))
    assert client.get(f"/console/{path}").status_code == 404
    assert client.post(f"/console/{path}", {"do": "archive"}).status_code in (404, 405)
    forms.kind.refresh_from_db()
    assert forms.kind.archived_at is None


def test_what_is_not_there_is_not_there(manager):
    assert manager.get("/console/fields/nothing/edit").status_code == 404
    assert manager.get("/console/forms/nothing/edit").status_code == 404


def test_names_are_text(manager, forms):
    forms.order.rewrite(by=SYSTEM, name_ko="<b>주문</b>", help_ko='"><script>alert(1)</script>')
    for path in ("fields", "fields/order_number/edit", "forms/refund/edit"):
        text = manager.get(f"/console/{path}").content.decode()
        assert "<b>주문" not in text and "<script>alert" not in text


def test_a_priority_is_worded_for_customers_and_what_is_emptied_is_not_offered(manager):
    sent = {"name_ko": "얼마나 급한가요?", "name_en": "How urgent is it?", "key": "hurry", "kind": "priority"}
    assert manager.post("/console/fields/new", sent).status_code == 302
    field = Field.objects.get()
    assert [code for code, _words in field.offered("en")] == ["low", "normal", "high", "urgent"]
    page = manager.get("/console/fields/hurry/edit").content.decode()
    assert page.count('name="option_code"') == 4 and 'name="audience"' not in page
    assert 'value="solve"' not in page and 'value="create"' in page

    rows = [
        ("low", "", ""),
        ("normal", "보통", "As usual"),
        ("high", "일이 멈췄어요", ""),
        ("urgent", "", ""),
    ]
    assert manager.post("/console/fields/hurry/edit", sent | options(*rows)).status_code == 302

    field.refresh_from_db()
    assert field.offered("en") == [("normal", "As usual"), ("high", "일이 멈췄어요")]
    nothing = [(code, "", "") for code in ("low", "normal", "high", "urgent")]
    assert manager.post("/console/fields/hurry/edit", sent | options(*nothing)).status_code == 422


@pytest.mark.parametrize("asked", [{"audience": "agents"}, {"required": "solve"}, {"required": "always"}])
def test_a_priority_is_asked_of_customers_when_they_send(manager, asked):
    sent = NAMES | {"key": "hurry", "kind": "priority"} | asked
    assert manager.post("/console/fields/new", sent).status_code == 422
    assert not Field.objects.exists()


def test_a_form_asks_for_the_priority_once_and_nothing_waits_for_it(manager, world, forms):
    one, other = (forms.field(key, "priority", world) for key in ("hurry", "rush"))
    answer = change(manager, forms.refund, fields="kind,hurry,rush")
    assert answer.status_code == 422 and "rush" in answer.content.decode()
    assert change(manager, forms.refund, fields="hurry,kind", when_kind=["hurry:high"]).status_code == 422
    assert change(manager, forms.refund, fields="kind,hurry", when_hurry=["kind:refund"]).status_code == 302
    assert [place.field for place in forms.refund.asks()] == [forms.kind, one]
    assert other.archived_at is None


def test_a_priority_is_asked_nowhere_where_colleagues_have_their_own_way(manager, world, forms):
    hurry = forms.field("hurry", "priority", world, required="create")
    change(manager, forms.refund, fields="kind,hurry", when_kind=[])
    desk = signed_in(world.agent)
    conversation = world.conversation()

    pages = [
        f"/desk/conversations/{conversation.number}",
        "/desk/new",
        f"/desk/bulk?number={conversation.number}",
    ]
    for path in [*pages, "/desk/macros/new", "/desk/views/new"]:
        assert "hurry" not in desk.get(path).content.decode(), path
    conversation.set_status("solved", by=world.agent)
    assert conversation.status == "solved"
    with pytest.raises(NoSuch):
        of_field("hurry", "high", ":")
    assert hurry.kind == "priority"
