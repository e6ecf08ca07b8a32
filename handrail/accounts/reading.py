"""What is written to a colleague, as they chose to read it: language, zone, 12- or 24-hour clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone, translation

from handrail.accounts.models import User
from handrail.workspace.formats import hours_to_24


@contextmanager
def as_they_read(user: User) -> Iterator[None]:
    """Within the block words, days and times are those of this colleague; for mails and pushes, which no page frames."""
    with translation.override(user.locale), timezone.override(user.zone), hours_to_24(user.day_hours == "24"):
        yield
