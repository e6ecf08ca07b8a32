"""A message as it comes from a form: its words, its own id, and whether it may be taken now."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.core.ids import random_id
from handrail.core.inserting import TAKES_NO_WRITES
from handrail.web.limits import Allowance, address_of, take
from handrail.workspace.formats import in_time

logger = logging.getLogger(__name__)
TEXT_CHARS_MAX = 20_000
SAID_A_MINUTE = 20
CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class Unsaid(Exception):
    """The message was not taken. The text is a sentence for its writer; `text` is what they wrote, so nothing is lost."""

    def __init__(self, problem: str, *, text: str = "", status: int = 400) -> None:
        super().__init__(problem)
        self.text, self.status = text, status


@dataclass(frozen=True)
class Said:
    text: str
    client_id: str


@contextmanager
def unsaid_where_nothing_is_kept(request: HttpRequest) -> Iterator[None]:
    """Around what writes down a message: where the database takes nothing, Unsaid with the words that were meant for it."""
    try:
        yield
    except TAKES_NO_WRITES as problem:
        logger.exception("a message could not be kept")
        sentence = _("We cannot take anything in just now; the fault is ours. Your words stand here still.")
        again = _("Please send them once more in a few minutes.")
        raise Unsaid(f"{sentence} {again}", text=written(request), status=503) from problem


def read_said(request: HttpRequest, *, field: str = "text") -> Said:
    """What was written. Raises Unsaid for nothing, too much, or too often."""
    text = written(request, field)
    if not text and not request.FILES:
        raise Unsaid(_("Write something first, then send it."))
    if len(text) > TEXT_CHARS_MAX:
        raise Unsaid(
            _("This is longer than %(n)d characters. Send it in two parts, or as a file.")
            % {"n": TEXT_CHARS_MAX},
            text=text,
        )
    allowance = take(f"{SAID_A_MINUTE}/minute", "said", address_of(request))
    if not allowance.is_allowed:
        raise too_often(allowance, text=text)
    return Said(text, client_id_of(request))


def too_often(allowance: Allowance, *, text: str = "") -> Unsaid:
    """Not now, and when; `text` is what was written, so that it stands there again."""
    sentence = _("That was a lot in a short time. Your words are kept here; send them again %(when)s.")
    if not text:
        sentence = _("That was a lot in a short time. Please try again %(when)s.")
    return Unsaid(sentence % {"when": in_time(allowance.seconds)}, text=text, status=429)


def written(request: HttpRequest, field: str = "text") -> str:
    """What stands in a field of the form, as it is kept."""
    # A NUL cannot be kept by every database; nothing a person wrote is lost with it.
    return request.POST.get(field, "").replace("\r\n", "\n").replace("\0", "").strip()


def client_id_of(request: HttpRequest) -> str:
    """The sender's own id for this message, so that sending it again is no second one."""
    given = request.POST.get("client_id", "")
    return given if CLIENT_ID.fullmatch(given) else random_id()
