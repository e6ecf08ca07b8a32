"""Mail as it travels: swaks, Postfix, our listener, our courier, Postfix, Dovecot. No part is played by a stand-in."""

from __future__ import annotations

import os
import signal
import smtplib
import time
from dataclasses import replace
from email.policy import default

import pytest
from django.core.mail import get_connection

from handrail.channels.mail import addresses, authenticity
from handrail.channels.mail.candidates import candidates
from handrail.channels.mail.deliver import Courier, Sent
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parse import parse
from handrail.channels.mail.parsed import Envelope
from handrail.channels.mail.render import Letter, Rail, build
from tests.mail.corpus import own
from tests.mail.office import INBOX, Office
from tests.mail.servers import HOP, MailServers

pytestmark = pytest.mark.mailservers

KEY = "k" * 23


@pytest.fixture
def listening(office: Office, servers: MailServers) -> Office:
    office.listen(port=servers.listener)
    return office


@pytest.fixture
def courier(servers: MailServers):
    with Courier(
        get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=servers.smtp)
    ) as courier:
        yield courier


def arrived(office: Office, count: int = 1, seconds: float = 30) -> list[dict]:
    deadline = time.monotonic() + seconds
    while len(rows := office.kept()) < count and time.monotonic() < deadline:
        time.sleep(0.1)
    return rows


def letter(to: str) -> Letter:
    return Letter(
        sender=Mailbox(INBOX, "온결 고객지원"),
        to=Mailbox(to, "김민지"),
        subject="Re: 환불 문의 [#1042]",
        text="안녕하세요. 환불이 접수되었어요.",
        message_id=f"{os.urandom(8).hex()}@handrail.test",
        reply_to=addresses.reply_address(INBOX, endpoint_id=12, reply_key=KEY),
        in_reply_to="asked@example.test",
        references=["asked@example.test"],
        rail=Rail("사람의 답변이 필요해요", "https://help.example/p"),
    )


@pytest.mark.parametrize(
    "name", ["gmail-korean-reply", "raw-euc-kr-headers-without-mime", "iso-2022-kr", "naver-reply"]
)
def test_mail_from_a_stranger_reaches_our_disk_through_postfix(listening: Office, servers: MailServers, name):
    token = addresses.reply_address(INBOX, endpoint_id=12, reply_key=KEY)
    servers.swaks(sender="minji@example.test", to=token, data=own(name))

    (row,) = arrived(listening)

    mail = parse(row["body"], Envelope(row["envelope_from"], (token,)))
    assert row["envelope_from"] == "minji@example.test"
    assert row["envelope_to"] == f'["{token}"]'
    assert (mail.subject, mail.text) == (parse(own(name)).subject, parse(own(name)).text)
    assert candidates(mail).tokens[0].fits(KEY)


def test_what_postfix_was_told_we_have_is_there_although_we_were_killed_again_and_again(
    listening: Office, servers: MailServers
):
    ids = [f"{number}@kill.example.test" for number in range(40)]
    with smtplib.SMTP("127.0.0.1", servers.smtp) as line:
        for number, message_id in enumerate(ids):
            line.sendmail(
                "minji@example.test",
                [INBOX],
                f"From: minji@example.test\r\nTo: {INBOX}\r\nMessage-ID: <{message_id}>\r\nSubject: {number}\r\n\r\nhi {number}\r\n",
            )
            if number % 10 == 5:
                listening.signal(signal.SIGKILL)
            if number % 10 == 8:
                listening.listen(port=servers.listener)
    listening.listen(port=servers.listener)

    deadline = time.monotonic() + 60
    while not servers.queue_is_empty() and time.monotonic() < deadline:
        servers.flush()
        time.sleep(0.5)

    found = [parse(row["body"]).message_id for row in listening.kept()]
    assert sorted(found) == sorted(ids), servers.log()[-2000:]


def test_our_mail_lands_in_a_mailbox_with_everything_it_needs(courier: Courier, servers: MailServers):
    sent = letter("minji@example.test")
    bounce = addresses.bounce_address(INBOX, delivery_id=77)

    assert courier.deliver(build(sent), envelope_from=bounce, to="minji@example.test") == Sent()

    (mail,) = servers.mailbox("minji@example.test")
    assert mail["From"] == f"온결 고객지원 <{INBOX}>"
    assert mail["Subject"] == "Re: 환불 문의 [#1042]"
    assert mail["Message-ID"] == f"<{sent.message_id}>"
    assert mail["In-Reply-To"] == mail["References"] == "<asked@example.test>"
    assert sent.reply_to in mail["Reply-To"]
    assert mail["Return-Path"] == f"<{bounce}>"
    assert mail["Delivered-To"] == "minji@example.test"
    assert addresses.is_ours(mail["X-Handrail-Loop"])
    assert mail["Auto-Submitted"] is None
    assert mail.get_body(("plain",)).get_content().startswith("안녕하세요. 환불이 접수되었어요.")
    assert "사람의 답변이 필요해요" in mail.get_body(("html",)).get_content()
    assert not mail.defects


