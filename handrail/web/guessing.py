"""Wrong passwords, counted so that guessing stays slow and no stranger can shut an account to whose it is.

Counted is one account from one network, which alone stops somebody at once; one network whatever the account; and an
account from wherever, which only very many networks together come up to.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest

from handrail.web.limits import look, network_of, take

HERE_AN_HOUR = 20  # for one account from one network
ANY_HERE_AN_HOUR = 30  # from one network, for all accounts together
ANYWHERE_AN_HOUR = 500  # for one account, from all networks together


def must_wait(request: HttpRequest, email: str) -> bool:
    """Whether no password is looked at now for this account from where the request came."""
    return not all(look(rate, *keys).is_allowed for rate, keys in _counts(request, email))


def was_wrong(request: HttpRequest, email: str) -> None:
    """Count a wrong password. A right one counts nothing, so that a whole office may sign in from one network."""
    for rate, keys in _counts(request, email):
        take(rate, *keys)


def _counts(request: HttpRequest, email: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    network, account = network_of(request), email.strip().lower()[:254]
    yield f"{HERE_AN_HOUR}/hour", ("wrong-password", account, network)
    yield f"{ANY_HERE_AN_HOUR}/hour", ("wrong-password-from", network)
    yield f"{ANYWHERE_AN_HOUR}/hour", ("wrong-password-for", account)
