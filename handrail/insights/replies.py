"""Replies that colleagues write again and again: nearly the same words, in different conversations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from handrail.answers.normalise import mask, normalise
from handrail.conversations.models import Message
from handrail.core import clock
from handrail.insights.cases import Case
from handrail.insights.collecting import LOOKED_BACK, REPLY_LETTERS_MIN
from handrail.insights.gaps import Gap

BATCH = 500
MARKS = 64  # numbers that stand for a text; the share two texts have in common is about how much of their words they share
NEARLY = 0.5
LETTERS = 5  # of the pieces a text is cut into
READ_MOST = 20  # replies of a group that its words are made from
SHARED_BY = 0.6  # of these replies a sentence must stand in to be part of the draft
SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+")
SPACES = re.compile(r"\s+")
# A linear family of hash functions over 61 bits; the seed is fixed, so that marks can be compared for ever.
PRIME = (1 << 61) - 1
_DRAWN = np.random.default_rng(20_261_128)
FACTORS = [int(each) for each in _DRAWN.integers(1, PRIME, MARKS)]
SHIFTS = [int(each) for each in _DRAWN.integers(0, PRIME, MARKS)]

Marks = NDArray[np.uint32]


def marks_of(text: str) -> Marks:
    """64 numbers of a text (minhash of its pieces of five letters): like texts have many of them in common.

    Source: Broder, "On the resemblance and containment of documents", 1997.
    """
    plain = SPACES.sub("", normalise(text))
    pieces = {plain[at : at + LETTERS] for at in range(max(1, len(plain) - LETTERS + 1))}
    hashes = [int.from_bytes(blake2b(piece.encode(), digest_size=7).digest(), "big") for piece in pieces]
    smallest = [
        min((factor * each + shift) % PRIME for each in hashes)
        for factor, shift in zip(FACTORS, SHIFTS, strict=True)
    ]
    return np.array([number & 0xFFFFFFFF for number in smallest], np.uint32)


def likeness(one: Marks, other: Marks) -> float:
    """How much two texts have in common, 0..1."""
    return float((one == other).mean())


def group_replies() -> set[int]:
    """Waiting replies to gaps of their team and language. Returns the ids of those gaps."""
    waiting = Case.objects.filter(gap=None, source=Case.Source.REPLY).order_by("pk")
    kept: dict[tuple[str, int | None], tuple[list[Gap], list[Marks]]] = {}
    touched: set[int] = set()
    while cases := list(waiting.select_related("conversation", "message")[:BATCH]):
        for case in cases:
            assert case.conversation is not None and case.message is not None  # collecting.py set both
            team = case.conversation.team_id
            gaps, marks = kept.setdefault((case.locale, team), _kept(case.locale, team))
            own = marks_of(mask(case.message.text))
            if marks and (like := (np.stack(marks) == own).mean(axis=1)).max() >= NEARLY:
                gap = gaps[int(like.argmax())]
            else:
                gap = _begin(case, team, own)
                gaps.append(gap)
                marks.append(own)
            case.gap = gap
            touched.add(gap.pk)
        Case.objects.bulk_update(cases, ["gap"])
    return touched


def _kept(locale: str, team: int | None) -> tuple[list[Gap], list[Marks]]:
    since = clock.now() - LOOKED_BACK
    rows = Gap.objects.filter(kind=Gap.Kind.REPLY, locale=locale, team=team, last_at__gte=since)
    gaps = list(rows.exclude(center=None).order_by("pk"))
    return gaps, [np.frombuffer(bytes(gap.center or b""), "<u4") for gap in gaps]


def _begin(case: Case, team: int | None, own: Marks) -> Gap:
    return Gap.objects.create(
        kind=Gap.Kind.REPLY,
        locale=case.locale,
        audience=case.audience,
        team_id=team,
        first_at=case.at,
        last_at=case.at,
        center=own.astype("<u4").tobytes(),
    )


def shared_sentences(texts: Sequence[str]) -> list[str]:
    """The sentences that most of these replies have, in the order of the first that has them all; masked.

    What stands in one reply alone (a name, a date, an amount) is in none of them.
    """
    cut = [[each.strip() for each in SENTENCE.split(mask(text)) if each.strip()] for text in texts]
    counted = Counter(key for sentences in cut for key in {normalise(each) for each in sentences})
    enough = max(2, SHARED_BY * len(texts))
    shared = [[each for each in sentences if counted[normalise(each)] >= enough] for sentences in cut]
    return max(shared, key=len, default=[])


def words_of(gap: Gap) -> list[str]:
    """What a group of replies says, sentence by sentence, without what differs."""
    cases = Case.objects.filter(gap=gap, message__isnull=False).select_related("message").order_by("-at")
    newest: dict[int | None, Message] = {}
    for case in cases[: 3 * READ_MOST]:
        if case.message:
            newest.setdefault(case.conversation_id, case.message)
    names = {message.author_name for message in newest.values() if message.author_name}
    shared = shared_sentences([message.text for message in newest.values()][:READ_MOST])
    return [sentence for sentence in shared if not any(name in sentence for name in names)]


def title_of(sentences: Sequence[str]) -> str:
    """The first sentence that says something: long enough, else the longest."""
    long = [each for each in sentences if len(each) >= REPLY_LETTERS_MIN // 2]
    return (long or sorted(sentences, key=len, reverse=True) or [""])[0][:300]
