"""Where an article stands, in words: its product's and topic's names and what is said of them, as questions name them too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from django.db import connection, models, transaction
from numpy.typing import NDArray

from handrail.answers.analysis.terms import hashed, pack, terms_of
from handrail.answers.encoder import DIMENSIONS, width
from handrail.answers.entries import IndexState, Vector
from handrail.answers.normalise import normalise
from handrail.answers.projection import analyse, analyser, text_hash
from handrail.knowledge.models import Product, ProductText, Topic
from handrail.knowledge.products import Named, NamedText
from handrail.workspace.locales import LOCALES, LocaleField

Floats = NDArray[np.float32]


class Context(models.Model):
    """What a topic's page would say above its articles, in one language."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    locale = LocaleField()
    text = models.TextField()
    text_hash = models.CharField(max_length=32)
    terms = models.BinaryField(help_text="analysis/terms.py, pack")
    analyser = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "locale"], name="one_context_a_topic_and_a_language")
        ]

    def __str__(self) -> str:
        return self.text[:60]


@dataclass(frozen=True)
class Contexts:
    """Every topic's contexts as one process keeps them.

    place    topic -> its rows of `terms` and `vectors`
    product  topic -> its product
    names    product -> the words of its names, in any language, as numbers of analysis/terms.py
    things   products that are things one can name, and no services
    """

    stamp: str = ""
    model: str = ""
    place: dict[int, list[int]] = field(default_factory=dict)
    product: dict[int, int] = field(default_factory=dict)
    names: dict[int, NDArray[np.uint32]] = field(default_factory=dict)
    things: frozenset[int] = frozenset()
    terms: list[bytes] = field(default_factory=list)
    vectors: Floats = field(default_factory=lambda: np.zeros((0, DIMENSIONS), np.float32))


_kept: dict[str, Contexts] = {}


def known(stamp: str, model: str) -> Contexts:
    """The contexts as of this state of the index; without vectors where `model` is ""."""
    kept = _kept.get(connection.alias)
    if kept is None or not stamp or (kept.stamp, kept.model) != (stamp, model):
        kept = _kept[connection.alias] = _read(stamp, model)
    return kept


def _read(stamp: str, model: str) -> Contexts:
    mine = Vector.objects.by(model).filter(text_hash=models.OuterRef("text_hash")).values("numbers")[:1]
    columns = ("topic_id", "topic__product_id", "topic__product__kind", "terms")
    rows = list(Context.objects.order_by("pk").values_list(*columns, models.Subquery(mine)))
    place: dict[int, list[int]] = {}
    vectors = np.zeros((len(rows), width(model)), np.float32)
    for at, (topic, *_of, numbers) in enumerate(rows):
        place.setdefault(topic, []).append(at)
        if numbers is not None:
            vectors[at] = np.frombuffer(bytes(numbers), "<f2")
    product = {topic: within for topic, within, *_others in rows}
    things = frozenset(within for _topic, within, kind, *_others in rows if kind == Product.Kind.PRODUCT)
    held = [bytes(terms) for *_of, terms, _numbers in rows]
    return Contexts(stamp, model, place, product, _names(), things, held, vectors)


def _names() -> dict[int, NDArray[np.uint32]]:
    # By rule, whoever reads: names are nouns, and a process without the analyser must know them too.
    words: dict[int, tuple[str, ...]] = {}
    for product, name in ProductText.objects.order_by("pk").values_list("product_id", "name"):
        words[product] = (*words.get(product, ()), *terms_of(normalise(name)).word)
    return {product: hashed(said) for product, said in words.items()}


@transaction.atomic
def renew(topics: Iterable[Topic]) -> int:
    """Make the contexts of these topics say what their names say now. Returns how many changed."""
    made_by, wanted = analyser(), {}
    for topic in topics:
        for locale in LOCALES:
            wanted[topic.pk, locale] = words_of(topic, locale)
    rows = {
        (row.topic_id, row.locale): row
        for row in Context.objects.filter(topic__in={topic for topic, _locale in wanted})
    }
    gone = [row.pk for key, row in rows.items() if not wanted[key]]
    stale = {
        key: text
        for key, text in wanted.items()
        if text and (key not in rows or (rows[key].text, rows[key].analyser) != (text, made_by))
    }
    if not stale and not gone:
        return 0
    Context.objects.filter(pk__in=gone).delete()
    for ((topic_id, locale), text), terms in zip(stale.items(), analyse(list(stale.values())), strict=True):
        said = {"text": text, "text_hash": text_hash(text), "terms": pack(terms), "analyser": made_by}
        Context.objects.update_or_create(topic_id=topic_id, locale=locale, defaults=said)
    IndexState.move()
    return len(stale) + len(gone)


def words_of(topic: Topic, locale: str) -> str:
    """Product, the topics above, and the topic: names and descriptions in this very language; "" where there are none."""
    return " ".join(
        f"{said.name}. {said.description}".strip()
        for named in (topic.product, *topic.above(), topic)
        for said in _texts(named)
        if said.locale == locale
    )


def _texts(named: Named) -> list[NamedText]:
    return list(named.texts.all())  # type: ignore[attr-defined]


def stale() -> list[Topic]:
    """Topics without a context, or with one of another analyser than this process has."""
    current = Context.objects.filter(topic=models.OuterRef("pk"), analyser=analyser())
    return list(Topic.objects.filter(~models.Exists(current)).with_texts())


def wanting(model: str) -> dict[str, str]:
    """Contexts without a vector of this model: text hash -> text."""
    made = Vector.objects.by(model).filter(text_hash=models.OuterRef("text_hash"))
    return dict(Context.objects.filter(~models.Exists(made)).values_list("text_hash", "text"))
