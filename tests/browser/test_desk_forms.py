"""Forms and lists of the desk, as they come back."""

from __future__ import annotations

from playwright.sync_api import expect

from handrail.conversations.links import Link
from handrail.conversations.values import values_of
from tests.worlds.asked import Forms


def test_a_form_that_came_back_begins_at_what_must_be_put_right(office, sit_down):
    page = sit_down("/desk/profile", size=(1280, 500))
    page.get_by_label("시간대").fill("Mars/Base")
    page.get_by_label("내 메일 아래에 붙는 서명").scroll_into_view_if_needed()
    page.get_by_role("button", name="저장").click()
    zone = page.get_by_label("시간대")
    expect(zone).to_be_focused()
    expect(zone).to_be_in_viewport()


def test_a_sender_nobody_vouches_for_is_marked_in_the_line_of_their_name(office, sit_down):
    plain, conversation = office.conversation(), office.conversation()
    conversation.receive("저예요", by=conversation.requester, is_verified=False)
    page = sit_down("/desk/views/all/")
    heights = [
        page.locator(f'.conversation[data-number="{each.number}"] .conversation-who').bounding_box()["height"]
        for each in (conversation, plain)
    ]
    expect(page.locator(".claims")).to_be_visible()
    assert heights[0] <= heights[1] + 4


def test_a_form_with_a_button_of_its_own_waits_for_it(office, sit_down):
    """Choosing the role first still leaves the tick to be set, and a field chosen is kept by the button alone."""
    forms = Forms(office)
    parent, child = office.conversation(subject="상위"), office.conversation(subject="하위")
    page = sit_down(f"/desk/conversations/{parent.number}")
    page.get_by_text("다른 문의 연결").click()
    page.locator("#link-number").fill(str(child.number))
    role = page.locator("#link-role")
    role.select_option("parent")
    role.select_option("child")
    page.locator("[data-part=fields] > details > summary").click()
    page.locator("[data-part=fields] select[name=field_kind]").select_option("refund")
    page.wait_for_timeout(600)
    assert not Link.objects.exists() and values_of(parent) == {}
    expect(page.locator("#link-number")).to_have_value(str(child.number))

    page.locator("[data-part=links] input[name=required]").check()
    page.get_by_role("button", name="연결", exact=True).click()
    expect(page.locator("[data-part=links] .linked")).to_contain_text("먼저 해결되어야 해요")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.locator("[data-part=fields] select[name=field_kind]")).to_have_value("refund")
    expect(page.locator("[data-part=fields] [name=field_order_number]")).to_be_visible()
    assert Link.objects.get().is_required and values_of(parent) == {forms.kind.pk: ["refund"]}


def test_a_field_comes_with_the_choice_that_asks_for_it_and_stays_chosen_when_something_else_is_refused(
    office, sit_down
):
    forms = Forms(office)
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("[data-part=fields] > details > summary").click()
    kind = page.locator("[data-part=fields] select[name=field_kind]")
    order = page.locator("[data-part=fields] [name=field_order_number]")
    expect(order).to_be_hidden()
    kind.select_option("refund")
    expect(order).to_be_visible()
    order.fill("on-7")
    kind.select_option("other")
    expect(order).to_be_hidden()
    kind.select_option("refund")

    page.locator(".thread").click(position={"x": 4, "y": 4})
    page.keyboard.press("e")
    expect(page.locator("[data-part=fields] .field-error")).to_be_visible()
    expect(kind).to_have_value("refund")
    expect(order).to_have_value("on-7")
    assert values_of(conversation) == {}

    page.locator("[data-part=fields] [name=field_cause]").fill("환불함")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(order).to_have_value("ON-7")
    assert values_of(conversation)[forms.order.pk] == ["ON-7"]
