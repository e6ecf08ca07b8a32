"""Links to articles, by mouse and by keys: readers see the article's title, or the words that were selected."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from handrail.knowledge.models import Article
from tests.browser.test_article_editor import author, sit_down

__all__ = ["author", "sit_down"]


@pytest.fixture
def there(site):
    target = site.world.article("카드 환불 기간", "<p>삼일.</p>")
    site.world.article("카드 등록", "<p>앱에서.</p>")
    return target


def begun(site):
    article = Article.start(site.world.topic, by=site.world.agent)
    article.write("ko", title="새 글", html="<p>앞</p>", by=site.world.agent)
    return article


@pytest.mark.parametrize("how", ["click", "first", "arrows", "fast"])
def test_an_article_is_linked_by_its_title(sit_down, site, there, how):
    article = begun(site)
    page = sit_down(f"/console/articles/{article.pk}/ko")
    prose = page.locator("article-editor .ProseMirror").first
    prose.click()
    page.keyboard.press("End")
    page.keyboard.type(" ")
    page.keyboard.press("Control+k")
    dialog = page.locator("dialog.editor-dialog")
    field = dialog.locator("input.control").first
    expect(field).to_be_focused()
    if how == "fast":
        page.keyboard.type("환불 기간")
    else:
        page.keyboard.type("카드" if how == "arrows" else "환불 기간")
        expect(dialog.locator(".editor-row[aria-current]")).to_contain_text("카드")
    if how == "click":
        dialog.get_by_text("카드 환불 기간").click()
        dialog.locator("button[type=submit]").click()
    elif how == "arrows":
        rows = dialog.locator(".editor-row").all_inner_texts()
        place = next(index for index, text in enumerate(rows) if "환불 기간" in text)
        for key in ["ArrowDown"] * place or ["ArrowDown", "ArrowUp"]:
            page.keyboard.press(key)
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Enter")
    link = prose.locator("a")
    expect(link).to_have_text("카드 환불 기간")
    assert link.get_attribute("href") == f"article:{there.pk}"


def test_selected_words_stay_and_words_that_lead_nowhere_are_told(sit_down, site, there):
    article = begun(site)
    page = sit_down(f"/console/articles/{article.pk}/ko")
    prose = page.locator("article-editor .ProseMirror").first
    prose.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    dialog = page.locator("dialog.editor-dialog")
    page.keyboard.type("없는 글이에요")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.locator("input.control").first.fill("www.example.com/a")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    link = prose.locator("a")
    expect(link).to_have_text("앞")
    assert link.get_attribute("href") == "https://www.example.com/a"
