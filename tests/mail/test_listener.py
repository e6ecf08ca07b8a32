"""The mail listener, a process of its own: 250 means that the bytes are on the disk, and everything else says so."""

from __future__ import annotations

import signal
import smtplib
import socket
import sqlite3
import time

import pytest

from handrail.channels.mail.keep import identity
from tests.mail.corpus import own
from tests.mail.office import INBOX, Office

MAIL = b"From: minji@example.com\r\nTo: help@handrail.test\r\nMessage-ID: <1@example.com>\r\nSubject: hi\r\n\r\nhello\r\n"


def lmtp(port: int) -> smtplib.LMTP:
    return smtplib.LMTP("127.0.0.1", port, local_hostname="test")


def say(file, line: bytes) -> bytes:
    file.write(line + b"\r\n")
    file.flush()
    return file.readline()


def converse(port: int):
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    file = connection.makefile("rwb")
    file.readline()
    answer = say(file, b"LHLO test")
    while answer[3:4] == b"-":
        answer = file.readline()
    return connection, file


def test_a_mail_is_on_the_disk_when_250_is_said(office: Office):
    port = office.listen()

    with lmtp(port) as line:
        assert line.sendmail("minji@example.com", [INBOX], MAIL) == {}
        office.signal(signal.SIGKILL)

    (row,) = office.kept()
    assert row["body"] == MAIL
    assert row["inbox"] == INBOX
    assert (row["envelope_from"], row["envelope_to"]) == ("minji@example.com", f'["{INBOX}"]')


def test_keeping_a_mail_leaves_a_fact_for_those_who_read_it(office: Office):
    with lmtp(office.listen()) as line:
        line.sendmail("minji@example.com", [INBOX], MAIL)

    (row,) = office.kept()
    with sqlite3.connect(office.database) as database:
        facts = database.execute(
            "SELECT COUNT(*) FROM events_event WHERE verb = 'inbound.kept' AND subject_id = ?", [row["id"]]
        ).fetchone()
    assert facts == (1,)


@pytest.mark.parametrize(
    "address",
    [
        "help@handrail.test",
        "HELP@Handrail.Test",
        "help+r-c-xaazcnpceavc4zlaq4p2gtut2g@handrail.test",
        "help+anything@handrail.test",
    ],
)
def test_every_form_of_our_address_is_ours(office: Office, address):
    with lmtp(office.listen()) as line:
        assert line.sendmail("", [address], MAIL) == {}

    (row,) = office.kept()
    assert row["envelope_from"] == "<>"
    assert address in row["envelope_to"]


@pytest.mark.parametrize("address", ["nobody@handrail.test", "help@other.test", "help@", "help"])
def test_an_address_that_is_not_ours_is_refused_for_good(office: Office, address):
    with lmtp(office.listen()) as line:
        line.ehlo()
        line.mail("minji@example.com")
        code, _ = line.rcpt(address)

    assert code in {550, 553}
    assert office.kept() == []


def test_the_same_mail_again_is_answered_and_kept_once(office: Office):
    again = b"Received: from b by c; later\r\n" + MAIL
    with lmtp(office.listen()) as line:
        for body in (MAIL, MAIL, again):
            assert line.sendmail("minji@example.com", [INBOX], body) == {}

    assert len(office.kept()) == 1


def test_one_id_with_two_bodies_is_two_mails(office: Office):
    with lmtp(office.listen()) as line:
        line.sendmail("minji@example.com", [INBOX], MAIL)
        line.sendmail("minji@example.com", [INBOX], MAIL.replace(b"hello", b"other"))
        line.sendmail("minji@example.com", [INBOX], MAIL.replace(b"Subject: hi", b"Subject: ho"))

    assert len(office.kept()) == 3


def test_mails_without_an_id_are_told_apart(office: Office):
    plain = MAIL.replace(b"Message-ID: <1@example.com>\r\n", b"")
    with lmtp(office.listen()) as line:
        line.sendmail("minji@example.com", [INBOX], plain)
        line.sendmail("minji@example.com", [INBOX], plain.replace(b"From: minji", b"From: other"))
        line.sendmail("minji@example.com", [INBOX], plain)

    assert len(office.kept()) == 2


def test_each_recipient_gets_an_answer_of_their_own(office: Office):
    connection, file = converse(office.listen())
    with connection:
        assert say(file, b"MAIL FROM:<a@example.com>").startswith(b"250")
        assert say(file, b"RCPT TO:<help@handrail.test>").startswith(b"250")
        assert say(file, b"RCPT TO:<nobody@handrail.test>").startswith(b"550")
        assert say(file, b"RCPT TO:<sales@handrail.test>").startswith(b"250")
        assert say(file, b"DATA").startswith(b"354")
        answers = [say(file, MAIL + b"."), file.readline()]
        assert say(file, b"NOOP").startswith(b"250")

    assert [answer[:3] for answer in answers] == [b"250", b"250"]
    assert {row["inbox"] for row in office.kept()} == {"help@handrail.test", "sales@handrail.test"}


