"""Links to files: signed for one viewer, good for ten minutes, nothing for anybody else."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from handrail.core.files.models import StoredFile

SALT = "handrail.core.files"
LIFE_SECONDS = 600


def link(file: StoredFile, *, viewer: str) -> str:
    """The path at which `viewer` (a stable key of who is looking) may fetch the file now."""
    return reverse("file", args=[signing.dumps([file.name, viewer], salt=SALT)])


def small_link(file: StoredFile, *, viewer: str) -> str:
    """As `link`, to the small form of a picture."""
    return reverse("file-small", args=[signing.dumps([file.name, viewer], salt=SALT)])


def open_link(token: str, *, viewer: str) -> StoredFile | None:
    """The file a link names, if it was made for this viewer within ten minutes; None otherwise."""
    try:
        name, owner = signing.loads(token, salt=SALT, max_age=LIFE_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return StoredFile.objects.filter(name=name).first() if owner == viewer else None
