"""What somebody was shown for the question they searched by, so that the person they go on to knows it too.

The key of the question travels in addresses that are easily passed on. So it tells nothing by itself: it must come with the
very words that were asked, from the same browser, account or network, on the same day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from handrail.accounts.viewer import Viewer
from handrail.answers.asks import Ask
from handrail.answers.bands import CHOICES
from handrail.answers.normalise import mask
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.knowledge.models import Article

SHOWN_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Shown:
    """An article the results showed. is_quoted: its words stood there; is_refused: its asker said that none of it was it."""

    article: Article
    is_quoted: bool
    is_refused: bool

    def entry(self, locale: str) -> dict[str, object]:
        """As a conversation keeps it among what was tried; {} where there is no text to name it by."""
        text = self.article.published(locale)
        if text is None:
            return {}
        quoted = {"quoted": True} if self.is_quoted else {}
        verdict = {"helped": False} if self.is_refused else {}
        return {"kind": "shown", "article": self.article.pk, "title": text.title, **quoted, **verdict}


def searched(key: str, question: str, viewer: Viewer) -> list[Shown]:
    """What was quoted, else what was offered to choose from, best first; nothing where the question is not this viewer's."""
    ask = (
        Ask.objects.filter(key=key, at__gte=clock.now() - SHOWN_WITHIN).first() if key and question else None
    )
    if ask is None or not _is_of(viewer, ask) or _words(ask.text) != _words(mask(question)):
        return []
    numbers = _numbers(ask)
    articles = Article.objects.visible_to(viewer).filter(pk__in=numbers).with_published().in_bulk()
    is_refused = Event.objects.about(ask).filter(verb="ask.refused").exists()
    is_quoted = ask.outcome == Ask.Outcome.ANSWER
    return [Shown(articles[number], is_quoted, is_refused) for number in numbers if number in articles]


def _is_of(viewer: Viewer, ask: Ask) -> bool:
    is_same_voice = bool(ask.asker_key) and ask.asker_key == viewer.voice
    return is_same_voice or (bool(ask.place) and ask.place == viewer.place)


def _numbers(ask: Ask) -> list[int]:
    if ask.outcome == Ask.Outcome.HANDOVER:
        return []
    if parts := [int(number) for number, _words in ask.parts]:
        return parts
    offered = [int(number) for number, *_measures in ask.offered]
    return offered[: 1 if ask.outcome == Ask.Outcome.ANSWER else CHOICES]


def _words(text: str) -> str:
    return " ".join(text.split())
