"""What stands around a list: its head, folded on a phone so that the list begins above the middle, and the bar of those picked."""

from __future__ import annotations

import pytest

from tests.browser.access import assert_accessible
from tests.browser.conftest import LAPTOP, PHONE, expect


@pytest.fixture
def lists(office):
    for at in range(8):
        office.conversation(subject=f"배송 문의 {at}")
    return office


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_a_list_begins_above_the_middle_and_its_filters_are_a_press_away(lists, sit_down, scripts):
    page = sit_down("/desk/views/unassigned/", size=PHONE, scripts=scripts)
    assert page.locator(".conversation").first.bounding_box()["y"] <= 300
    fold, team = page.locator(".filter-fold > summary"), page.locator("#f-team")
    expect(fold).to_have_text("목록 좁히기")
    expect(team).to_be_hidden()
    expect(page.locator(".list-order")).to_be_hidden()
    fold.click()
    expect(team).to_be_visible()
    expect(page.locator(".list-order")).to_be_visible()


def test_the_folded_filters_say_how_many_are_set(lists, sit_down):
    page = sit_down("/desk/views/unassigned/?channel=mail&priority=normal", size=PHONE)
    expect(page.locator(".filter-fold > summary")).to_contain_text("2")
    assert page.locator(".conversation").first.bounding_box()["y"] <= 300
    assert_accessible(page)


def test_on_a_wide_screen_nothing_of_the_head_is_folded(lists, sit_down):
    page = sit_down("/desk/views/unassigned/", size=LAPTOP)
    expect(page.locator(".filter-fold")).to_be_hidden()
    expect(page.locator("#f-team")).to_be_visible()


def test_the_bar_says_that_the_whole_list_is_picked_and_not_how_many_boxes_are_ticked(lists, sit_down):
    page = sit_down("/desk/views/unassigned/", size=LAPTOP)
    page.locator(".pick").first.check()
    ticked, whole = page.locator("#bulk [data-slot=picked]"), page.locator(".bulk-whole")
    expect(ticked).to_contain_text("1")
    expect(whole).to_be_hidden()
    page.locator("#bulk [name=whole]").check()
    expect(ticked).to_be_hidden()
    expect(whole).to_be_visible()
    page.locator("#bulk [type=reset]").click()
    expect(page.locator("#bulk")).to_be_hidden()
