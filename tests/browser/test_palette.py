"""Ctrl+K by hand, with a Korean keyboard on."""

from __future__ import annotations

from playwright.sync_api import expect

from handrail.conversations.conversation import Conversation
from handrail.core.events.models import Event
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


def test_a_colleague_is_chosen_by_letters_and_arrow_keys_decide_nothing_before_enter(office, sit_down):
    conversation = office.conversation()
    mirae = office.staff("mirae@handrail.test", "방미래", "agent")
    office.staff("jaewon@handrail.test", "노재원", "agent")
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("a")
    chooser = page.get_by_role("dialog", name="담당자")
    expect(chooser.get_by_role("option", name="담당자 없음")).to_have_attribute("aria-selected", "true")
    assert_accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(chooser).to_be_hidden()
    page.keyboard.press("a")
    page.keyboard.type("ㅂㅁㄹ")
    page.keyboard.press("Enter")
    expect(page.locator("#c-assignee")).to_have_value(str(mirae.pk))
    expect(page.locator(".entries")).to_contain_text("방미래")
    assert Event.objects.filter(verb="conversation.assigned").count() == 1
    page.keyboard.press("n")
    expect(page.locator("#note-text")).to_be_focused()


def test_an_arrow_key_in_a_list_of_choices_opens_them_and_changes_nothing(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.locator("#c-status").focus()
    page.keyboard.press("ArrowDown")
    chooser = page.get_by_role("dialog", name="상태")
    expect(chooser.get_by_role("option", name="새 문의")).to_contain_text("지금 값")
    page.keyboard.press("Escape")
    expect(page.locator("#c-status")).to_be_focused()
    page.keyboard.type("zzz")
    expect(chooser.get_by_text("그런 이름")).to_be_visible()
    page.locator("#palette-words").fill("goruf")
    page.keyboard.press("Enter")
    expect(page.locator("#c-status")).to_have_value("solved")
    expect(page.locator(".entries")).to_contain_text("해결")
    assert Event.objects.filter(verb="conversation.status_changed").count() == 1
