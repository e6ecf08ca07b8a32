"""Under which names a browser keeps words that could not leave yet, so that only whoever wrote them finds them again."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from handrail.accounts.viewer import Viewer

NOBODYS = "n"  # of a browser that has not begun anything yet


def boxes_of(viewer: Viewer) -> str:
    """Names with spaces between, the one to write to first: of who is signed in, of this browser. They tell nothing."""
    found = []
    if viewer.person_id or viewer.user_id or viewer.only is not None:
        found.append(_name("p", viewer.key))
    if viewer.chat_key:
        found.append(_name("b", viewer.chat_key))
    if not found or found[0].startswith("b"):
        found.append(NOBODYS)
    return " ".join(found)


def _name(kind: str, key: str) -> str:
    return f"{kind}-{salted_hmac('handrail.outbox', key, algorithm='sha256').hexdigest()[:20]}"
