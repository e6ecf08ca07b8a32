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


def unreadable(conversation: Conversation, numbers: Sequence[int]) -> list[int]:
    """Those of the articles with these numbers that the one who asked may not read, in their order."""
    if not numbers:
        return []
    seen = Article.objects.visible_to(reader_of(conversation)).filter(pk__in=numbers)
    known = set(seen.values_list("pk", flat=True))
    return [number for number in numbers if number not in known]


def names_of(conversation: Conversation, numbers: Sequence[int], *, viewer: Viewer) -> list[str]:
    """The articles by name, as a colleague reads it: title, or address by number where the colleague may not see it."""
    if not numbers:
        return []
    seen = Article.objects.visible_to(viewer).with_published().filter(pk__in=numbers)
    texts = {each.pk: each.published(conversation.locale) for each in seen}
    return [shown.title if (shown := texts.get(number)) else f"/articles/{number}" for number in numbers]


def closed_to(conversation: Conversation, text: str, *, viewer: Viewer) -> list[str]:
    """Names of the articles that `text` links to and the one who asked may not read."""
    return names_of(conversation, unreadable(conversation, linked(text)), viewer=viewer)


def words_for(conversation: Conversation, article: int) -> str | None:
    """An article's words as the one who asked would read them, at most TEXT_MAX; None for one they may not read."""
    asker = reader_of(conversation)
    one = Article.objects.visible_to(asker).with_published().filter(pk=article).first()
    text = one.published(conversation.locale) if one else None
    if text is None or text.published is None:
        return None
    return to_text(read(text.published, asker, locale=conversation.locale)).strip()[:TEXT_MAX]


def put_in(conversation: Conversation, numbers: Sequence[int], *, with_words: bool) -> list[str]:
    """What stands in a reply for each article the one who asked may read: title and address, before them its words if
    wanted. In the customer's language, in another where there is none."""
    asker = reader_of(conversation)
    found = Article.objects.visible_to(asker).with_published().filter(pk__in=numbers)
    articles = {each.pk: each for each in found}
    made = []
    for number in numbers:
        text = articles[number].published(conversation.locale) if number in articles else None
        if text is None:
            continue
        words = words_for(conversation, number) if with_words else ""
        hit = Hit(number, text.title, text.slug, text.locale, conversation.locale, 0.0)
        made.append("\n".join(each for each in (words, text.title, readable(hit.url)) if each))
    return made


def cards(conversation: Conversation, text: str) -> list[dict[str, Any]]:
    """What a message keeps of the articles it links to, as the one who asked may read them: number, title, first words."""
    numbers = linked(text)
    if not numbers:
        return []
    asker = reader_of(conversation)
    found = Article.objects.visible_to(asker).with_published().filter(pk__in=numbers)
    made = [
        _card(each, asker, conversation.locale)
        for each in sorted(found, key=lambda each: numbers.index(each.pk))
    ]
    return [card for card in made if card]


def beside(conversation: Conversation, text: str) -> dict[str, Any]:
    """A message's `data` for what it links to."""
    shown = cards(conversation, text)
    return {"cards": shown} if shown else {}


def _card(article: Article, asker: Viewer, locale: str) -> dict[str, Any]:
    text = article.published(locale)
    if text is None or text.published is None:
        return {}
    words = to_text(read(text.published, asker, locale=locale))
    return {"article": article.pk, "title": text.title, "opening": excerpt(words, OPENING_CHARS)}
