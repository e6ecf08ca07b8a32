"""The host site's signed word on who is in front of it: a JWT of a few minutes, signed with a secret we share."""

from __future__ import annotations

from dataclasses import dataclass

import jwt
from django.conf import settings

from handrail.core import clock

LIVES_SECONDS_MAX = 900
LEEWAY_SECONDS = 10
SECRET_CHARS_MIN = 32
ALGORITHM = "HS256"


class Refused(ValueError):
    """The token is not good; the text is for the operator's log, never for the visitor."""


@dataclass(frozen=True)
class Claims:
    """subject: the site's own id of the person; expires_at: Unix time."""

    subject: str
    email: str
    name: str
    expires_at: int


def is_set_up() -> bool:
    return len(settings.HOST_TOKEN_SECRET) >= SECRET_CHARS_MIN


def read(token: str) -> Claims:
    """What the token says: sub, email, name, exp. HS256 only, at most fifteen minutes ahead.

    Raises Refused where no secret of 32 characters or more is set, and for every other flaw.
    """
    if not is_set_up():
        raise Refused(f"HANDRAIL_HOST_TOKEN_SECRET needs {SECRET_CHARS_MIN} characters or more.")
    try:
        said = jwt.decode(
            token,
            settings.HOST_TOKEN_SECRET,
            algorithms=[ALGORITHM],
            leeway=LEEWAY_SECONDS,
            options={"require": ["sub", "email", "exp"], "verify_aud": False},
        )
    except (jwt.InvalidTokenError, ValueError) as error:
        raise Refused(str(error)) from error
    subject, email, name = (said.get(key, "") for key in ("sub", "email", "name"))
    if not all(isinstance(value, str) for value in (subject, email, name)) or not subject or "@" not in email:
        raise Refused("sub and email must be text, and email an address.")
    if said["exp"] > clock.now().timestamp() + LIVES_SECONDS_MAX:
        raise Refused(f"exp is more than {LIVES_SECONDS_MAX} seconds ahead.")
    return Claims(subject[:200], email[:254], name[:120], int(said["exp"]))
