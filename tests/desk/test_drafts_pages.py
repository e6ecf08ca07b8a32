"""Every draft is reached, also of somebody who has begun very many; so is every deleted mail and every blocked sender."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import BlockedSender
from handrail.conversations.drafts import Draft
from handrail.conversations.first_drafts import FirstDraft
from handrail.core import clock
from handrail.web.console import inbound
from handrail.web.desk import begun
from tests.intake.arriving import mail

NEXT = re.compile(r'rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"')


def pages(client, path: str, *, of: str = "") -> list[str]:
    """The first page and those its "older" leads to, of the list whose place is named so."""
    found = []
    while path and len(found) < 9:
        found.append(client.get(path.partition("#")[0]).content.decode())
        links = [unescape(one or other) for one, other in NEXT.findall(found[-1])]
        path = next((link for link in links if f"{of}=" in link), "")
        if path.startswith("?"):
            path = f"/console/inbound{path}"
    return found


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(begun, "SHOWN", 3)
    monkeypatch.setattr(inbound, "DELETED_SHOWN", 3)
    monkeypatch.setattr(inbound, "BLOCKED_SHOWN", 3)


def test_all_drafts_are_reached_page_by_page_each_once(world, desk, short):
    same = clock.now() - timedelta(hours=1)  # kept in one moment: their order is told by their number
    for at in range(7):
        Draft.objects.create(
            conversation=world.conversation(),
            user=world.agent,
            kind="reply",
            text=f"초안 {at}.",
            kept_at=same,
        )
        FirstDraft.objects.create(
            key=f"key{at}", user=world.agent, said={"subject": [f"새 문의 {at}."]}, kept_at=same
        )

    replies = pages(desk, "/desk/drafts", of="after")
    assert len(replies) == 3
    assert sorted(re.findall(r"초안 \d.", "".join(replies))) == [f"초안 {at}." for at in range(7)]
    opening = pages(desk, "/desk/drafts", of="opening")
    assert len(opening) == 3
    assert sorted(re.findall(r"새 문의 \d.", "".join(opening))) == [f"새 문의 {at}." for at in range(7)]
    assert 'href="/desk/drafts"' in replies[-1] and 'rel="next"' not in replies[-1]


def test_all_deleted_mail_and_all_blocked_senders_are_reached(world, admin, short):
    for at in range(7):
        BlockedSender.objects.create(sender=f"spam{at}@example.org", by=world.agent)
        row, _new = keep(
            world.mail,
            mail(mid=f"d{at}@example.org", subject=f"deleted {at}."),
            Envelope("x@example.org", ()),
        )
        row.quarantine("no_sender", by=world.agent)
        row.delete_for_now(by=world.agent)

    blocked = "".join(pages(admin, "/console/inbound", of="blocked"))
    assert sorted(re.findall(r"<span>(spam\d)@", blocked)) == [f"spam{at}" for at in range(7)]
    deleted = "".join(pages(admin, "/console/inbound", of="deleted"))
    assert sorted(re.findall(r"deleted \d.", deleted)) == [f"deleted {at}." for at in range(7)]


@pytest.mark.parametrize("place", ["x", "2020", "%00", "9" * 40])
def test_a_place_that_is_none_is_no_fault(world, desk, admin, place):
    assert desk.get(f"/desk/drafts?after={place}&opening={place}").status_code == 200
    assert admin.get(f"/console/inbound?deleted={place}&blocked={place}").status_code == 200
