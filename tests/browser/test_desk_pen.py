"""The pen of the desk: files chosen, pasted and dropped; whom it writes to; what a reply taken back leaves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import assert_accessible

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8ff"
    "ff3f0005fe02fea735819e0000000049454e44ae426082"
)
PUT = """([type, field, withWords]) => {
    const held = new DataTransfer()
    held.items.add(new File([Uint8Array.from(field.bytes)], field.name, { type: "image/png" }))
    if (withWords) held.setData("text/plain", "A1\\tB1")
    const more = type === "paste" ? { clipboardData: held } : { dataTransfer: held }
    const event = type === "paste" ? new ClipboardEvent(type, { ...more, bubbles: true, cancelable: true })
                                   : new DragEvent(type, { ...more, bubbles: true, cancelable: true })
    return document.activeElement.dispatchEvent(event)
}"""


def _put(page: Page, kind: str, name: str, *, with_words: bool = False) -> bool:
    """Paste or drop a picture where the cursor is; true where the browser does as it always does."""
    return page.evaluate(PUT, [kind, {"name": name, "bytes": list(PNG)}, with_words])


def test_a_picture_is_pasted_or_dropped_into_the_words_and_chosen_files_stand_below_and_can_be_taken_out(
    office, sit_down
):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    files = page.locator(".composer-form[data-kind=reply] talk-files li")
    page.keyboard.press("r")
    page.keyboard.type("화면을 보내 드려요.")
    assert not _put(page, "paste", "screen.png")
    assert not _put(page, "drop", "dropped.png")
    expect(page.locator("#reply-text")).to_have_value(re.compile(r"\(picture:.*\(picture:", re.DOTALL))
    chooser = page.locator("#reply-files")
    chooser.set_input_files([{"name": "a.txt", "mimeType": "text/plain", "buffer": b"one"}])
    chooser.set_input_files([{"name": "b.txt", "mimeType": "text/plain", "buffer": b"two"}])
    expect(files.locator("span")).to_have_text(["a.txt", "b.txt"])
    page.get_by_role("button", name="a.txt 빼기").click()
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("b.txt")
    expect(files).to_have_count(0)
    said = conversation.messages.get(direction="out")
    assert sorted(each.file.title for each in said.attachments.all()) == [
        "b.txt",
        "dropped.png",
        "screen.png",
    ]
    page.keyboard.type("하나만 더요.")
    page.keyboard.press("Control+Enter")
    expect(page.locator('.entry[data-from="us"]').last).to_contain_text("하나만 더요.")
    assert not conversation.messages.get(text="하나만 더요.").attachments.exists()


def test_words_pasted_with_a_picture_of_them_are_words(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    assert _put(page, "paste", "cells.png", with_words=True)
    expect(page.locator(".composer-form[data-kind=reply] talk-files li")).to_have_count(0)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_whom_a_reply_reaches_stands_beside_the_tabs_and_never_over_them(office, sit_down, locale):
    office.agent.locale = locale
    office.agent.save(update_fields=["locale"])
    conversation = office.conversation(office.person("a.rather.long.name.of.somebody@post.example", "Sofia"))
    page = sit_down(f"/desk/conversations/{conversation.number}")
    key = page.locator(".composer-tab[data-kind=note] kbd").bounding_box()
    to = page.locator(".composer-form[data-kind=reply] .composer-to").bounding_box()
    assert to["x"] >= key["x"] + key["width"]


def test_what_just_happened_never_covers_the_ways_to_send(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.evaluate(
        "() => { const it = document.createElement('div'); it.className = 'toast'; it.textContent = '답장에 넣었어요'; document.querySelector('.toasts').append(it) }"
    )
    toast = page.locator(".toast").bounding_box()
    assert toast["y"] + toast["height"] <= page.locator("desk-composer").bounding_box()["y"]


def test_a_reply_taken_back_from_the_next_one_stands_at_its_own_address_and_outlives_a_reload(
    office, sit_down
):
    office.agent.set_up(undo_seconds=30, by=office.agent)
    first, second = (office.conversation(subject=f"문의 {each}") for each in range(2))
    page = sit_down(f"/desk/conversations/{second.number}?in=unassigned")
    page.keyboard.press("r")
    page.keyboard.type("아직 보내지 마세요")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/desk/conversations/{first.number}?*left={second.number}")
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(page.locator("#reply-text")).to_have_value("아직 보내지 마세요")
    page.wait_for_url(f"**/desk/conversations/{second.number}?in=unassigned")
    expect(page.locator('[data-kind="reply"] [data-slot=draft]')).to_contain_text("보관했어요")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("아직 보내지 마세요")
    page.keyboard.press("r")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/desk/conversations/{first.number}?*left={second.number}")


def _translated(office, sit_down, model):
    """A reply written in Korean to somebody who reads English, and its translation shown."""
    conversation = office.conversation()
    type(conversation).objects.filter(pk=conversation.pk).update(locale="en")
    model.said("Your refund is on its way.")
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("r")
    page.keyboard.type("환불이 가고 있어요.")
    page.get_by_role("button", name="번역해서 함께 보기").click()
    return conversation, page


def test_while_a_translation_stands_the_keys_that_send_send_it(office, sit_down, model):
    conversation, page = _translated(office, sit_down, model)
    expect(page.locator("#translation")).to_be_focused()
    expect(page.locator("#reply-text")).to_be_hidden()
    assert_accessible(page)
    page.keyboard.press("End")
    page.keyboard.type(" Thank you.")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("Thank you.")
    said = conversation.messages.get(direction="out")
    assert (said.text, said.data["written_as"]) == (
        "Your refund is on its way. Thank you.", "환불이 가고 있어요.",
    )  # fmt: skip
    expect(page.locator("#reply-text")).to_have_value("")
    conversation.refresh_from_db()
    assert conversation.status == "solved"


def test_unticked_a_translation_leaves_ones_own_words(office, sit_down, model):
    _conversation, page = _translated(office, sit_down, model)
    page.get_by_role("checkbox", name="고객은 이 글을 받아요").uncheck()
    expect(page.locator("#reply-text")).to_be_visible()
    page.locator("#reply-text").press("Control+Enter")
    expect(page.locator('.entry[data-from="us"]')).to_contain_text("환불이 가고 있어요.")
