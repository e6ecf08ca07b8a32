"""What stops a reply once: its buttons, which go on with what was pressed first, and whom it would surprise."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, QueryDict

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.conversations.recipients import Unexpected, unexpected

# A button that answers a stop. Its value says what was pressed before: status=solved, at=2026-12-01T09:00, to=3,4.
ANSWERS = ("anyway", "closed", "as_is", "agreed_to", "leave_out")
PRESSED = ("status", "at", "later")
WINDOWS_MOST = 60


def resumed(post: QueryDict) -> QueryDict:
    """What was sent, with what the first press asked for put back where a button of a stop was pressed instead."""
    fields = post.copy()
    for name in ANSWERS:
        for key, value in parse_qsl(post.get(name, "")[:400]):
            if key in PRESSED:
                fields.setdefault(key, value)
    return fields


def pressed(request: HttpRequest) -> str:
    """What the buttons of a stop carry on with, as the end of their value: "&status=solved"; "" for a plain press."""
    fields = resumed(request.POST)
    kept = urlencode([(name, fields[name]) for name in PRESSED if fields.get(name)])
    return f"&{kept}" if kept else ""


def agreed(request: HttpRequest) -> list[tuple[str, str]]:
    """The stops that were answered already, to be sent along with the next answer."""
    return [(name, value) for name in ANSWERS if (value := request.POST.get(name))]


def named(request: HttpRequest, name: str) -> set[int]:
    """The windows a button names: to=3,4."""
    said = dict(parse_qsl(request.POST.get(name, "")[:400])).get("to", "")
    return _numbers(said)


def surprising(request: HttpRequest, conversation: Conversation) -> list[Unexpected]:
    """Whom this reply would reach without its writer expecting it; not those already answered for.

    POST windows: ids of the windows on the page when it was opened, with commas between them.
    """
    user: User = request.user  # type: ignore[assignment]
    said = request.POST.get("windows")
    answered = named(request, "agreed_to") | named(request, "leave_out")
    seen = None if said is None else _numbers(said)
    return [each for each in unexpected(conversation, by=user, seen=seen) if each.window.pk not in answered]


def _numbers(text: str) -> set[int]:
    found = text.split(",")[:WINDOWS_MOST]
    return {int(each) for each in found if each.isdecimal() and len(each) < 16}
