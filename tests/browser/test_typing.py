"""While somebody types: the question goes out within a breath, the answers are shown, and nothing they write is covered."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.portal.shop import Shop

WITHIN_MS = 300
# When the field changed last, when the question for it left, and when the list beside it was filled, by the page's own clock.
CLOCK = """
() => {
  const told = window.told = {}
  const now = () => performance.now()
  document.querySelector("answer-search input[name=query]").addEventListener("input", () => { told.typed = now() })
  const wire = window.fetch
  window.fetch = (...asked) => {
    if (String(asked[0]).includes("/suggest")) told.asked = now()
    return wire(...asked)
  }
  const list = document.querySelector("answer-search [role=listbox]")
  new MutationObserver(() => { if (list.childElementCount) told.shown = now() }).observe(list, { childList: true })
}
"""


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize(
    ("locale", "typed", "title"),
    [("ko", "소리가 나지", "한쪽에서 소리가 나지 않을 때"), ("en", "silent", "When one bud is silent")],
)
def test_a_question_leaves_within_a_breath_and_its_suggestions_are_shown(
    open_page, site: Shop, size, locale, typed, title
):
    page = open_page(f"/hc/{locale}", size=size)
    page.evaluate(CLOCK)
    # How long the network and the server take is the bench's; here both answer at once.
    found = {"suggestions": [{"title": title, "url": "/hc/ko/articles/1", "note": "", "version": 1}]}
    page.route("**/suggest*", lambda route: route.fulfill(json=found))
    field = page.locator("answer-search input[name=query]").first
    field.press_sequentially(typed, delay=20)

    option = page.get_by_role("option", name=title)
    expect(option).to_be_in_viewport(ratio=1)
    told = page.evaluate("window.told")
    assert told["asked"] - told["typed"] < WITHIN_MS
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert covers_nothing(page, "answer-search input[name=query]")


def covers_nothing(page: Page, field: str) -> bool:
    """Whether a press in the middle of the field reaches it."""
    at = page.locator(field).first
    at.scroll_into_view_if_needed()
    middle = "e => { const b = e.getBoundingClientRect(); return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2) === e }"
    return bool(at.evaluate(middle))
