"""Fields in a browser: what a choice shows, another kind in place, and where the focus goes when something is missing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from handrail.conversations.fields import Required
from handrail.conversations.forms import Asked, RequestForm
from handrail.conversations.values import set_values, values_of
from handrail.workspace.typed_fields import Kind
from tests.browser.access import violations
from tests.browser.conftest import LAPTOP, PHONE
from tests.worlds.asked import Forms


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_a_choice_shows_a_field_and_another_kind_is_asked_in_place(open_page, site, size):
    forms = Forms(site.world)
    broken = forms.field("broken", Kind.LINE, site.world, required=Required.CREATE)
    RequestForm.make("repair", by=site.world.agent, name_ko="수리", name_en="Repair", asks=[Asked(broken)])
    page = open_page("/hc/ko/requests/new", size=size)
    order = page.get_by_label("주문번호")
    expect(order).to_be_hidden()
    expect(page.get_by_role("button", name="적을 내용 보기")).to_be_hidden()
    page.get_by_label("요청 종류").select_option("refund")
    expect(order).to_be_visible()
    order.fill("ON-77")
    page.get_by_label("무슨 일인가요?").fill("적던 글")
    page.get_by_label("어떤 문의인가요?").select_option("repair")
    expect(page.get_by_label("broken 항목")).to_be_visible()
    expect(page.get_by_label("요청 종류")).to_have_count(0)
    page.get_by_label("어떤 문의인가요?").select_option("refund")
    expect(order).to_have_value("ON-77")
    expect(page.get_by_label("무슨 일인가요?")).to_have_value("적던 글")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_enter_in_a_field_sends_instead_of_choosing(open_page, site):
    forms = Forms(site.world)
    RequestForm.make(
        "repair", by=site.world.agent, name_ko="수리", name_en="Repair", asks=[Asked(forms.order)]
    )
    page = open_page("/hc/ko/requests/new", scripts=False, faults_expected=True)
    page.get_by_label("짧게 적어 주세요").fill("환불")
    page.get_by_label("짧게 적어 주세요").press("Enter")
    expect(page.get_by_text("거의 다 됐어요")).to_be_visible()


def test_solving_goes_to_the_field_that_is_missing_and_then_through(office, sit_down):
    forms = Forms(office)
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("e")
    cause = page.get_by_label("처리 사유")
    expect(cause).to_be_focused()
    expect(page.locator(".toasts")).to_contain_text("‘처리 사유’")
    cause.fill("단순 변심")
    page.locator("[data-part=fields]").get_by_role("button", name="저장").click()
    expect(page.locator(".entries")).to_contain_text("단순 변심")
    page.get_by_label("요청 종류").select_option("other")
    page.locator("[data-part=fields]").get_by_role("button", name="저장").click()
    expect(page.locator(".entries")).to_contain_text("다른 문의")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="해결", exact=True).click()
    expect(page.locator("#c-status")).to_have_value("solved")
    assert values_of(conversation) == {forms.cause.pk: ["단순 변심"], forms.kind.pk: ["other"]}


def test_fields_beside_a_conversation_are_accessible(office, sit_down):
    forms = Forms(office)
    conversation = office.conversation()
    set_values(conversation, {forms.kind: ["refund"], forms.order: ["ON-1"]}, by=office.agent)
    page = sit_down(f"/desk/conversations/{conversation.number}")
    assert violations(page) == []
    page.goto("/desk/new")
    assert violations(page) == []
