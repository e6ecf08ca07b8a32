"""Answers below the request form while it is filled in: of both fields, announced, and covering neither."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def test_answers_from_both_fields_stand_once_below_them_and_move_neither(open_page, site):
    page = open_page("/hc/ko/requests/new")
    offered = {"title": "왼쪽만 들릴 때", "url": "/hc/ko", "text": "케이스에 넣어요.", "locale": "ko"}
    asked = []

    def answered(route, request):
        asked.append(request.post_data or "")
        route.fulfill(json={"answers": [{"article": len(asked), "provisional": False, **offered}]})

    page.route("**/requests/answers", answered)
    places = [page.locator(f"[name={name}]").bounding_box() for name in ("subject", "text")]
    page.locator("[name=subject]").fill("도움이 필요해서 문의드려요")
    expect(page.locator(".contact-answer")).to_have_count(1)
    page.locator("[name=text]").fill("왼쪽 이어폰만 소리가 나요")

    expect(page.locator(".contact-answer button[value='2']")).to_have_count(1)
    expect(page.locator(".contact-answer")).to_have_count(1)
    assert [page.locator(f"[name={name}]").bounding_box() for name in ("subject", "text")] == places
    assert "왼쪽 이어폰만" not in asked[0] and "왼쪽 이어폰만" in asked[1] and "도움이 필요해서" in asked[1]


def test_from_the_third_word_three_answers_at_most_are_listed_and_announced(open_page, site):
    for number, title in enumerate(
        ("환불 신청하는 방법", "환불 신청 취소하는 방법", "환불 신청 기간", "환불 신청 결과")
    ):
        site.write(
            site.lamp_use,
            ko=(title, f"<p>주문 목록에서 환불을 누르세요. {number}</p>"),
            en=(f"Refunds {number}", "<p>Press refund.</p>"),
        )
    site.world.settle()
    page = open_page("/hc/ko/requests/new", faults_expected=True)
    asked = []
    page.on(
        "request", lambda request: asked.append(request.url) if "/requests/answers" in request.url else None
    )
    said = page.locator("#contact-answers-status")
    # A region is announced where it stood, empty, before it spoke, in sight of the tree that readers walk.
    assert said.get_attribute("role") == "status" and said.evaluate("it => it.checkVisibility()")
    expect(said).to_have_text("")
    subject = page.locator("[name=subject]")
    subject.press_sequentially("환불 신청")
    page.wait_for_timeout(600)
    assert asked == []
    subject.press_sequentially(" 방법")

    expect(page.locator(".contact-answer")).to_have_count(3)
    expect(said).to_contain_text("3")
    field, listed = subject.bounding_box(), page.locator("contact-answers").bounding_box()
    assert listed["y"] >= field["y"] + field["height"]
    subject.fill("환불")
    expect(said).to_have_text("")


def test_on_a_phone_an_answer_is_named_below_the_subject_and_moves_no_field(open_page, site):
    page = open_page("/hc/ko/requests/new", size=PHONE)
    offered = {
        "title": "왼쪽만 {n} $& 들릴 때",
        "url": "/hc/ko",
        "text": "케이스에 넣어요.",
        "locale": "ko",
        "provisional": False,
    }
    answers = [{"article": 7, **offered}, {"article": 8, **offered}]
    page.route("**/requests/answers", lambda route: route.fulfill(json={"answers": answers}))
    places = [page.locator(f"[name={name}]").bounding_box() for name in ("subject", "text")]
    page.locator("[name=subject]").fill("왼쪽 이어폰만 소리가 나요")
    named = page.locator("#contact-answers-found")
    expect(named).to_contain_text("왼쪽만 {n} $& 들릴 때")

    assert [page.locator(f"[name={name}]").bounding_box() for name in ("subject", "text")] == places
    field, link = page.locator("[name=subject]").bounding_box(), named.bounding_box()
    assert 0 <= link["y"] - field["y"] - field["height"] < 40
    named.click()
    first = page.locator(".contact-answer").first
    expect(first).to_have_attribute("open", "")
    expect(first.locator("summary")).to_be_focused()
    expect(first.locator("blockquote")).to_be_in_viewport()
    page.locator("[name=subject]").fill("왼쪽")
    expect(named).to_be_hidden()


def test_on_a_phone_answers_of_two_lines_keep_apart(open_page, site):
    page = open_page("/hc/ko/requests/new", size=PHONE)
    title = "왼쪽 이어폰에서만 소리가 들리고 오른쪽에서는 아무 소리도 나지 않을 때"
    offered = {
        "title": title,
        "url": "/hc/ko",
        "text": "케이스에 넣어요.",
        "locale": "ko",
        "provisional": False,
    }
    answers = [{"article": 7, **offered}, {"article": 8, **offered}]
    page.route("**/requests/answers", lambda route: route.fulfill(json={"answers": answers}))
    page.locator("[name=subject]").fill("왼쪽 이어폰만 소리가 나요")
    titles = page.locator(".contact-answer [data-part=title]")
    expect(titles).to_have_count(2)

    upper, lower = (titles.nth(at).bounding_box() for at in (0, 1))
    assert upper["height"] > 40, "it takes two lines"
    assert lower["y"] - upper["y"] - upper["height"] >= 12
