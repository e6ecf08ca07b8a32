"""Trait: when anything about it last changed."""

from __future__ import annotations

from django.db import models

from handrail.core import clock


class Touched(models.Model):
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
