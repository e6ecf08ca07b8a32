"""What changed as Atom: the news, a topic with all below it, a product. What its reader may not read is in none."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.core import clock
from handrail.knowledge.models import Article, Product, Topic, Translation
from handrail.knowledge.queries import latest_news
from handrail.knowledge.reading import read_all
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale

ENTRIES_MAX = 30


@in_locale
def news(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/news.atom"""
    brand = request.brand  # type: ignore[attr-defined]
    found = latest_news(request.viewer, at_most=ENTRIES_MAX)  # type: ignore[attr-defined]
    title = _("%(brand)s news") % {"brand": brand.name(locale)}
    return _feed(request, locale, title, addresses.news(locale), found)


@in_locale
def topic(request: HttpRequest, locale: str, id: int) -> HttpResponse:
    """GET /hc/<locale>/sections/<id>.atom"""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    one = get_object_or_404(Topic.objects.visible_to(viewer).with_texts(), pk=id)
    found = _latest(viewer, topic__in=[each.pk for each in one.subtree()])
    return _feed(request, locale, one.name(locale), addresses.topic(one, locale), found)


@in_locale
def product(request: HttpRequest, locale: str, id: int) -> HttpResponse:
    """GET /hc/<locale>/products/<id>.atom"""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    one = get_object_or_404(Product.objects.visible_to(viewer).with_texts(), pk=id)
    found = _latest(viewer, topic__product=one)
    return _feed(request, locale, one.name(locale), addresses.product(one, locale), found)


def _latest(viewer: Viewer, **where: object) -> list[Article]:
    """What was changed last comes first."""
    found = Article.objects.visible_to(viewer).listed().filter(**where).with_published()
    return list(found.annotate(last=Max("translations__updated_at")).order_by("-last", "-pk")[:ENTRIES_MAX])


def _feed(request: HttpRequest, locale: str, title: str, path: str, articles: list[Article]) -> HttpResponse:
    brand = request.brand  # type: ignore[attr-defined]
    found = [
        (article, text)
        for article in articles
        if (text := article.published(locale)) and text.locale == locale
    ]
    home, own = addresses.absolute(path, brand), addresses.absolute(request.path, brand)
    changed = max((text.updated_at for _article, text in found if text.updated_at), default=clock.now())
    # A feed is read far from here, so it says what a stranger may read, whoever fetches it.
    words = read_all([text.published for _article, text in found if text.published], STRANGER, locale=locale)
    entries = "".join(
        _entry(text, each, addresses.absolute(addresses.article(article, locale), brand))
        for (article, text), each in zip(found, words, strict=True)
    )
    feed = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{locale}">'
        f"<title>{escape(title)}</title><id>{escape(home)}</id><updated>{_instant(changed)}</updated>"
        f'<link rel="self" href={quoteattr(own)}/><link href={quoteattr(home)}/>'
        f"<author><name>{escape(brand.name(locale))}</name></author>{entries}</feed>\n"
    )
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


def _entry(text: Translation, words: str, address: str) -> str:
    assert text.published is not None and text.public_since is not None and text.updated_at is not None
    return (
        f"<entry><title>{escape(text.title)}</title><id>{escape(address)}</id><link href={quoteattr(address)}/>"
        f"<published>{_instant(text.public_since)}</published><updated>{_instant(text.updated_at)}</updated>"
        f'<content type="html">{escape(words)}</content></entry>'
    )


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
