"""Words in capitals: what a question calls by its letters is meant letter for letter."""

from __future__ import annotations

import re

ACRONYM = re.compile(r"(?<![A-Za-z0-9])(?=[A-Z0-9]*[A-Z][A-Z0-9]*[A-Z])[A-Z0-9]{2,8}(?![A-Za-z0-9])")


def acronyms(raw: str) -> tuple[str, ...]:
    """The words of a question that stand in capitals where others do not, in small letters; none where all of it shouts.

    >>> acronyms("Does it boot with PXE?"), acronyms("DVD를 넣어요"), acronyms("WHERE IS MY ORDER")
    (('pxe',), ('dvd',), ())
    """
    found = ACRONYM.findall(raw)
    rest = ACRONYM.sub("", raw)
    # Scripts without capitals do not shout.
    is_shouted = not any(letter.isalpha() and not letter.isupper() for letter in rest)
    return () if is_shouted and len(found) != 1 else tuple(dict.fromkeys(map(str.lower, found)))
