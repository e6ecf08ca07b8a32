"""The key that names us to push services (VAPID, RFC 8292): one for the site, derived from a secret kept like the others."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

# The order of P-256: a private key is a number below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def private_key() -> ec.EllipticCurvePrivateKey:
    """The same for the same secret, so that every host of a site speaks with one key."""
    return _derived(settings.PUSH_SECRET)


def public_key() -> str:
    """What a browser is told when it subscribes: the point, uncompressed, base64url."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


@lru_cache(maxsize=4)
def _derived(secret: str) -> ec.EllipticCurvePrivateKey:
    digest = hashlib.sha512(b"handrail.push.vapid:" + secret.encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") % (ORDER - 1) + 1, ec.SECP256R1())
