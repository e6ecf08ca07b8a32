"""What a customer sends while there is no network: it outlives the tab and the browser, leaves once, and is nobody else's."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from handrail.accounts.models import SignInLink
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.core.actors import SYSTEM
from tests.chromium import CHROMIUM

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('talk-out:')).length"


def says(page: Page, text: str) -> None:
    page.locator("#talk-text").fill(text)
    page.get_by_role("button", name="보내기", exact=True).click()


def waits(page: Page, text: str):
    return page.locator('.talk-line[data-state="waiting"]', has_text=text)


def arrived(page: Page, text: str):
    return page.locator('.talk-line[data-side="me"][data-seq]', has_text=text)


def times(text: str) -> int:
    return Message.objects.filter(text=text).count()


def signs_in(page: Page, email: str) -> None:
    _link, secret = SignInLink.issue(
        email, by=SYSTEM, purpose=SignInLink.Purpose.SIGN_IN, conversation_id=None, next_path="", locale="ko"
    )
    page.goto(f"/hc/ko/sign-in/link/{secret}")
    page.locator("main form button").first.click()
    page.wait_for_load_state("networkidle")


def test_what_was_said_offline_outlives_the_tab_and_stands_once(open_page, site):
    page = open_page("/hc/ko/chat", faults_expected=True)
    says(page, "연결된 채로")
    expect(arrived(page, "연결된 채로")).to_be_visible()
    context = page.context
    context.set_offline(True)
    says(page, "끊긴 뒤 첫째")
    says(page, "끊긴 뒤 둘째")
    expect(waits(page, "끊긴 뒤 둘째")).to_be_visible()
    page.close()
    assert times("끊긴 뒤 첫째") == 0

    context.set_offline(False)
    again = context.new_page()
    again.goto("/hc/ko/chat")
    expect(arrived(again, "끊긴 뒤 첫째")).to_be_visible()
    expect(arrived(again, "끊긴 뒤 둘째")).to_be_visible()
    again.wait_for_function(f"{KEPT} === 0")
    again.reload()

    assert (times("끊긴 뒤 첫째"), times("끊긴 뒤 둘째")) == (1, 1)
    said = list(
        Message.objects.filter(text__startswith="끊긴").order_by("seq").values_list("text", flat=True)
    )
    assert said == ["끊긴 뒤 첫째", "끊긴 뒤 둘째"]
    assert Conversation.objects.count() == 1


def test_it_outlives_a_crashed_browser_even_as_the_first_words_of_a_chat(browser, site, tmp_path):
    def opened() -> BrowserContext:
        return browser.browser_type.launch_persistent_context(
            str(tmp_path), executable_path=CHROMIUM, args=["--no-sandbox"], base_url=site.url
        )

    first = opened()
    page = first.pages[0]
    page.goto("/hc/ko/chat")
    first.set_offline(True)
    says(page, "처음부터 끊겼어요")
    expect(waits(page, "처음부터 끊겼어요")).to_be_visible()
    wire = first.new_cdp_session(page)
    time.sleep(6)  # Chromium writes its storage to the disk within five seconds
    with pytest.raises(Error):
        wire.send("Browser.crash")

    second = opened()
    try:
        page = second.pages[0]
        page.goto("/hc/ko/chat")
        expect(arrived(page, "처음부터 끊겼어요")).to_be_visible()
        assert times("처음부터 끊겼어요") == 1
    finally:
        second.close()


def test_an_answer_that_got_lost_makes_no_second_message_nor_a_second_chat(open_page, site):
    """The words arrived and began a chat, but the answer did not come back; then the tab was closed."""
    page = open_page("/hc/ko/chat", faults_expected=True)

    def lose(route):
        route.fetch()
        route.abort()

    page.route(
        "**/hc/ko/chat", lambda route: lose(route) if route.request.method == "POST" else route.continue_()
    )
    says(page, "답이 사라졌어요")
    expect(waits(page, "답이 사라졌어요")).to_be_visible()
    context = page.context
    page.close()
    Conversation.objects.get().set_status("solved", by=SYSTEM)
    again = context.new_page()
    again.goto("/hc/ko/chat")
    expect(arrived(again, "답이 사라졌어요")).to_be_visible()

    assert times("답이 사라졌어요") == 1 and Conversation.objects.count() == 1


def test_who_signs_out_leaves_nothing_and_who_comes_next_sees_nothing(open_page, site):
    page = open_page("/hc/ko", faults_expected=True)
    signs_in(page, "minji@example.com")
    page.goto("/hc/ko/chat")
    page.route(
        "**/hc/ko/chat", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    says(page, "비밀스러운 말")
    expect(waits(page, "비밀스러운 말")).to_be_visible()
    # The words are on the disk, and not under a name that tells whose.
    assert page.evaluate(KEPT) == 1
    assert "minji" not in page.evaluate("JSON.stringify(Object.keys(localStorage))")

    page.goto("/hc/ko/profile")
    page.locator('form[action$="/sign-out"] button').last.click()
    page.wait_for_url(re.compile(r"/hc/ko/?$"))
    assert page.evaluate(KEPT) == 0
    page.unroute("**/hc/ko/chat")
    page.goto("/hc/ko/chat")
    expect(page.locator("talk-chat")).to_be_visible()
    assert page.get_by_text("비밀스러운 말").count() == 0
    assert times("비밀스러운 말") == 0


def test_somebody_else_who_signs_in_without_the_first_signing_out_neither_sees_nor_sends_it(open_page, site):
    page = open_page("/hc/ko", faults_expected=True)
    signs_in(page, "minji@example.com")
    page.goto("/hc/ko/chat")
    page.route(
        "**/hc/ko/chat", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    says(page, "민지의 말")
    expect(waits(page, "민지의 말")).to_be_visible()
    page.goto("/hc/ko")
    page.unroute("**/hc/ko/chat")
    page.context.clear_cookies()
    signs_in(page, "jisu@example.com")
    page.goto("/hc/ko/chat")
    expect(page.locator("talk-chat")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.get_by_text("민지의 말").count() == 0
    assert times("민지의 말") == 0
    assert page.evaluate(KEPT) == 0


def test_two_tabs_send_it_once(open_page, site):
    page = open_page("/hc/ko/chat", faults_expected=True)
    says(page, "처음")
    expect(arrived(page, "처음")).to_be_visible()
    context = page.context
    context.set_offline(True)
    says(page, "두 탭에서 한 번")
    expect(waits(page, "두 탭에서 한 번")).to_be_visible()
    page.close()
    context.set_offline(False)
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        tab.goto("/hc/ko/chat", wait_until="commit")
    for tab in tabs:
        expect(arrived(tab, "두 탭에서 한 번")).to_have_count(1)
    assert times("두 탭에서 한 번") == 1


def test_a_press_for_a_person_waits_for_the_words_that_begin_the_chat(open_page, site):
    page = open_page("/hc/ko/chat", faults_expected=True)

    def slowly(route):
        if route.request.method == "POST":
            time.sleep(1)
        route.continue_()

    page.route("**/hc/ko/chat", slowly)
    says(page, "느린 첫마디")
    page.locator("[data-person]").click()
    expect(arrived(page, "느린 첫마디")).to_be_visible()
    expect(page.locator('.talk-standing[data-kind="waiting"]')).to_be_visible()

    assert Conversation.objects.count() == 1 and times("느린 첫마디") == 1


def test_a_day_old_it_waits_for_a_press(open_page, site):
    page = open_page("/hc/ko/chat", faults_expected=True)
    page.context.set_offline(True)
    says(page, "어제 쓴 말")
    expect(waits(page, "어제 쓴 말")).to_be_visible()
    page.evaluate(
        "for (const key of Object.keys(localStorage).filter(key => key.startsWith('talk-out:')))"
        " localStorage.setItem(key, JSON.stringify({...JSON.parse(localStorage.getItem(key)), at: Date.now() - 2 * 86400000}))"
    )
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/hc/ko/chat")
    held = again.locator('.talk-line[data-state="failed"]', has_text="어제 쓴 말")
    expect(held).to_be_visible()
    assert times("어제 쓴 말") == 0
    held.get_by_role("button").click()
    expect(arrived(again, "어제 쓴 말")).to_be_visible()


def test_a_file_that_is_never_taken_asks_for_another_and_the_words_stand_again(open_page, site, settings):
    settings.FILE_SIZE_MAX = 100
    page = open_page("/hc/ko/chat", faults_expected=True)
    page.locator("input[type=file]").set_input_files(
        {"name": "큰.txt", "mimeType": "text/plain", "buffer": b"x" * 101}
    )
    says(page, "이 파일이에요")
    failed = page.locator('.talk-line[data-state="failed"]', has_text="이 파일이에요")
    expect(failed).to_be_visible()

    expect(failed.locator("[data-again]")).to_be_hidden()
    with page.expect_file_chooser():
        failed.locator("[data-other]").click()
    expect(failed).to_have_count(0)
    expect(page.locator("#talk-text")).to_have_value("이 파일이에요")
    page.get_by_role("button", name="보내기", exact=True).click()
    expect(arrived(page, "이 파일이에요")).to_be_visible()
    assert times("이 파일이에요") == 1


def test_too_long_is_said_beside_the_field_and_nothing_is_lost(open_page, site):
    page = open_page("/hc/ko/chat")
    words = "가" * 20_001
    says(page, words)
    problem = page.locator("#talk-problem")
    expect(problem).to_contain_text("20,001")
    expect(problem).to_contain_text("20,000")
    expect(page.locator("#talk-text")).to_have_value(words)
    expect(page.locator('.talk-line[data-side="me"]')).to_have_count(0)

    page.reload()
    expect(page.locator("#talk-text")).to_have_value(words)
    expect(problem).to_contain_text("20,001")
    says(page, "😀" * 20_000)  # as the server counts
    expect(problem).to_be_hidden()
    expect(arrived(page, "😀")).to_be_visible()


def test_words_the_server_never_takes_stand_in_the_field_again(open_page, site):
    page = open_page("/hc/ko/chat", faults_expected=True)
    page.locator("form#talk").evaluate("form => { form.dataset.most = 99999 }")
    says(page, "가" * 20_001)

    expect(page.locator("#talk-problem")).to_contain_text("20,001")
    expect(page.locator("#talk-text")).to_have_value("가" * 20_001)
    expect(page.locator('.talk-line[data-side="me"]')).to_have_count(0)
    says(page, "짧게 다시 써요")
    expect(page.locator("#talk-problem")).to_be_hidden()
    expect(arrived(page, "짧게 다시 써요")).to_be_visible()


def test_what_was_too_much_at_once_counts_down_and_leaves_by_itself(open_page, site):
    page = open_page("/hc/ko/chat", faults_expected=True)
    refused = []

    def too_often(route):
        if route.request.method != "POST" or len(refused) == 1:
            return route.continue_()
        refused.append(route.request.url)
        return route.fulfill(status=429, json={"error": "잠시 뒤에", "seconds": 3})

    page.route("**/hc/ko/chat", too_often)
    says(page, "너무 빨랐나요")

    told = page.locator('.talk-line[data-state="failed"]', has_text="너무 빨랐나요")
    expect(told.locator("[data-part=state]")).to_contain_text("3")
    expect(told.locator("[data-again]")).to_be_visible()
    expect(told.locator("[data-part=state]")).to_contain_text("2")
    expect(arrived(page, "너무 빨랐나요")).to_be_visible(timeout=10_000)
    assert times("너무 빨랐나요") == 1
    assert page.evaluate(KEPT) == 0


def test_what_waits_for_its_time_leaves_when_pressed_and_after_a_reload(open_page, site):
    page = open_page("/hc/ko/chat", faults_expected=True)
    refused = []

    def too_often(route):
        if route.request.method != "POST" or len(refused) == 1:
            return route.continue_()
        refused.append(route.request.url)
        return route.fulfill(status=429, json={"error": "잠시 뒤에", "seconds": 60})

    page.route("**/hc/ko/chat", too_often)
    says(page, "지금 보낼래요")
    page.locator('.talk-line[data-state="failed"] [data-again]').click()
    expect(arrived(page, "지금 보낼래요")).to_be_visible()

    refused.clear()
    says(page, "다시 열면 가요")
    expect(page.locator('.talk-line[data-state="failed"]', has_text="다시 열면 가요")).to_be_visible()
    page.reload()
    expect(arrived(page, "다시 열면 가요")).to_be_visible()
    assert times("다시 열면 가요") == 1
