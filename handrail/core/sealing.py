"""Secrets of other servers, sealed (AES-256-GCM): a copy of the database alone opens none.

The key is made of the site's own, so whoever keeps `HANDRAIL_SECRET_KEY` keeps this too; former ones
(`HANDRAIL_SECRET_KEY_FALLBACKS`) still open what was sealed under them.
"""

from __future__ import annotations

import base64
import hashlib
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12


class CannotUnseal(ValueError):
    """It was sealed under a key this site no longer has, for something else, or was changed since."""


def seal(secret: str, *, purpose: str) -> str:
    """`secret` as text that only `unseal` with the same purpose reads. An empty one stays empty."""
    if not secret:
        return ""
    name, key = _key(settings.SECRET_KEY)
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, secret.encode(), purpose.encode())
    return f"{name}.{base64.urlsafe_b64encode(sealed).decode('ascii')}"


def unseal(sealed: str, *, purpose: str) -> str:
    """The secret again. Raises CannotUnseal."""
    if not sealed:
        return ""
    name, _, rest = sealed.partition(".")
    keys = dict(_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    if name not in keys:
        raise CannotUnseal("It was sealed under another key of the site.")
    try:
        data = base64.urlsafe_b64decode(rest)
        if base64.urlsafe_b64encode(data).decode("ascii") != rest:
            # The last letter holds bits that no byte takes: another letter there would mean the same.
            raise ValueError("not as we write it")
        return AESGCM(keys[name]).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], purpose.encode()).decode()
    except (InvalidTag, ValueError) as changed:
        raise CannotUnseal("It was changed, or sealed for something else.") from changed


@lru_cache(maxsize=8)
def _key(secret: str) -> tuple[str, bytes]:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"handrail.sealing").derive(secret.encode())
    return hashlib.sha256(key).hexdigest()[:8], key
