"""Events that a mail brings, as a colleague and the customer read them: by their own clock, and nothing in them does anything."""

import pytest
from django.utils import timezone, translation

from handrail.accounts.viewer import Viewer
from handrail.conversations.invited import invited, invited_lines
from handrail.conversations.models import Message
from handrail.conversations.redaction import redact
from handrail.conversations.transcripts import entries, in_text, said
from handrail.web.portal.thread import lines as portal_lines
from handrail.web.portal.thread import render
from tests.intake.arriving import arrive
from tests.mail.test_invitations import calendar, mail

__all__ = ["arrive"]

SEOUL, NEW_YORK = "Asia/Seoul", "America/New_York"


@pytest.fixture
def brought(arrive):
    """A customer's mail with this calendar arrives; returns its message."""

    def go(text: str, *, words: str = "see you") -> Message:
        arrive(mail(text, words=words))
        return Message.objects.filter(direction="in").latest("pk")

    return go


@pytest.fixture
def english(world):
    world.agent.locale = "en"
    world.agent.save()
    with translation.override("en"):
        yield


def page(desk, message):
    answer = desk.get(f"/desk/conversations/{message.conversation_id}")
    assert answer.status_code == 200
    return answer.content.decode()


def read(message, zone=SEOUL, locale="en"):
    (event,) = invited(message, locale=locale, zone=zone)
    return event


def test_an_invitation_stands_above_the_words_as_a_card(desk, brought, english):
    shown = page(desk, brought(calendar(RRULE="FREQ=WEEKLY;BYDAY=TU;COUNT=4")))

    _head, card, below = shown.partition('class="invitation"')
    card, _end, below = (card + below).partition("</section>")
    assert 'class="entry-text">see you' in below
    for words in ("Invitation", "Visit", "Tue 1 Dec 2026 3:00 pm – 4:00 pm", "12 Hangang-daero"):
        assert words in card
    assert "Every week on Tuesday, 4 times" in card
    assert "Organised by Kim Minji (minji@example.com)" in card
    assert "invite.ics" in shown


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        (calendar(SEQUENCE="1"), "update", "Changed invitation"),
        (calendar("CANCEL"), "cancelled", "Cancelled"),
    ],
)
def test_a_change_and_a_cancellation_say_so(desk, brought, english, text, kind, named):
    shown = page(desk, brought(text))

    assert f'data-kind="{kind}"' in shown and named in shown


def test_the_hour_is_the_readers_and_the_written_one_stands_beside_it(brought, english):
    message = brought(
        calendar(DTSTART__TZID="20261201T150000", DTEND=None).replace("TZID", f"TZID={NEW_YORK}")
    )

    assert read(message, NEW_YORK).when == "Tue 1 Dec 2026 3:00 pm"
    there = "(in New York, UTC−5: Tue 1 Dec 2026 3:00 pm)"
    assert read(message, SEOUL).when == f"Wed 2 Dec 2026 5:00 am {there}"
    assert read(message, "Europe/London").when == "Tue 1 Dec 2026 8:00 pm (in New York, UTC−5: 3:00 pm)"


def test_a_moment_in_utc_names_no_zone_and_one_without_says_that(brought, english):
    utc = brought(calendar(DTSTART="20261201T060000Z", DTEND=None))
    assert read(utc).when == "Tue 1 Dec 2026 3:00 pm"
    floating = brought(calendar(DTSTART="20261201T060000", DTEND="20261203T070000"))
    said = "Tue 1 Dec 2026 6:00 am – Thu 3 Dec 2026 7:00 am (the mail names no time zone)"
    assert read(floating, NEW_YORK).when == said


@pytest.mark.parametrize("zone", [SEOUL, NEW_YORK, "Pacific/Kiritimati"])
def test_whole_days_are_the_same_days_everywhere(brought, english, zone):
    days = {"DTSTART__VALUE=DATE": "20261201", "DTEND__VALUE=DATE": "20261203"}

    assert read(brought(calendar(**days)), zone).when == "Tue 1 Dec 2026 – Wed 2 Dec 2026, all day"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "Every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "Every 2 weeks on Monday, Wednesday"),
        ("FREQ=MONTHLY;BYDAY=2TU", "Every month, on the days its file names"),
        ("FREQ=YEARLY;UNTIL=20301231T000000Z", "Every year, until Tue 31 Dec 2030"),
        ("FREQ=SECONDLY;BYSECOND=1,2,3", "Repeats; its file says when."),
    ],
)
def test_how_often_it_comes_again_is_said_in_words(brought, english, rule, words):
    assert read(brought(calendar(RRULE=rule))).repeats == words


def test_a_title_is_words_whatever_it_holds(desk, brought, english):
    shown = page(desk, brought(calendar(SUMMARY="<script>alert(1)</script>", LOCATION="<img src=x>")))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown and "<img src=x>" not in shown
    assert "<script>alert(1)" not in shown


def test_a_mail_that_is_an_invitation_alone_is_not_empty(world, desk, brought, english):
    message = brought(calendar(DESCRIPTION="The engineer comes by."), words="")

    assert message.text == "The engineer comes by."
    assert "The engineer comes by." in desk.get("/desk/views/all/").content.decode()


def test_paper_transcript_and_the_customers_page_have_one_line(world, desk, brought, english):
    message = brought(calendar())
    line = "Invitation: Visit · Tue 1 Dec 2026 3:00 pm – 4:00 pm · 12 Hangang-daero · Kim Minji"

    with timezone.override(SEOUL):
        assert invited_lines(message) == [line]
    paper = desk.get(f"/desk/conversations/{message.conversation_id}/print").content.decode()
    assert line in paper
    viewer = Viewer(person_id=message.conversation.requester_id, assurance=3)
    with timezone.override(SEOUL):
        seen = render(portal_lines(message.conversation, viewer), message.conversation, last=1)
    assert line in seen and seen.index(line) < seen.index("see you")
    lines = entries(said(message.conversation), message.conversation, zone=NEW_YORK)
    mailed = in_text(lines, zone=NEW_YORK, locale="en")
    assert "1:00 am – 2:00 am (in Seoul, UTC+9: 3:00 pm)" in mailed
    assert "minji@example.com" not in line


def test_a_name_that_is_an_address_is_on_no_line(brought, english):
    named = {"ORGANIZER__CN=minji@example.com": "mailto:minji@example.com"}
    event = read(brought(calendar(**named)))

    assert event.organiser == "minji@example.com" and "@" not in event.line


def test_what_is_taken_out_for_good_is_taken_out_of_it_too(world, desk, brought, english):
    message = brought(calendar())

    assert redact(message.conversation, "Hangang-daero", by=world.agent)

    message.refresh_from_db()
    assert "Hangang" not in str(message.data) and read(message).title == "Visit"


def test_a_date_that_was_taken_out_leaves_the_rest(world, brought, english):
    message = brought(calendar())
    redact(message.conversation, "2026-12-01", by=world.agent)
    message.refresh_from_db()

    assert (read(message).when, read(message).title) == ("", "Visit")


def test_a_zone_that_no_longer_is_one_costs_nothing(brought, english):
    message = brought(calendar())
    message.data["calendar"][0]["zone"] = "../x"

    assert read(message, NEW_YORK).when == "Tue 1 Dec 2026 1:00 am – 2:00 am (in UTC+9: 3:00 pm)"


def test_a_broken_calendar_is_a_file_and_no_card(desk, brought, english):
    shown = page(desk, brought("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"))

    assert 'class="invitation"' not in shown and "invite.ics" in shown
