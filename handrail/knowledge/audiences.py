"""For whom a thing is written: the one place where it is decided, for every page, search, feed, mail and export.

Rows that have an audience carry the trait `Audienced` and are asked for through `readable_by(viewer)`. What is kept
apart from the database, such as rows of an index in memory, keeps `audience_key` and is compared with `keys_of(viewer)`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from handrail.accounts.viewer import Viewer
from handrail.contacts.segments import Segment
from handrail.core.prepared import rows_of, sql_with


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
    # Named, not asked for within: to write the question of who belongs to what costs ten times as much as to answer it.
    if held := _segments_of(viewer):
        return plain | Q(audience=Audience.SEGMENT, segment__in=held)
    return plain


def settled(viewer: Viewer) -> Viewer:
    """The viewer with what segments they belong to read once: whoever joins or leaves meanwhile changes nothing of it."""
    return viewer.settled(_segments_of(viewer))


def alike(viewer: Viewer) -> Hashable:
    """What `readable_by` depends on, of a viewer who is settled: those with the same are asked for by the same SQL."""
    return viewer.audiences, viewer.is_staff, viewer.segments


def keys_of(viewer: Viewer) -> frozenset[str]:
    """The audience keys this viewer belongs to: `public`, …, `segment:5`."""
    held: Iterable[int] = _segments_of(viewer)
    if viewer.is_staff:
        held = Segment.objects.values_list("pk", flat=True)
    return frozenset(viewer.audiences) | {key_of(Audience.SEGMENT, pk) for pk in held}


def _segments_of(viewer: Viewer) -> tuple[int, ...]:
    """The segments a reader belongs to, in order: now, or when they were settled. Asked for several times a page."""
    if viewer.segments is not None:
        return viewer.segments
    if viewer.is_staff or not _is_somebody(viewer):
        return ()
    return tuple(sorted(pk for (pk,) in rows_of(*sql_with("segments held", _held_by, viewer.person_id or 0))))


def _held_by(person_id: int) -> QuerySet[Segment, Any]:
    return Segment.objects.holding(person_id).values_list("pk")


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
