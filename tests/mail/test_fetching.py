"""A mailbox at another server, fetched: a real Dovecot, filled by its own LMTP. Nothing is lost, doubled or touched."""

from __future__ import annotations

import smtplib
import threading
import time
from datetime import timedelta

import pytest

from handrail.channels import health
from handrail.channels.fetching import Fetching
from handrail.channels.health import Health
from handrail.channels.inboxes import Inbox
from handrail.channels.mail import fetch, imap, troubles
from handrail.channels.mail.fetchers import Fetchers
from handrail.channels.mail.imap import Session
from handrail.channels.models import InboundRaw
from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.core.actors import SYSTEM
from tests.mail.servers import MailServers, free_port

pytestmark = [pytest.mark.mailservers]

PEOPLE = iter(f"box{number}@example.test" for number in range(1000))


@pytest.fixture
def box() -> str:
    """A mailbox nobody wrote to yet."""
    return next(PEOPLE)


def put(servers: MailServers, box: str, *mails: bytes) -> None:
    with smtplib.LMTP("127.0.0.1", servers.lmtp, local_hostname="mx.example.test") as line:
        for mail in mails:
            line.sendmail("minji@example.com", [box], mail)


def mail(
    number: int, text: str = "환불해 주세요", *, to: str = "help@handrail.test", more: str = ""
) -> bytes:
    head = f"From: minji@example.com\r\nTo: {to}\r\nMessage-ID: <f{number}@example.com>\r\n{more}"
    return f"{head}Subject: no. {number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text} {number}\r\n".encode()


def fetching(world, servers: MailServers, box: str, settings, **more: object) -> Fetching:
    settings.FETCH_INTERNAL = [f"127.0.0.1:{servers.imap}"]
    server = {"host": "127.0.0.1", "port": servers.imap, "tls": "none", "user": box, "sign_in": "password"}
    Fetching.drafted(world.mail, **server | {"secret": "pw", "takes_old": True} | more).keep(by=SYSTEM)
    return Fetching.objects.select_related("inbox").get()


def look(row: Fetching) -> tuple[int, int, int]:
    row = Fetching.objects.select_related("inbox").get(pk=row.pk)
    with Session(row) as session:
        found = fetch.fetch_new(row, session)
    return found.new, found.known, found.aside


def test_fetching_three_times_doubles_nothing_loses_nothing_and_sets_the_unreadable_aside(
    world, servers, box, settings
):
    bomb = mail(3, more="MIME-Version: 1.0\r\n").replace(
        b"text/plain; charset=utf-8", b"multipart/mixed; boundary=b0"
    ) + b"".join(
        f"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n".encode() for n in range(1200)
    )
    put(servers, box, mail(1), mail(2), bomb, mail(4), mail(1))
    row = fetching(world, servers, box, settings)

    assert [look(row), look(row), look(row)] == [(4, 1, 0), (0, 0, 0), (0, 0, 0)]
    world.settle()
    put(servers, box, mail(5))
    assert look(row) == (1, 0, 0)
    world.settle()

    subjects = sorted(Conversation.objects.values_list("subject", flat=True))
    assert subjects == ["no. 1", "no. 2", "no. 4", "no. 5"]
    assert [raw.error for raw in InboundRaw.objects.quarantined()] == ["too_deep"]
    # Dovecot's own word: nothing there was marked as read.
    with Session(row) as session:
        assert session.client.search(["UNSEEN"]) == session.client.search(["ALL"])


def test_a_mailbox_that_numbers_anew_is_gone_through_again_and_doubles_nothing(world, servers, box, settings):
    put(servers, box, mail(1), mail(2))
    row = fetching(world, servers, box, settings)
    assert look(row) == (2, 0, 0)
    with Session(row) as session:
        session.client.create_folder("Other")
        session.client.copy([1, 2], "Other")
    Fetching.objects.update(folder="Other")
    put(servers, box, mail(3))
    assert look(row) == (0, 2, 0)
    assert Fetching.objects.get().uid_validity != row.uid_validity


def test_what_lay_there_before_is_left_alone_unless_wanted(world, servers, box, settings):
    put(servers, box, mail(1), mail(2))
    with clock.at(clock.now() + timedelta(seconds=2)):
        row = fetching(world, servers, box, settings, takes_old=False)
    assert look(row) == (0, 0, 0)
    Fetching.objects.update(since=clock.now() - timedelta(seconds=1), uid_validity=None, uid=0)
    time.sleep(1.1)  # the server's moments are whole seconds
    put(servers, box, mail(3))
    assert look(row)[0] >= 1
    assert InboundRaw.objects.filter(external_id__startswith="f3@").exists()


