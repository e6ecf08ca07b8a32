"""Lists read a page at a time by where one stopped: no gap, no repeat, and the hundredth page costs what the first did.

A place is (moment, number) of the last row shown, newest first; as text it is microseconds and the number: "17…-42".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from django.db import models
from django.db.models import Q

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PLACE = re.compile(r"(\d{1,17})-(\d{1,18})")


Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """`after` is where the next page begins, "" at the end."""

    rows: list[Row]
    after: str = ""


def written(moment: datetime | None, number: int) -> str:
    return f"{((moment or EPOCH) - EPOCH) // timedelta(microseconds=1)}-{number}"


def older(rows: models.QuerySet[Row], after: str, *, at: str = "at") -> models.QuerySet[Row]:
    """`rows`, newest first by the column `at`, after a place; all of them for a place nobody wrote."""
    in_order = rows.order_by(f"-{at}", "-pk")
    read = PLACE.fullmatch(after)
    if not read:
        return in_order
    moment, number = EPOCH + timedelta(microseconds=int(read[1])), int(read[2])
    # The first term alone is a range of an index; the second only settles ties.
    return in_order.filter(**{f"{at}__lte": moment}).filter(Q(**{f"{at}__lt": moment}) | Q(pk__lt=number))


def sliced(rows: models.QuerySet[Row], *, after: str, most: int, at: str = "at") -> Slice[Row]:
    """The `most` rows after a place. One query."""
    found = list(older(rows, after, at=at)[: most + 1])
    more = len(found) > most
    return Slice(found[:most], written(getattr(found[most - 1], at), found[most - 1].pk) if more else "")
