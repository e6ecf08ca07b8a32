"""Articles in a reply: found and put in from the keyboard, shown to the customer as cards, and warned of beforehand where
the customer may not read them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse

from handrail.accounts.viewer import Viewer
from handrail.answers.suggest import suggest
from handrail.conversations.conversation import Conversation
from handrail.core.html import to_text
from handrail.knowledge.audiences import keys_of
from handrail.knowledge.excerpt import excerpt
from handrail.knowledge.linking import linked
from handrail.knowledge.models import Article
from handrail.knowledge.reading import read
from handrail.web.desk.conversations import fetch
from handrail.web.desk.suggestions import reader_of
from handrail.workspace.formats import readable

FOUND_MOST = 6
TYPED_MAX = 100
TEXT_MAX = 8_000
OPENING_CHARS = 140


def find(request: HttpRequest, number: int) -> JsonResponse:
    """GET ?query=: articles for what was typed after "??", best first, in the customer's language where there is one;
    those the customer may not read come last.

    {"rows": [{"article", "title", "url", "locale", "place", "is_closed"}]}; `is_closed` is one the customer may not read.
    """
    conversation = fetch(request, number)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    typed = request.GET.get("query", "").strip()[:TYPED_MAX]
    hits = suggest(typed, viewer, locale=conversation.locale, limit=FOUND_MOST)
    seen = Article.objects.visible_to(viewer).select_related("topic__product")
    articles = {each.pk: each for each in seen.filter(pk__in=[hit.article for hit in hits])}
    asker = keys_of(reader_of(conversation))
    rows = [
        {
            "article": hit.article,
            "title": hit.title,
            "url": readable(hit.url),
            "locale": hit.locale,
            "place": articles[hit.article].topic.name(viewer.locale),
            "is_closed": articles[hit.article].audience_key not in asker,
        }
        for hit in hits
        if hit.article in articles
    ]
    return JsonResponse({"rows": sorted(rows, key=lambda row: row["is_closed"])})


def words(request: HttpRequest, number: int, article: int) -> JsonResponse:
    """GET: the article's words as the customer would read them, {"text"}. One the customer may not read is not found."""
    conversation = fetch(request, number)
    asker = reader_of(conversation)
    one = Article.objects.visible_to(asker).with_published().filter(pk=article).first()
    text = one.published(conversation.locale) if one else None
    if text is None or text.published is None:
        raise Http404
    return JsonResponse(
        {"text": to_text(read(text.published, asker, locale=conversation.locale)).strip()[:TEXT_MAX]}
    )


def closed_to(conversation: Conversation, text: str, *, viewer: Viewer) -> list[str]:
    """Names of the articles that `text` links to and the one who asked may not read: title, or address by number."""
    numbers = linked(text)
    if not numbers:
        return []
    readable_ones = Article.objects.visible_to(reader_of(conversation)).filter(pk__in=numbers)
    closed = [number for number in numbers if number not in set(readable_ones.values_list("pk", flat=True))]
    seen = Article.objects.visible_to(viewer).with_published().filter(pk__in=closed)
    texts = {each.pk: each.published(conversation.locale) for each in seen}
    return [shown.title if (shown := texts.get(number)) else f"/articles/{number}" for number in closed]


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


def _card(article: Article, asker: Viewer, locale: str) -> dict[str, Any]:
    text = article.published(locale)
    if text is None or text.published is None:
        return {}
    words = to_text(read(text.published, asker, locale=locale))
    return {"article": article.pk, "title": text.title, "opening": excerpt(words, OPENING_CHARS)}
