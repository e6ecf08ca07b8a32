"""Ticket templates: made by managers, begun with by colleagues, everything changeable before it is opened."""

import pytest
from django.core import mail

from handrail.accounts.models import Role, Team
from handrail.contacts.identify import also_known_as
from handrail.conversations.checklists import Checklist
from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Required
from handrail.conversations.forms import Asked, RequestForm
from handrail.conversations.ticket_templates import TicketTemplate
from handrail.conversations.values import values_of
from handrail.workspace.typed_fields import Kind
from tests.desk.conftest import signed_in
from tests.worlds.asked import Forms

TOLD = {
    "requester": "jiwoo@example.com",
    "name": "김지우",
    "subject": "환불 전화",
    "channel": "phone",
    "first": "theirs",
    "text": "환불해 달라고 전화하셨어요.",
    "priority": "normal",
}


@pytest.fixture
def forms(world) -> Forms:
    return Forms(world)


@pytest.fixture
def template(world, forms) -> TicketTemplate:
    steps = [{"ko": "주문 확인", "en": "Check the order"}]
    checklist = Checklist.make(names={"ko": "환불 절차"}, steps=steps, is_required=True, by=world.agent)
    return TicketTemplate.make(
        "refund-call",
        by=world.agent,
        name_ko="환불 전화",
        name_en="Refund call",
        subject_ko="환불 요청 전화",
        text_ko="고객이 전화로 환불을 요청했어요.",
        first="theirs",
        team=world.team,
        form=forms.refund,
        checklist=checklist,
        priority="high",
        type="task",
        values={"kind": ["refund"], "cause": ["단순 변심"]},
    )


@pytest.fixture
def boss(world, manager):
    return signed_in(manager)


def test_it_fills_the_page_in(desk, template, world):
    text = desk.get("/desk/new").content.decode()
    assert '<option value="refund-call">환불 전화' in text
    text = desk.get("/desk/new?template=refund-call").content.decode()
    assert "Macro" not in text
    assert 'value="환불 요청 전화"' in text and "고객이 전화로 환불을 요청했어요.</textarea>" in text
    assert '<option value="refund" selected>환불' in text and 'value="단순 변심"' in text
    assert f'<option value="{world.team.pk}" selected>' in text
    assert '<option value="high" selected>' in text and '<option value="task" selected>' in text
    assert f'<option value="{template.checklist.pk}" selected>' in text


def test_what_stands_there_is_what_is_opened(desk, template, forms, world):
    sent = TOLD | {
        "form": forms.refund.pk, "field_kind": "refund", "field_order_number": "on-9", "field_cause": "단순 변심",
        "checklist": template.checklist.pk, "type": "task", "team": world.team.pk,
    }  # fmt: skip
    assert desk.post("/desk/new", sent).status_code == 302
    opened = Conversation.objects.get()
    assert (opened.form, opened.type, opened.team) == (forms.refund, "task", world.team)
    assert values_of(opened) == {
        forms.kind.pk: ["refund"],
        forms.order.pk: ["ON-9"],
        forms.cause.pk: ["단순 변심"],
    }
    assert [step.text("ko") for step in opened.checklist_steps.all()] == ["주문 확인"]
    assert opened.submitter_kind == "staff" and opened.checklist_steps.get().is_required


