"""What we keep about a file; the bytes lie in storage under `name`."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from handrail.core import clock
from handrail.core.actors import Actor
from handrail.core.ids import random_id


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def kept_by(self, actor: Actor, *, since: datetime) -> StoredFileQuerySet:
        """Files one sender had us keep from `since` on."""
        return self.filter(keeper_kind=actor.kind, keeper_id=actor.id, kept_at__gte=since)


class StoredFile(models.Model):
    """One kept file. `content_type` was read from the bytes; `title` is the sender's name for it, cleaned."""

    name = models.CharField(max_length=40, unique=True, default=random_id)
    title = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    is_inline = models.BooleanField(default=False)
    keeper_kind = models.CharField(max_length=12, blank=True)
    keeper_id = models.BigIntegerField(null=True)
    kept_at = models.DateTimeField(default=clock.now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["keeper_kind", "keeper_id", "kept_at"], name="files_of_keeper")]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Where the bytes lie in storage: two folders deep, so that none grows without end."""
        return f"{self.name[:2]}/{self.name[2:4]}/{self.name}"

    @property
    def small_path(self) -> str:
        """Where a picture's small form lies once it was looked at (see small.py)."""
        return f"{self.path}.small"
