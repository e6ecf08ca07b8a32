"""Whoever writes by mail or form is answered at nine where they are, as far as it can be known."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from handrail.contacts.identify import identify
from handrail.contacts.models import Person
from handrail.contacts.zones import learn_zone, zone_at
from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.core.actors import SYSTEM
from tests.desk.conftest import desk
from tests.intake.arriving import arrive, mail
from tests.talk.conftest import fresh_limits, visitor
from tests.talk.test_contact import WRITTEN

__all__ = ["arrive", "desk", "fresh_limits", "visitor"]

WINTER = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # a Friday, ten in New York


def dated(offset: str, number: int = 1, **more: str) -> bytes:
    date = f"Date: Fri, 27 Nov 2026 10:00:00 {offset}"
    headers = "\n".join([date, *([more["headers"]] if "headers" in more else [])])
    return mail(mid=f"zone{number}@example.com", subject=f"문의 {number}", headers=headers)


def offered(desk, conversation: Conversation) -> list[str]:
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    return re.findall(r'name="at" value="([^"]+)"', page.split("desk-composer")[1])


@pytest.mark.parametrize(
    ("offset", "zone"),
    [
        ("-0500", "Etc/GMT+5"),
        ("+0800", "Etc/GMT-8"),
        ("+0530", "Asia/Kolkata"),
        ("+0900", "Asia/Seoul"),
        ("+0000", "Asia/Seoul"),
        ("-0000", "Asia/Seoul"),
        ("GMT", "Asia/Seoul"),
        ("+0930", "Asia/Seoul"),
        ("-1300", "Asia/Seoul"),
        ("+2359", "Asia/Seoul"),
        ("", "Asia/Seoul"),
    ],
)
def test_the_clock_of_a_mail_hints_at_a_distance_and_at_no_place(world, arrive, offset, zone):
    arrive(dated(offset))

    assert Person.objects.get(identities__value="minji@example.com").zone == zone


def test_the_next_mail_corrects_a_hint_and_nothing_that_was_said(world, arrive):
    arrive(dated("-0500", 1))
    arrive(dated("-0400", 2))
    person = Person.objects.get(identities__value="minji@example.com")
    assert person.zone == "Etc/GMT+4"

    person.describe(zone="America/New_York", by=world.agent)
    arrive(dated("+0100", 3))
    person.refresh_from_db()
    assert person.zone == "America/New_York"


def test_a_mail_that_a_machine_wrote_hints_at_nothing(world, arrive):
    arrive(dated("-0500", headers="Precedence: bulk"))

    assert set(Person.objects.values_list("zone", flat=True)) == {"Asia/Seoul"}


def test_a_mere_claim_moves_nobody_we_know(world, arrive):
    known = world.person("minji@example.com")
    identity = known.identities.get(kind="email")
    known.prove("email", identity.value, assurance=2, by=SYSTEM)

    arrive(dated("-0500"))  # no domain vouches for it
    known.refresh_from_db()
    assert known.zone == "Asia/Seoul"


def test_the_form_keeps_the_zone_of_the_browser_and_nine_is_nine_there(world, visitor, desk):
    visitor.client.cookies["zone"] = "America/New_York"
    with clock.at(WINTER):
        visitor.presses("requests/new", **WRITTEN)
        conversation = Conversation.objects.get()
        assert conversation.requester.zone == "America/New_York"
        assert offered(desk, conversation) == ["2026-11-30T09:00", "2026-12-01T09:00"]


def test_a_browser_knows_better_than_a_mail_and_worse_than_what_was_chosen(world, visitor):
    met = identify("email", WRITTEN["email"], by=SYSTEM)
    learn_zone(met, "Etc/GMT+5", assurance=0, by=SYSTEM)
    visitor.client.cookies["zone"] = "America/New_York"
    visitor.presses("requests/new", **WRITTEN, client_id="form-1-zones")
    met.refresh_from_db()
    assert met.zone == "America/New_York"

    visitor.client.cookies["zone"] = "Europe/London"
    visitor.presses("requests/new", **WRITTEN, client_id="form-2-zones")
    met.refresh_from_db()
    assert met.zone == "America/New_York"


@pytest.mark.parametrize("said", ["UTC", "Nowhere/Atall", ""])
def test_a_browser_that_hides_where_it_is_tells_nothing(world, visitor, said):
    visitor.client.cookies["zone"] = said
    visitor.presses("requests/new", **WRITTEN)

    assert Conversation.objects.get().requester.zone == "Asia/Seoul"


def test_a_form_in_somebody_elses_name_does_not_move_them(world, visitor):
    known = world.person(WRITTEN["email"])
    known.prove("email", WRITTEN["email"], assurance=2, by=SYSTEM)
    visitor.client.cookies["zone"] = "America/New_York"
    visitor.presses("requests/new", **WRITTEN)

    known.refresh_from_db()
    assert known.zone == "Asia/Seoul"


def test_a_colleague_sets_the_zone_and_nine_follows(world, desk):
    person = world.person()
    conversation = world.conversation(person)
    place = f"/desk/people/{person.pk}/details"

    assert desk.post(place, {"name": "김민지", "locale": "ko", "zone": "Mars/Base"}).status_code == 422
    desk.post(place, {"name": "김민지", "locale": "ko", "zone": "America/New_York"})
    person.refresh_from_db()
    assert person.zone == "America/New_York"
    with clock.at(WINTER):
        assert offered(desk, conversation) == ["2026-11-30T09:00", "2026-12-01T09:00"]

    desk.post(place, {"name": "김민지", "locale": "ko"})
    person.refresh_from_db()
    assert person.zone == "America/New_York"


def test_an_offset_of_the_sites_own_clock_is_the_sites_zone():
    assert zone_at(timedelta(hours=9), at=WINTER) == "Asia/Seoul"
