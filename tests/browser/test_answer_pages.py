"""The pages of thresholds and of last month asked again: readable by everybody, at both sizes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handrail.accounts.models import Role
from handrail.answers.fittings import Fitting
from handrail.answers.replays import Replay
from tests.browser.access import assert_accessible
from tests.browser.conftest import LAPTOP, PHONE
from tests.console.test_answer_pages import report

PAGES = {"thresholds": "/console/answers/thresholds", "history": "/console/answers/history"}


@pytest.fixture
def manager(office):
    article = office.article("환불 신청하는 방법", "<p>주문 내역에서 신청해요.</p>")
    versions = [
        Fitting.objects.create(coefficients={}, learned_from=1, measured_with=1, index_stamp="") for _ in "ab"
    ]
    Replay.objects.create(report=report(article, first_right=88.0), fitting=versions[0])
    Replay.objects.create(report=report(article), fitting=versions[1])
    return office.staff("manager@handrail.test", "최관리", Role.MANAGER)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("size", "scheme", "locale"), [(LAPTOP, "light", "ko"), (PHONE, "dark", "en")])
def test_the_page_keeps_no_one_out_and_fits_its_width(sit_down, manager, name, size, scheme, locale):
    manager.locale = locale
    manager.save(update_fields=["locale"])
    page = sit_down(PAGES[name], user=manager, size=size, scheme=scheme)
    for closed in page.locator("summary").all():
        closed.click()
    assert_accessible(page)
    if folder := os.environ.get("HANDRAIL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{size[0]}-{locale}.png", full_page=True)
