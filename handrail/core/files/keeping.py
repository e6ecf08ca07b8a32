"""Keeping files: bytes into storage under a random name, what we know of them into a row."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Collection
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.base import File as OpenFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from handrail.core import clock
from handrail.core.actors import Actor, CanAct
from handrail.core.events.ledger import record
from handrail.core.files.models import StoredFile
from handrail.core.files.pictures import IMAGES, repaint
from handrail.core.files.programs import is_program
from handrail.core.files.scanning import Unanswered, virus_in
from handrail.core.files.types import clean_title, type_of

logger = logging.getLogger(__name__)
BYTES_A_DAY_MAX = 200 * 1024 * 1024  # of one sender
DISK_RESERVE_BYTES = 512 * 1024 * 1024  # left for the database and the mail that must not be lost


class FileRefused(ValueError):
    """A file we do not take; the message says why, to its sender, in the current language."""


class Infected(FileRefused):
    """A file in which the scanner found a virus, by the name it gives."""

    def __init__(self, title: str, virus: str) -> None:
        words = _(
            "“%(name)s” is infected (%(virus)s) and is not taken. Check your device, and send a clean file."
        )
        super().__init__(words % {"name": title, "virus": virus})
        self.title, self.virus = title, virus


class Unchecked(FileRefused):
    """A file that cannot be looked through for viruses now."""


def keep(
    data: bytes | IO[bytes],
    *,
    name: str,
    by: CanAct,
    types: Collection[str] | None = None,
    longest: int | None = None,
    is_any: bool = False,
) -> StoredFile:
    """Store a file and return its row.

    data   the bytes, or an open file, read no further than the limit
    name   what its sender calls it; kept cleaned, as a title
    types  the media types taken here; None takes every type
    longest  pixels the longer side of a picture may have; a larger one is made smaller
    is_any   programs too (programs.py): for mail, of which nothing may be lost, and for what an article offers

    Its type is read from the bytes. A PNG, JPEG, GIF or WebP is painted anew, without what its camera wrote
    beside it, and may be shown in a page; everything else is kept as it came and only ever downloaded. Painting
    takes up to a second or two: call this before the transaction that names the file, not inside it.

    Raises FileRefused for one that is too large, a program or of another type, when its sender kept too much within a day, and
    when the disk is nearly full; Infected for one with a virus, and Unchecked while a named scanner is away.
    """
    actor = by.as_actor()
    content = data if isinstance(data, bytes) else data.read(settings.FILE_SIZE_MAX + 1)
    content_type = check(content, name=name, types=types)
    _mind_quota(actor, len(content))
    _mind_disk(len(content))
    _mind_viruses(content, clean_title(name))
    if not is_any:
        _mind_programs(clean_title(name), content_type)
    painted = repaint(content, longest=longest) if content_type in IMAGES.values() else None
    if painted:
        content, content_type = painted
    row = StoredFile(
        title=clean_title(name),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_inline=painted is not None,
        keeper_kind=actor.kind,
        keeper_id=actor.id,
    )
    # The bytes first: a row without bytes would be a broken promise, bytes without a row are only untidy (jobs.py).
    default_storage.save(row.path, ContentFile(content))
    with transaction.atomic():
        row.save()
        record("file.kept", row, by=by, size=row.size, type=row.content_type)
    return row


def copied(file: StoredFile, *, by: CanAct) -> StoredFile:
    """The same bytes under a name of their own, so that either can be erased without the other.

    Takes no room of its own where storage is a folder. Raises FileNotFoundError if storage lost them.
    """
    actor = by.as_actor()
    same = {name: getattr(file, name) for name in ("title", "content_type", "size", "sha256", "is_inline")}
    row = StoredFile(**same, keeper_kind=actor.kind, keeper_id=actor.id)
    _copy_bytes(file.path, row.path)
    with transaction.atomic():
        row.save()
        record("file.kept", row, by=by, size=row.size, type=row.content_type)
    return row


def _copy_bytes(source: str, target: str) -> None:
    try:
        old, new = Path(default_storage.path(source)), Path(default_storage.path(target))
        new.parent.mkdir(parents=True, exist_ok=True)
        os.link(old, new)
        # Young again, or the sweep would take it before its row is committed.
        os.utime(new)
    except FileNotFoundError:
        raise
    except (NotImplementedError, OSError):  # no folder, or one whose disk knows no second names
        with default_storage.open(source) as stored:
            default_storage.save(target, stored)


def check(data: bytes, *, name: str = "", types: Collection[str] | None = None) -> str:
    """The media type the bytes show. Raises FileRefused for what `keep` would not take for size or type."""
    if len(data) > settings.FILE_SIZE_MAX:
        limit = settings.FILE_SIZE_MAX // (1024 * 1024)
        raise FileRefused(
            _("“%(name)s” is larger than %(limit)d MB. Send a smaller file or a link to it.")
            % {"name": clean_title(name), "limit": limit}
        )
    found = type_of(data)
    if types is not None and found not in types:
        raise FileRefused(
            _("“%(name)s” is a kind of file that is not taken here.") % {"name": clean_title(name)}
        )
    return found


def erase(file: StoredFile, *, by: CanAct) -> None:
    """Remove a file for good: its row, and its bytes once that is committed.

    Raises django.db.models.ProtectedError while something still shows it.
    """
    with transaction.atomic():
        record("file.erased", file, by=by)
        paths = (file.path, file.small_path)
        file.delete()
        for path in paths:
            transaction.on_commit(partial(default_storage.delete, path), robust=True)


def read(file: StoredFile) -> bytes:
    """The stored bytes. Raises FileNotFoundError if storage lost them."""
    with open_stored(file) as stored:
        return stored.read()


def open_stored(file: StoredFile) -> OpenFile:
    """The stored bytes as an open file, for one too long to hold. The caller closes it."""
    return default_storage.open(file.path)


def _mind_programs(title: str, content_type: str) -> None:
    if is_program(title, content_type):
        raise FileRefused(
            _(
                "“%(name)s” is a program or a script, which is not taken here. Send a picture or a document, or a link to it."
            )
            % {"name": title}
        )


def _mind_quota(actor: Actor, size: int) -> None:
    # Staff and programs are not strangers with a script; mail has its own limits.
    if actor.kind != "person":
        return
    kept = StoredFile.objects.kept_by(actor, since=clock.now() - timedelta(days=1))
    if (kept.aggregate(total=Sum("size"))["total"] or 0) + size > BYTES_A_DAY_MAX:
        raise FileRefused(
            _("That is more than we take from one sender in a day. Try again tomorrow or send a link.")
        )


def _mind_disk(size: int) -> None:
    if shutil.disk_usage(settings.MEDIA_ROOT).free - size < DISK_RESERVE_BYTES:
        raise FileRefused(
            _("There is no room for files right now. Please send it later, or without the file.")
        )


def _mind_viruses(content: bytes, title: str) -> None:
    try:
        virus = virus_in(content)
    except Unanswered as away:
        logger.warning("the virus scanner gave no answer: %s", away)
        raise Unchecked(
            _("“%(name)s” cannot be checked for viruses right now. Send it later, or without the file.")
            % {"name": title}
        ) from away
    if virus:
        raise Infected(title, virus)
