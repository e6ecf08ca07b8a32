"""Hours are told in the reader's zone, also where nobody knows the reader."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.core.actors import SYSTEM
from tests.intake.arriving import arrive, mail  # noqa: F401  (a fixture)
from tests.talk.visitor import Visitor

SATURDAY = datetime(2026, 11, 21, 20, 0, tzinfo=ZoneInfo("Asia/Seoul"))  # six in the morning in New York


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "back on Monday at 9 am Seoul time"),
        ("?zone=Asia/Seoul", "back on Monday at 9 am"),
        ("?zone=America/New_York", "back tomorrow at 7 pm your time"),
        ("?zone=UTC", "back on Monday at 9 am Seoul time"),
        ("?zone=Asia/Tokyo", "back on Monday at 9 am"),
        ("?zone=Nowhere/Atall", "back on Monday at 9 am Seoul time"),
        ("?zone=../../etc/passwd", "back on Monday at 9 am Seoul time"),
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
    # It is kept, and a colleague in Seoul reads it too.
    assert "tomorrow at 7 pm your time (New York)" in heard["lines"][-1]["html"]


def test_a_kept_line_of_a_korean_chat_names_the_zone_of_its_hour(world):
    visitor = Visitor()
    with clock.at(SATURDAY):
        snapshot = visitor.says("상담사 연결해 주세요", zone="Asia/Seoul")
        world.settle()
        heard = visitor.hears(snapshot)

    assert "월요일 오전 9시(서울 시각)에 돌아와" in heard["lines"][-1]["html"]


def said(client, path, zone="", **query) -> str:
    """A page as a browser in that zone gets it."""
    client.cookies.clear()
    if zone:
        client.cookies["zone"] = zone
    with clock.at(SATURDAY):
        return client.get(path, query).content.decode()


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "back tomorrow at 7 pm your time"),
        ("Asia/Seoul", "back on Monday at 9 am and"),
        ("UTC", "back on Monday at 9 am Seoul time"),
        ("", "back on Monday at 9 am Seoul time"),
        ("Mars/Olympus", "back on Monday at 9 am Seoul time"),
    ],
)
def test_form_and_search_tell_the_hour_the_rail_tells(client, world, zone, words):
    assert words in said(client, "/hc/en/requests/new", zone)
    assert words in said(client, "/hc/en/search", zone, query="what are your opening hours?")
    with clock.at(SATURDAY):
        rail = client.get("/hc/en/rail.json", {"zone": zone}).json()
    assert words.removesuffix(" and") in rail["sentence"]


@pytest.mark.parametrize(("zone", "is_named"), [("Asia/Seoul", False), ("Europe/London", True), ("", True)])
def test_a_list_of_hours_names_its_zone_where_it_may_not_be_the_readers(client, world, zone, is_named):
    page = said(client, "/hc/en/search", zone, query="what are your opening hours?")

    quoted = page.partition('<section class="answer" aria-label')[2].partition("</section>")[0]
    assert ("closed on public holidays (Seoul time)" in quoted) == is_named


def test_in_korean_the_zone_is_named_too(client, world):
    assert "월요일 오전 9시(서울 시각)에 돌아와" in said(client, "/hc/ko/requests/new")


def test_the_zone_somebody_chose_is_told_whatever_their_browser_says(world):
    minji = Visitor("en").signs_in("minji@example.com")
    Person.objects.get(identities__value="minji@example.com").describe(zone="Europe/London", by=SYSTEM)
    minji.client.cookies["zone"] = "America/New_York"

    with clock.at(SATURDAY):
        form = minji.opens("requests/new").content.decode()
        rail = minji.opens("rail.json?zone=America/New_York").json()
    assert "back on Monday at 12 am your time" in form
    assert "back on Monday at 12 am your time" in rail["text"]


def test_a_mail_names_the_zone_of_the_hour_it_promises(world, arrive):  # noqa: F811
    with clock.at(SATURDAY):
        arrive(mail())

    told = Conversation.objects.get().messages.get(data__code="acknowledged")
    assert "월요일 오전 9시(서울 시각)에 돌아와 답해 드려요." in told.text


@pytest.mark.parametrize(
    ("zone", "hour", "is_told"),
    [
        ("America/New_York", "Sat 21 Nov 2026 6:00 am", False),
        ("Asia/Seoul", "Sat 21 Nov 2026 8:00 pm", False),
        ("", "Sat 21 Nov 2026 8:00 pm", True),
    ],
)
def test_ones_own_request_tells_its_times_where_one_is(world, zone, hour, is_told):
    visitor = Visitor("en")
    with clock.at(SATURDAY):
        visitor.says("talk to a human")
    world.settle()
    if zone:
        visitor.client.cookies["zone"] = zone

    with clock.at(SATURDAY + timedelta(days=3)):
        page = visitor.opens("chat").content.decode()
    assert f'title="{hour}"' in page
    assert ('data-told="Asia/Seoul"' in page) == is_told


def test_a_page_for_everybody_names_the_zone_its_times_are_told_in_whoever_asks(client, world):
    article = world.article("환불 안내", "<p>3일 걸려요.</p>")
    for zone in ("", "America/New_York"):
        page = said(client, f"/hc/ko/articles/{article.pk}-{article.translations.get().slug}", zone)
        assert 'data-told="Asia/Seoul"' in page
