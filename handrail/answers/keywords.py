"""Keyword answers: words an author ties to one article's answer, given whatever the engine would say. No model is needed.

The prepared answer is an article, so it is read, translated, hidden and marked as helpful as every other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from django.db import models, transaction

from handrail.accounts.viewer import Viewer
from handrail.answers.analysis.stem import stem
from handrail.answers.asks import Ask
from handrail.answers.entries import IndexState
from handrail.answers.normalise import normalise
from handrail.answers.passages import sections
from handrail.answers.results import Hit, Result
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.models import Article, Product

WORDS_MAX, WORD_CHARS_MAX = 30, 40
Tied = tuple[list[str], int]  # words, and the number of the article they lead to
HANGUL = re.compile(r"[가-힣]")
PARTICLES = [
    "이라도",
    "라도",
    "이라고",
    "라고",
    "이라는",
    "라는",
    "이라면",
    "라면",
    "이란",
    "란",
    "이랑",
    "랑",
    "이나",
    "나",
    "이든",
    "든",
    "이며",
    "며",
    "이고",
    "이요",
    "요",
    "이에요",
    "예요",
    "이예요",
    "이야",
    "야",
    "입니다",
    "인가요",
    "인가",
    "인데요",
    "인데",
    "인지",
    "은커녕",
    "커녕",
    "에서",
    "에게",
    "에는",
    "에도",
    "에",
    "께서",
    "께",
    "한테",
    "으로",
    "로",
    "와",
    "과",
    "하고",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "도",
    "만",
    "까지",
    "부터",
    "마저",
    "조차",
    "밖에",
    "보다",
    "처럼",
    "만큼",
    "대로",
    "마다",
    "뿐",
    "들",
    "좀",
    "건",
    "관련",
    "문의",
    "때문",
]
# What makes a verb of a noun: 환불해 주세요, 환불받고, 환불됐나요. Whatever follows belongs to the verb.
VERBS = "하 해 했 한 할 함 합 되 돼 됐 된 될 됨 됩 받 시키 시켜 시킨 안 못"
TAIL = re.compile(rf"(?:{'|'.join(PARTICLES)})*|(?:{'|'.join(VERBS.split())})[가-힣]*")


class KeywordAnswer(models.Model):
    """Words that lead to one article."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="+")
    words = models.JSONField(default=list)

    def __str__(self) -> str:
        return ", ".join(self.words)

    @classmethod
    @transaction.atomic
    def tie(cls, words: Sequence[str], article: Article, *, by: CanAct) -> KeywordAnswer:
        """Give the answer of `article` to whoever says one of the words; in place of the words it had."""
        tied, _made = cls.objects.update_or_create(article=article, defaults={"words": tidy(words)})
        record("keywords.tied", tied, by=by, article=article.pk, words=tied.words)
        IndexState.move()
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
) -> Result:
    """The result, or in its place the answer tied to a word of the question; the longest word decides.

    ties      what tied_now gives
    readings  the question as it was typed, and as it was meant where the keyboard layout was the wrong one
    """
    found = [
        (len(word), article)
        for words, article in ties
        for word in words
        if any(says(reading, word) for reading in readings)
    ]
    for _length, number in sorted(found, key=lambda each: (-each[0], each[1])):
        article = Article.objects.visible_to(viewer).filter(pk=number).with_published().first()
        if article and product and article.topic.product_id != product.pk:
            continue
        text = article.published(locale) if article else None
        if article is None or text is None or text.published is None:
            continue
        short = "\n".join(sections(text.published.html)[0].blocks) if text.published.text else text.title
        hit = Hit(article.pk, text.title, text.slug, text.locale, locale, 1.0, text=short or text.title)
        others = [each for each in result.considered if each.article != article.pk]
        return replace(
            result,
            outcome=Ask.Outcome.ANSWER,
            answer=hit,
            choices=[each for each in result.choices if each.article != article.pk],
            considered=[hit, *others],
            # Nobody guessed: an author said so.
            is_provisional=False,
        )
    return result


def says(sentence: str, word: str) -> bool:
    """Whether a sentence holds the word, with whatever particle or verb ending Korean puts behind it.

    >>> says("환불은 언제 되나요?", "환불"), says("환불금 조회", "환불"), says("I was refunded twice", "refund")
    (True, False, True)
    """
    text = normalise(sentence)
    if HANGUL.search(word):
        return any(TAIL.fullmatch(found[1]) for found in _pattern(word).finditer(text))
    return _english(word) in f" {' '.join(stem(part) for part in re.findall(r'[a-z0-9]+', text))} "


@lru_cache(maxsize=2_000)
def _pattern(word: str) -> re.Pattern[str]:
    # Between the parts of a word people leave the space out, or put one in.
    spaced = r"\s*".join(re.escape(part) for part in word.split())
    return re.compile(rf"(?<![0-9a-z가-힣]){spaced}([가-힣]*)(?![0-9a-z])")


@lru_cache(maxsize=2_000)
def _english(word: str) -> str:
    return f" {' '.join(stem(part) for part in re.findall(r'[a-z0-9]+', word))} "
