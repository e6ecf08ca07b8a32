"""What a colleague chose for their own eyes: hours to 12 or 24, calm or dense lines."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.core import clock
from tests.intake.arriving import mail

KEPT = {
    "name": "이서준",
    "locale": "ko",
    "zone": "Asia/Seoul",
    "theme": "dark",
    "writes_first": "reply",
    "undo_seconds": "0",
}


def lands(text: str) -> list[str]:
    return re.findall(r"오[전후] \d+:\d\d|(?<![\d:-])\d{1,2}:\d\d(?![\d:])", text)


@pytest.mark.parametrize(("hours", "form"), [("12", r"오[전후] \d+:\d\d"), ("24", r"\d{1,2}:\d\d")])
def test_times_are_written_as_one_chose_at_desk_and_console(world, desk, admin, hours, form):
    conversation = world.conversation()
    desk.post("/desk/profile", {**KEPT, "day_hours": hours})

    page = desk.get(f"/desk/conversations/{conversation.number}/print").content.decode()

    times = lands(re.sub(r"<[^>]+>", " ", page))
    assert times
    assert all(re.fullmatch(form, each) for each in times), times


@pytest.mark.parametrize(("hours", "form"), [("12", r"오[전후] \d+:\d\d"), ("24", r"\d{1,2}:\d\d")])
def test_a_page_of_the_console_follows_language_zone_clock_and_colours_too(world, admin, hours, form):
    moment = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
    with clock.at(moment):
        row, _new = keep(world.mail, mail(), Envelope("minji@example.com", ()))
        row.quarantine("no_sender", by=world.agent)

    for zone, hour, afternoon in (("Asia/Seoul", 22, "오후 10:05"), ("America/New_York", 8, "오전 8:05")):
        assert admin.post("/desk/profile", {**KEPT, "zone": zone, "day_hours": hours}).status_code == 302
        with clock.at(moment + timedelta(days=9)):
            page = admin.get("/console/inbound").content.decode()
        told = lands(re.search(r'<time [^>]*title="([^"]*)"', page.split('class="case-card"')[1])[1])
        assert told == [afternoon if hours == "12" else f"{hour}:05"]
        assert all(re.fullmatch(form, each) for each in told)
        assert 'lang="ko"' in page and 'data-theme="dark"' in page

    admin.post("/desk/profile", {**KEPT, "locale": "en", "density": "dense", "theme": "light"})
    page = admin.get("/console/inbound").content.decode()
    assert 'lang="en"' in page and "Mail kept aside" in page and 'data-theme="light"' in page


def test_one_colleagues_choice_is_not_anothers(world, desk, admin):
    desk.post("/desk/profile", {**KEPT, "day_hours": "24", "density": "dense"})
    conversation = world.conversation()

    assert 'data-density="dense"' in desk.get("/desk/").content.decode()
    theirs = admin.get(f"/desk/conversations/{conversation.number}/print").content.decode()
    assert 'data-density="dense"' not in admin.get("/desk/").content.decode()
    assert re.search(r"오[전후] \d+:\d\d", theirs)


def test_a_form_of_an_open_tab_without_the_new_fields_keeps_them(world, desk):
    desk.post("/desk/profile", {**KEPT, "day_hours": "24", "density": "dense"})
    desk.post("/desk/profile", KEPT)
    world.agent.refresh_from_db()
    assert (world.agent.day_hours, world.agent.density) == ("24", "dense")


def test_what_nobody_offers_is_refused(world, desk):
    assert desk.post("/desk/profile", {**KEPT, "day_hours": "13"}).status_code == 422
    assert desk.post("/desk/profile", {**KEPT, "density": "tiny"}).status_code == 422
