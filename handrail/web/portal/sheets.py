"""What an article's page shows to everybody who may read the same things: gathered once, kept until something changes.

A sheet holds nothing of a person. It is found by the address and by the audiences its reader belongs to (`keys_of`), and
holds while the brand's content stamp stays, a minute at most, as pages in the edge's memory do. The frame around it is
drawn for each request.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from handrail.core import clock
from handrail.knowledge.audiences import keys_of
from handrail.web.edge.optin import FRESH_SECONDS
from handrail.web.portal.design import is_preview
from handrail.web.portal.own_style import is_safe

KEPT_MOST = 400
FRESH = timedelta(seconds=FRESH_SECONDS)  # opening hours and what helped move without a change of content

NO_ARTICLE = 0  # the id of the sheet of pages about none

Key = tuple[int, str, int, tuple[str, str], frozenset[str]]


@dataclass(frozen=True)
class Sheet:
    """One article in one language.

    path     its own address; a request by another one is put right
    context  what the template is given
    players  sites whose frames the page admits
    """

    path: str
    context: Mapping[str, Any]
    players: list[str]
    stamp: int = 0
    made_at: datetime = field(default_factory=clock.now)

    def is_fresh(self, stamp: int) -> bool:
        return self.stamp == stamp and abs(clock.now() - self.made_at) < FRESH


_kept: OrderedDict[Key, Sheet] = OrderedDict()
_lock = Lock()


def sheet_of(request: HttpRequest, locale: str, id: int, gather: Callable[[int], Sheet]) -> Sheet:
    """The sheet this reader gets, from memory or from `gather`, which is given the stamp it gathers under.

    Whatever `gather` raises is raised here and nothing is kept. A manager's preview and a page without the brand's own rules are never kept.
    """
    # The stamp is read before the content: a sheet gathered across a change carries the older one and is not shown again.
    brand = request.brand  # type: ignore[attr-defined]
    stamp = brand.content_stamp
    if settings.DEBUG or is_preview(request) or is_safe(request):
        return gather(stamp)
    asked = (request.GET.get("product", "")[:18], request.GET.get("depth", "")[:8]) if id else ("", "")
    key = (brand.pk, locale, id, asked, keys_of(request.viewer))  # type: ignore[attr-defined]
    with _lock:
        known = _kept.get(key)
    if known is not None and known.is_fresh(stamp):
        return known
    made = gather(stamp)
    with _lock:
        _kept[key] = made
        _kept.move_to_end(key)
        while len(_kept) > KEPT_MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Drop every sheet: the database was replaced, and its stamps will come again."""
    with _lock:
        _kept.clear()
