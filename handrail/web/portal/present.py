"""Who may choose a password: whoever says the present one, or has just shown who they are."""

from __future__ import annotations

import time

from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.contacts.models import Person
from handrail.web.guessing import must_wait, said_of_waiting, was_wrong
from handrail.web.viewer import RESET_KEY, signed_in_at

FRESH = 900  # seconds


def asks_for_present(request: HttpRequest, person: Person) -> bool:
    """Whether the present password must be said: there is one, and no link for choosing another was just opened."""
    has_one = bool(person.account and person.account.has_usable_password())
    return has_one and not _is_fresh(float(request.session.get(RESET_KEY, 0)))


def may_set_first(request: HttpRequest, person: Person) -> bool:
    """Whether a password may be chosen without one, because signing in was a moment ago."""
    return asks_for_present(request, person) or _is_fresh(signed_in_at(request))


def refusal(request: HttpRequest, person: Person, present: str) -> tuple[str, int]:
    """Why no password is chosen now, with its status; ("", 200) where it may be."""
    if not may_set_first(request, person):
        return _("You signed in a while ago. Have a link sent to you, and choose it then."), 403
    if not asks_for_present(request, person) or person.account is None:
        return "", 200
    email = person.account.email
    if seconds := must_wait(request, email):
        return said_of_waiting(seconds), 429
    if not person.account.check_password(present):
        was_wrong(request, email)
        return _("This is not your present password."), 400
    return "", 200


def _is_fresh(moment: float) -> bool:
    return time.time() - moment < FRESH
