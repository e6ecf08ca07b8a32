"""Does a message say that what was shown did not help, or that something else is wanted? Told by whole words.

이미 해봤는데 안돼요          ->  it says nothing else
그거 말고 리모컨 연결이요      ->  not that, and "리모컨 연결이요" is asked instead
tried that. The light is red  ->  not that, and "The light is red" is told besides

By its words alone a message may mean this; whether it does hangs on something having been shown (intake/second_try.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from handrail.answers.in_vain_words import (
    EN_ASIDE,
    EN_FAILED,
    EN_INSTEAD,
    EN_LAST,
    EN_TRIED,
    EN_WISH,
    KO_BESIDE,
    KO_DID,
    KO_FAILED,
    KO_FILL,
    KO_INSTEAD,
    KO_IT,
    KO_LAST,
    KO_MEANT,
    KO_TRIED,
    KO_WISH,
)

READ_CHARS_MAX = 300
# What a step through a message may be. Asides say nothing by themselves; the rest are clauses of a failure.
IT, ASIDE, JOINS, DID, TRIED, FAILED, WISH, INSTEAD = (
    "it",
    "aside",
    "joins",
    "did",
    "tried",
    "failed",
    "wish",
    "instead",
)
CLAUSES = frozenset({DID, TRIED, FAILED, WISH, INSTEAD})
KO_STEPS = {
    IT: (KO_IT, KO_BESIDE),
    ASIDE: (KO_FILL,),
    DID: (KO_DID,),
    TRIED: (KO_TRIED,),
    FAILED: (KO_FAILED, KO_MEANT),
    WISH: (rf"(?:{KO_WISH})\s*[?？]?",),
    INSTEAD: (KO_INSTEAD,),
}
EN_STEPS = {
    ASIDE: (EN_ASIDE,),
    JOINS: (r"but|and|so|then|what\s+about",),
    TRIED: EN_TRIED,
    FAILED: (EN_FAILED,),
    WISH: (rf"(?:{EN_WISH})\s*[?]?",),
    INSTEAD: (EN_INSTEAD,),
}


def _compiled(steps: dict[str, tuple[str, ...]], end: str) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (kind, re.compile(rf"(?:{way}){end}", re.IGNORECASE)) for kind, ways in steps.items() for way in ways
    ]


LANGUAGES = (
    (
        _compiled(KO_STEPS, r"(?![가-힣])"),
        re.compile(r"[\s,.!~^…·;:ㅠㅜㅡㅎㅋ()]*"),
        re.compile(r"[.!~…ㅠㅜ]"),
    ),
    (_compiled(EN_STEPS, r"(?!['\w])"), re.compile(r"[\s,.!~:;…()\-–—]*"), re.compile(r"[.,;!…–—-]")),
)


@dataclass(frozen=True)
class Read:
    """How far a message was read as nothing but such words.

    kinds      of steps it took
    is_parted  something stands between the last clause and what follows: a stop, or "but"
    """

    at: int
    kinds: frozenset[str] = frozenset()
    is_parted: bool = False

    @property
    def has_failed(self) -> bool:
        return bool(self.kinds & CLAUSES)


@dataclass(frozen=True)
class Vain:
    """A message that says it. rest: what it asks besides; is_tried: False where it only turns away ("not that, but X")."""

    rest: str
    is_tried: bool = True


def in_vain(text: str) -> str | None:
    """What a message asks besides saying that what was shown did not help: "" for nothing, None where it says no such thing.

    >>> in_vain("이미 해봤는데 안돼요"), in_vain("그거 말고 리모컨 연결이요"), in_vain("리모컨이 안 돼요")
    ('', '리모컨 연결이요', None)
    """
    found = vain(text)
    return found.rest if found else None


def vain(text: str) -> Vain | None:
    """The same, and whether it was tried; None where the message says no such thing."""
    said = " ".join(text.replace("\u2019", "'").split())
    if not said or len(said) > READ_CHARS_MAX:
        return None
    for language in LANGUAGES:
        reads = _reads(said, *language)
        if any(read.at == len(said) and read.has_failed for read in reads):
            return Vain("")
        parted = [read for read in reads if _may_part(read, is_korean=language is LANGUAGES[0])]
        at = max((read.at for read in parted), default=len(said))
        if rest := said[at:]:
            return Vain(rest, any(read.kinds & {DID, TRIED, FAILED} for read in parted if read.at == at))
    return None


def ends_in_vain(text: str) -> bool:
    """Whether a message names what was done and ends in that it failed: 필터를 청소했는데도 그대로예요."""
    said = " ".join(text.split())[-READ_CHARS_MAX:]
    return bool(KO_LAST.search(said) or EN_LAST.search(said))


def _reads(
    said: str, steps: list[tuple[str, re.Pattern[str]]], gap: re.Pattern[str], stop: re.Pattern[str]
) -> set[Read]:
    """Every way to read the beginning of a message step by step; each state is met once, however many ways lead to it."""
    opening = gap.match(said)
    waiting = [Read(opening.end() if opening else 0)]
    met = set(waiting)
    while waiting:
        read = waiting.pop()
        for kind, pattern in steps:
            found = pattern.match(said, read.at)
            if not found or found.end() == read.at:
                continue
            between = gap.match(said, found.end())
            at = between.end() if between else found.end()
            is_stopped = bool(stop.search(said, found.end(), at))
            is_parted = is_stopped or kind == JOINS or (kind not in CLAUSES and read.is_parted)
            further = Read(at, read.kinds | {kind}, is_parted)
            if further not in met:
                met.add(further)
                waiting.append(further)
    return met


def _may_part(read: Read, *, is_korean: bool) -> bool:
    """Whether what stands behind may be asked besides: Korean points back with 그거 말고 or 이미 해봤는데, and stops behind
    안 돼요; English stops, or says "but", behind each."""
    if not read.has_failed:
        return False
    points = INSTEAD in read.kinds or {IT, TRIED} <= read.kinds or DID in read.kinds
    return read.is_parted or (is_korean and points)
