"""What the palette finds beyond the page it opens on: conversations, people and articles, by number, name or words."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.answers.keyboard import other_reading
from handrail.contacts.seeking import seek as seek_people
from handrail.conversations import search as finding
from handrail.conversations.custom_statuses import called
from handrail.conversations.queries import nameless
from handrail.web.desk.seeking import Sought, placed, seek

CONVERSATIONS_MOST = 6
PEOPLE_MOST = 4
ARTICLES_MOST = 3

Row = dict[str, str]


def found(request: HttpRequest) -> JsonResponse:
    """GET /desk/palette?query= -> {"rows": [{"title", "place", "url", "kind"}]}: conversations first, then people, then
    articles; `kind` is "" but for articles."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    words = request.GET.get("query", "").replace("\x00", "")[:200].strip()
    if not words:
        return JsonResponse({"rows": []})
    if straight := finding.by_number(words, viewer=viewer):
        row = _row(
            straight.number,
            straight.subject,
            straight.requester.name,
            called(straight.status, straight.custom_status_id, viewer.locale),
        )
        return JsonResponse({"rows": [row, *_people(words, viewer)]})
    sought = seek(words, viewer=viewer, most=CONVERSATIONS_MOST)
    people = _people(words, viewer)
    if not people and (meant := other_reading(words)):
        people = _people(meant, viewer)
    return JsonResponse({"rows": [*_conversations(sought, viewer.locale), *people, *_articles(sought)]})


def _conversations(sought: Sought, locale: str) -> list[Row]:
    rows = sought.conversations.rows
    addresses = nameless(rows)
    return [
        _row(
            row.number,
            row.subject,
            row.requester_name or addresses.get(row.requester_id, ""),
            called(row.status, row.custom_status_id, locale),
        )
        for row in rows
    ]


def _articles(sought: Sought) -> list[Row]:
    return [
        {"title": each.title, "place": placed(each.place, each.version), "url": each.path, "kind": "article"}
        for each in sought.articles[:ARTICLES_MOST]
    ]


def _row(number: int, subject: str, who: str, status: str) -> Row:
    return {
        "title": f"#{number} {subject or _('(no subject)')}",
        "place": f"{who} · {status}" if who else status,
        "url": reverse("desk:conversation", args=[number]),
        "kind": "",
    }


def _people(words: str, viewer: Viewer) -> list[Row]:
    return [
        {
            "title": each.called,
            "place": each.addresses[0].value if each.addresses else "",
            "url": reverse("desk:person", args=[each.person.pk]),
            "kind": "",
        }
        for each in seek_people(words, viewer=viewer)[:PEOPLE_MOST]
    ]