def test_too_large_is_said_by_number_before_and_after_the_data(office: Office):
    port = office.listen(HANDRAIL_MAIL_BYTES_MAX="20000")
    connection, file = converse(port)
    with connection:
        assert say(file, b"MAIL FROM:<a@example.com> SIZE=30000").startswith(b"552")
        assert say(file, b"MAIL FROM:<a@example.com>").startswith(b"250")
        for address in (b"help", b"sales"):
            assert say(file, b"RCPT TO:<%s@handrail.test>" % address).startswith(b"250")
        assert say(file, b"DATA").startswith(b"354")
        answers = [
            say(file, MAIL + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 400 + b"."),
            file.readline(),
        ]
        assert say(file, b"NOOP").startswith(b"250")

    assert [answer[:3] for answer in answers] == [b"552", b"552"]
    assert office.kept() == []


def test_a_line_of_half_a_megabyte_is_kept(office: Office):
    body = MAIL + b"x" * 500_000 + b"\r\n"
    with lmtp(office.listen()) as line:
        line.sendmail("minji@example.com", [INBOX], body)

    assert office.kept()[0]["body"] == body


def test_a_dot_behind_a_bare_line_feed_ends_nothing(office: Office):
    smuggled = b"MAIL FROM:<boss@example.com>\r\nRCPT TO:<help@handrail.test>\r\nDATA\r\nFrom: boss@example.com\r\n\r\nsmuggled\r\n"
    connection, file = converse(office.listen())
    with connection:
        say(file, b"MAIL FROM:<a@example.com>")
        say(file, b"RCPT TO:<help@handrail.test>")
        say(file, b"DATA")
        assert say(
            file, MAIL + b"x\n.\n" + smuggled + b"y\r.\r" + smuggled + b"\n.\r\n" + smuggled + b"."
        ).startswith(b"250")
        assert say(file, b"NOOP").startswith(b"250")

    assert len(office.kept()) == 1


def test_bytes_of_any_kind_are_kept_as_they_came(office: Office):
    for name in ("raw-euc-kr-headers-without-mime", "iso-2022-kr"):
        with lmtp(office.listen()) as line:
            line.sendmail("minji@example.com", [INBOX], own(name))

    assert [row["body"] for row in office.kept()] == [
        own("raw-euc-kr-headers-without-mime"),
        own("iso-2022-kr"),
    ]


def test_while_nothing_can_be_stored_the_answer_is_later_and_then_it_works(office: Office):
    port = office.listen()
    with sqlite3.connect(office.database) as database:
        database.execute("ALTER TABLE channels_inboundraw RENAME TO away")
    try:
        with lmtp(port) as line, pytest.raises(smtplib.SMTPDataError) as refused:
            line.sendmail("minji@example.com", [INBOX], MAIL)
        assert refused.value.smtp_code == 451
    finally:
        with sqlite3.connect(office.database) as database:
            database.execute("ALTER TABLE away RENAME TO channels_inboundraw")

    with lmtp(port) as line:
        assert line.sendmail("minji@example.com", [INBOX], MAIL) == {}
    assert len(office.kept()) == 1


def test_a_connection_that_breaks_in_the_middle_keeps_nothing(office: Office):
    connection, file = converse(office.listen())
    say(file, b"MAIL FROM:<a@example.com>")
    say(file, b"RCPT TO:<help@handrail.test>")
    say(file, b"DATA")
    file.write(MAIL)
    file.flush()
    file.close()
    connection.close()
    time.sleep(0.3)

    assert office.kept() == []


def test_as_smtp_it_takes_mail_from_anyone_for_us_and_for_nobody_else(office: Office):
    with smtplib.SMTP("127.0.0.1", office.listen("smtp"), local_hostname="test") as line:
        assert line.sendmail("minji@example.com", [INBOX, "nobody@other.test"], MAIL) == {
            "nobody@other.test": (550, b"5.1.1 No such mailbox here")
        }

    assert len(office.kept()) == 1


def test_sigterm_ends_it_and_what_was_answered_stays(office: Office):
    with lmtp(office.listen()) as line:
        line.sendmail("minji@example.com", [INBOX], MAIL)
        assert office.signal(signal.SIGTERM) == 0

    assert len(office.kept()) == 1


def test_what_makes_a_mail_the_same_leaves_out_what_servers_add():
    assert identity(MAIL) == identity(b"Received: x\r\nX-Spam: no\r\n" + MAIL)
    assert identity(MAIL) == identity(MAIL.replace(b"\r\n", b"\n"))
    assert identity(MAIL) != identity(MAIL.replace(b"hello", b"hullo"))
    assert identity(MAIL.replace(b"<1@", b"<" + b"1" * 2_000 + b"@"))[0].startswith("111")
