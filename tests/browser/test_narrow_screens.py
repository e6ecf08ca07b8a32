"""Every page of desk and console whose address needs nothing filled in fits a phone."""

from __future__ import annotations

from django.urls import get_resolver

from handrail.accounts.models import Role
from tests.browser.access import WIDER
from tests.browser.conftest import PHONE

OTHERS = {"desk/counts", "desk/bulk/run", "console/articles/new"}


def plain_addresses() -> list[str]:
    """desk/… and console/… as the address table has them."""
    found = []
    for part in get_resolver().url_patterns:
        prefix = str(part.pattern)
        if prefix in ("desk/", "console/"):
            found += [
                prefix + str(each.pattern) for each in part.url_patterns if "<" not in str(each.pattern)
            ]
    return sorted(set(found) - OTHERS)


def test_no_page_is_wider_than_a_phone(office, sit_down):
    office.conversation()
    office.article("환불은 언제 들어오나요", "<p>이틀 안에 들어와요.</p>")
    admin = office.staff("admin@handrail.test", "박운영", Role.ADMIN)
    page = sit_down("/desk/", user=admin, size=PHONE)
    wide, seen = {}, 0
    for path in plain_addresses():
        answer = page.request.get(f"{office.url}/{path}")
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(f"{office.url}/{path}")
        seen += 1
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            wide[path] = page.evaluate(WIDER)[:3]
    assert seen > 20
    assert wide == {}


def test_every_menu_of_a_conversation_stands_in_the_window_of_a_phone(office, sit_down):
    conversation = office.conversation()
    conversation.receive("두 번째 용건이에요.", by=conversation.requester)
    page = sit_down(f"/desk/conversations/{conversation.number}", size=PHONE)
    page.locator(".case-fold").click()
    menus = page.locator("details:not(.later):has(> .popover) > summary")
    assert menus.count() >= 4
    for at in range(menus.count()):
        menus.nth(at).click()
        box = page.locator("details[open] > .popover").last.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= PHONE[1], menus.nth(at).inner_html()
        menus.nth(at).evaluate("summary => summary.parentElement.open = false")
    page.locator(".entry-more > summary").last.click()
    page.get_by_role("button", name="나누기").click()
    page.wait_for_url(lambda url: not url.endswith(f"/{conversation.number}"))
