"""Articles in what is said: which of them the customer may read, and what a message keeps of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handrail.accounts.viewer import Viewer
from handrail.answers.results import Hit
from handrail.conversations.conversation import Conversation
from handrail.core.html import to_text
from handrail.knowledge.excerpt import excerpt
from handrail.knowledge.linking import linked
from handrail.knowledge.models import Article
from handrail.knowledge.reading import read
from handrail.workspace.formats import readable

TEXT_MAX = 8_000
OPENING_CHARS = 140


def reader_of(conversation: Conversation) -> Viewer:
    """The one who asked, as they could read if they signed in."""
    person = conversation.requester
    return Viewer(person_id=person.pk, is_employee=person.kind == "employee", assurance=2)


def readable_by_asker(conversation: Conversation, numbers: Sequence[int]) -> dict[int, Article]:
    """Those of the articles with these numbers that the one who asked may read, with their texts."""
    if not numbers:
        return {}
    found = Article.objects.visible_to(reader_of(conversation)).with_published().filter(pk__in=numbers)
    return {each.pk: each for each in found}


def names_of(conversation: Conversation, numbers: Sequence[int], *, viewer: Viewer) -> list[str]:
    """The articles by name, as a colleague reads it: title, or address by number where the colleague may not see it."""
    if not numbers:
        return []
    seen = Article.objects.visible_to(viewer).with_published().filter(pk__in=numbers)
    texts = {each.pk: each.published(conversation.locale) for each in seen}
    return [shown.title if (shown := texts.get(number)) else f"/articles/{number}" for number in numbers]


def closed_to(conversation: Conversation, text: str, *, viewer: Viewer) -> list[str]:
    """Names of the articles that `text` links to and the one who asked may not read."""
    numbers = linked(text)
    known = readable_by_asker(conversation, numbers)
    return names_of(conversation, [each for each in numbers if each not in known], viewer=viewer)


def words_for(conversation: Conversation, article: int) -> str | None:
    """An article's words as the one who asked would read them, at most TEXT_MAX; None for one they may not read."""
    one = readable_by_asker(conversation, [article]).get(article)
    return _words(one, conversation)[:TEXT_MAX] if one and one.published(conversation.locale) else None


def put_in(conversation: Conversation, articles: Sequence[Article], *, with_words: bool) -> list[str]:
    """What stands in a reply for each of these articles, which the one who asked may read: title and address, before
    them its words if wanted. In the customer's language, in another where there is none."""
    made = []
    for article in articles:
        text = article.published(conversation.locale)
        if text is None:
            continue
        words = _words(article, conversation)[:TEXT_MAX] if with_words else ""
        hit = Hit(article.pk, text.title, text.slug, text.locale, conversation.locale, 0.0)
        made.append("\n".join(each for each in (words, text.title, readable(hit.url)) if each))
    return made


def cards(conversation: Conversation, text: str) -> list[dict[str, Any]]:
    """What a message keeps of the articles it links to, as the one who asked may read them: number, title, first words."""
    numbers = linked(text)
    known = readable_by_asker(conversation, numbers)
    made = [_card(known[number], conversation) for number in numbers if number in known]
    return [card for card in made if card]


def beside(conversation: Conversation, text: str) -> dict[str, Any]:
    """A message's `data` for what it links to."""
    shown = cards(conversation, text)
    return {"cards": shown} if shown else {}


def _card(article: Article, conversation: Conversation) -> dict[str, Any]:
    text = article.published(conversation.locale)
    words = _words(article, conversation)
    return (
        {"article": article.pk, "title": text.title, "opening": excerpt(words, OPENING_CHARS)} if text else {}
    )


def _words(article: Article, conversation: Conversation) -> str:
    """Its words as the one who asked reads them; "" where none are published."""
    text = article.published(conversation.locale)
    if text is None or text.published is None:
        return ""
    return to_text(read(text.published, reader_of(conversation), locale=conversation.locale)).strip()
