"""Browsers that may show what we push. Each belongs to the colleague who is signed in there, and only while they are."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models, transaction

from handrail.accounts.models import User
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.ids import fingerprint

BROWSERS_MOST = 10  # of one colleague; the one unused longest makes room
ENDPOINT_CHARS_MAX = 1_000
AUTH_BYTES = 16


class NoSubscription(ValueError):
    """What the browser gave cannot be pushed to. The text is for a log, not for a reader."""


class PushSubscription(models.Model):
    """`endpoint` is an address that a browser gave: it is fetched through the guarded client alone (wire.py)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.CharField(max_length=ENDPOINT_CHARS_MAX)
    mark = models.CharField(max_length=64, unique=True, help_text="fingerprint of the endpoint")
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    session = models.CharField(max_length=40, help_text="of the browser; signed out there, nothing is pushed")
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"a browser of {self.user_id}"

    @property
    def is_signed_in(self) -> bool:
        return Session.objects.filter(session_key=self.session, expire_date__gt=clock.now()).exists()


@transaction.atomic
def subscribe_browser(
    user: User, *, endpoint: str, p256dh: str, auth: str, session: str, by: CanAct
) -> PushSubscription:
    """Keep a browser for whoever is signed in there now; whoever was before loses it. Raises NoSubscription."""
    _check(endpoint, p256dh, auth)
    row, made = PushSubscription.objects.update_or_create(
        mark=fingerprint(endpoint),
        defaults={
            "user": user,
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "session": session,
            "used_at": clock.now(),
        },
    )
    mine = PushSubscription.objects.filter(user=user).order_by("-used_at", "-pk")
    PushSubscription.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[BROWSERS_MOST:])).delete()
    if made:
        record("push.allowed", user, by=by)
    return row


@transaction.atomic
def forget_browser(user: User, *, endpoint: str, by: CanAct) -> None:
    if PushSubscription.objects.filter(user=user, mark=fingerprint(endpoint)).delete()[0]:
        record("push.ended", user, by=by)


def decoded(text: str) -> bytes:
    """Bytes from base64url without padding, as browsers write them. Raises NoSubscription."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoSubscription("a key is no base64url") from error


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    try:
        parts = urlsplit(endpoint)
    except ValueError as error:
        raise NoSubscription("the endpoint is no address") from error
    # Plain http only to what the operator vouches for, a push service of their own for one.
    is_ours = parts.scheme == "http" and parts.netloc.lower() in settings.FETCH_INTERNAL
    if not (parts.scheme == "https" or is_ours) or not parts.hostname or len(endpoint) > ENDPOINT_CHARS_MAX:
        raise NoSubscription("the endpoint is no address of a push service")
    if len(p256dh) > 120 or len(auth) > 40 or len(decoded(auth)) != AUTH_BYTES:
        raise NoSubscription("the keys have another length")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(p256dh))
    except ValueError as error:
        raise NoSubscription("the key is no point of P-256") from error
