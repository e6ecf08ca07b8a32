"""Handing mail over: what each answer of the other server means. The other server is a real one, on a free port."""

from __future__ import annotations

import socket
import threading
import time
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.core.mail import get_connection

from handrail.channels.mail.deliver import Courier, Permanent, Retry, Sent

MAIL = b"From: help@handrail.test\r\nTo: minji@example.com\r\nMessage-ID: <1@handrail.test>\r\n\r\nhello\r\n"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Server:
    """Answers as told: `answers` maps a step (MAIL, RCPT, DATA) to a line."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.got: list[tuple[str, list[str], bytes]] = []
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if answer := self.answers.get("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self.answers.get("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answers.get("DATA") == "hang up":
            server.transport.abort()
            return "250 OK"
        if answer := self.answers.get("DATA"):
            return answer
        self.got.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 OK"


@pytest.fixture
def server():
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.controller = controller
    yield handler
    controller.stop()


@pytest.fixture
def courier(server):
    with Courier(get_connection(SMTP, host="127.0.0.1", port=server.controller.port, timeout=5)) as courier:
        yield courier


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def deliver(courier: Courier):
    return courier.deliver(MAIL, envelope_from="help+b-1@handrail.test", to="minji@example.com")


def test_a_taken_mail_is_sent_byte_for_byte(courier, server):
    assert deliver(courier) == Sent()
    assert server.got == [("help+b-1@handrail.test", ["minji@example.com"], MAIL)]


def test_automatic_mail_goes_with_the_null_sender(courier, server):
    assert courier.deliver(MAIL, envelope_from="", to="minji@example.com") == Sent()
    assert server.got[0][0] in {"", "<>", None}


def test_one_line_carries_many_mails_without_waiting(courier, server):
    began = time.monotonic()

    assert [deliver(courier) for _ in range(50)] == [Sent()] * 50

    assert server.connections == 1
    # A delayed acknowledgement would cost about 40 ms a mail.
    assert time.monotonic() - began < 1.9


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        ("550 5.1.1 No such user", Permanent, "550"),
        ("552 5.2.2 Mailbox full", Permanent, "552"),
        ("450 4.2.0 Greylisted", Retry, "450"),
        ("421 4.3.2 Shutting down", Retry, "421"),
    ],
)
def test_a_refusal_is_for_good_or_for_now_by_its_number(courier, server, step, answer, kind, code):
    server.answers[step] = answer

    outcome = deliver(courier)

    assert isinstance(outcome, kind) and outcome.code == code
    assert answer[4:9] in outcome.text


def test_a_greylisted_mail_waits_as_long_as_greylisting_lasts(courier, server):
    server.answers["RCPT"] = "450 4.2.0 Greylisted"

    assert deliver(courier).after == timedelta(minutes=5)


def test_after_a_refusal_the_next_mail_goes_through_on_the_same_line(courier, server):
    server.answers["RCPT"] = "550 5.1.1 No such user"
    deliver(courier)
    server.answers.clear()

    assert deliver(courier) == Sent()
    assert server.connections == 1


def test_a_line_that_breaks_before_the_answer_leaves_the_outcome_unknown(courier, server):
    server.answers["DATA"] = "hang up"

    outcome = deliver(courier)

    assert isinstance(outcome, Retry) and outcome.unknown
    server.answers.clear()
    assert deliver(courier) == Sent()


def test_a_server_that_went_away_between_two_mails_is_called_again(courier, server):
    assert deliver(courier) == Sent()
    courier._connection.connection.sock.shutdown(socket.SHUT_RDWR)

    assert deliver(courier) == Sent()
    assert server.connections == 2


def test_nobody_listening_is_a_reason_to_wait():
    with Courier(get_connection(SMTP, host="127.0.0.1", port=free_port(), timeout=2)) as courier:
        outcome = deliver(courier)

    assert isinstance(outcome, Retry) and not outcome.unknown


def test_a_server_that_says_nothing_is_a_reason_to_wait():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Thread(target=lambda: silent.accept(), daemon=True).start()
        with Courier(
            get_connection(SMTP, host="127.0.0.1", port=silent.getsockname()[1], timeout=1)
        ) as courier:
            outcome = deliver(courier)

    assert isinstance(outcome, Retry) and not outcome.unknown


def test_other_backends_of_django_get_the_same_mail():
    with Courier(get_connection("django.core.mail.backends.locmem.EmailBackend")) as courier:
        assert deliver(courier) == Sent()

    assert django_mail.outbox[-1].message()["Message-ID"] == "<1@handrail.test>"
    assert django_mail.outbox[-1].to == ["minji@example.com"]
