"""The articles a past message named, in the forms that screens read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings

from handrail.knowledge.articles import Article


class Sources:
    """Articles by the names the conversations use."""

    def __init__(self, articles: dict[str, Article]) -> None:
        self.articles = articles

    def lines(self, names: list[str], locale: str) -> str:
        """Title and address under an agent's words, as inserting an article in the desk does; "" for none."""
        offers = self._offers(names, locale)
        return "".join(f"\n\n{one['title']}\n{settings.BASE_URL}{one['url']}" for one in offers)

    def beside(self, message: dict[str, Any], locale: str, *, is_mail: bool) -> dict[str, Any]:
        """The codes beside an automatic message: one article is an answer with its source, several are choices."""
        offers = self._offers(message["articles"], locale)
        if is_mail or len(offers) > 1:
            return {"code": "choices", "answer": None, "choices": offers} if offers else {}
        if not offers:
            return {"code": "handover", "answer": None, "choices": []}
        answer = {**offers[0], "text": message["text"], "provisional": True}
        return {"code": "answer", "answer": answer, "choices": []}

    def shown(self, names: list[str], locale: str) -> list[dict[str, object]]:
        """The same for the list of what was tried."""
        offers = self._offers(names, locale)
        return [{"kind": "shown", "article": one["article"], "title": one["title"]} for one in offers]

    def _offers(self, names: list[str], locale: str) -> list[dict[str, Any]]:
        offers = []
        for name in names:
            article = self.articles[name]
            text = article.published(locale)
            if text is not None:
                url = f"/hc/{text.locale}/articles/{article.pk}-{quote(text.slug)}"
                offers.append({"article": article.pk, "title": text.title, "url": url})
        return offers
