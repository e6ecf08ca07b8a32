"""The words of an article that was picked from the choices."""

from __future__ import annotations

import time
from dataclasses import replace

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import published_texts
from handrail.answers.asks import Ask
from handrail.answers.candidates import draw
from handrail.answers.question import understand
from handrail.answers.quotation import Quoted, quote, quoting
from handrail.answers.results import Hit, Result
from handrail.knowledge.models import Product, Topic


def chosen(number: int, question: str, viewer: Viewer, *, locale: str) -> Result:
    """The passage of article `number` that fits the question, as an answer; a hand-over where the viewer may not read it.

    It is not provisional: the asker picked the article themselves. Nothing is stored; the question is kept already.
    """
    began = time.perf_counter()
    text = published_texts([number], viewer, locale).get(number)
    if text is None:
        return Result(outcome=Ask.Outcome.HANDOVER, locale=locale)
    candidates = draw(understand(question or text.title), viewer, product=None)
    hit = Hit(text.article, text.title, text.slug, text.locale, locale, 1.0, version=text.version)
    hit = quoting(hit, quote(text, candidates, viewer) or Quoted(text.title))
    spent = (time.perf_counter() - began) * 1000
    result = Result(
        outcome=Ask.Outcome.ANSWER, locale=locale, answer=hit, is_provisional=False, milliseconds=spent
    )
    return replace(result, thing=_thing_of(number))


def _thing_of(article: int) -> int:
    of_things = Topic.objects.filter(product__kind=Product.Kind.PRODUCT, articles=article)
    return of_things.values_list("product_id", flat=True).first() or 0
