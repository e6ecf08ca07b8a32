"""An article's way by hand, in Korean: written, sent back, approved, translated, published, and found by a question."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from handrail.accounts.models import Role
from handrail.knowledge.models import Article
from tests.browser.access import assert_accessible

PHONE = (360, 740)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_an_article_is_written_reviewed_translated_published_and_found(office, sit_down):
    """Without scripts from end to end, so that nothing on the way needs them."""
    author = sit_down(
        "/console/articles/new", user=office.staff("a@handrail.test", "한지우", Role.AUTHOR), scripts=False
    )
    author.get_by_label("제목").first.fill("해외에서도 환불을 받을 수 있나요?")
    author.locator("textarea[name=html]").fill("<p>해외 주문도 환불을 받을 수 있어요.</p>")
    author.get_by_label("주제").select_option(label="주문·배송·환불 › 환불")
    press(author, "초안 저장")
    press(author, "저장하고 검토 요청")
    expect(author.get_by_text("검토 중").first).to_be_visible()

    reviewer = sit_down(
        "/console/tasks", user=office.staff("r@handrail.test", "오하늘", Role.REVIEWER), scripts=False
    )
    reviewer.get_by_role("link", name="해외에서도 환불을 받을 수 있나요?").click()
    expect(reviewer.locator("ins").first).to_contain_text("해외")
    reviewer.get_by_role("link", name="한국어").click()
    reviewer.get_by_label("작성자에게").fill("며칠 걸리는지 적어 주세요.")
    press(reviewer, "수정 요청하기")

    author.goto("/console/tasks")
    expect(author.get_by_text("며칠 걸리는지 적어 주세요.")).to_be_visible()
    author.get_by_role("link", name="해외에서도 환불을 받을 수 있나요?").click()
    author.locator("textarea[name=html]").fill(
        "<p>해외 주문도 환불을 받을 수 있어요. 열흘 안에 들어와요.</p>"
    )
    press(author, "저장하고 검토 요청")
    reviewer.reload()
    press(reviewer, "승인하기")
    author.reload()
    press(author, "지금 공개")
    expect(author.get_by_text("2판이 공개 중이에요")).to_be_visible()

    author.get_by_role("link", name="영어").click()
    author.get_by_role("link", name="나란히 번역하기").click()
    expect(author.locator(".original")).to_contain_text("열흘 안에 들어와요.")
    author.get_by_label("제목").first.fill("Can I get a refund abroad?")
    author.locator("textarea[name=html]").fill("<p>Yes. It arrives within ten days.</p>")
    press(author, "번역 저장")
    reviewer.goto(f"/console/articles/{Article.objects.get().pk}/en")
    press(reviewer, "지금 공개")

    reader = sit_down("/hc/ko/search?query=해외 환불 며칠", user=office.agent, scripts=False)
    reader.context.clear_cookies()
    reader.reload()
    expect(reader.get_by_role("link", name="해외에서도 환불을 받을 수 있나요?").first).to_be_visible()
    reader.goto("/hc/en/search?query=refund abroad")
    reader.get_by_role("link", name="Can I get a refund abroad?").first.click()
    expect(reader.locator(".prose")).to_contain_text("ten days")


def test_what_is_typed_survives_a_closed_window(office, sit_down):
    author = office.staff("a@handrail.test", "한지우", Role.AUTHOR)
    article = office.article("배송 조회", "<p>조회해요.</p>")
    page = sit_down(f"/console/articles/{article.pk}/ko", user=author)

    page.wait_for_timeout(700)
    page.get_by_label("제목").first.fill("배송 조회하는 방법")
    page.get_by_label("제목").first.press("Tab")
    expect(page.locator(".kept")).to_contain_text("임시로 보관했어요", timeout=8000)
    page.reload()

    expect(page.get_by_label("제목").first).to_have_value("배송 조회하는 방법")
    press(page, "버리기")
    expect(page.get_by_label("제목").first).to_have_value("배송 조회")


def test_who_only_looks_leaves_nothing_unsaved(office, sit_down):
    author = office.staff("a@handrail.test", "한지우", Role.AUTHOR)
    steps = (
        "<h2>순서</h2><ol><li>열어요</li><li>닫아요</li></ol><table><tr><th>가</th><td>나</td></tr></table>"
    )
    article = office.article("배송 조회", f"<p>조회해요.</p>{steps}")
    page = sit_down(f"/console/articles/{article.pk}/ko", user=author)
    page.wait_for_timeout(1200)

    page.goto("/console/articles")
    page.goto(f"/console/articles/{article.pk}/ko")

    expect(page.get_by_role("button", name="버리기")).to_have_count(0)
    assert not article.scratches.exists()


def test_the_authors_pages_are_accessible_on_a_phone_and_in_the_dark(office, sit_down):
    reviewer = office.staff("r@handrail.test", "오하늘", Role.REVIEWER)
    article = office.article("배송 조회", "<p>조회해요.</p>")
    article.write("ko", title="배송 조회", html="<p>이렇게 조회해요.</p>", by=reviewer)
    page = sit_down("/console/articles", user=reviewer, size=PHONE, scheme="dark")
    assert_accessible(page)

    where = f"/console/articles/{article.pk}"
    for path in (f"{where}/ko", f"{where}/ko/difference", f"{where}/en/translation", f"{where}/ko/history"):
        page.goto(path)
        assert_accessible(page)


def test_words_outlive_the_sign_in_that_ended_while_they_were_written(office, sit_down):
    article = office.article(title="환불 안내", html="<p>3일 안에 받아요.</p>")
    author = office.staff("author@handrail.test", "민가은", Role.AUTHOR)
    page = sit_down(f"/console/articles/{article.pk}/ko", user=author)
    page.locator("#editor-text").click()
    kept = page.context.cookies()
    page.context.clear_cookies(name="session")

    page.keyboard.type("새로 쓴 문장. ")

    expect(page.locator(".signed-out[role=alert]")).to_contain_text("로그인")
    page.get_by_role("button", name="초안 저장").click()
    expect(page.locator(".signed-out")).to_be_in_viewport()
    assert "새로 쓴 문장." in page.locator("#editor-text").inner_text()

    page.context.add_cookies(kept)
    page.get_by_role("button", name="초안 저장").click()
    expect(page.locator(".said")).to_be_visible()
    assert "새로 쓴 문장." in article.translations.get(locale="ko").newest.html


def test_what_can_stand_at_a_line_opens_inside_the_window(office, sit_down):
    rows = "".join(f"<p>{number}번째 문단이에요.</p>" for number in range(40))
    article = office.article(title="긴 글", html=rows)
    author = office.staff("author@handrail.test", "민가은", Role.AUTHOR)
    page = sit_down(f"/console/articles/{article.pk}/ko", user=author)
    page.locator("#editor-text").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("/")

    box = page.get_by_role("listbox").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"]


def test_on_a_phone_the_place_one_is_at_stands_in_the_line_of_places(office, sit_down):
    manager = office.staff("manager@handrail.test", "노재원", Role.MANAGER)
    page = sit_down("/console/portal", user=manager, size=PHONE)
    expect(page.locator(".console-side [aria-current=page]")).to_be_in_viewport(ratio=1)
