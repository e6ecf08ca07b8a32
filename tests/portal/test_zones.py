"""Hours are told in the reader's zone, also where nobody knows the reader."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handrail.core import clock
from tests.talk.visitor import Visitor

SATURDAY = datetime(2026, 11, 21, 20, 0, tzinfo=ZoneInfo("Asia/Seoul"))  # six in the morning in New York


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "back on Monday at 9 am"),
        ("?zone=America/New_York", "back tomorrow at 7 pm your time"),
        ("?zone=UTC", "back on Monday at 9 am"),
        ("?zone=Asia/Tokyo", "back on Monday at 9 am"),
        ("?zone=Nowhere/Atall", "back on Monday at 9 am"),
        ("?zone=../../etc/passwd", "back on Monday at 9 am"),
    ],
)
def test_the_rail_says_when_people_are_back_where_the_reader_is(client, world, query, words):
    with clock.at(SATURDAY):
        assert client.get(f"/hc/en/rail.json{query}").json()["text"] == words


def test_so_does_the_chat(world):
    visitor = Visitor("en")
    with clock.at(SATURDAY):
        snapshot = visitor.says("talk to a human", zone="America/New_York")
        world.settle()
        heard = visitor.hears(snapshot)

    assert "tomorrow at 7 pm your time" in heard["standing"]["html"]
    assert "tomorrow at 7 pm your time" in heard["lines"][-1]["html"]
