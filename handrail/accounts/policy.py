"""The one access rule: what a role may do. Nothing here means no."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handrail.accounts.viewer import Viewer

# An author writes, publishes what was approved and arranges the help centre; a reviewer approves (knowledge/steps.py).
AUTHOR = frozenset(
    {
        "desk.enter",
        "console.enter",
        "knowledge.read_all",
        "knowledge.write",
        "knowledge.publish",
        "portal.write",
    }
)
REVIEWER = AUTHOR | {"knowledge.review"}
AGENT = frozenset(
    {
        "desk.enter",
        "knowledge.read_all",
        "conversations.read",
        "conversations.reply",
        "conversations.note",
        "conversations.assign",
        "conversations.change",
        "conversations.open",
        "conversations.merge",
        "conversations.redact",
        "conversations.spam",
        "contacts.read",
        "contacts.change",
    }
)
MANAGER = (
    AGENT
    | REVIEWER
    | {
        "conversations.delete",
        "macros.share",
        "views.share",
        "numbers.read",
        "brands.write",
        "answers.write",
        "organisations.write",
        "forms.write",
        "rules.write",
    }
)
ADMIN = MANAGER | {"console.jobs", "console.inbound", "accounts.write", "workspace.write"}
RIGHTS: dict[str, frozenset[str]] = {
    "": frozenset(),
    "author": AUTHOR,
    "reviewer": REVIEWER,
    "agent": AGENT,
    "manager": MANAGER,
    "admin": ADMIN,
}


@lru_cache(maxsize=16)
def rights_of(role: str) -> frozenset[str]:
    """The rights of a role; none for a role nobody knows."""
    return RIGHTS.get(role, frozenset())


def can(viewer: Viewer, right: str) -> bool:
    """Whether the viewer holds a right. Objects are fetched through `visible_to(viewer)`, never by this alone."""
    return right in viewer.rights
