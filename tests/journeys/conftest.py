"""The whole product as one group of real processes, a real mail server that takes what it sends, and a real browser."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TypeVar
from urllib.parse import urlencode

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

from tests.faults.site import Site
from tests.journeys.company import ASKED

SECONDS_MAX = 60
START_SECONDS_MAX = 240  # on a machine that does much else
T = TypeVar("T")
# A busy machine is no fault of the page.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


def until(found: Callable[[], T], what: str, *, seconds: float = SECONDS_MAX, pause: float = 0.1) -> T:
    """What `found` answers once it answers something. Raises AssertionError, naming `what` did not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := found():
            return answer
        time.sleep(pause)
    raise AssertionError(f"{what} did not come within {seconds} s")


@dataclass
class Letterbox:
    """Takes every mail the product sends, by SMTP."""

    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):  # the library's name
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append(mail)
        return "250 OK"

    def told(self, address: str, text: str) -> EmailMessage:
        """The mail to this address in whose words `text` stands."""
        return until(
            lambda: next(filter(lambda m: _says(m, address, text), self.mails), None), f"a mail: {text}"
        )


def _says(mail: EmailMessage, address: str, text: str) -> bool:
    body = mail.get_body(("plain",))
    return address in mail["To"] and body is not None and text in body.get_content()


@dataclass
class Product:
    """`url` is where it is served, `letterbox` where its mail goes."""

    site: Site
    letterbox: Letterbox

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.site.web_port}"

    def answer_by_mail(self, mail: EmailMessage, *, sender: str, text: str) -> None:
        """As the reader's mail program does it, handed to the product's listener."""
        reply = EmailMessage()
        reply["From"], reply["To"] = sender, mail["Reply-To"] or mail["From"]
        reply["Subject"] = f"Re: {mail['Subject']}"
        reply["Message-ID"] = f"<{time.time_ns()}@example.com>"
        reply["In-Reply-To"] = reply["References"] = mail["Message-ID"]
        reply.set_content(text)
        with smtplib.LMTP("127.0.0.1", self.site.mail_port, local_hostname="test") as line:
            assert line.send_message(reply, from_addr=sender) == {}

    def is_up(self) -> bool:
        with suppress(OSError):
            return urllib.request.urlopen(f"{self.url}/healthz", timeout=5).status == 200
        return False

    def answers(self) -> bool:
        """Once the model process is there and the worker has read the articles; until then it offers choices."""
        return all(self._answers(question, locale) for locale, question in ASKED.items())

    def _answers(self, question: str, locale: str) -> bool:
        asked = urlencode({"query": question, "locale": locale})
        with (
            suppress(OSError),
            urllib.request.urlopen(f"{self.url}/api/v2/answers?{asked}", timeout=20) as told,
        ):
            return json.load(told)["outcome"] == "answer"
        return False


@pytest.fixture(scope="session")
def product(tmp_path_factory) -> Iterator[Product]:
    """`handrail all` on SQLite, with a company that was there before it started."""
    letterbox = Letterbox()
    site = Site(tmp_path_factory.mktemp("product"), {})
    post = Controller(letterbox, hostname="127.0.0.1", port=site.sink_port, ready_timeout=30)
    post.start()
    site.make_tables()
    site.run("-m", "tests.journeys.company")
    log = (site.folder / "product.log").open("ab")
    group = subprocess.Popen([sys.executable, "-m", "handrail", "all"], env=site.env, stdout=log, stderr=log)
    try:
        product = Product(site, letterbox)
        until(product.is_up, "the product's first page", seconds=START_SECONDS_MAX)
        # No quicker than a program may ask.
        until(product.answers, "an answer to what visitors ask", seconds=START_SECONDS_MAX, pause=3)
        yield product
    finally:
        group.send_signal(signal.SIGTERM)
        group.wait(timeout=30)
        post.stop()
