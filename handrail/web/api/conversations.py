"""One conversation for programs: where it stands and what stands in its fields, as far as the caller may see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from ninja import Router, Schema
from pydantic import Field

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Field as ConversationField
from handrail.conversations.values import seen_by
from handrail.web.api.answers import admitted
from handrail.web.api.errors import Error
from handrail.workspace.typed import Value, shown

NUMBER_MAX = (1 << 63) - 1
router = Router(tags=["conversations"])


class CustomField(Schema):
    key: str = Field(description="What searches and macros call the field; it never changes.")
    name: str = Field(description="Its name in the caller's language.")
    kind: str = Field(description="line, text, number, day, choice, choices, yes_no or order.")
    public: bool = Field(description="False: for colleagues alone; customers never get it.")
    value: list[str] = Field(
        description="Codes of options, yes or no, a plain number, a day as 2026-11-28, or text."
    )
    text: str = Field(description="The same as people read it.")


class OwnStatus(Schema):
    key: str = Field(description="What searches and macros call it; it never changes.")
    name: str = Field(description="Its name in the caller's language.")


class Whole(Schema):
    id: int = Field(description="The number people quote.")
    subject: str
    status: str = Field(description="new, open, pending, on_hold, solved or closed.")
    custom_status: OwnStatus | None = Field(
        description="A status of the workspace's own, which counts as `status`; for colleagues alone."
    )
    channel: str
    created_at: datetime
    updated_at: datetime
    solved_at: datetime | None
    custom_fields: list[CustomField] = Field(
        description="Those that say something and the caller may see, in the order of the console."
    )


@router.get(
    "/conversations/{int:number}",
    response={200: Whole, 401: Error, 404: Error, 422: Error, 429: Error},
    summary="Read one conversation",
)
def conversation(request: HttpRequest, response: HttpResponse, number: int) -> dict[str, Any]:
    """Who may read it in the help centre or at the desk reads it here; a colleague's token needs `conversations.read`."""
    viewer = admitted(request, response)
    if not 0 < number <= NUMBER_MAX:
        raise Http404
    found = Conversation.objects.visible_to(viewer).filter(pk=number).first()
    if found is None:
        raise Http404
    return {
        "id": found.pk,
        "subject": found.subject,
        "status": found.status,
        "custom_status": _own_status(found, viewer),
        "channel": found.channel,
        "created_at": found.created_at,
        "updated_at": found.updated_at,
        "solved_at": found.solved_at,
        "custom_fields": custom_fields(found, viewer),
    }


def _own_status(found: Conversation, viewer: Viewer) -> dict[str, str] | None:
    own = found.custom_status if "conversations.read" in viewer.rights else None
    return {"key": own.key, "name": own.name(viewer.locale)} if own else None


def custom_fields(found: Conversation, viewer: Viewer) -> list[dict[str, Any]]:
    with translation.override(viewer.locale):
        return [_told(field, value, viewer.locale) for field, value in seen_by(viewer, found)]


def _told(field: ConversationField, value: Value, locale: str) -> dict[str, Any]:
    return {
        "key": field.key,
        "name": field.name(locale),
        "kind": field.kind,
        "public": field.is_public,
        "value": value,
        "text": shown(field, value, locale),
    }
