"""A picture pasted into what is written by hand: where the cursor is, described, in the draft, and in place once it is sent."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.access import assert_accessible

PASTE = """async ({ how, where }) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 60, height: 40 })
  canvas.getContext("2d").fillRect(0, 0, 30, 40)
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"))
  const data = new DataTransfer()
  data.items.add(new File([blob], "screen.png", { type: "image/png" }))
  const event = how === "paste" ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
  document.querySelector(where).dispatchEvent(event)
}"""


def put(page: Page, how: str = "paste", where: str = "#reply-text") -> None:
    with page.expect_response("**/pictures"):
        page.evaluate(PASTE, {"how": how, "where": where})


def test_pasted_described_kept_and_sent_in_its_place(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("여기를 보세요")
    put(page)
    described = page.get_by_role("textbox", name="그림 설명")
    expect(described).to_be_focused()
    missing = page.get_by_text("아직 설명이 없어요")
    expect(missing).to_be_visible()
    page.keyboard.type("빨간 단추")
    expect(missing).to_be_hidden()
    expect(page.locator("#reply-text")).to_have_value(
        re.compile(r"여기를 보세요\n!\[빨간 단추\]\(picture:\w+\)\n")
    )
    expect(page.locator("talk-files li:visible")).to_have_count(0)
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_be_focused()
    expect(page.locator(".composer-form[data-kind=reply] [data-slot=draft]")).to_have_text(
        "초안을 보관했어요"
    )
    page.reload()
    page.keyboard.press("r")
    expect(page.locator(".pen-pictures img:visible")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    shown = page.locator('.entry[data-from="us"] .placed img')
    expect(shown).to_have_attribute("alt", "빨간 단추")
    assert page.evaluate("document.querySelector('.placed img').decode().then(() => true)")
    expect(page.locator(".pen-pictures:visible")).to_have_count(0)


def test_dropped_and_taken_out_again_it_is_not_sent(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("말만 남아요")
    put(page, "drop")
    page.get_by_role("button", name="그림 빼기").click()
    expect(page.locator("#reply-text")).not_to_have_value(re.compile("picture:"))
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("말만 남아요")
    assert conversation.messages.latest("seq").attachments.count() == 0


def test_in_the_words_that_open_a_conversation_and_in_their_draft(office, sit_down):
    page = sit_down("/desk/new")
    page.fill("[name=requester]", "new@example.com")
    page.fill("[name=subject]", "배송 안내")
    page.check("[name=first][value=ours]")
    page.locator("textarea[name=text]").fill("여기를 누르세요")
    put(page, where="textarea[name=text]")
    expect(page.get_by_role("textbox", name="그림 설명")).to_be_focused()
    page.keyboard.type("파란 단추")
    expect(page.locator("[data-slot=draft]")).to_have_text("초안을 보관했어요")
    page.reload()
    expect(page.locator(".pen-pictures img")).to_have_count(1)
    assert page.evaluate("document.querySelector('.pen-pictures img').decode().then(() => true)")
    expect(page.locator("talk-files li:visible")).to_have_count(0)
    assert_accessible(page)
    page.locator("textarea[name=text]").press("Control+Enter")
    shown = page.locator('.entry[data-from="us"] .placed img')
    expect(shown).to_have_attribute("alt", "파란 단추")
    expect(page.locator(".entry .files")).to_have_count(0)


def test_in_a_question_to_somebody_outside_and_in_its_draft(office, sit_down):
    ticket = office.conversation()
    page = sit_down(f"/desk/conversations/{ticket.number}/sides/new")
    page.fill("[name=to]", "no address")
    page.locator("#side-text").fill("이 화면 아세요?")
    put(page, "drop", where="#side-text")
    expect(page.locator("[data-slot=draft]")).to_have_text("초안을 보관했어요")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    # What stands in the way is said, and nothing is lost.
    expect(page.locator(".toast")).to_contain_text("메일 주소가 아니에요")
    expect(page.locator(".pen-pictures img")).to_have_count(1)
    page.reload()
    expect(page.locator(".pen-pictures img")).to_have_count(1)
    page.fill("[name=to]", "carrier@example.net")
    assert_accessible(page)
    page.locator("#side-text").press("Control+Enter")
    expect(page.locator('.entry[data-from="us"] .placed img')).to_have_count(1)
    put(page, where="#side-words")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"] .placed img')).to_have_count(2)
    expect(page.locator("#side-words")).to_have_value("")
    page.goto(f"/desk/conversations/{ticket.number}/sides/new")
    expect(page.locator("#side-text")).to_have_value("")
