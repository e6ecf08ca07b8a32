"""What managers make, put in order and put away: rows with a key that never changes, and never deleted.

A base for typed fields and for statuses; it has no table of its own.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import datetime
from typing import ClassVar

from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

KEY_MOST = 40
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")  # of an option, which may be a number
STEM_MOST = 34  # letters of a code made from a name; the rest is for a number


class Arranged(models.Model):
    """FACTS is what its facts begin with: field.moved, field.archived, field.restored."""

    FACTS: ClassVar[str] = ""

    key = models.CharField(max_length=KEY_MOST, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def last_position(cls) -> int:
        """The place of the last one, those put away too; 0 of none."""
        return cls._default_manager.aggregate(last=models.Max("position"))["last"] or 0

    @transaction.atomic
    def archive(self, *, by: CanAct) -> None:
        """Offered no more; where it was used it stays."""
        if self.archived_at is None:
            self._shelve(clock.now())
            record(f"{self.FACTS}.archived", self, by=by)

    @transaction.atomic
    def restore(self, *, by: CanAct) -> None:
        if self.archived_at is not None:
            self._shelve(None)
            record(f"{self.FACTS}.restored", self, by=by)

    @classmethod
    @transaction.atomic
    def arrange(cls, keys: Sequence[str], *, by: CanAct) -> None:
        """Put them in this order; those not named come after, as they stood."""
        order = {key: at for at, key in enumerate(keys)}
        rows = list(cls._default_manager.select_for_update())
        rows.sort(key=lambda each: order.get(each.key, len(order)))
        for at, row in enumerate(rows, start=1):
            if row.position != at:
                row.position = at
                row.save(update_fields=["position"])
                record(f"{cls.FACTS}.moved", row, by=by, position=at)

    def _shelve(self, moment: datetime | None) -> None:
        self.archived_at = moment
        self.save(update_fields=["archived_at"])


def free_code(name: str, taken: Container[str], *, otherwise: str, shape: re.Pattern[str] = CODE) -> str:
    """A code made from an English name that is not taken yet. otherwise: of a name that gives none of this shape."""
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:STEM_MOST]
    stem = stem if shape.fullmatch(stem) else otherwise
    return next(code for n in range(1, 999) if (code := stem if n == 1 else f"{stem}_{n}") not in taken)
