"""At 1280 pixels what narrows a list stands in one line, and a put-aside conversation says its day without pushing the rest down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.core import clock

TALL = "head => head.getBoundingClientRect().height"


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_bar_of_a_list_is_one_line(office, sit_down, locale):
    office.agent.locale = locale
    office.agent.save(update_fields=["locale"])
    office.conversation()
    page = sit_down("/desk/views/all/", size=(1280, 800))
    head = page.locator(".list-head")
    assert head.evaluate(TALL) < 50
    name = {"ko": "차례로 처리하기", "en": "One after another"}[locale]
    expect(page.get_by_role("link", name=name)).to_be_visible()
    page.goto(f"{office.url}/desk/views/all/?status=new&priority=normal")
    assert page.locator(".list-head").evaluate(TALL) < 50, "also while it is narrowed"


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_what_is_put_aside_says_its_day_in_short_and_its_hour_to_who_asks(office, sit_down, locale):
    office.agent.locale = locale
    office.agent.save(update_fields=["locale"])
    conversation = office.conversation()
    conversation.snooze(until=clock.now() + timedelta(days=3), by=office.agent)
    page = sit_down(f"/desk/conversations/{conversation.number}", size=(1280, 800))
    fact = page.locator(".fact-short")
    assert ":" in fact.locator("[title]").get_attribute("title")
    assert ":" in fact.locator(".unseen").text_content()
    assert fact.evaluate("fact => fact.parentElement.getBoundingClientRect().width") < 260