def test_an_answer_to_our_mail_comes_back_to_its_endpoint(
    listening: Office, courier: Courier, servers: MailServers
):
    sent = letter("jun@example.test")
    courier.deliver(build(sent), envelope_from="", to="jun@example.test")
    (mail,) = servers.mailbox("jun@example.test")
    reply_to = mail["Reply-To"].addresses[0].addr_spec

    answer = f"From: jun@example.test\r\nTo: {reply_to}\r\nIn-Reply-To: {mail['Message-ID']}\r\nSubject: {mail['Subject']}\r\n\r\n고마워요\r\n"
    with smtplib.SMTP("127.0.0.1", servers.smtp) as line:
        line.sendmail("jun@example.test", [reply_to], answer.encode())

    (row,) = arrived(listening)
    found = candidates(parse(row["body"], Envelope("jun@example.test", (reply_to,))))
    assert [(token.endpoint_id, token.fits(KEY)) for token in found.tokens] == [(12, True)] * len(
        found.tokens
    )
    assert found.tokens
    assert found.message_ids == (sent.message_id,)


def test_a_bounce_of_postfix_names_the_delivery_that_failed(listening: Office, courier: Courier):
    bounce = addresses.bounce_address(INBOX, delivery_id=77)
    assert (
        courier.deliver(build(letter("someone@gone.test")), envelope_from=bounce, to="someone@gone.test")
        == Sent()
    )

    (row,) = arrived(listening)
    recipients = (bounce,)
    mail = parse(row["body"], Envelope("", recipients))

    assert row["envelope_from"] == "<>"
    assert row["envelope_to"] == f'["{bounce}"]'
    assert mail.auto_submitted
    assert mail.bounce and mail.bounce.failed == ("someone@gone.test",)
    assert mail.bounce.status == "5.1.1"
    assert candidates(mail).bounced == (77,)


def test_the_verdict_of_our_hop_stands_above_its_mark_and_a_strangers_does_not(
    listening: Office, servers: MailServers, settings
):
    settings.MAIL_TRUSTED_HOP = HOP
    forged = f"Authentication-Results: {HOP}; dmarc=pass header.from=example.test\r\n"
    for sender in ("vouched", "stranger"):
        body = f"{forged}From: {sender}@example.test\r\nTo: {INBOX}\r\nMessage-ID: <{sender}@x>\r\nSubject: x\r\n\r\nhi\r\n"
        with smtplib.SMTP("127.0.0.1", servers.smtp) as line:
            line.sendmail(f"{sender}@example.test", [INBOX], body)

    rows = {parse(row["body"]).from_address: row["body"] for row in arrived(listening, 2)}
    verdicts = {
        who: authenticity.check(raw, parse(raw), resolver=lambda name: None) for who, raw in rows.items()
    }

    assert verdicts["vouched@example.test"].vouched and verdicts["vouched@example.test"].by == "hop"
    assert not verdicts["stranger@example.test"].vouched


def test_our_own_mail_sent_round_to_us_is_known(listening: Office, courier: Courier):
    sent = replace(letter(INBOX), automatic=True)
    courier.deliver(build(sent), envelope_from="", to=INBOX)

    (row,) = arrived(listening)
    mail = parse(row["body"], Envelope("", (INBOX,)))

    assert addresses.is_ours(mail.loop_mark)
    assert mail.auto_submitted == "auto_submitted"


def test_a_receiver_reads_korean_headers_as_we_wrote_them(courier: Courier, servers: MailServers):
    sent = replace(
        letter("seo@example.test"),
        subject="환불 " * 30 + "[#1042]",
        to=Mailbox("seo@example.test", '이서준, "님"'),
    )
    courier.deliver(build(sent), envelope_from="", to="seo@example.test")

    (mail,) = servers.mailbox("seo@example.test")

    assert mail["Subject"] == sent.subject.strip()
    assert mail["To"].addresses[0].display_name == '이서준, "님"'
    assert max(len(line) for line in mail.as_bytes(policy=default).splitlines()) <= 998
