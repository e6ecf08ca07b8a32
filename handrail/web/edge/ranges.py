"""One byte range of a file, as a film player asks for it."""

from __future__ import annotations

import re

RANGE = re.compile(rb"^bytes=(\d{0,18})-(\d{0,18})$")


class Outside(ValueError):
    """The range lies outside the file: answer 416."""


def slice_of(asked: bytes, size: int) -> tuple[int, int] | None:
    """Start and end (exclusive) of the one range a Range header asks for.

    None without a header, for several ranges or another unit: send everything. Raises Outside.
    """
    found = RANGE.match(asked.strip())
    if not found or found.groups() == (b"", b""):
        return None
    first, last = found.groups()
    start = int(first) if first else max(size - int(last), 0)
    stop = min(int(last) + 1, size) if first and last else size
    if start >= stop:
        raise Outside
    return start, stop
