"""Rules that try to hide the way to a person: the rail stays where it is, in sight and pressable."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from handrail.accounts.models import Role
from handrail.core.actors import SYSTEM
from handrail.web.ui.own_css import checked
from handrail.workspace.models import PortalDraft
from tests.browser.access import violations
from tests.browser.conftest import LAPTOP, PHONE

HOSTILE = [
    "* { display: none !important; visibility: hidden !important; opacity: 0 !important }",
    "html, body, .page, .rail, .rail * , :root { display: none !important; clip-path: inset(50%) !important }",
    "body::before { content: ''; position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; background: red }",
    "body { position: fixed !important; inset: 0 !important; z-index: 9999 !important; order: -1 !important; background: red }",
    "main, header, footer { inline-size: 900vw !important; margin: -50vh -300vw !important; isolation: auto !important }",
    "main * { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; transform: scale(9) }",
    ":root { --rail-height: 0px; --page: transparent; --ink: transparent; --text-14: 0 } * { pointer-events: none !important }",
    "body ~ *, html > *, .page > nav, nav:first-child, [class*=rail] { display: none !important; height: 0 !important }",
]


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_rail_stays_in_sight_and_leads_to_a_person(site, open_page, size):
    page = open_page("/hc/ko", size=size)
    for css in HOSTILE:
        draft = PortalDraft.of(site.world.brand)
        draft.draw(draft.design.as_json() | {"css": checked(css)}, by=SYSTEM)
        draft.publish(by=SYSTEM)

        page.goto(f"{site.url}/hc/ko")
        expect(page.locator("nav.rail")).to_be_in_viewport(ratio=0.9)
        page.locator(".rail-person > summary").click()
        # A press that something covers would fail here.
        page.locator(".rail-way").first.click()

        page.wait_for_url("**/hc/ko/chat**")
        expect(page.locator("main textarea").first).to_be_visible()


@pytest.mark.parametrize(("size", "scheme"), [(LAPTOP, "light"), (PHONE, "dark")], ids=["laptop", "phone"])
def test_values_the_browser_passes_over_are_told_with_their_line_and_kept(office, sit_down, size, scheme):
    css = """.card { color: 12bananas;
  width: 10pxx; width: calc(100% - 2rem);
  color: var(--brand); --own: 12bananas; font-family: "A <b>font</b>", sans-serif }
@media print { .card { display: nonne } }
@supports (color: new(1)) { .card { color: new(1) } }"""
    draft = PortalDraft.of(office.brand)
    draft.draw(draft.design.as_json() | {"css": checked(css)}, by=SYSTEM)
    manager = office.staff("design@handrail.test", "한관리", Role.MANAGER)
    manager.set_up(locale="en", by=manager)

    page = sit_down("/console/portal", user=manager, size=size, scheme=scheme)

    told = page.locator("own-css p")
    expect(told).to_have_count(3)
    for line, said in ((1, "color: 12bananas"), (2, "width: 10pxx"), (4, "display: nonne")):
        expect(told.filter(has_text=said)).to_contain_text(f"{line}")
    expect(page.locator("own-css b")).to_have_count(0)
    assert violations(page) == []


def test_without_such_values_nothing_is_said(office, sit_down):
    draft = PortalDraft.of(office.brand)
    draft.draw(draft.design.as_json() | {"css": checked("main { color: red; gap: 1rem }")}, by=SYSTEM)
    page = sit_down("/console/portal", user=office.staff("design@handrail.test", "한관리", Role.MANAGER))
    expect(page.locator("own-css[data-declared]")).to_have_count(1)
    expect(page.locator("own-css p")).to_have_count(0)
