"""The desk with several windows and one list after another, by hand and in Korean."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from handrail.accounts.models import Role
from handrail.conversations.drafts import Draft
from handrail.conversations.merging import merge
from handrail.conversations.redaction import redact
from handrail.conversations.views import SavedView
from tests.browser.access import assert_accessible

PHONE = (360, 740)


def test_a_draft_is_there_on_another_device_and_two_windows_never_write_over_each_other(office, sit_down):
    conversation = office.conversation()
    path = f"/desk/conversations/{conversation.number}"
    here = sit_down(path)
    here.locator("#reply-text").fill("첫 기기의 글")
    expect(here.locator('[data-kind="reply"] [data-slot=draft]')).to_have_text("초안을 보관했어요")
    there = sit_down(path)
    expect(there.locator("#reply-text")).to_have_value("첫 기기의 글")
    here.locator("#reply-text").fill("첫 기기의 더 긴 글")
    expect(here.locator('[data-kind="reply"] [data-slot=draft]')).to_have_text("초안을 보관했어요")
    there.locator("#reply-text").fill("둘째 기기의 글")
    moved = there.get_by_role("alert").filter(has_text="첫 기기의 더 긴 글")
    expect(moved).to_be_visible()
    expect(there.locator("#reply-text")).to_have_value("둘째 기기의 글")
    assert Draft.objects.get().text == "첫 기기의 더 긴 글"
    there.get_by_role("button", name="이 글 두기").click()
    expect(moved).to_be_hidden()
    assert Draft.objects.get().text == "둘째 기기의 글"
    there.get_by_role("button", name="답장 보내기").click()
    expect(there.locator('.entry[data-from="us"]')).to_contain_text("둘째 기기의 글")
    there.reload()
    expect(there.locator("#reply-text")).to_have_value("")


def test_a_draft_of_this_browser_is_forgotten_when_words_were_taken_out_since(office, sit_down):
    conversation = office.conversation(text="카드는 1234-5678-9012-3456이에요")
    path = f"/desk/conversations/{conversation.number}"
    page = sit_down(path)
    page.locator("#reply-text").fill("인용해요: 1234-5678-9012-3456")
    expect(page.locator('[data-kind="reply"] [data-slot=draft]')).to_have_text("초안을 보관했어요")
    key = f"draft:{conversation.number}:reply"
    # As a browser that was closed while it could not reach us has it.
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, JSON.stringify({ text, revision: 1, redacted: '' }))",
        [key, "인용해요: 1234-5678-9012-3456 그리고 더"],
    )
    page.goto("about:blank")
    redact(conversation, "1234-5678-9012-3456", by=office.agent)
    page.goto(path)
    expect(page.locator('[data-kind="reply"] [data-slot=draft]')).to_contain_text(
        "이 브라우저에 있던 초안을 지웠어요"
    )
    expect(page.locator("#reply-text")).to_have_value(re.compile("^인용해요: (?!.*1234)"))
    assert "1234" not in (page.evaluate("key => localStorage.getItem(key) ?? ''", key))
    page.locator("#reply-text").press_sequentially(" 새로 써요")
    expect(page.locator('[data-kind="reply"] [data-slot=draft]')).to_have_text("초안을 보관했어요")
    assert "새로 써요" in Draft.objects.get().text and "1234" not in Draft.objects.get().text


def test_what_the_customer_did_lately_comes_beside_the_conversation(office, sit_down):
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    lately = page.locator("desk-recent")
    expect(lately.locator("li")).not_to_have_count(0)
    assert_accessible(page)
    lately.get_by_role("link", name="지금까지의 모든 일 보기").click()
    expect(page.locator(".timeline")).to_be_visible()


def test_a_saved_view_is_made_walked_and_sent_through_by_keyboard(office, sit_down):
    for at in range(3):
        office.conversation(subject=f"문의 {at}").set_priority("urgent", by=office.agent)
    page = sit_down("/desk/views/new")
    page.get_by_label("보기 이름").fill("급한 문의")
    page.get_by_label("우선순위", exact=True).first.select_option("urgent")
    page.get_by_role("button", name="보기 저장").click()
    view = SavedView.objects.get()
    expect(page.locator(f'[data-count="v{view.pk}"]')).to_have_text("3")
    assert_accessible(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="문의 2")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("확인했어요.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="문의 1")).to_be_visible()
    expect(page.locator(".left-behind")).to_contain_text("문의 2")
    expect(page.locator("#reply-text")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="문의 0")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator(".left-behind")).to_contain_text("문의 0")


def test_saved_views_fit_a_phone(office, sit_down):
    office.conversation(subject="아주 긴 제목이라 한 줄에 다 들어가지 않는 문의예요 정말로요")
    columns = ["said", "status", "assignee", "team", "priority", "created", "age"]
    view = SavedView.make(
        "모든 열을 보여 주는 이름이 꽤 긴 보기", "", by=office.agent, group="team", columns=columns
    )
    for path in (f"/desk/views/v{view.pk}/", f"/desk/views/saved/{view.pk}", "/desk/views/new"):
        page = sit_down(path, size=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path


def test_an_at_in_a_note_offers_colleagues_and_tells_the_one_chosen(office, sit_down):
    two = office.staff("two@handrail.test", "정해결", Role.AGENT)
    conversation = office.conversation()
    page = sit_down(f"/desk/conversations/{conversation.number}")
    page.keyboard.press("n")
    page.keyboard.type("@정해")
    expect(page.get_by_role("option", name="정해결 two@handrail.test")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#note-text")).to_have_value("@정해결 ")
    page.keyboard.type("봐 주세요")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".entry.note")).to_contain_text("@정해결 봐 주세요")
    expect(page.locator("[data-part=roles]")).to_contain_text("정해결")
    theirs = sit_down("/desk/views/all/", user=two, size=PHONE)
    expect(theirs.locator("[data-count=mentions]")).to_have_text("1")
    for path in ("/desk/mentions", "/desk/following"):
        theirs.goto(path)
        expect(theirs.locator(".conversation")).to_have_count(1)
        assert theirs.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
        assert_accessible(theirs)
    theirs.goto("/desk/mentions")
    theirs.keyboard.press("j")
    theirs.keyboard.press("Enter")
    expect(theirs.locator(".entry.note")).to_contain_text("봐 주세요")
    theirs.keyboard.press("f")
    expect(
        theirs.locator("[data-part=roles]").get_by_role("button", name="팔로우", exact=True)
    ).to_be_visible()
    theirs.goto("/desk/views/all/")
    expect(theirs.locator("[data-count=mentions]")).to_have_text("")


def test_words_taken_out_are_gone_from_every_open_page_of_the_conversation(office, sit_down):
    card = "4111-1111-1111-1111"
    conversation = office.conversation(text=f"카드는 {card}이에요", subject=f"{card} 카드로 낸 주문")
    conversation.add_tried({"kind": "asked", "text": f"{card} 카드 결제가 안 돼요"})
    colleague = office.staff("two@handrail.test", "정해결", "agent")
    path = f"/desk/conversations/{conversation.number}"
    open_pages = [
        sit_down(path),
        sit_down(path, user=colleague),
        sit_down("/desk/views/all/", user=colleague),
    ]
    for each in open_pages:
        expect(each.locator("body")).to_contain_text(card)
    expect(open_pages[0].locator("desk-recent")).to_contain_text(card)

    page = open_pages[0]
    page.get_by_text("내용 완전히 지우기").click()
    page.locator("#redact").fill(card)
    page.locator("#redact").press("Enter")
    for each in open_pages:
        expect(each.locator("body")).not_to_contain_text(card, timeout=30_000)
        expect(each).not_to_have_title(re.compile("4111"))
    expect(page.locator(".tried")).to_contain_text("▇▇▇▇")
    expect(page.locator(".case-title h1")).to_have_text("▇▇▇▇ 카드로 낸 주문")
    expect(page.locator("#subject")).to_have_value("▇▇▇▇ 카드로 낸 주문")


def test_what_was_said_in_a_merged_one_opens_in_place_and_loses_what_is_taken_out(office, sit_down):
    one, survivor = office.conversation(text="카드는 4111-1111-1111-1111이에요"), office.conversation()
    one.note("본인 확인 끝났어요", by=office.agent)
    merge(one, into=survivor, by=office.agent)
    for size in ((360, 740), (1280, 800)):
        page = sit_down(f"/desk/conversations/{survivor.number}", size=size)
        page.get_by_text(f"#{one.number}의 대화 2개").click()
        inside = page.locator(".absorbed")
        expect(inside).to_contain_text("카드는 4111-1111-1111-1111이에요")
        expect(inside.locator("[data-note]")).to_contain_text("본인 확인 끝났어요")
        assert_accessible(page)
    page.get_by_text("내용 완전히 지우기").click()
    page.locator("#redact").fill("4111-1111-1111-1111")
    page.locator("#redact").press("Enter")
    expect(inside).to_contain_text("카드는 ▇▇▇▇이에요")
    expect(inside.locator("[data-note]")).to_be_visible()
