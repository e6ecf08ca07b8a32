"""Which verdicts on one question stand: one vote a person or place, faded by age, and never one voice alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta

from handrail.answers.labels import Label

CERTAIN = 1.0  # an editor, or the agent who solved it
INDEPENDENT = 2  # voices that must agree where nobody is certain
ENOUGH = 1.0  # what their votes must weigh together
OF_THE_BEST = 0.5  # an article with less than this share of the best one's weight is outvoted
HALF_LIFE = timedelta(days=180)  # of what nobody was certain of


def agreed(labels: Sequence[Label], *, at: datetime) -> list[Label]:
    """One label for each article that stands, of the standing labels of one question; [None's] where nothing of ours answers.

    Where somebody was certain, only what people were certain of stands. Else an article stands with `ENOUGH`
    weight of `INDEPENDENT` voices and at least half the weight of the best. "None of ours" stands only where
    nothing outweighs it.
    """
    certain = [label for label in labels if label.weight >= CERTAIN]
    voices = _voices(certain or labels)
    weights = {article: sum(weight(each, at=at) for each in held) for article, held in voices.items()}
    standing = {
        article: total
        for article, total in weights.items()
        if certain or (total >= ENOUGH and sum(each.weight > 0 for each in voices[article]) >= INDEPENDENT)
    }
    none_weighs = standing.pop(None, 0.0)
    best = max(standing.values(), default=0.0)
    if none_weighs > best:
        return [_strongest(voices[None])]
    return [_strongest(voices[article]) for article, total in standing.items() if total >= OF_THE_BEST * best]


def weight(label: Label, *, at: datetime) -> float:
    """What a label weighs now: half after each half-life, unless somebody was certain."""
    if label.weight >= CERTAIN:
        return label.weight
    return float(label.weight * 0.5 ** ((at - label.at) / HALF_LIFE))


def _voices(labels: Sequence[Label]) -> dict[int | None, list[Label]]:
    """For each article the newest label of each voice. Givers who share a place are one voice."""
    by_giver: dict[tuple[int | None, str], Label] = {}
    for label in sorted(labels, key=lambda each: (each.at, each.pk or 0)):
        by_giver[label.article_id, label.giver] = label
    by_place: dict[tuple[int | None, Hashable], Label] = {}
    for (article, giver), label in by_giver.items():
        by_place[article, ("place", label.place) if label.place else ("giver", giver)] = label
    found: dict[int | None, list[Label]] = defaultdict(list)
    for (article, _voice), label in by_place.items():
        found[article].append(label)
    return found


def _strongest(labels: list[Label]) -> Label:
    return max(labels, key=lambda each: each.weight)
