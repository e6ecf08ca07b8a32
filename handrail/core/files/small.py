"""Small forms of kept pictures: made when one is first looked at, and kept beside the picture until that is erased."""

from __future__ import annotations

from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from handrail.core.files.models import StoredFile
from handrail.core.files.pictures import SMALL_TYPE, shrunk

SIDE = 640  # pixels of the longer side: 320 on a screen with two for one
__all__ = ["SIDE", "SMALL_TYPE", "open_small"]


def open_small(file: StoredFile) -> IO[bytes] | None:
    """A still of a picture that was painted here, as a WebP no longer than SIDE; None where there is none to show.

    Raises FileNotFoundError if storage lost the bytes.
    """
    if not file.is_inline:
        return None
    if not default_storage.exists(file.small_path) and not _make(file):
        return None
    return default_storage.open(file.small_path)


def _make(file: StoredFile) -> bool:
    with default_storage.open(file.path) as stored:
        data = shrunk(stored.read(), longest=SIDE)
    if data is None:
        return False
    kept = default_storage.save(file.small_path, ContentFile(data))
    if kept != file.small_path:
        # Another request made it meanwhile.
        default_storage.delete(kept)
    return True
