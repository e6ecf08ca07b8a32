"""Thirty days of readers: how often each article was read, and what people said of it."""

from __future__ import annotations

import random
from datetime import datetime

from django.db import transaction

from demo.data import days_before, number_of
from handrail.accounts.viewer import STRANGER
from handrail.core import clock
from handrail.core.events.ledger import of_the_past
from handrail.knowledge import feedback
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience

DAYS = 30
# What one in three of those who say no writes.
WORDS = {
    "ko": {
        "unclear": "어느 화면에서 누르는지 사진이 있으면 좋겠어요",
        "outdated": "앱이 바뀌어서 그 버튼이 안 보여요",
        "other": "글이 너무 길어서 필요한 곳을 찾기 어려워요",
    },
    "en": {
        "unclear": "A picture of the screen would help",
        "outdated": "The app looks different now, I can't find that button",
    },
}
READING_DAYS = 8  # of those thirty on which reads are counted, so that the build stays short
REASONS = ("not_my_question", "unclear", "unclear", "outdated", "other")


def spread(articles: dict[str, Article], now: datetime) -> tuple[int, int]:
    """Give every article its readers. Returns verdicts and reads."""
    verdicts = reads = 0
    for name, article in articles.items():
        chance = random.Random(number_of(name))
        with transaction.atomic(), of_the_past():
            for text in article.translations.all():
                # Most readers read Korean; pinned and troubleshooting articles are what people come for.
                share = (6 if text.locale == "ko" else 2) * _pull(article)
                reads += _read(article, text.locale, chance, share * 18, now)
                verdicts += _judge(article, text.locale, chance, share, now)
    return verdicts, reads


def _pull(article: Article) -> int:
    if article.audience != Audience.PUBLIC:
        return 1
    return 4 if article.is_pinned else 2 if article.kind in ("troubleshooting", "faq", "how-to") else 1


def _read(article: Article, locale: str, chance: random.Random, total: int, now: datetime) -> int:
    days = chance.sample(range(DAYS), READING_DAYS)
    counts = [max(1, int(total / READING_DAYS * chance.uniform(0.5, 1.5))) for _day in days]
    for day, count in zip(days, counts, strict=True):
        with clock.at(days_before(now, day)):
            feedback.count_read(article.pk, locale=locale, times=count)
    return sum(counts)


def _judge(article: Article, locale: str, chance: random.Random, share: int, now: datetime) -> int:
    count = int(share * chance.uniform(0.6, 1.6))
    liking = chance.uniform(0.62, 0.95)
    for reader in range(count):
        days = chance.uniform(0.1, DAYS - 0.5)
        is_helpful = chance.random() < liking
        reason = "" if is_helpful else chance.choice(REASONS)
        with clock.at(days_before(now, days)):
            feedback.give(
                article,
                locale=locale,
                is_helpful=is_helpful,
                reason=reason,
                text=WORDS[locale].get(reason, "") if reader % 3 == 0 else "",
                reader=f"demo-{locale}-{reader}",
                by=STRANGER,
            )
    return count
