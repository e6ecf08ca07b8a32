"""For whom a thing is written: the one place where it is decided, for every page, search, feed, mail and export.

Rows that have an audience carry the trait `Audienced` and are asked for through `readable_by(viewer)`. What is kept
apart from the database, such as rows of an index in memory, keeps `audience_key` and is compared with `keys_of(viewer)`.
"""

from __future__ import annotations

from collections.abc import Hashable

from django.db import models
from django.db.models import Q

from handrail.accounts.viewer import Viewer
from handrail.contacts.segments import Segment


class Audience(models.TextChoices):
    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    SEGMENT = "segment"
    EMPLOYEES = "employees"
    AGENTS = "agents"


KEY_LENGTH_MAX = 24
# From the widest to the narrowest. A segment and the employees do not lie one within the other.
STRICTNESS = list(Audience.values)


def readable_by(viewer: Viewer) -> Q:
    """The condition on rows with the trait `Audienced` that this viewer belongs to their audience."""
    plain = Q(audience__in=viewer.audiences)
    if viewer.is_staff:
        return plain | Q(audience=Audience.SEGMENT)
    if _is_somebody(viewer):
        mine = Segment.objects.holding(viewer.person_id or 0)
        return plain | Q(audience=Audience.SEGMENT, segment__in=mine)
    return plain


def alike(viewer: Viewer) -> Hashable:
    """What `readable_by` depends on: viewers with the same are asked for by the same SQL."""
    return viewer.audiences, viewer.is_staff, viewer.person_id if _is_somebody(viewer) else None


def keys_of(viewer: Viewer) -> frozenset[str]:
    """The audience keys this viewer belongs to: `public`, …, `segment:5`."""
    if viewer.is_staff:
        held = Segment.objects.all()
    elif _is_somebody(viewer):
        held = Segment.objects.holding(viewer.person_id or 0)
    else:
        return frozenset(viewer.audiences)
    return frozenset(viewer.audiences) | {
        key_of(Audience.SEGMENT, pk) for pk in held.values_list("pk", flat=True)
    }


def key_of(audience: str, segment_id: int | None) -> str:
    """An audience as one word."""
    return f"{audience}:{segment_id}" if audience == Audience.SEGMENT else str(audience)


def from_key(key: str) -> tuple[str, Segment | None]:
    """The audience and segment a key names. Raises ValueError for a key that names none."""
    audience, _, number = key.partition(":")
    if audience != Audience.SEGMENT:
        return Audience(key), None
    segment = Segment.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
    if segment is None:
        raise ValueError(f"{key} names no segment.")
    return Audience.SEGMENT, segment


def narrower(one: str, other: str) -> str:
    """The key only those belong to who belong to both; for two that only share colleagues, the agents'."""
    ordered = sorted((one, other), key=lambda key: STRICTNESS.index(key.partition(":")[0]))
    wide, narrow = ordered[0], ordered[1]
    is_within = wide in (narrow, Audience.PUBLIC, Audience.SIGNED_IN) or narrow == Audience.AGENTS
    return narrow if is_within else Audience.AGENTS.value


def _is_somebody(viewer: Viewer) -> bool:
    return viewer.person_id is not None and viewer.is_signed_in and viewer.only is None


class Audienced(models.Model):
    """A trait: for whom a row is."""

    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.SEGMENT, segment__isnull=False)
                | ~Q(audience=Audience.SEGMENT) & Q(segment=None),
                name="%(class)s_for_a_segment_names_it",
            )
        ]

    @property
    def audience_key(self) -> str:
        return key_of(self.audience, self.segment_id)
