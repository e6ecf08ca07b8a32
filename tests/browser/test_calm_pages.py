"""What strangers tripped over on real screens: lines that break badly, headings without end, buttons that wander."""

from __future__ import annotations

from handrail.accounts.models import Role
from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import keep
from tests.browser.conftest import PHONE

# The lines on which each of the texts between two given marks stands.
LINES = """([where, found]) => {
  const lines = []
  for (const each of document.querySelectorAll(where)) {
    const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT)
    for (let node; (node = walker.nextNode()); )
      for (const match of node.data.matchAll(new RegExp(found, "g"))) {
        const range = new Range()
        range.setStart(node, match.index)
        range.setEnd(node, match.index + match[0].length)
        lines.push(new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size)
      }
  }
  return lines
}"""
SPAN = "(오[전후]|\\\\d)\\S*[ \\u00a0]?[^ ]*\\u2060–\\u2060(오[전후][ \\u00a0])?\\S+"


def test_on_a_phone_hours_keep_their_line_and_a_long_question_stays_a_heading(site, open_page):
    site.world.settle()
    page = open_page(f"/hc/ko/search?query={'가' * 300}", size=PHONE)

    heading = page.locator("h1")
    line = heading.evaluate("each => parseFloat(getComputedStyle(each).lineHeight)")
    assert heading.bounding_box()["height"] <= 2.2 * line
    assert page.locator("answer-search input[type=search]").input_value() == "가" * 300
    lines = page.evaluate(LINES, [".site-footer, .contact-hours", SPAN])
    assert len(lines) >= 2 and set(lines) == {1}


def test_a_result_is_followed_by_its_bare_address_and_the_tab_remembers_the_question(site, open_page):
    site.world.settle()
    page = open_page("/hc/ko/search?query=휴대폰에 연결하는 방법")
    link = page.locator(".results a[href*='/articles/']").first
    assert "question=" in link.get_attribute("href")

    link.click()
    page.wait_for_url("**/articles/**")

    assert "question=" not in page.url
    way = page.locator(".still-stuck a")
    way.click()
    page.wait_for_url("**/requests/new**")
    assert "question=" in page.url


def test_the_menu_of_a_file_stands_beside_it(office, sit_down):
    conversation = office.conversation()
    file = keep(b"a,b\n1,2\n", name="orders.csv", by=SYSTEM)
    conversation.receive("표예요", by=conversation.requester, files=[file])
    page = sit_down(
        f"/desk/conversations/{conversation.number}",
        user=office.staff("admin@handrail.test", "박운영", Role.ADMIN),
        size=PHONE,
    )
    link, more = (
        page.locator(where).first.bounding_box() for where in (".files > li > a", ".files > li > details")
    )

    assert abs(link["y"] + link["height"] / 2 - more["y"] - more["height"] / 2) < 4
