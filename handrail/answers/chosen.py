"""The words of an article that is certain already, chosen by a question: it was picked, or found by more words than these."""

from __future__ import annotations

import time
from dataclasses import replace

from handrail.accounts.viewer import Viewer
from handrail.answers.asks import Ask
from handrail.answers.candidates import draw
from handrail.answers.published import published_texts
from handrail.answers.question import understand
from handrail.answers.quotation import Quoted, glimpse, quote, quoting
from handrail.answers.results import Hit, Result, Text
from handrail.knowledge.models import Product, Topic


def chosen(number: int, question: str, viewer: Viewer, *, locale: str) -> Result:
    """The passage of article `number` that fits the question, as an answer; a hand-over where the viewer may not read it.

    It is not provisional: the asker picked the article themselves. Nothing is stored; the question is kept already.
    """
    began = time.perf_counter()
    text = published_texts([number], viewer, locale).get(number)
    if text is None:
        return Result(outcome=Ask.Outcome.HANDOVER, locale=locale)
    hit = Hit(text.article, text.title, text.slug, text.locale, locale, 1.0, version=text.version)
    hit = quoting(hit, _fitting(text, question or text.title, viewer) or Quoted(text.title))
    spent = (time.perf_counter() - began) * 1000
    result = Result(
        outcome=Ask.Outcome.ANSWER, locale=locale, answer=hit, is_provisional=False, milliseconds=spent
    )
    return replace(result, thing=_thing_of(number))


def quoted_for(result: Result, question: str, viewer: Viewer) -> Result:
    """The result with the passage of its article that fits this question, where it quotes one article in its own words."""
    hit = result.answer
    if hit is None or not hit.article or hit.quoted or result.parts:
        return result
    text = published_texts([hit.article], viewer, result.locale).get(hit.article)
    quoted = _fitting(text, question, viewer) if text else None
    return replace(result, answer=quoting(replace(hit, spot=""), quoted)) if quoted else result


def glimpses(result: Result, viewer: Viewer) -> dict[int, str]:
    """By article, what of each choice comes near the question: for the cards among which the asker chooses."""
    if result.drawn is None or not result.choices:
        return {}
    texts = published_texts([hit.article for hit in result.choices], viewer, result.locale)
    return {article: glimpse(text, result.drawn, viewer) for article, text in texts.items()}


def _fitting(text: Text, question: str, viewer: Viewer) -> Quoted | None:
    return quote(text, draw(understand(question), viewer), viewer)


def _thing_of(article: int) -> int:
    of_things = Topic.objects.filter(product__kind=Product.Kind.PRODUCT, articles=article)
    return of_things.values_list("product_id", flat=True).first() or 0
