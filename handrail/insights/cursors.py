"""How far each reader of a growing table has come."""

from __future__ import annotations

from django.db import models

# Rows read once more: on PostgreSQL a lower number may be committed after a higher one.
OVERLAP = 500


class Cursor(models.Model):
    """`name` says what is read; `position` is the last id that was, `moved_at` when we last looked."""

    name = models.CharField(max_length=40, unique=True)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.position}"

    @classmethod
    def at(cls, name: str) -> Cursor:
        return cls.objects.get_or_create(name=name)[0]

    @property
    def begin(self) -> int:
        """Read what has a higher id than this; the last ones come twice."""
        return max(0, self.position - OVERLAP)

    def move(self, position: int) -> None:
        """To `position`, never back."""
        from handrail.core import clock

        self.position, self.moved_at = max(self.position, position), clock.now()
        self.save(update_fields=["position", "moved_at"])
