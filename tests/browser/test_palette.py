"""Ctrl+K by hand, with a Korean keyboard on."""

from __future__ import annotations

from playwright.sync_api import expect

from handrail.conversations.conversation import Conversation
from tests.browser.access import assert_accessible

PHONE = (360, 740)


def test_it_opens_while_writing_acts_on_the_page_and_gives_the_focus_back(office, sit_down):
    conversation = office.conversation(subject="팔레트로 할 일")
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("#reply-text").fill("쓰던 글")
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+KeyK")
    palette = page.get_by_role("dialog", name="어디로든 가고 무엇이든 하기")
    expect(palette).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    expect(page.locator("#reply-text")).to_be_focused()
    expect(page.locator("#reply-text")).to_have_value("쓰던 글")
    page.keyboard.press("Control+KeyK")
    page.keyboard.type("ㅁㄱ")
    page.get_by_role("option", name="맡기").click()
    expect(page.get_by_role("button", name="맡기")).to_be_hidden()
    assert Conversation.objects.get().assignee == office.agent


def test_it_goes_to_views_by_first_consonants_and_to_conversations_by_words(office, sit_down):
    office.conversation(subject="세탁기 배송 문의")
    page = sit_down("/desk/")
    page.keyboard.press("Control+KeyK")
    page.keyboard.type("ㅁㅂㅈ")
    expect(page.get_by_role("option", name="미배정")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/views/unassigned/")
    page.keyboard.press("Control+KeyK")
    page.keyboard.type("세탁기")
    found = page.get_by_role("option", name="세탁기 배송 문의")
    expect(found.first).to_be_visible()
    found.first.click()
    expect(page.get_by_role("heading", name="세탁기 배송 문의")).to_be_visible()


def test_on_a_phone_it_is_a_button_and_fits(office, sit_down):
    office.conversation()
    page = sit_down("/desk/", size=PHONE, scheme="dark")
    page.get_by_role("button", name="바로 가기").click()
    expect(page.get_by_role("combobox", name="무엇이든")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert_accessible(page)
