"""The form of a new conversation by hand: a macro by a slash, and words that are there again."""

from __future__ import annotations

from playwright.sync_api import expect

from handrail.automation.macros import Macro
from handrail.conversations.conversation import Conversation
from handrail.conversations.first_drafts import FirstDraft
from tests.browser.access import assert_accessible

WORDS = "textarea[name=text]"


def test_a_slash_puts_a_macro_in_and_what_is_left_is_there_again(office, sit_down):
    Macro.make("배송 안내", by=office.agent, texts={"ko": "{{고객}}, 이틀 안에 도착해요."})
    page = sit_down("/desk/new")
    page.fill("[name=requester]", "new@example.com")
    page.fill("[name=name]", "박하나")
    page.fill("[name=subject]", "배송이 늦어요")
    page.check("[name=first][value=ours]")
    page.click(WORDS)
    page.keyboard.type("/배송")
    expect(page.get_by_role("option", name="배송 안내")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(WORDS)).to_have_value("박하나 님, 이틀 안에 도착해요.")
    expect(page.locator("[data-slot=draft]")).to_have_text("초안을 보관했어요")
    assert_accessible(page)
    page.goto("/desk/new")
    page.get_by_role("link", name="배송이 늦어요").click()
    expect(page.locator(WORDS)).to_have_value("박하나 님, 이틀 안에 도착해요.")
    expect(page.locator("[name=first][value=ours]")).to_be_checked()
    page.keyboard.press("Tab")
    page.locator(WORDS).press("Control+Enter")
    page.wait_for_url("**/desk/conversations/*")
    assert Conversation.objects.get().subject == "배송이 늦어요"
    assert not FirstDraft.objects.begun().exists()


def test_what_was_typed_without_a_network_is_handed_over_by_the_next_page(office, sit_down):
    page = sit_down("/desk/new")
    page.route("**/desk/new/draft", lambda route: route.abort())
    page.fill("[name=subject]", "끊긴 사이에 쓴 제목")
    expect(page.locator("[data-slot=draft]")).to_have_text("쓰던 글을 이 브라우저에 보관했어요")
    page.goto("/desk/drafts")
    # As after an hour: a window that is open keeps what it holds.
    page.evaluate(
        """() => {
          const key = Object.keys(localStorage).find((each) => each.startsWith("first:"))
          localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), at: 0 }))
        }"""
    )
    page.unroute("**/desk/new/draft")
    with page.expect_response("**/desk/new/draft") as handed:
        page.goto("/desk/new")
    assert handed.value.ok
    page.wait_for_function("!Object.keys(localStorage).some((each) => each.startsWith('first:'))")
    assert FirstDraft.objects.begun().get().first("subject") == "끊긴 사이에 쓴 제목"
