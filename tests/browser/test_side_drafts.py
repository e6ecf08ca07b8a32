"""A question to somebody outside that is left half written: addresses, subject and ticked files come back with its words."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import keep
from tests.browser.access import assert_accessible

KEPT = "초안을 보관했어요"


def with_file(office):
    ticket = office.conversation(subject="배송 문의")
    file = keep(b"label", name="송장.txt", by=SYSTEM)
    ticket.messages.get().attachments.create(file=file)
    return ticket


def write(page: Page) -> None:
    page.fill("[name=to]", "carrier@example.net")
    page.fill("[name=subject]", "송장 확인")
    page.get_by_label("송장.txt").check()
    expect(page.locator("[data-slot=draft]")).to_have_text(KEPT)


def expect_written(page: Page) -> None:
    expect(page.locator("[name=to]")).to_have_value("carrier@example.net")
    expect(page.locator("[name=subject]")).to_have_value("송장 확인")
    expect(page.get_by_label("송장.txt")).to_be_checked()


def test_it_is_there_again_and_in_a_forward_the_addresses_alone(office, sit_down):
    ticket = with_file(office)
    page = sit_down(f"/desk/conversations/{ticket.number}/sides/new")
    write(page)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect_written(page)
    assert_accessible(page)
    page.goto(f"/desk/conversations/{ticket.number}/sides/new?forward={ticket.messages.get().pk}")
    expect(page.locator("[name=to]")).to_have_value("carrier@example.net")
    expect(page.locator("[name=subject]")).to_have_value("Fwd: 배송 문의")


def test_what_the_server_did_not_hear_is_there_again_and_another_window_is_asked_about(office, sit_down):
    ticket = with_file(office)
    page = sit_down(f"/desk/conversations/{ticket.number}/sides/new")
    other = page.context.new_page()
    other.goto(page.url)
    page.route("**/draft", lambda route: route.abort())
    page.fill("[name=to]", "carrier@example.net")
    page.fill("[name=subject]", "송장 확인")
    page.get_by_label("송장.txt").check()
    expect(page.locator("[data-slot=draft]")).to_have_text("쓰던 글을 이 브라우저에 보관했어요")
    page.unroute("**/draft")
    page.reload()
    expect_written(page)
    expect(page.locator("[data-slot=draft]")).to_have_text(KEPT)
    other.fill("[name=to]", "depot@example.net")
    asked = other.locator("[data-slot=moved]")
    expect(asked).to_contain_text("carrier@example.net")
    asked.get_by_role("button").last.click()
    expect_written(other)
    expect(asked).to_be_empty()


def test_nothing_of_it_stays_once_it_was_sent(office, sit_down):
    ticket = with_file(office)
    page = sit_down(f"/desk/conversations/{ticket.number}/sides/new")
    write(page)
    page.locator("#side-text").fill("어디 있나요?")
    page.locator("#side-text").press("Control+Enter")
    page.wait_for_url(re.compile(r"/sides/\d+$"))
    page.goto(f"/desk/conversations/{ticket.number}/sides/new")
    expect(page.locator("[name=to]")).to_have_value("")
    expect(page.locator("[name=subject]")).to_have_value("배송 문의")
    expect(page.get_by_label("송장.txt")).not_to_be_checked()
