"""Who calls: whoever the bearer token stands for, else the one whose session the browser sends, else a stranger."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from ninja.errors import AuthenticationError

from handrail.accounts.models import Token
from handrail.accounts.viewer import Viewer, staff_viewer
from handrail.contacts.accounts import person_of
from handrail.contacts.viewers import viewer_for
from handrail.web.api.errors import TooMany
from handrail.web.limits import address_of, take

STRANGERS_A_MINUTE = 120
TOKENS_A_MINUTE = 600
BEARER = "Bearer "


def caller(request: HttpRequest) -> Viewer:
    """The viewer of this call. Raises AuthenticationError for a token that is none."""
    said = request.headers.get("Authorization", "")
    if not said:
        # A GET changes nothing, and no other site may read what it answers.
        return request.viewer  # type: ignore[attr-defined]
    token = Token.of(said.removeprefix(BEARER).strip()) if said.startswith(BEARER) else None
    if token is None:
        raise AuthenticationError
    if token.user.is_staff:
        return replace(staff_viewer(token.user), scopes=frozenset(token.scopes))
    person = person_of(token.user)
    if person is None:
        raise AuthenticationError
    return viewer_for(person, assurance=3, scopes=frozenset(token.scopes))


def counted(request: HttpRequest, viewer: Viewer) -> dict[str, str]:
    """Count the call; the headers that say how many are left. Raises TooMany."""
    by_token = bool(request.headers.get("Authorization"))
    rate = f"{TOKENS_A_MINUTE if by_token else STRANGERS_A_MINUTE}/minute"
    allowance = take(rate, "api", viewer.key if by_token else address_of(request))
    headers = {"X-Rate-Limit": str(allowance.limit), "X-Rate-Limit-Remaining": str(allowance.remaining)}
    if not allowance.is_allowed:
        raise TooMany({**headers, "Retry-After": str(allowance.seconds)})
    return headers
