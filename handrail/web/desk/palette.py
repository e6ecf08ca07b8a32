"""What the palette finds beyond the page it opens on: conversations and people, by number, name or words."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.contacts.seeking import seek
from handrail.conversations import search as finding
from handrail.conversations.queries import nameless
from handrail.conversations.status import Status

CONVERSATIONS_MOST = 6
PEOPLE_MOST = 4

Row = dict[str, str]


def found(request: HttpRequest) -> JsonResponse:
    """GET /desk/palette?query= -> {"rows": [{"title", "place", "url"}]}: conversations first, then people."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    words = request.GET.get("query", "").replace("\x00", "")[:200].strip()
    if not words:
        return JsonResponse({"rows": []})
    return JsonResponse({"rows": [*_conversations(words, viewer), *_people(words, viewer)]})


def _conversations(words: str, viewer: Viewer) -> list[Row]:
    straight = finding.by_number(words, viewer=viewer)
    if straight:
        return [_row(straight.number, straight.subject, straight.requester.name, straight.status)]
    rows = finding.find(words, viewer=viewer, most=CONVERSATIONS_MOST).rows
    addresses = nameless(rows)
    return [
        _row(row.number, row.subject, row.requester_name or addresses.get(row.requester_id, ""), row.status)
        for row in rows
    ]


def _row(number: int, subject: str, who: str, status: str) -> Row:
    return {
        "title": f"#{number} {subject or _('(no subject)')}",
        "place": f"{who} · {Status(status).label}" if who else str(Status(status).label),
        "url": reverse("desk:conversation", args=[number]),
    }


def _people(words: str, viewer: Viewer) -> list[Row]:
    return [
        {
            "title": each.called,
            "place": each.addresses[0].value if each.addresses else "",
            "url": reverse("desk:person", args=[each.person.pk]),
        }
        for each in seek(words, viewer=viewer)[:PEOPLE_MOST]
    ]
