"""A checklist as agents press it, and its templates as managers write them."""

import pytest

from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.automation.runs import start, undo
from handrail.conversations.checklists import Checklist, add_checklist
from handrail.conversations.conversation import Conversation
from tests.desk.conftest import signed_in


@pytest.fixture
def template(world):
    steps = [{"ko": "영수증 확인", "en": "Check the receipt"}, {"ko": "환불 실행", "en": "Refund"}]
    return Checklist.make(
        names={"ko": "환불 절차", "en": "Refunds"}, steps=steps, is_required=True, by=world.agent
    )


@pytest.fixture
def conversation(world, template):
    return world.conversation()


def page(desk, conversation):
    return desk.get(f"/desk/conversations/{conversation.pk}").content.decode()


def press(desk, conversation, **said):
    return desk.post(f"/desk/conversations/{conversation.pk}/checklist", said)


def test_an_agent_adds_a_checklist_ticks_and_unticks(world, desk, conversation, template):
    assert "환불 절차" in page(desk, conversation)
    assert press(desk, conversation, add=template.pk).status_code == 302
    press(desk, conversation, text="전화 드리기", required="1")
    first, second, own = conversation.checklist_steps.all()
    assert own.is_required and not own.is_done
    press(desk, conversation, tick=first.pk)
    text = page(desk, conversation)
    assert "1/3" in text and "이서준" in text.split('data-part="checklist"')[1].split("</section>")[0]
    press(desk, conversation, untick=first.pk)
    press(desk, conversation, drop=second.pk)
    assert "0/2" in page(desk, conversation)


def test_what_cannot_be_added_says_why_and_foreign_steps_are_not_there(world, desk, conversation, template):
    assert "할 일을 적어" in press(desk, conversation, text=" ").content.decode()
    press(desk, conversation, add=template.pk)
    again = press(desk, conversation, add=template.pk)
    assert again.status_code == 422 and "이미 있어요" in again.content.decode()
    other = world.conversation()
    step = conversation.checklist_steps.first()
    for said in ({"tick": step.pk}, {"drop": step.pk}, {"add": 987654}, {"tick": "x"}):
        assert press(desk, other, **said).status_code == 404
    step.refresh_from_db()
    assert not step.is_done


def test_solving_is_refused_with_the_steps_that_are_missing(world, desk, conversation, template):
    add_checklist(conversation, template, by=world.agent)
    conversation.checklist_steps.first().tick(by=world.agent)
    single = desk.post(f"/desk/conversations/{conversation.pk}/status", {"status": "solved"})
    said = {"text": "끝났어요", "status": "solved", "client_id": "one"}
    reply = desk.post(f"/desk/conversations/{conversation.pk}/messages", said)
    for answer in (single, reply):
        alert = answer.content.decode().split('role="alert"')[1][:300]
        assert answer.status_code == 422
        assert "환불 실행" in alert and "영수증 확인" not in alert
    assert not conversation.messages.filter(text="끝났어요").exists()


def test_many_and_macros_are_refused_with_the_steps_too(world, desk, conversation, template):
    add_checklist(conversation, template, by=world.agent)
    macro = Macro.make("해결", by=world.agent, texts={"ko": ""}, changes=[Change("status", "solved")])
    run = start([conversation.pk], by=world.agent, macro=macro)
    shown = desk.get(f"/desk/runs/{run.pk}").content.decode()
    assert "영수증 확인, 환불 실행" in shown
    said = {"text": "네", "macro": macro.pk, "client_id": "two"}
    answer = desk.post(f"/desk/conversations/{conversation.pk}/messages", said)
    assert answer.status_code == 422 and "영수증 확인, 환불 실행" in answer.content.decode()
    assert Conversation.objects.get(pk=conversation.pk).status == "new"


def test_a_macro_adds_a_checklist_and_takes_it_back(world, desk, conversation, template):
    said = {"title": "환불", "whose": "me", "checklist": template.pk}
    assert desk.post("/desk/macros/new", said).status_code == 302
    macro = Macro.objects.get()
    menu = desk.get(f"/desk/conversations/{conversation.pk}/macros").json()
    assert menu["rows"][0]["changes"] == ["체크리스트: 환불 절차"]
    run = start([conversation.pk], by=world.agent, macro=macro)
    assert conversation.checklist_steps.count() == 2
    assert undo(run, by=world.agent)
    assert not conversation.checklist_steps.exists()


def test_a_closed_conversation_takes_no_more_steps(world, desk, conversation):
    conversation.set_status("closed", by=world.agent)
    assert press(desk, conversation, text="더").status_code == 422


def test_a_manager_writes_templates_and_takes_them_out_of_use(world, manager):
    console = signed_in(manager)
    said = {
        "ko": "반품",
        "en": "Returns",
        "steps_ko": "하나\n\n 둘 ",
        "steps_en": "One\nTwo",
        "required": "1",
    }
    assert console.post("/console/checklists/keep", said).status_code == 302
    row = Checklist.objects.get()
    assert row.steps == [{"ko": "하나", "en": "One"}, {"ko": "둘", "en": "Two"}] and row.is_required
    console.post("/console/checklists/keep", {"checklist": row.pk, "ko": "반품 절차", "steps_ko": "하나"})
    row.refresh_from_db()
    assert (row.name_ko, row.name_en, row.is_required) == ("반품 절차", "", False)
    assert "반품 절차" in console.get("/console/checklists").content.decode()
    console.post("/console/checklists/retire", {"checklist": row.pk})
    assert not Checklist.objects.offered().exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"ko": "", "steps_ko": "하나"}, "한국어 이름"),
        ({"ko": "이름", "steps_ko": " "}, "단계를 하나 이상"),
        ({"ko": "이름", "steps_ko": "하나\n둘", "steps_en": "One"}, "한국어 단계는 2개"),
        ({"ko": "이름", "steps_ko": "가" * 201}, "200자보다 길어요"),
        ({"ko": "이름", "steps_ko": "하나\n" * 41}, "40개까지"),
    ],
)
def test_a_template_that_cannot_be_comes_back_as_it_was_typed(manager, said, words):
    answer = signed_in(manager).post("/console/checklists/keep", {**said, "en": "Kept as typed"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text and "Kept as typed" in text
    assert not Checklist.objects.exists()


def test_agents_write_no_templates(desk, template):
    assert desk.get("/console/checklists").status_code in {302, 403, 404}
    desk.post("/console/checklists/retire", {"checklist": template.pk})
    assert Checklist.objects.offered().exists()
