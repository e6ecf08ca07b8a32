"""What readers do is counted from their browsers, and authors can read it on any screen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER
from handrail.answers.asks import Ask
from handrail.core import clock
from handrail.insights.collecting import collect
from handrail.insights.gathering import gather
from handrail.insights.grouping import group
from handrail.insights.journeys import Journey
from handrail.knowledge import feedback
from tests.browser.access import assert_accessible

PHONE, LAPTOP = (360, 740), (1280, 800)


def test_a_result_that_is_opened_and_a_form_sent_after_it_are_told(site, open_page):
    page = open_page("/hc/ko/search?query=" + "한쪽에서 소리가 나지 않을 때")
    link = page.locator(".results a[href*='/articles/']").first
    link.click()
    expect(page.locator("article-reading")).to_have_count(1)
    page.wait_for_function("JSON.parse(sessionStorage.tried).opened === 0")
    for _try in range(50):
        gather()
        if Journey.objects.filter(opened__isnull=False).exists():
            break
        page.wait_for_timeout(100)
    ask = Ask.objects.get()
    assert ask.journey.opened_id is not None

    page.locator("rail-ways").locator("xpath=ancestor::details").locator("summary").click()
    page.locator("rail-ways a[href*='requests/new']").click()

    expect(page).to_have_url(re.compile(f"ask={ask.key}"))


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (LAPTOP, "light"), (LAPTOP, "dark")])
def test_every_page_of_insights_is_accessible(office, sit_down, size, scheme):
    article = office.article("교환 신청하는 방법", "<p>주문 내역에서 눌러요.</p>")
    for number in range(12):
        ask = Ask.objects.create(
            channel="portal", locale="ko", text=f"선물 포장 되나요 {'길게' * number}",
            outcome=["answer", "choices", "handover"][number % 3], confidence=0.6, is_provisional=False,
            offered=[[article.pk, 0.6]], asker_kind="person", milliseconds=3.0,
            at=clock.now() - timedelta(days=number),
        )  # fmt: skip
        ask.open(article, by=STRANGER)
        feedback.give(
            article, locale="ko", is_helpful=number % 2 == 0, reader=str(number), by=STRANGER,
            reason="" if number % 2 == 0 else "unclear", text="" if number % 2 == 0 else "사진이 없어요",
        )  # fmt: skip
    Ask.objects.filter(outcome="handover").update(text="선물 포장 되나요")
    gather()
    collect()
    group()
    page = sit_down(
        "/console/insights",
        user=office.staff("a@handrail.test", "한지우", Role.AUTHOR),
        size=size,
        scheme=scheme,
    )
    for path in (
        "/console/insights",
        "/console/insights/questions?metric=nothing",
        f"/console/insights/questions/{Ask.objects.order_by('pk').first().key}",
        "/console/gaps",
        "/console/readers",
        f"/console/readers/{article.pk}",
        "/console/links",
        "/console/tasks",
        f"/console/articles/{article.pk}/ko",
    ):
        page.goto(path)
        assert_accessible(page)
    page.goto("/console/gaps")
    page.locator(".shelf-title").first.click()
    expect(page.get_by_role("heading", name="근거")).to_be_visible()
    assert_accessible(page)
