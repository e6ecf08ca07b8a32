"""The page somebody asks from speaks for what stands beside it: a preference among candidates, never a filter.

How much it speaks is counted, not set. Of the questions of this site that were asked from a page and solved, how many
were solved in the page's own topic, elsewhere in its product, or outside of it? Beside the share of all articles that
stand there, that is how much likelier such a candidate is, and the logarithm of it is added to its score. Before any
question was solved, each of the places is taken to be equally likely (the rule of succession).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from django.db import connection

from handrail.answers.asks import Ask
from handrail.answers.candidates import Candidates
from handrail.answers.entries import IndexState
from handrail.answers.features import Floats, Measured
from handrail.answers.gate import Gate
from handrail.answers.wholes import Whole
from handrail.core import clock
from handrail.knowledge.models import Article, Product, Topic

COUNTED = timedelta(days=365)
TOPIC, PRODUCT, ELSEWHERE = range(3)
FROM_ARTICLE, FROM_PRODUCT = (
    "article",
    "product",
)  # what kind of page; IndexState.habits counts each by itself


@dataclass(frozen=True)
class Page:
    """Where a question was asked. `topic` is that of the article that was open; none on a product's own page.

    is_said  no page: the talk was about this product before, which speaks only for what names nothing else (unnamed.py)
    """

    product: int
    topic: int | None = None
    is_said: bool = False

    @classmethod
    def of(cls, article: Article | None, product: Product | None = None) -> Page | None:
        """The page of an article, or else of a product; None of neither."""
        if article is not None:
            return cls(article.topic.product_id, article.topic_id)
        return cls(product.pk) if product is not None else None

    @property
    def kind(self) -> str:
        return FROM_ARTICLE if self.topic else FROM_PRODUCT

    def place_of(self, topic: int, product: int) -> int:
        """Where an article of this topic and product stands, seen from the page."""
        if self.topic and topic == self.topic:
            return TOPIC
        return PRODUCT if product == self.product else ELSEWHERE


@dataclass(frozen=True)
class Shelves:
    """How many articles each topic holds, and the product of each topic, as of one state of the index."""

    stamp: str = ""
    articles: Counter[int] = field(default_factory=Counter)
    product: dict[int, int] = field(default_factory=dict)


_kept: dict[str, Shelves] = {}


def preferred(
    page: Page, candidates: Candidates, measured: Measured, plain: Floats, sure: float, gate: Gate
) -> tuple[Floats, float]:
    """Scores with what the page says added, and the confidence: never more than without it, unless it changed the first."""
    topics = {whole.article: whole.topic for whole in candidates.wholes}
    stand = [topics.get(article, 0) for article in measured.articles]
    scores = plain + preferences(page, stand, candidates.state)
    there = gate.coefficients.confidence(measured, scores)
    was_first = plain >= plain.max() - 1e-9
    is_the_same = was_first.sum() == 1 and bool(was_first[int(np.argmax(scores))])
    return scores, min(sure, there) if is_the_same else there


def preferences(page: Page, topics: Sequence[int], state: IndexState) -> Floats:
    """What is added to the score of candidates that stand in these topics; the same for all where nothing tells them apart."""
    shelves = _shelves(state.stamp)
    held = np.zeros(3)
    for topic, count in shelves.articles.items():
        held[page.place_of(topic, shelves.product.get(topic, 0))] += count
    there = held > 0
    solved = np.array(state.habits.get(page.kind, [0, 0, 0]), np.float64)
    likely = np.where(there, solved + 1.0, 0.0)
    likely /= max(likely.sum(), 1.0)
    share = held / max(held.sum(), 1.0)
    speaks = np.zeros(3)
    speaks[there] = np.log(likely[there] / share[there])
    return speaks[[page.place_of(topic, shelves.product.get(topic, 0)) for topic in topics]]


def count_habits() -> dict[str, list[int]]:
    """Count anew where questions asked from a page were solved, and keep it with the index.

    Each voice counts once for each kind of page and place, so that nobody moves it alone.
    """
    since = clock.now() - COUNTED
    asks = Ask.objects.filter(at__gte=since, from_product__isnull=False, solved_by__isnull=False)
    columns = ("asker_key", "place", "from_product_id", "from_topic_id", "solved_by__topic_id")
    voices = set()
    for key, network, product, topic, solved, within in asks.values_list(
        *columns, "solved_by__topic__product_id"
    ).iterator():
        page = Page(product, topic)
        if voice := network or key:
            voices.add((voice, page.kind, page.place_of(solved, within)))
    counts = {FROM_ARTICLE: [0, 0, 0], FROM_PRODUCT: [0, 0, 0]}
    for _voice, kind, place in voices:
        counts[kind][place] += 1
    if IndexState.now().habits != counts:
        IndexState.move(habits=counts)
    return counts


def _shelves(stamp: str) -> Shelves:
    kept = _kept.get(connection.alias)
    if kept is None or not stamp or kept.stamp != stamp:
        stands = set(Whole.objects.values_list("article_id", "topic_id"))
        product = dict(Topic.objects.values_list("pk", "product_id"))
        articles = Counter(topic for _article, topic in stands)
        kept = _kept[connection.alias] = Shelves(stamp, articles, product)
    return kept
