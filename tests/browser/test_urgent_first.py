"""A queue by urgency is put in order at once when somebody changes a priority, and never under the hand."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from handrail.conversations.views import SavedView
from tests.browser.access import assert_accessible

PHONE = (360, 740)


@pytest.fixture
def three(office):
    return [office.conversation(subject=name) for name in ("첫째 문의", "둘째 문의", "셋째 문의")]


def order(page: Page, *some) -> None:
    expect(page.locator(".conversation")).to_have_count(len(some))
    for at, each in enumerate(some):
        expect(page.locator(".conversation").nth(at)).to_have_attribute("data-number", str(each.number))


class Stream:
    """What the edge would say: each page's stream waits until something is told."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        page.route("**/live?**", lambda route: self.waiting.append(route))

    def tell(self, page: Page, number: int, verb: str = "conversation.priority_changed") -> None:
        for _each in range(50):
            if self.waiting:
                break
            page.wait_for_timeout(100)
        said = json.dumps({"number": number, "verb": verb, "seq": None})
        body = f"retry: 100\n\nevent: changed\ndata: {said}\n\n"
        self.waiting.pop(0).fulfill(status=200, content_type="text/event-stream", body=body)


def listening(page: Page, path: str) -> Stream:
    stream = Stream(page)
    page.goto(path)
    return stream


def test_what_an_agent_makes_urgent_stands_first_at_once(office, sit_down, three):
    page = sit_down("/desk/views/unassigned/")
    page.locator(".list-order summary").click()
    assert_accessible(page)
    page.get_by_role("button", name="급한 것부터").click()
    order(page, three[2], three[1], three[0])
    stream = listening(page, "/desk/views/unassigned/")
    page.mouse.move(5, 5)
    page.locator(f'[data-number="{three[1].number}"] .pick').check()
    page.locator(f'[data-number="{three[2].number}"] a').focus()
    page.mouse.move(5, 5)

    three[0].set_priority("urgent", by=office.agent)
    stream.tell(page, three[0].number)

    order(page, three[0], three[2], three[1])
    expect(page.locator(f'[data-number="{three[1].number}"] .pick')).to_be_checked()
    expect(page.locator(f'[data-number="{three[2].number}"] a')).to_be_focused()
    expect(page.locator(".list-fresh")).to_be_hidden()


def test_while_the_pointer_is_among_the_rows_they_wait_until_it_leaves(office, sit_down, three):
    view = SavedView.make("급한 순", "", by=office.agent, sort="priority")
    page = sit_down("/desk/")
    stream = listening(page, f"/desk/views/v{view.pk}/")
    order(page, three[2], three[1], three[0])
    page.locator(f'[data-number="{three[2].number}"]').hover()

    three[0].set_priority("high", by=office.agent)
    stream.tell(page, three[0].number)

    expect(page.locator(".list-fresh")).to_be_visible()
    order(page, three[2], three[1], three[0])
    page.mouse.move(5, 5)
    order(page, three[0], three[2], three[1])


def test_a_list_by_time_keeps_its_order(office, sit_down, three):
    page = sit_down("/desk/")
    stream = listening(page, "/desk/views/all/")
    page.mouse.move(5, 5)
    three[0].set_priority("urgent", by=office.agent)
    stream.tell(page, three[0].number)
    expect(page.locator(f'[data-number="{three[0].number}"] [data-meaning="wrong"]')).to_be_visible()
    order(page, three[2], three[1], three[0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_orders_fit_a_phone_and_need_no_script(office, sit_down, three, scheme):
    page = sit_down("/desk/views/unassigned/", size=PHONE, scheme=scheme, scripts=False)
    page.locator(".filter-fold > summary").click()
    page.locator(".list-order summary").click()
    page.get_by_role("button", name="급한 것부터").click()
    expect(page.locator(".list-order summary")).to_contain_text("급한 것부터")
    three[1].set_priority("urgent", by=office.agent)
    page.reload()
    order(page, three[1], three[2], three[0])
