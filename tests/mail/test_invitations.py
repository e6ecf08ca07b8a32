"""Events that a mail brings as calendar data: what is read of them, and that nothing made to hurt costs more than its file."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from handrail.channels.mail import receive as receiving
from handrail.channels.mail.parse import parse
from handrail.channels.mail.parsed import Invitation, ParsedMail, Repeats
from handrail.channels.mail.receive import receive
from tests.mail.corpus import own

EVENT = {
    "UID": "1@example.com",
    "SUMMARY": "Visit",
    "DTSTART;TZID=Asia/Seoul": "20261201T150000",
    "DTEND;TZID=Asia/Seoul": "20261201T160000",
    "LOCATION": "12 Hangang-daero",
    "ORGANIZER;CN=Kim Minji": "mailto:minji@example.com",
}


def calendar(method: str = "REQUEST", events: int = 1, raw: str = "", **lines: str | None) -> str:
    """An iCalendar text. `lines` replace or add properties, "__" for ";", None leaves one out."""
    given = {name.replace("__", ";").replace("_", "-"): value for name, value in lines.items()}
    started = {name.partition(";")[0] for name in given}
    kept = {name: value for name, value in EVENT.items() if name.partition(";")[0] not in started}
    said = [f"{name}:{value}" for name, value in (kept | given).items() if value is not None]
    event = "\r\n".join(["BEGIN:VEVENT", *said, "END:VEVENT"])
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\n{raw}"
    return head + (event + "\r\n") * events + "END:VCALENDAR\r\n"


def mail(text: str | bytes, *, words: str = "see you") -> bytes:
    body = text.encode() if isinstance(text, str) else text
    said = f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n".encode() if words else b""
    return (
        b"From: minji@example.com\r\nTo: help@handrail.test\r\nSubject: hi\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + said + b"--b\r\n"
        b"Content-Type: text/calendar; charset=utf-8; name=invite.ics\r\n\r\n" + body + b"\r\n--b--\r\n"
    )


def read(text: str | bytes) -> ParsedMail:
    return parse(mail(text))


def only(text: str | bytes) -> Invitation:
    (found,) = read(text).calendar
    return found


@pytest.fixture(autouse=True, scope="module")
def no_child_left():
    yield
    receiving.reader.close()


def test_an_invitation_is_read_with_its_file_as_before():
    mail = read(calendar())

    assert mail.calendar == (
        Invitation(
            kind="invitation",
            title="Visit",
            start="2026-12-01T15:00:00+09:00",
            end="2026-12-01T16:00:00+09:00",
            zone="Asia/Seoul",
            place="12 Hangang-daero",
            organiser=mail.calendar[0].organiser,
        ),
    )
    assert (mail.calendar[0].organiser.name, mail.calendar[0].organiser.address) == (
        "Kim Minji",
        "minji@example.com",
    )
    assert [file.name for file in mail.attachments] == ["invite.ics"]
    assert mail.text == "see you"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (calendar(SEQUENCE="0"), "invitation"),
        (calendar(SEQUENCE="2"), "update"),
        (calendar("CANCEL"), "cancelled"),
        (calendar(STATUS="CANCELLED"), "cancelled"),
        (calendar("REPLY", ATTENDEE__PARTSTAT="x"), "event"),
        (calendar("REPLY").replace("END:VEVENT", "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.kr\r\nEND:VEVENT"), "declined"),
        (calendar("REPLY").replace("END:VEVENT", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.kr\r\nEND:VEVENT"), "accepted"),
        (calendar("PUBLISH"), "event"),
    ],
)  # fmt: skip
def test_what_kind_it_is_comes_from_its_method_and_its_count_of_changes(text, kind):
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("name", "value", "start", "zone"),
    [
        ("DTSTART;VALUE=DATE", "20261201", "2026-12-01", ""),
        ("DTSTART", "20261201T060000Z", "2026-12-01T06:00:00+00:00", ""),
        ("DTSTART", "20261201T150000", "2026-12-01T15:00:00", ""),
        ("DTSTART;TZID=Korea Standard Time", "20261201T150000", "2026-12-01T15:00:00+09:00", "Asia/Seoul"),
        ("DTSTART;TZID=/x.example/Asia/Seoul", "20261201T150000", "2026-12-01T15:00:00+09:00", "Asia/Seoul"),
        ('DTSTART;TZID="(UTC+09:00) Seoul"', "20261201T150000", "2026-12-01T15:00:00+09:00", ""),
        ("DTSTART;TZID=No/Such_Place", "20261201T150000", "2026-12-01T15:00:00", ""),
        ("DTSTART;TZID=../../etc/passwd", "20261201T150000", "2026-12-01T15:00:00", ""),
        ("DTSTART", "20261301T990000", "", ""),
        ("DTSTART", "99991231T235959", "", ""),
    ],
)
def test_when_it_begins_is_a_moment_a_day_or_nothing(name, value, start, zone):
    text = calendar(**{name.replace(";", "__"): value, "DTEND": None})

    assert (only(text).start, only(text).zone) == (start, zone)


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ({"DTEND__TZID=Asia/Seoul": "20261201T140000"}, ""),
        ({"DTEND__VALUE=DATE": "20261203"}, ""),
        ({"DTEND": None, "DURATION": "PT30M"}, "2026-12-01T15:30:00+09:00"),
        ({"DTEND": None, "DURATION": "P99999999D"}, ""),
        ({"DTSTART__VALUE=DATE": "20261201", "DTEND__VALUE=DATE": "20261202"}, ""),
        ({"DTSTART__VALUE=DATE": "20261201", "DTEND__VALUE=DATE": "20261204"}, "2026-12-03"),
    ],
)
def test_when_it_ends_is_its_last_day_or_a_moment_after_it_begins(lines, end):
    assert only(calendar(**lines)).end == end


@pytest.mark.parametrize(
    ("rule", "repeats"),
    [
        ("FREQ=DAILY;COUNT=5", Repeats("daily", count=5)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,MO", Repeats("weekly", 2, ("MO", "WE"))),
        ("FREQ=MONTHLY;BYDAY=2TU", Repeats("monthly", is_by_rule=True)),
        ("FREQ=YEARLY;UNTIL=20301231T000000Z", Repeats("yearly", until="2030-12-31")),
        ("FREQ=SECONDLY", Repeats("other")),
        ("FREQ=DAILY;INTERVAL=0", Repeats("other")),
        ("FREQ=DAILY;COUNT=99999999999999999999", Repeats("other")),
        ("FREQ=DAILY;COUNT=99999", Repeats("daily")),
        ("FREQ=DAILY;COUNT=x", Repeats("other")),
        ("nonsense", Repeats("other")),
    ],
)
def test_how_often_it_comes_again_is_named_and_never_worked_out(rule, repeats):
    assert only(calendar(RRULE=rule)).repeats == repeats


def test_a_zone_of_its_own_counts_by_its_offset_and_in_no_other_mail():
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\n"
        "TZOFFSETTO:+0300\r\n{rule}END:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    text = calendar(raw=zone.format(rule=""), DTSTART__TZID="20261201T150000", DTEND=None)
    busy = zone.format(rule="RRULE:FREQ=SECONDLY\r\n")

    assert only(text.replace("DTSTART;TZID", "DTSTART;TZID=Ours")).start == "2026-12-01T15:00:00+03:00"
    other = calendar(raw=busy, DTSTART__TZID="20261201T150000", DTEND=None)
    assert only(other.replace("DTSTART;TZID", "DTSTART;TZID=Ours")).start == "2026-12-01T15:00:00"


def test_the_same_event_in_two_parts_is_one():
    once = mail(calendar())
    part = once[once.index(b"--b\r\nContent-Type: text/calendar") : once.rindex(b"--b--")]

    found = parse(once.replace(b"--b--", part + b"--b--"))

    assert (len(found.calendar), len(found.attachments)) == (1, 2)


def test_of_many_events_a_few_are_named():
    events = calendar(events=40)
    for number in range(40):
        events = events.replace("UID:1@", f"UID:x{number}@", 1)

    assert len(read(events).calendar) == 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no calendar at all",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:unended\r\n",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"\x00\xff" * 1_000,
        calendar(events=10_000),
        calendar(events=300),
        calendar(raw="BEGIN:VEVENT\r\n" * 5_000 + "END:VEVENT\r\n" * 5_000),
        calendar(raw="BEGIN:X\r\n" * 8 + "END:X\r\n" * 8),
        calendar(RRULE="FREQ=DAILY;BYSECOND=" + ",".join(["1"] * 60_000)),
        calendar(SUMMARY="a\r\n bcd" * 30_000),
        calendar(raw="X:1\r\n" * 50_000),
        calendar(raw="ATTENDEE;" + ";".join(f"A{n}=x" for n in range(20_000)) + ":mailto:a@x.kr\r\n"),
        calendar(SUMMARY=None, DTSTART=None, DTEND=None),
        "/etc/passwd",
    ],
)
def test_what_is_broken_or_made_to_hurt_is_a_file_and_the_letter_is_read(text):
    found = receive(mail(text))

    assert (found.calendar, found.text) == ((), "see you")
    assert found.attachments or text == ""


def test_marks_and_scripts_in_a_title_are_words_on_one_line():
    found = only(calendar(SUMMARY="<script>alert(1)</script>\\n\u202egnp.exe" + "x" * 900))

    assert found.title.startswith("<script>alert(1)</script> gnp.exe")
    assert len(found.title) == 300


def test_an_organiser_that_is_no_address_has_none():
    assert only(calendar(ORGANIZER="javascript:alert(1)")).organiser.address == ""


def test_nothing_is_asked_for_from_anywhere(monkeypatch):
    import socket

    monkeypatch.setattr(socket, "socket", lambda *_a, **_k: pytest.fail("it looked outside"))

    assert only(calendar(ATTACH="https://example.com/x", URL="https://example.com/", TZURL="http://x.kr/z"))


def test_a_mail_that_is_an_invitation_alone_says_what_the_invitation_says():
    bare = mail(calendar(DESCRIPTION="The engineer comes by.\\nPlease be there."), words="")

    assert parse(bare).reply_text == "The engineer comes by.\nPlease be there."
    assert parse(mail(calendar(), words="")).text == "Visit"
    assert parse(mail(calendar(DESCRIPTION="other"))).text == "see you"
    assert parse(mail(calendar("REPLY", DESCRIPTION="what we wrote"), words="")).text == "Visit"


def test_it_comes_out_of_the_child_as_it_went_in():
    raw = mail(calendar(RRULE="FREQ=WEEKLY;BYDAY=MO"))

    assert receive(raw).calendar == parse(raw).calendar


def test_the_probe_names_it(capsys, tmp_path):
    (tmp_path / "mail.eml").write_bytes(own("calendar-invitation"))

    call_command("mail", "parse", str(tmp_path / "mail.eml"), "--json")

    (told,) = json.loads(capsys.readouterr().out)["calendar"]
    assert (told["title"], told["kind"], told["start"]) == ("방문 수리", "invitation", "")
