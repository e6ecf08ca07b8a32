"""Learning from what questions turned out to mean: labels become memory, memory and labels become coefficients.

Half of the questions that readers and agents label, chosen by their text, are never fitted on: the gate that lets the
engine answer by itself is measured on them. What an editor teaches is remembered in any case (decision 42).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from handrail.answers import projection
from handrail.answers.agreement import CERTAIN, agreed
from handrail.answers.entries import Entry
from handrail.answers.labels import Evidence, Label
from handrail.answers.normalise import mask
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.audiences import Audience, narrower
from handrail.knowledge.models import Article, Translation

SAID_SO = 0.7  # the asker said that it helped
# Text hash, article, giver, place, evidence, locale.
Said = tuple[str, int | None, str, str, str, str]


@dataclass(frozen=True)
class Verdict:
    """A question and the article that answers it; None: nothing of ours does."""

    question: str
    article: Article | None
    locale: str
    channel: str = "portal"
    audience: str = Audience.PUBLIC
    weight: float = CERTAIN
    # None leaves it to the side its question is on already, else to the text: evenly and for good.
    is_held_out: bool | None = None
    # Remembered on either side; a question that is on none yet is learned from.
    is_taught: bool = False
    evidence: str = Evidence.EDITOR
    # Whose voice it is, and from where, where that is not just who gives it (agreement.py).
    giver: str = ""
    place: str = ""


def confirm(
    question: str, article: Article | None, locale: str, *, by: CanAct, weight: float = CERTAIN
) -> Label:
    """Keep that `article` answers `question`, or with None that nothing does. The text is masked first."""
    return confirm_all([Verdict(question, article, locale, weight=weight)], by=by)[0]


@transaction.atomic
def confirm_all(verdicts: Sequence[Verdict], *, by: CanAct) -> list[Label]:
    """Keep many verdicts at once, in order. The same voice saying the same again changes nothing."""
    actor = by.as_actor()
    labels = _labels(verdicts)
    for label in labels:
        label.given_by_kind, label.given_by_id = actor.kind, actor.id
        label.giver = label.giver or f"{actor.kind}:{actor.id or ''}"
    said = _said_before(labels)
    kept: dict[Said, Label] = {}
    for label in labels:
        if _what(label) not in said:
            kept.setdefault(_what(label), label)
    Label.objects.bulk_create(kept.values())
    for label in kept.values():
        record(
            "label.given",
            label,
            by=by,
            article=label.article_id,
            locale=label.locale,
            evidence=label.evidence,
        )
    again = [label for label in labels if label.is_remembered and _what(label) in said]
    Label.objects.filter(pk__in=[said[_what(label)].pk for label in again]).update(is_remembered=True)
    remember({label.text_hash for label in [*kept.values(), *again] if label.is_remembered})
    return [said.get(_what(label)) or kept[_what(label)] for label in labels]


@transaction.atomic
def take_back(label: Label, *, by: CanAct) -> None:
    """Forget a verdict; what was remembered because of it alone goes with it. What is taken back already stays so."""
    if label.withdrawn_at is not None:
        return
    label.withdrawn_at = clock.now()
    label.save(update_fields=["withdrawn_at"])
    record("label.withdrawn", label, by=by)
    remember({label.text_hash})


def relabel(article: Article) -> None:
    """Bring the remembered questions of an article in line with its audience and whether it is published."""
    hashes = Label.objects.to_remember().filter(article=article).values_list("text_hash", flat=True)
    remember(set(hashes))


@transaction.atomic
def remember(text_hashes: set[str]) -> None:
    """Make the remembered rows of these questions what their standing labels say."""
    if not text_hashes:
        return
    projection.forget(Entry.objects.filter(label__isnull=False, text_hash__in=text_hashes))
    by_text: dict[str, list[Label]] = defaultdict(list)
    labels = Label.objects.to_remember().filter(text_hash__in=text_hashes).select_related("article__topic")
    for label in labels:
        by_text[label.text_hash].append(label)
    published = _published(label.article_id for found in by_text.values() for label in found)
    moment = clock.now()
    standing = [label for found in by_text.values() for label in agreed(found, at=moment)]
    projection.store(
        [_row(label) for label in standing if label.article_id is None or label.article_id in published]
    )


def _what(label: Label) -> Said:
    return (label.text_hash, label.article_id, label.giver, label.place, label.evidence, label.locale)


def _labels(verdicts: Sequence[Verdict]) -> list[Label]:
    hashes = {projection.text_hash(mask(verdict.question)[:1000]) for verdict in verdicts}
    sides = _sides(sorted(hashes))
    return [_label(verdict, sides) for verdict in verdicts]


def _sides(hashes: list[str]) -> dict[str, bool]:
    """text hash -> whether its question is measured with, of those that a standing label has put on a side."""
    found: dict[str, bool] = {}
    for start in range(0, len(hashes), 500):
        rows = Label.objects.standing().filter(text_hash__in=hashes[start : start + 500])
        found |= dict(rows.order_by("is_held_out").values_list("text_hash", "is_held_out"))
    return found


def _said_before(labels: list[Label]) -> dict[Said, Label]:
    found: dict[Said, Label] = {}
    hashes, givers = sorted({label.text_hash for label in labels}), {label.giver for label in labels}
    for start in range(0, len(hashes), 500):
        rows = Label.objects.standing().filter(text_hash__in=hashes[start : start + 500], giver__in=givers)
        found |= {_what(row): row for row in rows}
    return found


def _label(verdict: Verdict, sides: dict[str, bool]) -> Label:
    text = mask(verdict.question)[:1000]
    text_hash = projection.text_hash(text)
    by_text = not verdict.is_taught and int(text_hash[:8], 16) % 2 == 1
    held_out = sides.get(text_hash, by_text) if verdict.is_held_out is None else verdict.is_held_out
    return Label(
        text=text,
        text_hash=text_hash,
        locale=verdict.locale,
        channel=verdict.channel,
        article=verdict.article,
        audience=verdict.audience,
        weight=verdict.weight,
        evidence=verdict.evidence,
        giver=verdict.giver,
        place=verdict.place,
        is_held_out=held_out,
        is_remembered=verdict.is_taught or not held_out,
    )


def _row(label: Label) -> Entry:
    article = label.article
    return Entry(
        article=article,
        product_id=article.topic.product_id if article else None,
        label=label,
        locale=label.locale,
        audience=narrower(label.audience, article.audience_key) if article else label.audience,
        kind=Entry.Kind.QUESTION,
        text=label.text,
    )


def _published(article_ids: Iterable[int | None]) -> set[int]:
    wanted = {pk for pk in article_ids if pk is not None}
    found = Translation.objects.filter(article__in=wanted, published__isnull=False)
    return set(found.values_list("article_id", flat=True))
