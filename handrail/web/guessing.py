"""Wrong passwords, counted so that guessing stays slow and no stranger can shut an account to whose it is.

Counted is one account from one network, which alone stops somebody for an hour; an account from wherever, which only very
many networks together come up to; and one network whatever the account. That one is only slowed down: colleagues behind it,
whose password is right, come in after a moment. At its slowest a network has 30 + 180 guesses an hour, 20 at each account.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.web.limits import look, network_of, take

HERE_AN_HOUR = 20  # for one account from one network
ANY_HERE_AN_HOUR = 30  # from one network, for all accounts together, before it is slowed down
SLOWED_SECONDS = 20  # between two wrong ones from a network that is
ANYWHERE_AN_HOUR = 500  # for one account, from all networks together
Count = tuple[str, tuple[str, ...]]


def must_wait(request: HttpRequest, email: str) -> int:
    """For how many seconds no password is looked at for this account from where the request came; 0 where one is now."""
    stopped = [look(rate, *keys) for rate, keys in _stopping(request, email)]
    if waits := [each.seconds for each in stopped if not each.is_allowed]:
        return max(waits)
    (rate, keys), (pace, paced) = _slowing(request)
    slowed = look(pace, *paced)
    return 0 if slowed.is_allowed or look(rate, *keys).is_allowed else slowed.seconds


def was_wrong(request: HttpRequest, email: str) -> None:
    """Count a wrong password. A right one counts nothing, so that a whole office may sign in from one network."""
    for rate, keys in (*_stopping(request, email), *_slowing(request)):
        take(rate, *keys)


def said_of_waiting(seconds: int) -> str:
    """What somebody reads who must wait, where a link by mail is another way in."""
    if seconds > SLOWED_SECONDS:
        return _("Too many tries. Wait an hour, or have a link sent to you.")
    return _("Many wrong passwords came from here. Wait half a minute, then try again.")


def _stopping(request: HttpRequest, email: str) -> Iterator[Count]:
    network, account = network_of(request), email.strip().lower()[:254]
    yield f"{HERE_AN_HOUR}/hour", ("wrong-password", account, network)
    yield f"{ANYWHERE_AN_HOUR}/hour", ("wrong-password-for", account)


def _slowing(request: HttpRequest) -> tuple[Count, Count]:
    network = network_of(request)
    often = f"{ANY_HERE_AN_HOUR}/hour", ("wrong-password-from", network)
    return often, (f"1/{SLOWED_SECONDS} seconds", ("wrong-password-slowed", network))
