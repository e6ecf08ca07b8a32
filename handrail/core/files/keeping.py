"""Keeping a file: its bytes under a random name, its type read from the bytes, never from what somebody called it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import PurePosixPath

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from handrail.core.files.models import StoredFile
from handrail.core.ids import random_id


class NotKept(ValueError):
    """The file is too large or of a type that is not taken here. The text says which, for whoever sent it."""


def keep(
    content: bytes, *, title: str, types: Collection[str] | None = None, is_inline: bool = False
) -> StoredFile:
    """Store the bytes and return their row.

    title  what the sender called it; path and control characters are taken off
    types  content types taken here; None takes every type

    Raises NotKept.
    """
    content_type = check(content, types=types)
    name = random_id()
    default_storage.save(place_of(name), ContentFile(content))
    clean_title = "".join(char for char in PurePosixPath(title.replace("\\", "/")).name if char.isprintable())
    return StoredFile.objects.create(
        name=name,
        title=clean_title[-200:] or "file",
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_inline=is_inline,
    )


def check(content: bytes, *, types: Collection[str] | None = None) -> str:
    """The content type the bytes show. Raises NotKept where `keep` would."""
    if len(content) > settings.FILE_SIZE_MAX:
        raise NotKept(f"it is larger than {settings.FILE_SIZE_MAX // 1_048_576} MB")
    content_type = type_of(content)
    if types is not None and content_type not in types:
        raise NotKept(f"its bytes are {content_type}")
    return content_type


def place_of(name: str) -> str:
    """Where in storage a file of this name lies."""
    return f"{name[:2]}/{name}"


def type_of(content: bytes) -> str:
    """The content type the bytes show; application/octet-stream where they show none."""
    if content.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return "text/vtt"
    try:
        return puremagic.from_string(content, mime=True) or "application/octet-stream"
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"
