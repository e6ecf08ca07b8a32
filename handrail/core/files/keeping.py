"""Keeping a file: its bytes go to storage under a random name, its type is read from them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.files.models import StoredFile

PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
PLAYABLE = {"video/mp4", "video/webm", "audio/mpeg", "audio/ogg", "audio/wav"}
UNKNOWN = "application/octet-stream"
TITLE_MAX = 200
# Control characters, separators, and marks that turn the reading direction and so hide an extension.
UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')


class TooLarge(ValueError):
    """The file is larger than FILE_SIZE_MAX."""


def keep(data: bytes, *, name: str, by: CanAct, is_inline: bool = False) -> StoredFile:
    """Store bytes and return their row. The sender's name is only a title; no path is made of it.

    Raises TooLarge past settings.FILE_SIZE_MAX bytes.
    """
    if len(data) > settings.FILE_SIZE_MAX:
        raise TooLarge(f"{clean_title(name)} has {len(data)} bytes; at most {settings.FILE_SIZE_MAX} are kept.")
    file = StoredFile(
        title=clean_title(name),
        content_type=type_of(data),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        is_inline=is_inline,
    )
    # Bytes first: a row without bytes would be a broken link, bytes without a row are only room.
    default_storage.save(file.name, ContentFile(data))
    with transaction.atomic():
        file.save(force_insert=True)
        record("file.kept", file, by=by, size=file.size)
    return file


def read(file: StoredFile) -> Iterable[bytes]:
    """The file's bytes in pieces. Raises FileNotFoundError where storage lost them."""
    return default_storage.open(file.name).chunks()


def type_of(data: bytes) -> str:
    """The media type the bytes themselves show; never what the sender called it."""
    if not data:
        return UNKNOWN
    try:
        found = puremagic.from_string(data, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found:
        return found
    try:
        text = data[:4096].decode("utf-8")
    except UnicodeDecodeError:
        return UNKNOWN
    return "text/plain" if text.isprintable() or not re.search(r"[\x00-\x08\x0e-\x1f]", text) else UNKNOWN


def clean_title(name: str) -> str:
    """The sender's name for a file, safe to show and to save under; never empty."""
    title = UNFIT.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    if len(title) <= TITLE_MAX:
        return title or "file"
    stem, dot, ending = title.rpartition(".")
    return f"{stem[: TITLE_MAX - len(ending) - 1]}.{ending}" if dot and len(ending) < 10 else title[:TITLE_MAX]


def shown_inline(file: StoredFile) -> bool:
    """Whether a browser may show it in place; everything else is only ever saved."""
    return file.content_type in PICTURES | PLAYABLE
