"""Somebody signed in on two devices: what is said on one stands on the other by itself, and so does what was read. On a site
with its edge, because streams are in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.faults.site import Site
from tests.faults.talkers import Browser as Window

SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 800})


@dataclass
class Company:
    site: Site
    colleague: Window
    devices: list[str]

    def number(self) -> int:
        found: Any = self.site.ask("tests.faults.census", "chats")
        return int(found[-1][1])


@pytest.fixture
def company(tmp_path) -> Iterator[Company]:
    site = Site(tmp_path, {"web": ["-m", "handrail", "serve"], "worker": ["-m", "handrail", "worker"]})
    site.make_tables()
    found: Any = site.ask("tests.faults.census", "prepare_devices")
    with site.up(site.web_port):
        yield Company(site, Window(site.web_port, {settings.SESSION_COOKIE_NAME: found[0]}), found[1:])


@pytest.fixture
def phone_and_laptop(browser: Browser, company: Company) -> Iterator[tuple[Page, Page]]:
    url = f"http://127.0.0.1:{company.site.web_port}"
    contexts, faults = [], []
    for size, session in zip(SIZES, company.devices, strict=True):
        context = browser.new_context(viewport=size, base_url=url)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
        contexts.append(context)
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.on("pageerror", lambda error: faults.append(str(error)))
    yield pages[0], pages[1]
    for context in contexts:
        context.close()
    assert not faults


def say(page: Page, words: str) -> None:
    page.locator("#talk-text").fill(words)
    page.get_by_role("button", name="보내기").click()


def test_two_devices_of_one_person_are_in_step(company, phone_and_laptop):
    phone, laptop = phone_and_laptop
    phone.goto("/hc/ko/chat")
    say(phone, "상담사와 이야기할래요")
    expect(phone.locator('li[data-side="me"][data-seq]')).to_have_count(1)
    laptop.goto("/hc/ko/chat")
    expect(laptop.locator('li[data-side="me"]')).to_contain_text("상담사와 이야기할래요")

    say(laptop, "주문 번호는 A-1이에요")
    expect(phone.locator('li[data-side="me"]').last).to_contain_text("주문 번호는 A-1이에요")
    say(phone, "내일까지 필요해요")
    expect(laptop.locator('li[data-side="me"]').last).to_contain_text("내일까지 필요해요")

    desk = f"/desk/conversations/{company.number()}"
    newest = max(int(each.get_attribute("data-seq")) for each in phone.locator("li[data-seq]").all())
    company.colleague.post(f"{desk}/presence", read=str(newest))
    for page in (phone, laptop):
        expect(page.locator('li[data-side="me"]').last.locator(".talk-read")).to_have_text("읽음")

    company.colleague.post(f"{desk}/messages", text="지금 볼게요", client_id="answer-1")
    for page in (phone, laptop):
        expect(page.locator("li", has_text="지금 볼게요")).to_have_count(1)
