"""Notes, now and then, which browser a person who is signed in comes with."""

from __future__ import annotations

import time

from django.http import HttpRequest
from django.utils.functional import empty

from handrail.contacts.browsers import Browser
from handrail.web.limits import address_of

SEEN_KEY = "seen"  # session: {"key": its own name then, "person": 12, "at": 1767225600.0}
SEEN_EVERY = 600  # seconds


def note(request: HttpRequest) -> None:
    """After a request. Costs nothing where nobody asked who is looking, and a write in ten minutes where somebody did."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if (
        getattr(viewer, "_wrapped", viewer) is empty
        or viewer.is_staff
        or viewer.person_id is None
        or viewer.only is not None
    ):
        return
    key, known = request.session.session_key, request.session.get(SEEN_KEY) or {}
    if not key or not viewer.is_signed_in:
        return
    is_same = known.get("key") == key and known.get("person") == viewer.person_id
    if is_same and time.time() - known["at"] < SEEN_EVERY:
        return
    agent = request.headers.get("User-Agent", "")
    Browser.seen(
        viewer.person_id,
        session_key=key,
        was=known.get("key", ""),
        agent=agent,
        address=address_of(request),
    )
    request.session[SEEN_KEY] = {"key": key, "person": viewer.person_id, "at": time.time()}
