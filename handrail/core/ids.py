"""Names nobody can guess, for links, files and chats. Never a permission by themselves."""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz"
LENGTH = 23  # 54 symbols: 132 bits


def random_id() -> str:
    """23 letters and digits that survive a mail client, a URL and a voice; 132 random bits."""
    number, letters = secrets.randbelow(len(ALPHABET) ** LENGTH), []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def fingerprint(secret: str) -> str:
    """What we keep of a secret: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
