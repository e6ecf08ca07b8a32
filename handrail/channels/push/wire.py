"""One push over the wire: encrypted for the browser alone, signed as ours, and what the push service said."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from handrail.channels.push.keys import private_key, public_key
from handrail.channels.push.subscriptions import PushSubscription, decoded
from handrail.core.fetch import FetchError, Refused, fetch
from handrail.core.ids import fingerprint

TTL_SECONDS = 4 * 3_600
SIGNED_SECONDS = 12 * 3_600  # RFC 8292 allows a day
PAYLOAD_BYTES_MAX = 3_000  # services take 4,096 with what encryption adds
ANSWER_SECONDS = 8.0
RETRY_AFTER_MOST = 1_800


@dataclass(frozen=True)
class Pushed:
    """outcome: sent, gone (remove the subscription), later (worth another try), refused (never, as it is).

    after  seconds the service asks us to wait; 0 where it says nothing
    """

    outcome: str
    status: int = 0
    after: int = 0


def push(subscription: PushSubscription, payload: bytes, *, topic: str) -> Pushed:
    """Hand one message to the browser's push service. Never raises for what a service or a line may do.

    topic  a newer message of the same topic takes the place of one that was not delivered yet
    """
    if len(payload) > PAYLOAD_BYTES_MAX:
        raise ValueError(f"A push holds at most {PAYLOAD_BYTES_MAX} bytes, not {len(payload)}.")
    body = http_ece.encrypt(
        payload,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=decoded(subscription.p256dh),
        auth_secret=decoded(subscription.auth),
        version="aes128gcm",
    )
    headers = {
        "authorization": f"vapid t={_token(subscription.endpoint)}, k={public_key()}",
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(TTL_SECONDS),
        "urgency": "high",
        # At most 32 letters of base64url.
        "topic": fingerprint(topic)[:32],
    }
    try:
        answer = fetch(
            subscription.endpoint, method="POST", headers=headers, content=body, seconds=ANSWER_SECONDS
        )
    except Refused:
        # An address inside our own network, or none at all: it is no push service.
        return Pushed("gone")
    except FetchError:
        return Pushed("later")
    return _said(answer.status, answer.headers.get("retry-after", ""))


def _said(status: int, retry_after: str) -> Pushed:
    if 200 <= status < 300:
        return Pushed("sent", status)
    if status in (404, 410):
        return Pushed("gone", status)
    if status == 429 or status >= 500:
        after = int(retry_after) if retry_after.isascii() and retry_after.isdigit() else 0
        return Pushed("later", status, min(after, RETRY_AFTER_MOST))
    return Pushed("refused", status)


def _token(endpoint: str) -> str:
    """Who we are, for this service alone and for twelve hours."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + SIGNED_SECONDS,
        "sub": _contact(),
    }
    return jwt.encode(claims, private_key(), algorithm="ES256")


def _contact() -> str:
    if settings.SECURE:
        return settings.BASE_URL
    return f"mailto:push@{urlsplit(settings.BASE_URL).hostname}"
