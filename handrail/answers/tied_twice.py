"""What is to be told after an archive came in: words that lead to two articles of one product."""

from __future__ import annotations

from django.utils import translation

from handrail.answers.keywords import Double, doubles
from handrail.knowledge.importing.report import NOTE, Entry


def words_that_lead_twice() -> list[Entry]:
    """A remark for each of them; both ties came in as they were, and the article that is older is given."""
    return [_remark(each, translation.get_language() or "") for each in doubles()]


def _remark(double: Double, locale: str) -> Entry:
    one, other = double.articles
    details = {"one": one.title_in(locale), "other": other.title_in(locale)}
    return Entry(NOTE, double.word, reason="keyword_twice", details=details, article=other.pk)
