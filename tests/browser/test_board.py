"""The board by mouse, by keyboard with a Korean keyboard on, and on a phone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.links import Link, link
from tests.browser.access import assert_accessible
from tests.browser.test_row_keys import key, press

PHONE = (360, 740)


def column(page, status):
    return page.locator(f'.board-column[data-status="{status}"]')


def test_a_card_is_dragged_and_the_move_taken_back(office, sit_down):
    conversation = office.conversation(subject="끌어 옮길 문의")
    conversation.set_status("open", by=office.agent)
    page = sit_down("/desk/views/all/")
    page.get_by_role("link", name="보드").click()
    card = column(page, "open").locator(".board-card")
    card.drag_to(column(page, "on_hold"))
    expect(column(page, "on_hold").locator(".board-card")).to_contain_text("끌어 옮길 문의")
    expect(page.locator(".board-said")).to_contain_text(f"#{conversation.number}")
    assert Conversation.objects.get().status == "on_hold"
    assert_accessible(page)
    page.get_by_role("button", name="되돌리기").click()
    expect(column(page, "open").locator(".board-card")).to_have_count(1)


def test_a_card_is_moved_by_keys_and_keeps_the_focus(office, sit_down):
    one = office.conversation(subject="첫째")
    other = office.conversation(subject="둘째")
    for each in (one, other):
        each.set_status("open", by=office.agent)
    link(one, other, kind=Link.Kind.CHILD, is_required=True, by=office.agent)
    page = sit_down("/desk/views/all/board")
    page.locator(f'[data-number="{other.number}"] a').focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(column(page, "pending")).to_contain_text("둘째")
    expect(page.locator(f'[data-number="{other.number}"] a')).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f'[data-number="{one.number}"] a')).to_be_focused()
    for status in ("pending", "on_hold"):
        page.keyboard.press("Shift+ArrowRight")
        expect(column(page, status)).to_contain_text("첫째")
        expect(page.locator(f'[data-number="{one.number}"]:not([data-moving]) a')).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".board-said")).to_contain_text("먼저")
    expect(column(page, "on_hold")).to_contain_text("첫째")


@pytest.mark.parametrize("arrow", ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"])
def test_the_first_arrow_goes_to_the_first_card_and_scrolls_nothing(office, sit_down, arrow):
    for at in range(20):
        office.conversation(subject=f"문의 {at}").set_status("open", by=office.agent)
    page = sit_down("/desk/views/all/board")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.locator("h1").click()
    page.keyboard.press(arrow)
    first = page.locator(".board-card a").first
    expect(first).to_be_focused()
    assert page.evaluate("document.querySelector('main').scrollTop + scrollY") == 0
    page.keyboard.press("ArrowDown")
    expect(page.locator(".board-card a").nth(1)).to_be_focused()


def test_keys_act_on_a_card_as_on_a_row_while_a_korean_keyboard_is_on(office, sit_down):
    one, other = (office.conversation(subject=name) for name in ("첫째", "둘째"))
    for each in (one, other):
        each.set_status("open", by=office.agent)
    office.settle()
    page = sit_down("/desk/views/all/board")
    press(page, "KeyJ")
    first = page.locator(".board-card a:focus")
    expect(first).to_be_visible()
    press(page, "KeyJ", "KeyK")
    number = page.locator(".board-card:has(a:focus)").get_attribute("data-number")
    card = page.locator(f'.board-card[data-number="{number}"] a')

    press(page, "KeyM")
    expect(page.locator(".board-said")).to_contain_text("1건")
    expect(card).to_be_focused()
    assert Conversation.objects.get(pk=number).assignee == office.agent

    press(page, "KeyP")
    expect(page.locator("desk-palette [role=option]").first).to_be_visible()
    page.keyboard.type("긴급")
    with page.expect_response("**/bulk/run"):
        page.keyboard.press("Enter")
    expect(card).to_contain_text("긴급")
    expect(card).to_be_focused()
    assert Conversation.objects.get(pk=number).priority == "urgent"

    press(page, "KeyX")
    expect(page.locator("desk-palette [role=option]").first).to_be_visible()
    page.keyboard.type("답변")
    page.keyboard.press("Enter")
    expect(column(page, "pending").locator(f'[data-number="{number}"] a')).to_be_focused()
    expect(page.locator("desk-board > [role=status]")).to_contain_text(f"#{number}")

    press(page, "KeyE")
    expect(column(page, "solved").locator(f'[data-number="{number}"] a')).to_be_focused()
    press(page, "KeyZ")
    expect(column(page, "pending").locator(".board-card")).to_have_count(1)


def test_the_list_of_keys_names_those_of_a_board(office, sit_down):
    office.conversation()
    page = sit_down("/desk/views/all/board")
    page.keyboard.press("Shift+Slash")
    for letter in ("j", "k", "m", "a", "h", "p", "s", "e", "x"):
        expect(page.locator("[data-here]").locator(key(letter))).to_have_count(1)
    assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_fits_a_phone_and_has_a_menu_there(office, sit_down, scheme):
    for status in ("open", "pending", "solved"):
        office.conversation(subject=f"긴 제목의 문의 {status} " + "가나다라마바사" * 8).set_status(
            status, by=office.agent
        )
    page = sit_down("/desk/views/all/board", size=PHONE, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    column(page, "open").locator("summary").click()
    assert_accessible(page)
    column(page, "open").get_by_role("button", name="답변 대기").click()
    expect(column(page, "pending").locator(".board-card")).to_have_count(2)


@pytest.mark.parametrize("size", [PHONE, (1280, 800)])
def test_the_menu_of_a_card_is_whole_and_its_statuses_stand_apart(office, sit_down, size):
    for at in range(3):
        CustomStatus.make(
            "pending",
            by=office.agent,
            name_ko=f"부품 업체의 회신과 배송을 기다려요 {at}",
            name_en=f"Waits for the supplier's answer {at}",
        )
    conversation = office.conversation()
    page = sit_down("/desk/views/all/board", size=size)
    card = page.locator(f'.board-card[data-number="{conversation.number}"]')
    card.locator("summary").click()
    menu = card.locator(".card-move > form")
    box = menu.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= size[0]
    boxes = menu.locator("button").evaluate_all(
        "all => all.map(it => { const range = document.createRange(); range.selectNodeContents(it);"
        " const words = range.getBoundingClientRect(); return [words.top, words.bottom, words.right] })"
    )
    for (_, above, _), (below, _, _) in pairwise(boxes):
        assert below - above >= 8
    assert all(right <= box["x"] + box["width"] for _, _, right in boxes)
    menu.locator("button").last.scroll_into_view_if_needed()
    expect(menu.locator("button").last).to_be_in_viewport(ratio=1)
    assert_accessible(page)
