"""A message as it comes from a form: its words, its own id, and whether it may be taken now."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from handrail.core.ids import random_id
from handrail.core.inserting import TAKES_NO_WRITES
from handrail.web.limits import Allowance, network_of, take
from handrail.web.ui.filters import number
from handrail.web.viewer import visitor_of
from handrail.workspace.formats import in_time

logger = logging.getLogger(__name__)
TEXT_CHARS_MAX = 20_000
CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


@dataclass(frozen=True)
class Most:
    """How often a minute. own: by one browser or person; nameless: from a network by those who have begun nothing yet, each
    of whom may be somebody else of a whole office; network: from it by all together."""

    own: int
    nameless: int
    network: int


SAID = Most(20, 60, 200)


class Unsaid(Exception):
    """The message was not taken. The text is a sentence for its writer; `text` is what they wrote, so nothing is lost.

    seconds  until it may be sent again as it is; 0 where time alone changes nothing
    """

    def __init__(self, problem: str, *, text: str = "", status: int = 400, seconds: int = 0) -> None:
        super().__init__(problem)
        self.text, self.status, self.seconds = text, status, seconds


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
        raise too_long(text)
    not_too_often(request, "said", SAID, text=text)
    return Said(text, client_id_of(request))


def not_too_often(request: HttpRequest, act: str, most: Most, *, text: str = "") -> None:
    """Count one act of who is looking, and of their network. Raises Unsaid beyond what either may in a minute."""
    voice, network = visitor_of(request).voice, network_of(request)
    theirs = (most.own, act, voice) if voice else (most.nameless, f"{act}-nameless", network)
    taken = [
        take(f"{rate}/minute", name, key)
        for rate, name, key in (theirs, (most.network, f"{act}-network", network))
    ]
    refused = [allowance for allowance in taken if not allowance.is_allowed]
    if refused:
        raise too_often(max(refused, key=lambda one: one.seconds), text=text)


def refusal_json(problem: Unsaid) -> JsonResponse:
    """{"error": the sentence, "seconds": until the same may be sent again, where time alone is wanted}"""
    when = {"seconds": problem.seconds} if problem.seconds else {}
    return JsonResponse({"error": str(problem), **when}, status=problem.status)


def too_long(text: str) -> Unsaid:
    """How long it is and what fits, in the words that the composer's script says while it is written (portal/talk.html)."""
    sentence = _(
        "Your message has %(length)s characters, and %(most)s fit in one. It stands here still: shorten it, send it in two parts, or add it as a file."
    )
    return Unsaid(sentence % {"length": number(len(text)), "most": number(TEXT_CHARS_MAX)}, text=text)


def too_often(allowance: Allowance, *, text: str = "") -> Unsaid:
    """Not now, and when; `text` is what was written, so that it stands there again."""
    sentence = _("That was a lot in a short time. Your words are kept here; send them again %(when)s.")
    if not text:
        sentence = _("That was a lot in a short time. Please try again %(when)s.")
    return Unsaid(
        sentence % {"when": in_time(allowance.seconds)}, text=text, status=429, seconds=allowance.seconds
    )


def written(request: HttpRequest, field: str = "text") -> str:
    """What stands in a field of the form, as it is kept."""
    # A NUL cannot be kept by every database; nothing a person wrote is lost with it.
    return request.POST.get(field, "").replace("\r\n", "\n").replace("\0", "").strip()


def client_id_of(request: HttpRequest) -> str:
    """The sender's own id for this message, so that sending it again is no second one."""
    given = request.POST.get("client_id", "")
    return given if CLIENT_ID.fullmatch(given) else random_id()