def test_a_form_that_is_chosen_is_filled_in_and_the_usual_one_need_not_be(desk, forms, world):
    answer = desk.post("/desk/new", TOLD | {"form": forms.refund.pk, "field_kind": "refund"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "꼭 필요한 내용이에요" in text
    assert '<option value="refund" selected>' in text and TOLD["text"] in text
    assert desk.post("/desk/new", TOLD | {"field_kind": "refund"}).status_code == 302
    assert Conversation.objects.get().form is None


def test_what_is_no_value_is_said_whatever_the_form(desk, forms):
    answer = desk.post("/desk/new", TOLD | {"field_kind": "nothing"})
    assert answer.status_code == 422 and "고를 수 없어요" in answer.content.decode()
    assert not Conversation.objects.exists()


def test_another_form_is_shown_with_nothing_lost(desk, forms, world):
    broken = forms.field("broken", Kind.LINE, world, required=Required.CREATE)
    other = RequestForm.make("repair", by=world.agent, name_ko="수리", name_en="Repair", asks=[Asked(broken)])
    sent = TOLD | {"form": other.pk, "field_kind": "refund", "choose": "1"}
    answer = desk.post("/desk/new", sent)
    text = answer.content.decode()
    assert answer.status_code == 200 and 'id="id_field_broken"' in text and "field-error" not in text
    assert '<input type="hidden" name="field_kind" value="refund">' in text and TOLD["text"] in text
    assert not Conversation.objects.exists()


def test_a_field_the_form_does_not_ask_stands_below_and_is_kept(desk, forms, world):
    extra = forms.field("extra", Kind.LINE, world)
    TicketTemplate.make(
        "more", by=world.agent, name_ko="더", name_en="More", form=forms.refund, values={"extra": ["값"]}
    )
    text = desk.get("/desk/new?template=more").content.decode()
    assert 'id="id_field_extra"' in text and '<input type="hidden" name="also" value="extra">' in text
    sent = {"form": forms.refund.pk, "field_kind": "other", "also": "extra", "field_extra": "값"}
    desk.post("/desk/new", TOLD | sent)
    assert values_of(Conversation.objects.get())[extra.pk] == ["값"]


@pytest.mark.parametrize(
    "asked", ["template=nothing", "template=", "template=%00", "template=refund-call&follows=x"]
)
def test_what_is_not_there_fills_in_nothing(desk, forms, asked):
    assert desk.get(f"/desk/new?{asked}").status_code == 200


def test_a_manager_makes_one_changes_it_and_takes_it_out_of_use(boss, desk, forms, world):
    sent = {
        "name_ko": "배송 전화", "name_en": "Delivery call", "subject_ko": "배송 문의 전화", "text_en": "They called.",
        "first": "theirs", "team": str(world.team.pk), "form": str(forms.refund.pk), "priority": "urgent",
        "type": "task", "field": ["kind", ""], "field_value": ["환불", ""],
    }  # fmt: skip
    assert boss.post("/console/templates/new", sent).status_code == 302
    made = TicketTemplate.objects.get()
    assert (made.slug, made.values, made.priority) == ("delivery-call", {"kind": ["refund"]}, "urgent")
    assert made.subject("en") == "배송 문의 전화" and made.text("ko") == "They called."
    text = boss.get("/console/templates/delivery-call/edit").content.decode()
    assert '<option value="kind" selected>' in text and 'value="refund"' in text
    boss.post("/console/templates/delivery-call/edit", sent | {"name_ko": "배송"})
    made.refresh_from_db()
    assert made.name_ko == "배송" and "배송" in boss.get("/console/templates").content.decode()
    boss.post("/console/templates/delivery-call/edit", {"do": "archive"})
    assert boss.get("/console/templates/delivery-call/edit").status_code == 404
    assert "delivery-call" not in desk.get("/desk/new").content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name_en": ""}, "언어마다"),
        ({"field": ["kind"], "field_value": ["없는 값"]}, "고를 수 없어요"),
        ({"field": ["nothing"], "field_value": ["x"]}, "이제 없는 항목"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(boss, forms, sent, said):
    answer = boss.post(
        "/console/templates/new", {"name_ko": "가나", "name_en": "a", "text_ko": "적은 글"} | sent
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and said in text and "적은 글" in text
    assert not TicketTemplate.objects.exists()


def test_one_of_a_private_team_is_for_its_members(desk, boss, template, world):
    hidden = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    TicketTemplate.objects.filter(pk=template.pk).update(team=hidden)
    assert "refund-call" not in desk.get("/desk/new").content.decode()
    assert "환불 요청 전화" not in desk.get("/desk/new?template=refund-call").content.decode()
    assert boss.get("/console/templates/refund-call/edit").status_code == 404
    hidden.add(world.agent, by=world.agent)
    assert "refund-call" in signed_in(world.agent).get("/desk/new").content.decode()


@pytest.mark.parametrize("path", ["templates", "templates/new", "templates/refund-call/edit"])
def test_agents_make_none(desk, template, path):
    assert desk.get(f"/console/{path}").status_code == 404
    assert desk.post(f"/console/{path}", {"do": "archive"}).status_code == 404
    template.refresh_from_db()
    assert template.archived_at is None


def test_an_author_begins_with_none(world, template):
    author = signed_in(world.staff("author@handrail.test", "정작가", Role.AUTHOR))
    assert author.get("/desk/new?template=refund-call").status_code == 404


# A caller without a mail address.


def test_a_caller_is_met_by_their_number_and_again_at_the_next_call(world, desk):
    for at in range(2):
        sent = TOLD | {"requester": "010-2345-6789", "client_id": f"c{at}"}
        assert desk.post("/desk/new", sent).status_code == 302
    first, second = Conversation.objects.order_by("pk")
    assert first.requester == second.requester and first.requester.name == "김지우"
    assert first.requester.identities.get().value == "+821023456789" and not first.endpoints.exists()
    page = desk.get(f"/desk/conversations/{second.pk}").content.decode()
    assert "메일 주소가 없어" in page and "010-2345-6789" in page
    assert "+821023456789" in desk.get(f"/desk/new?follows={second.pk}").content.decode()
    desk.post(f"/desk/conversations/{second.pk}/participants", {"add": "copy@example.com"})
    copied = second.endpoints.get(address="copy@example.com").pk
    desk.post(
        f"/desk/conversations/{second.pk}/messages",
        {"text": "전화로 알려 드렸어요.", "client_id": "x", "agreed_to": f"to={copied}"},
    )
    world.settle()
    assert [each.to for each in mail.outbox] in ([], [["copy@example.com"]])
    desk.post(f"/desk/conversations/{second.pk}/requester", {"address": "jiwoo@example.com"})
    desk.post(
        f"/desk/conversations/{second.pk}/messages", {"text": "메일로도 보내 드려요.", "client_id": "y"}
    )
    world.settle()
    assert ["jiwoo@example.com"] in [each.to for each in mail.outbox]


def test_a_number_that_somebody_only_claims_leads_no_call_to_them(world, desk):
    claims = world.person("other@example.com", name="남의 번호", assurance=2)
    also_known_as(claims, "phone", "010-2345-6789", by=world.agent)
    back = desk.post("/desk/new", TOLD | {"requester": "01023456789"})
    assert back.status_code == 422 and "남의 번호" in back.content.decode()
    assert not Conversation.objects.exists()
    claims.prove("phone", "+821023456789", assurance=2, by=world.agent)
    assert desk.post("/desk/new", TOLD | {"requester": "01023456789"}).status_code == 302
    assert Conversation.objects.get().requester == claims


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"first": "ours"}, "전화번호로는"),
        ({"channel": "mail"}, "메일이 오지"),
        ({"requester": "12"}, "메일"),
    ],
)
def test_what_cannot_be_of_a_caller_is_said(world, desk, sent, why):
    back = desk.post("/desk/new", TOLD | {"requester": "010-2345-6789"} | sent)
    assert back.status_code == 422 and why in back.content.decode()
