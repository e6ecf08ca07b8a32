"""Notes, now and then, which browser a person who is signed in comes with."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import empty

from handrail.contacts.browsers import Browser
from handrail.core.ids import fingerprint
from handrail.web.limits import address_of

SEEN_EVERY = 600  # seconds


def note(request: HttpRequest) -> None:
    """After a request. Costs nothing where nobody asked who is looking, and a write in ten minutes where somebody did.

    The session stays as it is, so that no answer differs by it.
    """
    viewer = request.viewer  # type: ignore[attr-defined]
    if getattr(viewer, "_wrapped", viewer) is empty or viewer.is_staff or viewer.only is not None:
        return
    key = request.session.session_key
    if not key or viewer.person_id is None or not viewer.is_signed_in:
        return
    if cache.add(f"seen:{viewer.person_id}:{fingerprint(key)}", 1, SEEN_EVERY):
        agent = request.headers.get("User-Agent", "")
        Browser.seen(viewer.person_id, session_key=key, agent=agent, address=address_of(request))
