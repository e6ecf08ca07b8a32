"""Articles in a reply: found and put in from the keyboard."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse

from handrail.accounts.viewer import Viewer
from handrail.answers.suggest import suggest
from handrail.automation.article_links import reader_of, words_for
from handrail.knowledge.audiences import keys_of
from handrail.knowledge.models import Article
from handrail.web.desk.conversations import fetch
from handrail.web.desk.first_words import imagined
from handrail.web.desk.seeking import placed
from handrail.workspace.formats import readable

FOUND_MOST = 6
TYPED_MAX = 100


def find(request: HttpRequest, number: int = 0) -> JsonResponse:
    """GET ?query=: articles for what was typed after "??", best first, in the customer's language where there is one;
    those the customer may not read come last. Without a number, for a conversation that is not opened yet (imagined).

    {"rows": [{"article", "title", "url", "locale", "place", "is_closed"}]}; `place` is its topic and version, `is_closed` one the customer may not read.
    """
    conversation = fetch(request, number) if number else imagined(request)
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
            "url": readable(hit.url_at(conversation.brand.site)),
            "locale": hit.locale,
            "place": placed(articles[hit.article].topic.name(viewer.locale), hit.version),
            "is_closed": articles[hit.article].audience_key not in asker,
        }
        for hit in hits
        if hit.article in articles
    ]
    return JsonResponse({"rows": sorted(rows, key=lambda row: row["is_closed"])})


def words(request: HttpRequest, article: int, number: int = 0) -> JsonResponse:
    """GET: the article's words as the customer would read them, {"text"}. One the customer may not read is not found."""
    text = words_for(fetch(request, number) if number else imagined(request), article)
    if text is None:
        raise Http404
    return JsonResponse({"text": text})
