"""What scripts add to the help centre, and that it works without them."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import unquote

import pytest
from PIL import Image
from playwright.sync_api import expect

from handrail.conversations.conversation import Conversation
from handrail.knowledge.models import Feedback, Reading
from handrail.web.portal import addresses
from tests.browser.conftest import PHONE

LONG_HOURS = {
    "ko": "월–목 오전 9시–오후 6시 (점심 12–1시) · 금 오전 9시–오후 3시",
    "en": "Mon–Thu 9 am–6 pm (lunch 12–1 pm) · Fri 9 am–3 pm",
}


def painted(width: int, height: int) -> bytes:
    with BytesIO() as file:
        Image.new("RGB", (width, height), "teal").save(file, "PNG")
        return file.getvalue()


def test_the_first_tab_reaches_the_rail_and_a_person_is_two_steps_away(open_page, site):
    page = open_page(addresses.article(site.silent, "ko"))

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.rail') !== null")
    page.get_by_text("사람에게 묻기").first.click()
    link = page.locator(".rail-way").filter(has_text="메일로 문의하기")
    expect(link).to_be_visible()

    assert f"article={site.silent.pk}" in link.get_attribute("href")


def test_escape_closes_the_ways_to_people_and_gives_the_focus_back(open_page, site):
    page = open_page("/hc/ko")
    page.locator(".rail-person summary").click()
    page.keyboard.press("Escape")

    expect(page.locator(".rail-ways")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_rail_says_the_true_state_of_people(open_page, site):
    page = open_page("/hc/ko")

    expect(page.locator(".rail .rail-people")).to_have_text(re.compile("지금|돌아와요"))
    expect(page.locator(".rail .rail-people")).to_have_attribute("data-state", re.compile("open|closed"))


@pytest.mark.parametrize("width", [360, 320])
@pytest.mark.parametrize("locale", ["ko", "en"])
def test_on_a_phone_the_hours_stand_whole_until_the_state_is_known(open_page, site, locale, width):
    page = open_page(f"/hc/{locale}", size=(width, PHONE[1]), faults_expected=True)
    page.route("**/rail.json*", lambda route: route.abort())
    page.reload()
    hours = page.locator("summary .rail-people")
    expect(hours).to_have_attribute("data-state", "unknown")

    cut_off = "said => said.scrollHeight - said.clientHeight"
    for text in (hours.text_content(), LONG_HOURS[locale]):
        hours.evaluate("(said, text) => { said.textContent = text }", text)
        inner, line = hours.bounding_box(), page.locator(".rail-line").bounding_box()
        assert inner["y"] + inner["height"] <= line["y"] + line["height"] + 0.5
        assert hours.evaluate(cut_off) <= 1


def test_ticked_steps_stay_and_the_step_reached_goes_along_to_a_person(open_page, site):
    # Where the form is served by another surface's pages, its address is all that counts here.
    page = open_page(addresses.article(site.silent, "ko"), faults_expected=True)
    page.get_by_label("1단계 완료").check()
    page.reload()

    expect(page.get_by_label("1단계 완료")).to_be_checked()
    expect(page.get_by_label("2단계 완료")).not_to_be_checked()
    with page.expect_request(lambda request: "/requests/new" in request.url) as asked:
        page.get_by_role("link", name="아직 도움이 필요해요").click()
    assert "step=2" in asked.value.url and f"tried={site.silent.pk}" in asked.value.url


def test_no_asks_why_and_both_are_kept_as_one_verdict(open_page, site):
    page = open_page(addresses.article(site.silent, "ko"))
    page.get_by_role("button", name="아니요").click()
    page.get_by_label("설명이 어려워요").check()
    with page.expect_response(
        lambda answer: answer.url.endswith("/feedback") and "unclear" in (answer.request.post_data or "")
    ):
        page.get_by_role("button", name="이유 보내기").click()

    expect(page.get_by_text("고마워요. 더 나은 글로 고칠게요.")).to_be_visible()
    assert [(v.is_helpful, v.reason) for v in Feedback.objects.all()] == [(False, "unclear")]


def test_a_verdict_that_did_not_arrive_says_so_and_can_be_given_again(open_page, site):
    page = open_page(addresses.article(site.silent, "ko"), faults_expected=True)
    page.context.set_offline(True)
    page.get_by_role("button", name="네", exact=True).click()

    expect(page.get_by_text("전달되지 않았어요. 한 번 더 눌러 주세요.")).to_be_visible()
    expect(page.get_by_role("button", name="네", exact=True)).not_to_have_attribute("aria-pressed", "true")


def test_a_reader_is_counted_once_a_tab(open_page, site):
    page = open_page(addresses.article(site.silent, "ko"))
    page.wait_for_load_state("networkidle")
    page.reload()
    page.wait_for_load_state("networkidle")

    assert Reading.objects.get(article=site.silent).reads == 1


def test_a_chosen_theme_holds_before_the_first_paint_of_the_next_page(open_page, site):
    page = open_page("/hc/ko", scheme="light")
    switch = page.locator("theme-switch button")
    switch.click()
    switch.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    # Seen from a script that runs as soon as there is a body: nothing of the page has been painted by then.
    page.add_init_script(
        "new MutationObserver((_, watch) => { if (document.body) { window.first = document.documentElement.dataset.theme; watch.disconnect() } })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.goto("/hc/en")

    assert page.evaluate("window.first") == "dark"


def test_the_language_switches_to_the_same_article_read_ahead_when_pointed_at(open_page, site):
    page = open_page(addresses.article(site.silent, "ko"))
    link = page.get_by_role("link", name="English")
    with page.expect_request(lambda request: "/hc/en/articles/" in request.url):
        link.hover()
    link.click()

    expect(page.locator("h1")).to_have_text("When one bud is silent")


def test_everything_needed_works_without_scripts(open_page, site):
    page = open_page(addresses.article(site.silent, "ko"), size=PHONE, scripts=False)
    page.locator("[data-verdict=no]").click()
    page.get_by_label("아니요").check()
    page.get_by_label("설명이 어려워요").check()
    page.get_by_role("button", name="이유 보내기").click()

    expect(page.locator("h1")).to_have_text("한쪽에서 소리가 나지 않을 때")
    assert Feedback.objects.get().reason == "unclear"
    page.locator(".rail-person summary").click()
    expect(page.locator(".rail-way").first).to_be_visible()


def refund_article(site):
    article = site.write(
        site.lamp_use,
        ko=("환불 신청하는 방법", "<p>주문 목록에서 환불을 누르세요.</p>"),
        en=("Refunds", "<p>Press refund.</p>"),
    )
    site.world.settle()
    return article


def test_suggestions_come_while_typing_and_open_with_the_keyboard(open_page, site):
    article = refund_article(site)
    page = open_page("/hc/ko", faults_expected=True)
    field = page.get_by_role("combobox")
    field.press_sequentially("환불")
    expect(page.get_by_role("option").first).to_have_text(re.compile("환불 신청하는 방법"))
    expect(page.locator("answer-search [role=status]")).to_have_text(re.compile("추천 [0-9]+개"))

    field.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('aria-activedescendant')") == "search-list-0"
    field.press("Enter")

    page.wait_for_url(re.compile(f"/hc/ko/articles/{article.pk}-"))


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(open_page, site):
    refund_article(site)
    page = open_page("/hc/ko", faults_expected=True)
    field = page.get_by_role("combobox")
    field.press_sequentially("환불")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Escape")

    expect(page.locator(".search-panel")).to_be_hidden()
    expect(field).to_have_value("환불")


def test_enter_that_ends_a_hangul_composition_never_submits_and_nothing_is_asked_before(open_page, site):
    refund_article(site)
    page = open_page("/hc/ko", faults_expected=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    page.get_by_role("combobox").focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "환불", "selectionStart": 2, "selectionEnd": 2})
    page.wait_for_timeout(400)
    assert asked == []

    # The keydown that ends a composition: code 229 as every browser but Safari sends it.
    keyboard.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229}
    )
    page.evaluate(
        "document.querySelector('#search').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"
    )
    assert page.url.endswith("/hc/ko")

    keyboard.send("Input.insertText", {"text": "환불"})
    expect(page.get_by_role("option").first).to_be_visible()
    assert asked


def test_the_panel_never_covers_the_field(open_page, site):
    refund_article(site)
    page = open_page("/hc/ko", size=PHONE, faults_expected=True)
    page.get_by_role("combobox").press_sequentially("환불")
    expect(page.get_by_role("option").first).to_be_visible()

    field, panel = page.locator("form.search").bounding_box(), page.locator(".search-panel").bounding_box()
    assert panel["y"] >= field["y"] + field["height"]


def test_where_a_talk_stands_is_said_anew_around_an_address_that_is_being_written(open_page, site):
    page = open_page("/hc/ko/chat", faults_expected=True)  # the stream needs the edge
    page.locator("#talk textarea").fill("상담원 연결해 주세요")
    page.keyboard.press("Enter")
    field = page.locator("#talk-email")
    page.locator(".talk-mail summary").click()
    field.fill("minji@")
    waits = page.locator(".talk-standing > p").inner_text()
    Conversation.objects.get().reply("네, 제가 볼게요.", by=site.world.agent)

    page.locator("#talk textarea").fill("고마워요")
    page.keyboard.press("Enter")
    field.focus()

    expect(page.locator(".talk-standing > p")).to_contain_text("처리 중")
    assert "처리 중" not in waits
    expect(field).to_have_value("minji@")
    expect(field).to_be_focused()


def test_what_is_wrong_with_an_address_covers_no_field_and_is_over_once_it_is_right(open_page, site):
    page = open_page("/hc/ko/chat", size=PHONE, faults_expected=True)  # the stream needs the edge
    page.locator("#talk textarea").fill("상담원 연결해 주세요")
    page.keyboard.press("Enter")
    page.locator(".talk-mail summary").click()
    page.locator("#talk-email").fill("민지@example.com")
    page.keyboard.press("Enter")
    toast = page.locator(".toast")
    expect(toast).to_be_visible()

    said, foot = toast.bounding_box(), page.locator(".talk-foot").bounding_box()
    assert said["y"] + said["height"] <= foot["y"]

    page.locator("#talk-email").fill("minji@example.com")
    page.keyboard.press("Enter")
    expect(page.locator(".talk-mail-known")).to_be_visible()
    expect(toast).to_have_count(0)


def test_a_picture_that_comes_after_its_line_does_not_stay_under_the_field(open_page, site):
    page = open_page("/hc/ko/chat", size=PHONE, faults_expected=True)  # the stream needs the edge
    for words in ("상담원 연결해 주세요", "소리가 안 나요.\n" * 20):
        page.locator("#talk textarea").fill(words)
        page.keyboard.press("Enter")
    page.locator("#talk input[type=file]").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": painted(360, 780)}
    )
    page.locator("#talk textarea").fill("사진이에요")
    page.keyboard.press("Enter")

    picture = page.locator(".talk-lines img")
    expect(picture).not_to_have_js_property("naturalHeight", 0)
    page.wait_for_timeout(1_000)  # whatever moves has moved
    shown, foot = picture.bounding_box(), page.locator(".talk-foot").bounding_box()
    assert shown["y"] + shown["height"] <= foot["y"] + 1


def test_on_a_touch_screen_enter_is_a_new_line_and_its_key_says_so(open_page, site):
    page = open_page("/hc/ko/chat", size=PHONE, has_touch=True, is_mobile=True)
    field = page.locator("#talk-text")
    field.press_sequentially("첫 줄")
    page.keyboard.press("Enter")
    page.keyboard.type("둘째 줄")

    expect(field).to_have_value("첫 줄\n둘째 줄")
    assert field.evaluate("field => field.enterKeyHint") == "enter"
    assert not Conversation.objects.exists()


def person_link(page):
    """Where the way by mail leads, as it is when it is followed."""
    page.locator(".rail-person summary").click()
    way = page.locator(".rail-way").filter(has_text="메일로 문의하기")
    way.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    way.click()
    return unquote(way.get_attribute("href"))


def test_a_question_goes_along_on_its_way_and_not_once_something_else_begins(open_page, site):
    page = open_page("/hc/ko")
    page.get_by_role("combobox").fill("소리가 안 나요")
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url("**/search?**")
    page.goto(addresses.article(site.silent, "ko"))
    assert "question=소리가" in person_link(page)

    page.goto("/hc/ko")
    page.goto(addresses.article(site.silent, "ko"))
    assert "question=" not in person_link(page)


def test_an_old_question_is_no_longer_on_its_way(open_page, site):
    page = open_page(addresses.article(site.silent, "ko"))
    minutes = "minutes => sessionStorage.setItem('tried', JSON.stringify({question: 'old', at: Date.now() - minutes * 60000}))"
    page.evaluate(minutes, 29)
    assert "question=old" in person_link(page)
    page.reload()
    page.evaluate(minutes, 31)
    assert "question=" not in person_link(page)


def test_what_was_solved_is_asked_no_more(open_page, site):
    page = open_page(addresses.article(site.silent, "ko"))
    page.evaluate("sessionStorage.setItem('tried', JSON.stringify({question: 'old', at: Date.now()}))")
    page.get_by_role("button", name="네", exact=True).click()

    assert "question=" not in person_link(page)
