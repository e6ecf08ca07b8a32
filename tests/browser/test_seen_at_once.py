"""Two colleagues at two windows: each sees at once who else is there, and what the other changed, in the ticket and in the list."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, Route, expect

from handrail.accounts.models import Role
from handrail.core import bus

SECONDS = 2
MILLISECONDS = SECONDS * 1000


@pytest.fixture
def nudges(monkeypatch) -> list[dict[str, Any]]:
    """What the site tells its streams, in order. Here no edge carries it: `Stream` brings it to a page."""
    told: list[dict[str, Any]] = []

    def publish(topic: str, **said: Any) -> None:
        if topic == "stream":
            transaction.on_commit(lambda: told.append(said))

    monkeypatch.setattr(bus, "publish", publish)
    return told


class Stream:
    """The stream of one page, held open until there is something to tell on its channel."""

    def __init__(self, page: Page, channel: str) -> None:
        self.page, self.channel, self.held = page, channel, []
        page.route("**/live?*", self._hold)
        page.reload()

    def _hold(self, route: Route) -> None:
        self.held.append(route)

    def carry(self, nudges: list[dict[str, Any]]) -> int:
        """Bring what was told on the channel; returns how many events. A page that asks again is held anew."""
        until = time.monotonic() + 15
        while time.monotonic() < until and not (self.held and self._own(nudges)):
            self.page.wait_for_timeout(50)
        own = self._own(nudges)
        body = "".join(
            f"event: {each['event']}\ndata: {json.dumps(each.get('data') or {})}\n\n" for each in own
        )
        self.held.pop().fulfill(status=200, content_type="text/event-stream", body=body)
        nudges.clear()
        return len(own)

    def _own(self, nudges: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [each for each in nudges if self.channel in each["channels"]]


def test_who_is_looking_is_seen_in_the_list_and_in_the_ticket(office, sit_down, nudges):
    names = ("정해결", "박상담")
    conversation = office.conversation()
    path = f"/desk/conversations/{conversation.number}"
    listed, ticket = sit_down("/desk/views/all/"), sit_down(path)
    streams = [Stream(listed, "desk:list"), Stream(ticket, f"desk:{conversation.number}")]
    row, beside = (
        listed.locator(f'[data-number="{conversation.number}"]'),
        ticket.locator("[data-part=looking]"),
    )
    for number, (name, stream) in enumerate(zip(names, streams, strict=True)):
        nudges.clear()
        sit_down(path, user=office.staff(f"c{number}@handrail.test", name, Role.AGENT))
        place = row if stream.page is listed else beside
        assert name not in place.inner_text()
        assert stream.carry(nudges) >= 1
        expect(place).to_contain_text(name, timeout=MILLISECONDS)


def test_a_change_is_seen_in_the_list_and_in_the_ticket_of_the_other(office, sit_down, nudges):
    conversation = office.conversation()
    listed = sit_down("/desk/views/all/")
    ticket = sit_down(f"/desk/conversations/{conversation.number}")
    row = listed.locator(f'[data-number="{conversation.number}"]')
    for number, stream in enumerate(
        [Stream(listed, "desk:list"), Stream(ticket, f"desk:{conversation.number}")]
    ):
        nudges.clear()
        conversation.retitle(f"바뀐 제목 {number}", by=office.agent)
        place = row if stream.page is listed else ticket.locator("h1").first
        expect(place).not_to_contain_text(f"바뀐 제목 {number}")
        assert stream.carry(nudges) >= 1
        expect(place).to_contain_text(f"바뀐 제목 {number}", timeout=MILLISECONDS)
