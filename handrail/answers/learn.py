"""Learning from what questions turned out to mean: labels become memory, memory and labels become coefficients.

Half of all labels, chosen by their text, are never learned from: the gate that lets the engine answer by itself
is measured on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from handrail.answers import projection
from handrail.answers.entries import Entry
from handrail.answers.labels import Label
from handrail.answers.normalise import mask
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.audiences import Audience, narrower
from handrail.knowledge.models import Article, Translation

CERTAIN = 1.0  # an editor or the agent who answered said so
SAID_SO = 0.7  # the asker said that it helped
INDEPENDENT = 2  # people who must agree where nobody is certain


@dataclass(frozen=True)
class Verdict:
    """A question and the article that answers it; None: nothing of ours does."""

    question: str
    article: Article | None
    locale: str
    channel: str = "portal"
    audience: str = Audience.PUBLIC
    weight: float = CERTAIN
    # None lets the text decide, evenly and for good.
    is_held_out: bool | None = None


def confirm(
    question: str, article: Article | None, locale: str, *, by: CanAct, weight: float = CERTAIN
) -> Label:
    """Keep that `article` answers `question`, or with None that nothing does. The text is masked first."""
    return confirm_all([Verdict(question, article, locale, weight=weight)], by=by)[0]


@transaction.atomic
def confirm_all(verdicts: Sequence[Verdict], *, by: CanAct) -> list[Label]:
    """Keep many verdicts at once, in order."""
    actor = by.as_actor()
    labels = [_label(verdict) for verdict in verdicts]
    for label in labels:
        label.given_by_kind, label.given_by_id = actor.kind, actor.id
    Label.objects.bulk_create(labels)
    for label in labels:
        record("label.given", label, by=by, article=label.article_id, locale=label.locale)
    remember({label.text_hash for label in labels if not label.is_held_out})
    return labels


@transaction.atomic
def take_back(label: Label, *, by: CanAct) -> None:
    """Forget a verdict; what was remembered because of it alone goes with it."""
    from handrail.core import clock

    label.withdrawn_at = clock.now()
    label.save(update_fields=["withdrawn_at"])
    record("label.withdrawn", label, by=by)
    remember({label.text_hash})


def relabel(article: Article) -> None:
    """Bring the remembered questions of an article in line with its audience and whether it is published."""
    hashes = Label.objects.to_learn_from().filter(article=article).values_list("text_hash", flat=True)
    remember(set(hashes))


@transaction.atomic
def remember(text_hashes: set[str]) -> None:
    """Make the remembered rows of these questions what their standing labels say."""
    if not text_hashes:
        return
    projection.forget(Entry.objects.filter(label__isnull=False, text_hash__in=text_hashes))
    by_text: dict[str, list[Label]] = defaultdict(list)
    labels = Label.objects.to_learn_from().filter(text_hash__in=text_hashes).select_related("article__topic")
    for label in labels:
        by_text[label.text_hash].append(label)
    published = _published(label.article_id for found in by_text.values() for label in found)
    agreed = [label for found in by_text.values() for label in _agreed(found)]
    projection.store(
        [_row(label) for label in agreed if label.article_id is None or label.article_id in published]
    )


def _label(verdict: Verdict) -> Label:
    text = mask(verdict.question)[:1000]
    text_hash = projection.text_hash(text)
    held_out = int(text_hash[:8], 16) % 2 == 1 if verdict.is_held_out is None else verdict.is_held_out
    return Label(
        text=text,
        text_hash=text_hash,
        locale=verdict.locale,
        channel=verdict.channel,
        article=verdict.article,
        audience=verdict.audience,
        weight=verdict.weight,
        is_held_out=held_out,
    )


def _agreed(labels: list[Label]) -> list[Label]:
    """One label for each article to remember: those somebody was certain of, or on which several people agree.

    "None of ours" counts only where nothing outweighs it.
    """
    backing: dict[int | None, list[Label]] = defaultdict(list)
    for label in labels:
        backing[label.article_id].append(label)
    agreed = {article: found for article, found in backing.items() if _is_agreed(found)}
    weights = {article: sum(label.weight for label in found) for article, found in agreed.items()}
    none_weighs = weights.pop(None, 0.0)
    if none_weighs > max(weights.values(), default=0.0):
        return agreed[None][:1]
    return [agreed[article][0] for article in weights]


def _is_agreed(labels: list[Label]) -> bool:
    givers = {(label.given_by_kind, label.given_by_id) for label in labels}
    return max(label.weight for label in labels) >= CERTAIN or len(givers) >= INDEPENDENT


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
