"""What a macro changes beside its words is done when the reply that brings it leaves, and not where it is taken back."""

from __future__ import annotations

from typing import Any

from handrail.accounts.models import User
from handrail.automation.changes import read
from handrail.automation.macros import Macro
from handrail.automation.runs import start
from handrail.conversations.conversation import Conversation
from handrail.conversations.outgoing import does_along


def of_macro(macro: Macro) -> dict[str, Any]:
    """What the macro changes as it is now, for outgoing.send to take along."""
    return {"macro": macro.pk, "changes": [each.as_json() for each in macro.steps]}


def change(conversation: Conversation, along: dict[str, Any], by: User) -> str:
    """Make the changes, all or none. Returns why not as a code of refusals, or ""."""
    changes = read(along.get("changes", []))
    return start([conversation.pk], by=by, changes=changes).steps.get().reason if changes else ""


does_along.append(change)
