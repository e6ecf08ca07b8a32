"""Everything that carries one label."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse

from handrail.knowledge.models import Article, ArticleLabel
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.topics import summary

ARTICLES_MAX = 100


@in_locale
def page(request: HttpRequest, locale: str, label: str) -> HttpResponse:
    """GET /hc/<locale>/labels/<label>; 404 where its reader would find nothing."""
    visible = Article.objects.visible_to(request.viewer).listed()  # type: ignore[attr-defined]
    found = list(visible.filter(labels__name=label).with_published()[:ARTICLES_MAX])
    if not found:
        raise Http404
    path = f"/hc/{locale}/labels/{quote(label)}"
    word = ArticleLabel.objects.get(name=label)
    name, said_in = word.said(locale)
    languages = in_every_locale(path, locale)
    return show(
        request,
        "portal/label.html",
        Frame(path=path, languages=languages, switch=languages),
        locale=locale,
        label=name,
        said_in=said_in,
        trail=[(name, "")],
        articles=[(article, summary(article, locale)) for article in found],
        data=[],
    )