def test_a_mail_that_is_too_large_stays_there_and_is_shown_here(world, servers, box, settings):
    settings.MAIL_BYTES_MAX = 20_000
    put(servers, box, mail(1), mail(2, "x" * 900 + "\r\n" + "y\r\n" * 9000), mail(3))
    row = fetching(world, servers, box, settings)
    assert look(row) == (2, 0, 1)
    aside = InboundRaw.objects.quarantined().get()
    assert aside.error == "too_large" and b"Subject: no. 2" in bytes(aside.body) and len(aside.body) < 5000


def test_a_mail_the_server_cannot_give_is_set_aside_after_three_tries_and_the_others_go_on(
    world, servers, box, settings
):
    put(servers, box, mail(1), mail(2), mail(3))
    row = fetching(world, servers, box, settings)
    with Session(row) as session:
        session.sizes([1, 2, 3])
    stored = (p for p in (servers.home / "box" / box).rglob("*") if p.parent.name in {"new", "cur"})
    second = next(p for p in stored if b"no. 2" in p.read_bytes())
    servers.spoil(second)

    said = []
    for _ in range(4):
        try:
            look(row)
        except imap.TROUBLES as trouble:
            said.append(troubles.code_of(trouble))

    assert said == ["not_given", "not_given", "connection"]
    assert InboundRaw.objects.filter(state="new").count() == 2
    assert InboundRaw.objects.quarantined().get().error == "not_given"


def test_the_envelope_is_what_the_last_server_wrote_and_a_from_line_stays_a_claim(
    world, servers, box, settings
):
    forged = "Authentication-Results: mx.example.test; dmarc=pass header.from=example.com\r\nDelivered-To: ceo@example.com\r\n"
    put(servers, box, mail(1, more=forged))
    row = fetching(world, servers, box, settings, trusted_hop="mx.example.test")
    settings.MAIL_TRUSTED_HOP = "mx.example.test"
    assert look(row) == (1, 0, 0)
    raw = InboundRaw.objects.get()
    assert (raw.came_by, raw.envelope_from, raw.envelope_to) == ("imap", "minji@example.com", [box])
    world.settle()
    message = Conversation.objects.get().messages.filter(direction="in").get()
    assert not message.is_verified


@pytest.mark.parametrize(("changed", "code"), [({"secret": "no"}, "authentication"), ({"tls": "starttls"}, "unable"),
                                               ({"tls": "tls"}, "tls"), ({"folder": "Nope"}, "folder")])  # fmt: skip
def test_a_test_of_the_connection_says_what_stands_in_the_way(world, servers, box, settings, changed, code):
    fetching(world, servers, box, settings)
    trouble = imap.probe(Fetching.drafted(world.mail, **{"secret": "pw"} | changed))
    assert trouble and troubles.code_of(trouble) == code


@pytest.mark.django_db(transaction=True)
def test_new_mail_is_here_at_once_a_pause_lets_it_wait_and_trouble_is_noted_and_forgotten(
    world, servers, box, settings
):
    row = fetching(world, servers, box, settings)
    watching = Fetchers()
    watching.adjust()
    try:
        until(lambda: Health.objects.filter(last_ok_at__isnull=False).exists())
        put(servers, box, mail(1))
        began = time.monotonic()
        until(lambda: InboundRaw.objects.exists())
        assert time.monotonic() - began < 10  # IDLE, not the next look
        Inbox.objects.get(pk=row.pk).pause(by=SYSTEM)
        watching.adjust()
        put(servers, box, mail(2))
        assert not watching.loops and InboundRaw.objects.count() == 1
        Inbox.objects.get(pk=row.pk).resume(by=SYSTEM)
        Fetching.drafted(world.mail, port=free_port()).keep(by=SYSTEM)
        watching.adjust()
        until(lambda: Health.objects.filter(failing_since__isnull=False, code="inside").exists())
        Fetching.drafted(world.mail, port=servers.imap).keep(by=SYSTEM)
        watching.adjust()
        until(lambda: InboundRaw.objects.count() == 2)
        until(lambda: Health.objects.filter(failing_since=None, failures=0).exists())
    finally:
        for loop in watching.loops.values():
            loop.stop()
        for thread in threading.enumerate():
            if thread.name.startswith("fetch-"):
                thread.join(10)
    assert health.Health.objects.count() == 1


def until(true, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to be"
        time.sleep(0.05)
