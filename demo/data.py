"""The demo's own files, read as they are, and the moments they speak of."""

from __future__ import annotations

import zlib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

HERE = Path(__file__).resolve().parent
SEOUL = ZoneInfo("Asia/Seoul")


def load(name: str) -> Any:
    """What a YAML file beside this one says."""
    # The C loader reads a thousand questions in a tenth of the time.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=loader)


def products() -> list[dict[str, Any]]:
    """Every product's file, in the order of their positions."""
    found = [load(f"products/{path.name}") for path in (HERE / "products").glob("*.yaml")]
    return sorted(found, key=lambda product: product["position"])


def number_of(key: str) -> int:
    """A number that is the same for a key in every build, and spread evenly over keys."""
    return zlib.crc32(key.encode())


def in_seoul(moment: datetime, *, hour: int, minute: int = 0) -> datetime:
    """The same day in Seoul, at another time of it."""
    return datetime.combine(moment.astimezone(SEOUL).date(), time(hour, minute), SEOUL)


def days_before(moment: datetime, days: float) -> datetime:
    return moment - timedelta(days=days)
