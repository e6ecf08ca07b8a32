"""The shelves by hand: arrow keys and dragging, and the pages beside them as everybody must be able to use them."""

from __future__ import annotations

from playwright.sync_api import expect

from handrail.accounts.models import Role
from handrail.knowledge.products import Topic
from tests.browser.access import assert_accessible
from tests.browser.conftest import PHONE


def test_topics_and_articles_move_by_keys_and_by_being_dropped(sit_down, office):
    author = office.staff("author@handrail.test", "정작가", Role.AUTHOR)
    office.topic.put(by=author)
    shipping = Topic.offer(office.product, "shipping", names={"ko": "배송", "en": "Shipping"}, by=author)
    shipping.put(by=author)
    first, second = (office.article(f"글 {n}", "<p>본문이에요.</p>") for n in (1, 2))
    page = sit_down(f"/console/topics?open={office.topic.pk}", user=author)
    assert_accessible(page)

    page.locator(f"[data-topic='{shipping.pk}'] .rack-handle").first.focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-topic]").first).to_have_attribute("data-topic", str(shipping.pk))
    expect(page.locator(f"[data-topic='{shipping.pk}'] .rack-handle").first).to_be_focused()
    expect(page.locator(".toasts")).to_contain_text("옮겼어요")

    page.goto(f"{office.url}/console/topics?open={office.topic.pk}")
    handle = page.locator(f"[data-article='{second.pk}']")
    handle.drag_to(page.locator(f"[data-article='{first.pk}']"), target_position={"x": 60, "y": 2})
    expect(page.locator("[data-article]").first).to_have_attribute("data-article", str(second.pk))
    page.locator(f"[data-article='{first.pk}']").drag_to(
        page.locator(f"[data-topic='{shipping.pk}'] > .rack-row"), target_position={"x": 60, "y": 28}
    )
    expect(page.locator("[data-article]")).to_have_count(1)
    assert list(shipping.articles.all()) == [first]


def test_the_pages_of_knowledge_are_usable_on_a_phone_in_the_dark(sit_down, office):
    author = office.staff("author@handrail.test", "정작가", Role.AUTHOR)
    article = office.article("환불 안내", "<p>본문이에요.</p>")
    article.label_as(["카드"], by=author)
    page = sit_down("/console/topics", user=author, size=PHONE, scheme="dark")
    assert_accessible(page)
    for path in (
        f"/console/topics/{office.topic.pk}", "/console/synonyms", "/console/segments", "/console/transfers",
        f"/hc/ko/follow?article={article.pk}", "/hc/ko/labels/카드",
    ):  # fmt: skip
        page.goto(f"{office.url}{path}")
        assert_accessible(page)
