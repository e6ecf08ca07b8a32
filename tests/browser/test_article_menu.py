"""Articles put into a reply by keyboard alone, with a Korean keyboard on, and read by the customer as cards."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.access import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.hangul import compose


@pytest.fixture
def shelf(office):
    opened = office.article("환불은 언제 들어오나요", "<p>사흘 안에 들어와요.</p>")
    closed = office.article("환불 예외 지침", "<p>팀장이 정해요.</p>", audience="agents")
    office.settle()
    return opened, closed


def test_two_question_marks_and_a_word_put_in_link_or_words(office, sit_down, shelf):
    opened, _ = shelf
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    menu = page.locator('[data-kind=reply] [role="listbox"]')
    page.keyboard.press("r")
    page.keyboard.type("안녕하세요 ??")
    compose(page, "ㅎ", "호", "화", "환")
    compose(page, "ㅂ", "부", "불")
    expect(menu.get_by_role("option")).to_have_count(2)
    assert_accessible(page)
    while "언제" not in menu.locator('[aria-selected="true"]').inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    address = f"{settings.BASE_URL}/hc/ko/articles/{opened.pk}-환불은-언제-들어오나요"
    expect(page.locator("#reply-text")).to_have_value(f"안녕하세요 \n환불은 언제 들어오나요\n{address}\n")

    page.keyboard.type("??언제")
    expect(menu.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#reply-text")).to_have_value(
        f"안녕하세요 \n환불은 언제 들어오나요\n{address}\n사흘 안에 들어와요.\n환불은 언제 들어오나요\n{address}\n"
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("안녕하세요")
    assert [card["article"] for card in conversation.messages.get(direction="out").data["cards"]] == [
        opened.pk
    ]


def test_what_the_customer_cannot_read_is_said_before_it_is_put_in_and_before_it_is_sent(
    office, sit_down, shelf
):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}", size=PHONE, scheme="dark")
    page.locator("#reply-text").click()
    page.keyboard.type("??예외")
    option = page.get_by_role("option", name="환불 예외 지침")
    expect(option).to_contain_text("고객에게 안 보이는 글")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("고객은 이 글을 열 수 없어요")
    expect(page.locator("#reply-text")).to_have_value("??예외")
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_have_value(re.compile("환불 예외 지침"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-slot=conflict]")).to_contain_text("고객이 열 수 없어요")
    assert not conversation.messages.filter(direction="out").exists()
    page.get_by_role("button", name="그래도 보내기").click()
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("환불 예외 지침")


def test_escape_leaves_the_words_as_they_are(office, sit_down, shelf):
    page = sit_down(f"/desk/conversations/{office.conversation().number}")
    page.keyboard.press("r")
    page.keyboard.type("정말요??환불")
    expect(page.locator("[data-kind=reply] [data-slot=articles]")).to_be_hidden()
    page.keyboard.type(" ??환불")
    expect(page.locator("[data-kind=reply] [data-slot=articles]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-kind=reply] [data-slot=articles]")).to_be_hidden()
    expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_have_value("정말요??환불 ??환불\n")
