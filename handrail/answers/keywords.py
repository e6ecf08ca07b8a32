"""Keyword answers: words an author ties to one article's answer, given whatever the engine would say. No model is needed.

The prepared answer is an article, so it is read, translated, hidden and marked as helpful as every other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from django.db import models, transaction

from handrail.accounts.viewer import Viewer
from handrail.answers.analysis.stem import stem
from handrail.answers.asked_from import Page
from handrail.answers.asks import Ask
from handrail.answers.bands import CHOICES
from handrail.answers.entries import IndexState
from handrail.answers.normalise import normalise
from handrail.answers.noun_endings import is_ending
from handrail.answers.passages import sections
from handrail.answers.results import Hit, Result
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.models import Article, Product, Translation

WORDS_MAX, WORD_CHARS_MAX = 30, 40
Tied = tuple[list[str], int]  # words, and the number of the article they lead to
HANGUL = re.compile(r"[가-힣]")


class WordTaken(ValueError):
    """`word` leads to `article` already, which stands in the same product and is written in a language of the other's."""

    def __init__(self, word: str, article: Article) -> None:
        super().__init__(f"{word!r} leads to {article} already.")
        self.word, self.article = word, article


class KeywordAnswer(models.Model):
    """Words that lead to one article. A word leads to one only within a product and a language."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="+")
    words = models.JSONField(default=list)

    def __str__(self) -> str:
        return ", ".join(self.words)

    @classmethod
    @transaction.atomic
    def tie(cls, words: Sequence[str], article: Article, *, by: CanAct) -> KeywordAnswer:
        """Give the answer of `article` to whoever says one of the words; in place of the words it had. Raises WordTaken."""
        # Before the others are read: it makes two who tie at the same time come one after the other.
        IndexState.move()
        tied, _made = cls.objects.update_or_create(article=article, defaults={"words": tidy(words)})
        twice = next((each for each in doubles() if article in each.articles), None)
        if twice:
            raise WordTaken(twice.word, next(each for each in twice.articles if each != article))
        record("keywords.tied", tied, by=by, article=article.pk, words=tied.words)
        return tied

    @transaction.atomic
    def untie(self, *, by: CanAct) -> None:
        """Leave the words to the engine again; the article stays."""
        record("keywords.untied", self, by=by, article=self.article_id, words=self.words)
        self.delete()
        IndexState.move()


def tidy(words: Iterable[str]) -> list[str]:
    """The words as they are compared: normalised, each once, none empty."""
    found = dict.fromkeys(normalise(word)[:WORD_CHARS_MAX] for word in words)
    return [word for word in found if word][:WORDS_MAX]


@dataclass(frozen=True)
class Double:
    """A word that leads to two articles of one product that share a language."""

    word: str
    articles: tuple[Article, Article]


def doubles() -> list[Double]:
    """Every word that leads to two articles at once: tied before that was refused, brought in, or moved together later."""
    ties = KeywordAnswer.objects.filter(article__archived_at=None).order_by("article")
    ties = ties.select_related("article__topic").prefetch_related("article__translations")
    by_product: dict[tuple[int, str], list[tuple[str, Article]]] = {}
    for tie in ties:
        for word in tie.words:
            place = (tie.article.topic.product_id, spelled(word))
            by_product.setdefault(place, []).append((word, tie.article))
    return [double for alike in by_product.values() for double in _of_one_language(alike)]


def _of_one_language(alike: Sequence[tuple[str, Article]]) -> Iterator[Double]:
    for (word, one), (_word, other) in combinations(alike, 2):
        languages = {text.locale for text in one.translations.all()}
        if one != other and not languages.isdisjoint(text.locale for text in other.translations.all()):
            yield Double(word, (one, other))


def spelled(word: str) -> str:
    """What two words share that are said by the same sentences: their stems in English, their letters in Korean."""
    return "".join(word.split()) if HANGUL.search(word) else _english(word)


def tied_now(stamp: str) -> list[Tied]:
    """Every tie, as of the index's stamp: each change moves it, so no question but the first after one reads them."""
    # Before the first article there is no stamp to keep anything under.
    return _tied(stamp) if stamp else _tied.__wrapped__(stamp)


