"""Fitted classifiers as they are kept: one belongs to each version the engine has learned (fittings.py)."""

from __future__ import annotations

from functools import lru_cache

from django.db import models

from handrail.answers.classes import Classes
from handrail.answers.encoder import width
from handrail.core import clock, ids


class Classifier(models.Model):
    """One classifier, for vectors of one encoder."""

    key = models.CharField(max_length=23, unique=True, default=ids.random_id)
    model = models.CharField(max_length=60, help_text="name of the encoder whose vectors it reads")
    columns = models.JSONField(
        help_text="the articles it tells apart; classes.NONE and classes.OTHER among them"
    )
    numbers = models.BinaryField(help_text="classes.Classes.as_bytes")
    learned_from = models.PositiveIntegerField(help_text="wordings")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"classifier of {len(self.columns)} by {self.model}"

    @classmethod
    def keep(cls, classes: Classes, *, model: str, learned_from: int) -> Classifier:
        """Store a fitted classifier."""
        columns = classes.columns.tolist()
        return cls.objects.create(
            model=model, columns=columns, numbers=classes.as_bytes(), learned_from=learned_from
        )


@lru_cache(maxsize=3)
def read(key: str) -> Classes | None:
    """The classifier of this key, read once by each process; None where it is gone."""
    row = Classifier.objects.filter(key=key).first()
    return Classes.read(bytes(row.numbers), row.columns, dimensions=width(row.model)) if row else None
