"""Two conversations about one need become one; the old number leads to the survivor, and for a while the way back is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import meant
from handrail.conversations.status import UNSOLVED, Status
from handrail.conversations.still_waiting import wait_no_longer, waits_on_in
from handrail.core import clock
from handrail.core.actors import BOT, CanAct
from handrail.core.events.ledger import record
from handrail.core.events.models import Event


class CannotMerge(ValueError):
    """The two belong to different people, or one was merged already; or a merge is too old to be undone."""


class IsTheSame(CannotMerge):
    """A conversation cannot go on in itself."""


class IntoClosed(CannotMerge):
    """Nothing opens a closed conversation again, so what still waits would wait where nobody looks."""


@transaction.atomic
def merge(conversation: Conversation, *, into: Conversation, by: CanAct, tell: bool = True) -> None:
    """Close `conversation` and let its number open `into`. Nobody gains sight of what they did not have:
    participants are not joined, so both must have the same requester, or contacts who sign in as one. What still waited in
    it waits on in `into`, which is opened again for it (still_waiting.py).

    tell  let the customer know, once, under which number it goes on

    Raises IsTheSame for one and the same, IntoClosed for one that is not over into a closed one, and CannotMerge as it says.
    """
    if conversation.pk == into.pk:
        raise IsTheSame(f"#{conversation.pk} cannot be merged into itself.")
    if conversation.merged_into_id or into.merged_into_id:
        raise CannotMerge(f"#{conversation.pk} and #{into.pk} cannot be merged: one of them already was.")
    if conversation.requester.reader_id != into.requester.reader_id:
        raise CannotMerge(f"#{conversation.pk} and #{into.pk} belong to different people.")
    if into.is_closed and conversation.status in UNSOLVED:
        raise IntoClosed(f"#{conversation.pk} is not over, and #{into.pk} is closed.")
    kept = waits_on_in(into, conversation, by=by)
    conversation.merged_into, conversation.merged_at = into, clock.now()
    conversation.status_before = conversation.status_code
    until = conversation.snoozed_until
    conversation.save(update_fields=["merged_into", "merged_at", "status_before"])
    if not conversation.is_closed:
        conversation.set_status(Status.CLOSED, by=by)
    for side in conversation.sides.all():
        # Where it came from, so that it goes back there.
        side.side_of, side.about = into, {**side.about, "came_with": conversation.pk}
        side.save(update_fields=["side_of", "about"])
    if not conversation.is_claimed:
        # What they see goes on where they see it.
        into.confirm(by=by)
    snoozed: dict[str, Any] = {"snoozed_until": until.isoformat()} if until else {}
    record("conversation.merged", conversation, by=by, into=into.pk, **snoozed)
    record("conversation.absorbed", into, by=by, other=conversation.pk, **kept)
    if tell and not into.is_closed:
        _tell(conversation, into)


def may_be_unmerged(conversation: Conversation) -> bool:
    """Whether it is merged, and not for longer than its brand gives to take that back."""
    since = conversation.merged_at if conversation.merged_into_id else None
    return since is not None and clock.now() - since <= conversation.brand.unmerges_within


@transaction.atomic
def unmerge(conversation: Conversation, *, by: CanAct) -> None:
    """Both are as they were: the number opens itself again, with the status it had, snoozed until the hour it was; and the
    other waits no longer for what it waited for because of it.

    Raises CannotMerge for one that is not merged, or was longer ago than its brand says.
    """
    into = conversation.merged_into
    if into is None or not may_be_unmerged(conversation):
        raise CannotMerge(f"#{conversation.pk} is not merged, or has been for too long.")
    back, custom = meant(conversation.status_before or Status.OPEN)
    conversation.merged_into = conversation.merged_at = None
    conversation.status_before = ""
    # Not set_status: closing by a merge is no closing, and only this takes it back.
    conversation.status, conversation.custom_status = back, custom
    conversation.snoozed_until = _snoozed_until(conversation)
    conversation.updated_at = clock.now()
    if back != Status.CLOSED:
        conversation.closed_at = None
    fields = ["merged_into", "merged_at", "status_before", "status", "custom_status", "snoozed_until"]
    conversation.save(update_fields=[*fields, "closed_at", "updated_at"])
    into.sides.filter(about__came_with=conversation.pk).update(side_of=conversation)
    record("conversation.unmerged", conversation, by=by, into=into.pk)
    wait_no_longer(into, conversation, by=by)
    record("conversation.released", into, by=by, other=conversation.pk)


def _snoozed_until(conversation: Conversation) -> datetime | None:
    """The hour it was to come back at when it was merged, while that lies ahead."""
    merged = Event.objects.about(conversation).filter(verb="conversation.merged").order_by("-pk").first()
    said = merged.data.get("snoozed_until") if merged else None
    until = datetime.fromisoformat(said) if said else None
    return until if until and until > clock.now() else None


def _tell(conversation: Conversation, into: Conversation) -> None:
    with translation.override(into.locale):
        words = {"old": conversation.pk, "new": into.pk}
        text = _(
            "Your requests #%(old)d and #%(new)d are about one thing, so we go on with them in #%(new)d."
        )
        into.reply(text % words, by=BOT, is_automatic=True, client_id=f"merged:{conversation.pk}")
