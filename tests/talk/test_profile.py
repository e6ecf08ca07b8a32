"""What a customer says of themselves: name, language, zone."""

from __future__ import annotations

import pytest

from handrail.contacts.models import Person
from handrail.core.events.models import Event

ABOUT = {"name": "김민지", "locale": "en", "zone": "Europe/Berlin"}


def test_a_customer_says_what_they_are_called_their_language_and_their_zone(minji, world):
    answer = minji.presses("profile/about", **ABOUT)

    assert (answer.status_code, answer["Location"]) == (302, "/hc/en/profile?kept=1")
    person = Person.objects.get(identities__value="minji@example.com")
    assert (person.name, person.locale, person.zone) == ("김민지", "en", "Europe/Berlin")
    page = minji.opens(answer["Location"]).content.decode()
    assert "Kept." in page and 'value="김민지"' in page
    assert '<option value="Europe/Berlin" selected>' in page


def test_the_page_shows_the_zone_one_has_whatever_it_is(minji, world):
    Person.objects.update(zone="UTC")

    assert '<option value="UTC" selected>' in minji.opens("profile").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"zone": "Mars/Olympus"}, {"locale": "xx"}, {"name": "가" * 121}, {"name": "kim@example.com"}]
)
def test_what_cannot_be_comes_back_with_its_reason_and_changes_nothing(minji, world, wrong):
    before = Person.objects.values().get(identities__value="minji@example.com")

    answer = minji.presses("profile/about", **{**ABOUT, **wrong})

    assert answer.status_code == 400
    assert "field-error" in answer.content.decode()
    assert Person.objects.values().get(pk=before["id"]) == before


def test_a_name_is_one_line_and_no_markup(minji, world):
    minji.presses("profile/about", **{**ABOUT, "name": "<b>민지</b>\r\nBcc: x"})

    assert "\n" not in Person.objects.get(identities__value="minji@example.com").name
    assert "<b>민지" not in minji.opens("profile").content.decode()


def test_nobody_else_has_this_page(visitor, world):
    assert visitor.presses("profile/about", **ABOUT).status_code == 404
    assert not Event.objects.filter(verb="person.changed").exists()


def test_a_browser_that_began_nothing_is_not_told_that_it_did(visitor, world):
    assert "이 브라우저에서 남긴 문의예요" not in visitor.opens("requests").content.decode()

    visitor.says("소리가 안 나요")

    assert "이 브라우저에서 남긴 문의예요" in visitor.opens("requests").content.decode()
