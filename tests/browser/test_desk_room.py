"""The room of the desk: what it gives to the talk, what lies over the page, and where small things stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.contacts.models import Record
from handrail.core import clock


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_on_a_laptop_most_of_the_height_is_the_talk(office, sit_down, locale):
    """With all there may be above it: what was tried, several tags, and a pen that writes mail with a signature."""
    conversation = office.conversation(text="배송 조회가 되지 않아요. " * 12)
    conversation.add_tried({"kind": "asked", "text": "배송이 어디까지 왔는지 알고 싶어요. " * 4})
    conversation.add_tried({"kind": "shown", "title": "배송 조회 방법과 배송이 늦어질 때"})
    conversation.tag("배송", by=office.agent)
    office.agent.locale = locale
    office.agent.save(update_fields=["locale"])
    page = sit_down(f"/desk/conversations/{conversation.number}")

    height = page.locator(".thread").bounding_box()["height"]
    assert height >= 420
    assert page.locator(".tried").evaluate("it => it.scrollWidth <= it.clientWidth")
    page.locator("#reply-text").focus()
    assert page.locator(".thread").bounding_box()["height"] >= 400


def test_orders_are_seen_without_a_scroll_and_without_a_press(office, sit_down):
    conversation = office.conversation()
    for at in range(5):
        Record.objects.create(
            person=conversation.requester,
            kind="order",
            number=f"OG-{at}",
            title_ko=f"소리 버즈 {at}개",
            title_en=f"Sori Buds {at}",
            status="delivered",
            amount=138_000,
            at=clock.now() - timedelta(days=at),
        )
    page = sit_down(f"/desk/conversations/{conversation.number}")
    orders = page.locator(".panel [data-part=records] .records").first.locator("li")

    expect(orders).to_have_count(3)
    box = orders.last.bounding_box()
    assert box["y"] + box["height"] < 420
    page.locator(".panel [data-part=records] summary").click()
    expect(page.get_by_text("소리 버즈 4개")).to_be_visible()


def test_the_desk_is_as_high_as_its_window_however_long_a_thread_is(office, sit_down):
    conversation = office.conversation()
    for at in range(30):
        conversation.reply(f"{at}번째 답이에요.", by=office.agent)
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.mouse.move(100, 400)
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(200)
    assert page.evaluate("[scrollY, document.documentElement.scrollHeight - innerHeight]") == [0, 0]


def test_what_lies_over_the_page_closes_by_a_press_elsewhere_by_escape_and_by_being_used(office, sit_down):
    conversation = office.conversation(subject="환불 문의")
    page = sit_down(f"/desk/conversations/{conversation.number}")
    later, snooze = page.locator("details.later").last, page.get_by_text("언제까지 보류할까요?")

    page.get_by_label("나중에 보내기").click()
    expect(later).to_have_attribute("open", "")
    page.locator("summary", has_text="보류하기").click()
    expect(later).not_to_have_attribute("open", "")
    expect(snooze).to_be_visible()
    page.keyboard.press("Escape")
    expect(snooze).to_be_hidden()
    expect(page.locator("summary", has_text="보류하기")).to_be_focused()

    page.locator("#reply-text").fill("내일 알려 드릴게요.")
    page.get_by_label("나중에 보내기").click()
    later.locator("button[name=at]").first.click()
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("내일 알려 드릴게요.")
    expect(later).not_to_have_attribute("open", "")


def test_the_box_of_a_row_is_there_faintly_at_rest_and_beside_its_dot(office, sit_down):
    office.conversation()
    page = sit_down("/desk/views/all/")
    page.mouse.move(640, 790)
    box, dot = page.evaluate(
        """() => { const row = document.querySelector('.conversation[data-waiting]'), link = row.querySelector('a')
        const box = row.querySelector('.pick'), rest = box.getBoundingClientRect(), dot = getComputedStyle(link, '::before')
        const top = link.getBoundingClientRect().top + parseFloat(dot.top)
        return [{ opacity: +getComputedStyle(box).opacity, top: rest.top }, { end: top + parseFloat(dot.height) }] }"""
    )
    assert 0.2 < box["opacity"] < 0.7
    assert box["top"] >= dot["end"]
    page.locator(".conversation").first.hover()
    expect(page.locator(".pick").first).to_have_css("opacity", "1")
    assert page.locator(".pick").first.bounding_box()["width"] >= 24


def test_the_plus_beside_saved_views_is_no_taller_than_a_view(office, sit_down):
    page = sit_down("/desk/views/new")
    plus = page.locator(".desk-views-own .icon-button").bounding_box()
    view = page.locator(".desk-view").first.bounding_box()
    assert 24 <= plus["height"] <= view["height"]
