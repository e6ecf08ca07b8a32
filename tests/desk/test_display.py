"""What a colleague chose for their own eyes: hours to 12 or 24, calm or dense lines."""

from __future__ import annotations

import re

import pytest

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
