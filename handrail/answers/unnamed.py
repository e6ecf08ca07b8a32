"""A question that names no thing: which product's it is, is told by its words, by the page, by the talk, or by nothing.

The article that comes first is left out. What is left of its product either holds more of the question's words than any
article of another product, or one of them for sure more often, as 필터 stands all over what is said of an air purifier; or
those words are said of anything, as those of "can I take it on a plane". Only things count: what is asked about an order or an
account needs no thing to be named.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from handrail.answers.analysis.terms import FIELDS, unpack
from handrail.answers.asked_from import Page
from handrail.answers.bands import EVEN, wilson
from handrail.answers.candidates import Candidates
from handrail.answers.entries import Entry
from handrail.answers.features import COVERED, Floats, Measured
from handrail.answers.gate import Gate

WORD = FIELDS.index("word")
JUST_AHEAD = 1e-6  # in log odds

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """What the words of one question tell about its product; each part is found when it is first asked for."""

    candidates: Candidates
    measured: Measured

    @cached_property
    def of(self) -> Ints:
        """(articles,) the product of each candidate."""
        product = {row.article: row.product for row in self.candidates.rows if row.article}
        return np.array([product[article] for article in self.measured.articles], np.int64)

    @cached_property
    def held(self) -> Bools:
        """(articles, words) which words of the question stand in each, in all of its text."""
        words = self.candidates.corpus.words_held([whole.numbers for whole in self.candidates.wholes])
        place = {article: at for at, article in enumerate(self.measured.articles)}
        owner = np.array([place[whole.article] for whole in self.candidates.wholes], np.int64)
        held = np.zeros((len(self.measured.articles), words.shape[1]), np.bool_)
        np.logical_or.at(held, owner, words)
        return held

    @cached_property
    def rare(self) -> Floats:
        """(words,) how rare each is; 0 of those less than half as rare as the rarest, as "do" and "it" in "how do I reset it"."""
        idf = self.candidates.corpus.idf[WORD]
        return np.where(idf >= EVEN * idf.max(initial=0.0), idf, 0.0)

    @cached_property
    def names(self) -> dict[int, int]:
        """Product -> how many words of the question name it.

        Those that the contexts of all its topics hold, no other thing's do, and that its own articles say as often as those
        of all other things together.
        """
        contexts = self.candidates.contexts
        in_context = self._words_held(contexts.terms)
        said: dict[int, list[Bools]] = {}
        for topic, rows in contexts.place.items():
            if contexts.product[topic] in contexts.things:
                held = np.asarray(in_context[rows].any(axis=0))
                said.setdefault(contexts.product[topic], []).append(held)
        always = {product: np.all(rows, axis=0) for product, rows in said.items()}
        how_many = np.sum(list(always.values()), axis=0)
        counts = {product: self.held[self.of == product].sum(axis=0) for product in always}
        everywhere = np.sum(list(counts.values()), axis=0)
        return {
            product: int((names & (how_many == 1) & (counts[product] >= everywhere - counts[product])).sum())
            for product, names in always.items()
        }

    @property
    def things(self) -> frozenset[int]:
        return self.candidates.contexts.things

    @property
    def named(self) -> int:
        """The thing that more words name than any other; 0 where there is no such."""
        best = sorted(self.names, key=lambda each: -self.names[each])[:2]
        is_one = bool(best) and (len(best) == 1 or self.names[best[0]] > self.names[best[1]])
        return best[0] if is_one else 0

    def thing_of(self, article: int) -> int:
        """The thing an article of the candidates stands under; 0 where it stands under none."""
        place = self.measured.articles.index(article) if article in self.measured.articles else None
        product = 0 if place is None else int(self.of[place])
        return product if product in self.things else 0

    def tells(self, at: int, others: Collection[int]) -> bool:
        """Whether the words tell the product of the article at this place from those others."""
        own = int(self.of[at])
        covered, same = self.held @ self.rare, self.of == own
        same[at] = False
        among = np.isin(self.of, list(others))
        if covered[same].max(initial=0.0) > covered[among].max(initial=0.0):
            return True
        here, there = self.held[same].sum(axis=0), self.held[among].sum(axis=0)
        counts = [(int(here[word]), int(here[word] + there[word])) for word in np.flatnonzero(self.rare)]
        if any(wilson(own_ones, all_ones) > EVEN for own_ones, all_ones in counts):
            return True
        return self.names.get(own, 0) > max((self.names.get(each, 0) for each in others), default=0)

    def tells_apart(self, at: int, place: int) -> bool:
        """Whether the words tell that this article is meant, where the talk or the page is of another product.

        They do where one of them names its product, or where most of what they say, by how rare it is, is said in its
        product's other articles and in none of that place's; of what is no thing, where one stands in its topics' names and descriptions and in none of that place's.
        """
        own = int(self.of[at])
        if own not in self.things:
            return bool((self._in_contexts(own) & ~self._in_contexts(place) & (self.rare > 0)).any())
        if self.names.get(own, 0) > self.names.get(place, 0):
            return True
        same = self.of == own
        same[at] = False
        here, there = self.held[same].any(axis=0), self.held[self.of == place].any(axis=0)
        return bool(self.rare[here & ~there].sum() > EVEN * self.rare.sum())

    def _in_contexts(self, product: int) -> Bools:
        contexts = self.candidates.contexts
        rows = [
            at for topic, each in contexts.place.items() if contexts.product[topic] == product for at in each
        ]
        return np.asarray(self._words_held([contexts.terms[at] for at in rows]).any(axis=0))

    def _words_held(self, terms: list[bytes]) -> Bools:
        """(rows, words) which words of the question each of these rows holds."""
        return self.candidates.corpus.words_held([unpack(row)[WORD] for row in terms])

    def fit_others(self, at: int, others: Collection[int]) -> bool:
        """Whether what this article is asked by is said of one of the other products too.

        Each rare word of the question that it holds, other than those that its text mentions and none of its titles and
        other wordings does: that sunscreen may go on a flight makes a flight no matter of sunscreen.
        """
        own = self.held[at] & (self.rare > 0)
        elsewhere = self.held[np.isin(self.of, list(others))].any(axis=0)
        return bool(own.any()) and not bool((own & ~elsewhere & self._wordings_hold(at)).any())

    def _wordings_hold(self, at: int) -> Bools:
        article = self.measured.articles[at]
        rows = [
            row.terms
            for row in self.candidates.rows
            if row.article == article and row.kind in (Entry.Kind.TITLE, Entry.Kind.ALIAS, Entry.Kind.HEADING)
        ]
        return np.asarray(self._words_held(rows).any(axis=0))


def may_be_any(told: Told, scores: Floats, at_most: int) -> list[int]:
    """The best article of each thing that may be meant, best first; none where the first is no thing's, or its thing is told.

    Nor where the first one's own wordings hold all that is asked and those of no other do.
    """
    if not len(scores) or not told.candidates.has_meaning:
        return []
    first = int(np.argmax(scores))
    others = told.things - {int(told.of[first])}
    if int(told.of[first]) not in told.things or not np.isin(told.of, list(others)).any():
        return []
    if told.tells(first, others) or not told.fit_others(first, others):
        return []
    best: dict[int, int] = {}
    for at in np.argsort(-scores, kind="stable"):
        if (product := int(told.of[at])) in told.things:
            best.setdefault(product, int(at))
    covered = told.measured.table[:, COVERED]
    if covered[first] >= 1 and covered[list(best.values())[1:]].max(initial=0.0) < 1:
        return []
    return [told.measured.articles[at] for at in best.values()][:at_most]


def of_its_place(
    page: Page, told: Told, scores: Floats, confidence: float, gate: Gate
) -> tuple[Floats, float]:
    """Scores and confidence where the place says which thing is meant: its articles first, as sure as by themselves.

    They stay behind what the words tell to be another's, and behind an answer that is no thing's. What was worth choices
    still is, and the others stand beside them.
    """
    first, mine = int(np.argmax(scores)), told.of == page.product
    own = int(told.of[first])
    if page.product not in told.things or own == page.product or told.tells_apart(first, page.product):
        return scores, confidence
    sure = _alone(told.measured, scores, mine, gate)
    if own not in told.things and confidence >= gate.answer_from:
        return scores, confidence
    if not mine.any():
        return scores, min(confidence, float(np.nextafter(gate.answer_from, 0.0)))
    lifted = scores.copy()
    lifted[mine] += scores[~mine].max() - scores[mine].max() + JUST_AHEAD
    return lifted, max(sure, min(confidence, gate.choices_from))


def _alone(measured: Measured, scores: Floats, rows: Bools, gate: Gate) -> float:
    """How sure the first of these would be with no others beside them."""
    articles = [article for article, is_one in zip(measured.articles, rows, strict=True) if is_one]
    alone = replace(measured, articles=articles, table=measured.table[rows])
    return gate.coefficients.confidence(alone, scores[rows])
