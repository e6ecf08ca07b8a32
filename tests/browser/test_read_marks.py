"""Delivered and read, as a visitor and a colleague see it. Without the edge there are no streams, so pages are opened again."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from handrail.conversations.conversation import Conversation
from tests.browser.access import assert_accessible

PHONE = {"width": 360, "height": 740}


def test_each_sees_that_the_other_has_read(browser: Browser, office, sit_down):
    context = browser.new_context(viewport=PHONE, base_url=office.url)
    visitor = context.new_page()
    visitor.goto("/hc/ko/chat")
    visitor.locator("#talk-text").fill("상담사와 이야기할래요")
    visitor.get_by_role("button", name="보내기").click()
    expect(visitor.locator('li[data-side="me"][data-seq]')).to_have_count(1)
    office.settle()
    conversation = Conversation.objects.get(channel="chat")
    desk = sit_down(f"/desk/conversations/{conversation.number}")
    expect(desk.locator(".composer-form")).not_to_have_count(0)
    said = conversation.reply("사진을 보내 주세요", by=office.agent)
    with visitor.expect_response(lambda answer: answer.url.endswith("/read")):
        visitor.reload()

    far = conversation.read_marks.theirs().furthest()
    assert (far.delivered, far.read) == (said.seq, said.seq)
    mine = visitor.locator('li[data-side="me"]')
    expect(mine.locator(".talk-read")).to_have_text("읽음")

    assert_accessible(visitor)
    desk.reload()
    expect(desk.locator('.entry[data-from="us"]').filter(has_text="사진을 보내 주세요")).to_contain_text(
        "읽음"
    )
    expect(desk.locator('.delivery[data-state="read"]')).to_have_count(1)
    context.close()