@lru_cache(maxsize=2)
def _tied(stamp: str) -> list[Tied]:
    return list(KeywordAnswer.objects.values_list("words", "article_id"))


def answer_instead(
    result: Result,
    readings: Sequence[str],
    viewer: Viewer,
    *,
    locale: str,
    product: Product | None,
    ties: Iterable[Tied],
    page: Page | None = None,
) -> Result:
    """The result, or in its place the answer tied to a word of the question; the longest word decides.

    Of several products' answers to one word that of the page's product is given; where there is no such page, a choice.

    ties      what tied_now gives
    readings  the question as it was typed, and as it was meant where the keyboard layout was the wrong one
    """
    found: dict[int, int] = {}  # article -> length of its longest word that was said
    for words, article in ties:
        said = [len(word) for word in words if any(says(reading, word) for reading in readings)]
        if said:
            found[article] = max(said)
    if not found:
        return result
    hits = _prepared(found, viewer, locale, product, page)
    if not hits:
        return result
    given = {hit.article for hit in hits}
    others = [each for each in result.considered if each.article not in given]
    if len(hits) > 1:
        return replace(result.asked_back(hits), is_provisional=False)
    return replace(
        result,
        outcome=Ask.Outcome.ANSWER,
        answer=hits[0],
        choices=[each for each in result.choices if each.article not in given],
        considered=[*hits, *others],
        # Nobody guessed: an author said so.
        is_provisional=False,
    )


def _prepared(
    found: dict[int, int], viewer: Viewer, locale: str, product: Product | None, page: Page | None
) -> list[Hit]:
    """The answers of the longest word that has any: one of each product that may be meant, the page's alone if it has one."""
    readable = Article.objects.visible_to(viewer).filter(pk__in=found).select_related("topic")
    if product:
        readable = readable.filter(topic__product=product)
    texts = [(each, text) for each in readable.with_published() if (text := each.published(locale))]
    if not texts:
        return []
    longest = max(found[article.pk] for article, _text in texts)
    texts = [(article, text) for article, text in texts if found[article.pk] == longest]
    # Of two tied to one word the one in the reader's language, then the older one.
    texts.sort(key=lambda each: (each[1].locale != locale, each[0].pk))
    of: dict[int, Hit] = {}
    for article, text in texts:
        of.setdefault(article.topic.product_id, _hit(article, text, locale))
    if page and page.product in of:
        return [of[page.product]]
    return list(of.values())[:CHOICES]


def _hit(article: Article, text: Translation, locale: str) -> Hit:
    published = text.published
    assert published is not None  # with_published
    short = "\n".join(sections(published.html)[0].blocks) if published.text else text.title
    return Hit(article.pk, text.title, text.slug, text.locale, locale, 1.0, text=short or text.title)


def says(sentence: str, word: str) -> bool:
    """Whether a sentence holds the word, with whatever particle or verb ending Korean puts behind it.

    >>> says("환불은 언제 되나요?", "환불"), says("환불금 조회", "환불"), says("I was refunded twice", "refund")
    (True, False, True)
    """
    text = normalise(sentence)
    if HANGUL.search(word):
        return any(is_ending(found[1], found[2]) for found in _pattern(word).finditer(text))
    return _english(word) in f" {' '.join(stem(part) for part in re.findall(r'[a-z0-9]+', text))} "


@lru_cache(maxsize=2_000)
def _pattern(word: str) -> re.Pattern[str]:
    # Between the parts of a word people leave the space out, or put one in.
    spaced = r"\s*".join(re.escape(part) for part in word.split())
    return re.compile(rf"(?<![0-9a-z가-힣])({spaced})([가-힣]*)(?![0-9a-z])")


@lru_cache(maxsize=2_000)
def _english(word: str) -> str:
    return f" {' '.join(stem(part) for part in re.findall(r'[a-z0-9]+', word))} "
