"""A customer's page, merging and organisations in a real browser: pressed through, accessible, and no wider than a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from handrail.accounts.models import Role
from handrail.contacts.models import Organisation
from handrail.core.actors import SYSTEM
from tests.browser.access import assert_accessible
from tests.browser.conftest import LAPTOP, PHONE


def test_two_contacts_are_merged_and_separated_by_presses(office, sit_down):
    minji, twin = office.person(assurance=2), office.person("minji@work.example", "김민지", assurance=2)
    office.conversation(twin, subject="회사에서 한 문의")
    page = sit_down(f"/desk/people/{minji.pk}")

    page.locator(".twins a").click()
    page.get_by_role("button", name="합치기", exact=True).click()
    expect(page.get_by_role("link", name="회사에서 한 문의")).to_be_visible()
    expect(page.locator(".panel")).to_contain_text("minji@work.example")

    page.get_by_role("button", name="분리").click()
    page.goto(f"{office.url}/desk/people/{minji.pk}")
    expect(page.locator(".panel")).not_to_contain_text("minji@work.example")
    expect(page.locator(".timeline")).not_to_contain_text("회사에서 한 문의")
    expect(page.locator(".timeline")).to_contain_text("분리")
    assert twin.pk


def test_a_kind_is_switched_off_and_on_without_scripts(office, sit_down):
    minji = office.person()
    office.conversation(minji)
    page = sit_down(f"/desk/people/{minji.pk}", scripts=False)
    item = page.locator(".timeline-item[data-kind=talked]")
    expect(item).to_have_count(1)

    page.locator(".timeline-kinds").get_by_text("대화").click()
    expect(item).to_have_count(0)
    page.locator(".timeline-kinds").get_by_text("대화").click()
    expect(item).to_have_count(1)


@pytest.mark.parametrize(("size", "scheme"), [(LAPTOP, "light"), (PHONE, "dark")])
def test_the_pages_are_accessible_and_fit(office, sit_down, size, scheme):
    long = "아주긴이름" * 20
    minji, twin = office.person(name=long, assurance=2), office.person("minji@work.example", long)
    books = Organisation.make(f"나무책방 {long}", by=SYSTEM)
    books.know_by("namubooks.com", by=SYSTEM)
    minji.join(books, by=SYSTEM)
    office.conversation(minji, subject="w" * 200)
    manager = office.staff("manager@handrail.test", "한관리", Role.MANAGER)
    page = sit_down("/desk/people", user=manager, size=size, scheme=scheme)
    assert_accessible(page)
    for path in (
        f"/desk/people/{minji.pk}",
        f"/desk/people/{minji.pk}/merge?query=minji",
        f"/desk/people/{minji.pk}/merge?other={twin.pk}",
        f"/desk/organisations/{books.pk}",
        f"/console/organisations/{books.pk}",
    ):
        page.goto(f"{office.url}{path}")
        assert_accessible(page)
