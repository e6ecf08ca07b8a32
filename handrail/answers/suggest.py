"""Articles while somebody is still typing: by the beginning of a word, by initial consonants, in either layout.

    환ㅂ, 환불, ㅎㅂ, ghksqnf, refu  ->  환불 신청하는 방법

From the third word on, the whole question is understood as `answer` would, and what it finds is added.
"""

from __future__ import annotations

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import published_texts, rank
from handrail.answers.beginnings import by_beginning
from handrail.answers.gate import gate_for
from handrail.answers.keyboard import is_initials
from handrail.answers.normalise import normalise
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


def _asked(typed: str, viewer: Viewer, locale: str, product: Product | None) -> dict[int, float]:
    ranked = rank(typed, viewer, gate=gate_for(locale, "portal"), product=product)
    return {article: ranked.chances[article] for article in ranked.order[:SUGGESTIONS]}
