"""Whom a conversation went to after the list was shown from which somebody takes it, or gives it to a third."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation

WITH = "with:"  # and the id of the colleague who has it: the code of such a refusal


def who_got_it(conversation: Conversation, to: Any, *, by: User, since: str) -> str:
    """The code that names who got it after `since` (ISO 8601), where that is neither `by` nor who it goes to; else "".

    to  an id, "me" for `by`, or None for nobody
    """
    wanted = by.pk if to == "me" else to
    if conversation.assignee_id in (None, wanted, by.pk) or conversation.taken_at is None:
        return ""
    is_since = conversation.taken_at > datetime.fromisoformat(since)
    return f"{WITH}{conversation.assignee_id}" if is_since else ""


def holder_in(code: str) -> int | None:
    """The id of the colleague a code names."""
    return int(code.removeprefix(WITH)) if code.startswith(WITH) else None


def told(holder: int) -> str:
    """The refusal in words."""
    name = User.objects.filter(pk=holder).values_list("name", flat=True).first() or ""
    return _("%(name)s has it by now, so it was left with them.") % {"name": name}
