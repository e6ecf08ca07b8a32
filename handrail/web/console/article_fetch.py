"""Articles and texts as those who write them get them; for anybody else they do not exist."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from handrail.knowledge.models import Article, Translation
from handrail.workspace.locales import LOCALES


def fetch(request: HttpRequest, pk: int) -> Article:
    """The article for who may write it. Raises Http404 for everybody else."""
    joined = Article.objects.editable_by(request.viewer).select_related("topic__product__brand", "owner")
    article = joined.filter(pk=pk).first()
    if article is None:
        raise Http404
    return article


def text_of(article: Article, locale: str) -> Translation | None:
    """The article's text in this language, with what is written and published of it."""
    text = article.translations.with_texts().filter(locale=locale).first()
    if text is not None:
        text.article = article
    return text


def language_of(request: HttpRequest, article: Article) -> str:
    """The language of the page a form was sent from, else the original's."""
    sent = request.POST.get("locale", "")
    return sent if sent in LOCALES else article.original_locale
