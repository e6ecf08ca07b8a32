"""Mail kept aside, by hand: what is picked is let in with one press, in the page and by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import InboundRaw
from tests.browser.access import assert_accessible
from tests.intake.arriving import mail

PHONE, LAPTOP = (360, 740), (1280, 800)


def arrive(office, count: int) -> None:
    for n in range(count):
        body = mail(
            f"c{n}@example.com", mid=f"{n}@example.com", subject=f"제목 {n}", headers="X-Spam-Flag: YES"
        )
        keep(office.mail, body, Envelope(f"c{n}@example.com", (office.mail.address,)))
    office.settle()


def test_those_picked_are_let_in_at_once_and_the_list_hears_of_the_next(office, sit_down):
    arrive(office, 3)
    page = sit_down("/desk/kept-aside")
    expect(page.locator("#kept")).to_be_hidden()
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("#kept [data-slot=picked]")).to_contain_text("2")
    page.locator("#kept [name=release]").click()
    expect(page.locator(".kept-line")).to_have_count(1)
    assert InboundRaw.objects.quarantined().count() == 1
    expect(page.locator("[data-count=kept_aside]")).to_have_text("1")


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_list_and_mail_are_accessible_and_fit(office, sit_down, size):
    arrive(office, 2)
    page = sit_down("/desk/kept-aside", size=size)
    assert_accessible(page)
    page.locator(".kept-line > a").first.click()
    expect(page.locator(".kept-words")).to_contain_text("환불하고 싶어요.")
    assert_accessible(page)
