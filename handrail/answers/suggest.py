"""Articles while somebody is still typing: by the beginning of a word, by initial consonants, in either layout.

    환ㅂ, 환불, ㅎㅂ, ghksqnf, refu  ->  환불 신청하는 방법

From the third word on, the whole question is understood as `answer` would, and what it finds is added.
"""

from __future__ import annotations

from itertools import islice

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer, rank
from handrail.answers.beginnings import by_beginning
from handrail.answers.features import COVERED
from handrail.answers.gate import gate_for
from handrail.answers.keyboard import is_initials
from handrail.answers.normalise import normalise
from handrail.answers.published import published_texts
from handrail.answers.results import Hit
from handrail.knowledge.models import Product

SUGGESTIONS = 6
WORDS_ASK = 3  # words that make a question of what was typed


def suggest(
    typed: str, viewer: Viewer, *, locale: str, product: Product | None = None, limit: int = SUGGESTIONS
) -> list[Hit]:
    """Articles for what has been typed so far, best first; nothing is stored.

    A hit's confidence is 0 where it was found by its beginning only.
    """
    whole = normalise(typed)
    if not whole:
        return []
    chances = dict.fromkeys(by_beginning(typed, viewer, locale, product), 0.0)
    if len(whole.split()) >= WORDS_ASK:
        chances = _asked(typed, viewer, locale, product) | chances
    elif len(chances) < limit and len(whole) > 1 and not is_initials(whole):
        asked = _asked(typed, viewer, locale, product)
        chances |= {article: chance for article, chance in asked.items() if article not in chances}
    texts = published_texts(list(chances)[: 2 * limit], viewer, locale)
    shown = [(texts[pk], chances[pk]) for pk in chances if pk in texts]
    return [
        Hit(text.article, text.title, text.slug, text.locale, locale, chance, version=text.version)
        for text, chance in shown[:limit]
    ]


def findable(words: str, viewer: Viewer, *, locale: str, limit: int = SUGGESTIONS) -> list[Hit]:
    """Articles for a search of words, best first: those a title begins with, and those the engine would offer; nothing
    else, and nothing is stored.

    A hit's confidence is 0 where it was found by its beginning only.
    """
    if not normalise(words):
        return []
    offered = {
        hit.article: hit
        for hit in answer(words, viewer, locale=locale, channel="desk", remember=False).offered
    }
    begun = by_beginning(words, viewer, locale, None)
    texts = published_texts([pk for pk in begun[:limit] if pk not in offered], viewer, locale)
    found = offered | {
        pk: Hit(pk, text.title, text.slug, text.locale, locale, 0.0, version=text.version)
        for pk, text in texts.items()
    }
    first = [pk for pk in begun if pk in found]
    others = [pk for pk in offered if pk not in first]
    order = [*others, *first] if len(words.split()) >= WORDS_ASK else [*first, *others]
    return [found[pk] for pk in order[:limit]]


def _asked(typed: str, viewer: Viewer, locale: str, product: Product | None) -> dict[int, float]:
    """Article -> its chance, of those the engine would offer; where it would offer none, of those that hold a word typed."""
    gate = gate_for(locale, "portal")
    ranked = rank(typed, viewer, gate=gate, product=product)
    covered = dict(zip(ranked.measured.articles, ranked.measured.table[:, COVERED], strict=True))
    is_likely = ranked.hope >= ranked.gate.choices_from
    found = (article for article in ranked.order if is_likely or covered[article] > 0)
    return {article: ranked.chances[article] for article in islice(found, SUGGESTIONS)}
