"""Keeping files: bytes into storage under a random name, what we know of them into a row."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.files.models import StoredFile
from handrail.core.files.types import IMAGES, clean_title, type_of

PIXELS_MAX = 40_000_000
BYTES_A_DAY_MAX = 200 * 1024 * 1024  # of one sender


class FileRefused(ValueError):
    """A file we do not take; the message says why, to its sender, in the current language."""


def keep(data: bytes, *, name: str, by: CanAct) -> StoredFile:
    """Store a file and return its row.

    Its type is read from the bytes. A PNG, JPEG, GIF or WebP is painted anew, without what its camera wrote
    beside it, and may be shown in a page; everything else is kept as it came and only ever downloaded.

    Raises FileRefused for one that is too large, and when its sender kept too much within a day.
    """
    actor = by.as_actor()
    if len(data) > settings.FILE_SIZE_MAX:
        limit = settings.FILE_SIZE_MAX // (1024 * 1024)
        raise FileRefused(
            _("“%(name)s” is larger than %(limit)d MB. Send a smaller file or a link to it.")
            % {"name": clean_title(name), "limit": limit}
        )
    _mind_quota(actor.kind, actor.id, len(data))
    content_type = type_of(data)
    repainted = _repaint(data) if content_type in IMAGES.values() else None
    if repainted:
        data, content_type = repainted
    row = StoredFile(
        title=clean_title(name),
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        is_inline=repainted is not None,
        keeper_kind=actor.kind,
        keeper_id=actor.id,
    )
    # The bytes first: a row without bytes would be a broken promise, bytes without a row are only untidy.
    default_storage.save(row.path, ContentFile(data))
    row.save()
    return row


def read(file: StoredFile) -> bytes:
    """The stored bytes. Raises FileNotFoundError if storage lost them."""
    with default_storage.open(file.path) as stored:
        return stored.read()


def _mind_quota(kind: str, pk: int | None, size: int) -> None:
    if kind not in {"person", "account"}:
        return
    kept = StoredFile.objects.filter(
        keeper_kind=kind, keeper_id=pk, kept_at__gt=clock.now() - timedelta(days=1)
    )
    if (kept.aggregate(total=Sum("size"))["total"] or 0) + size > BYTES_A_DAY_MAX:
        raise FileRefused(
            _("That is more than we take from one sender in a day. Try again tomorrow or send a link.")
        )


def _repaint(data: bytes) -> tuple[bytes, str] | None:
    """The picture without its metadata, or None for what cannot or should not be opened."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > PIXELS_MAX or image.format not in IMAGES:
                return None
            if image.format == "GIF":
                return (data, "image/gif") if getattr(image, "n_frames", 1) <= 500 else None
            target = io.BytesIO()
            ImageOps.exif_transpose(image).save(target, format=image.format)
            return target.getvalue(), IMAGES[image.format]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
