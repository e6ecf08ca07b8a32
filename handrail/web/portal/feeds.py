"""The news as an Atom feed."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.core import clock
from handrail.knowledge.models import Translation
from handrail.knowledge.queries import latest_news
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale

NEWS_MAX = 30


@in_locale
def news(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/news.atom"""
    brand = request.brand  # type: ignore[attr-defined]
    found = [
        (article, text)
        for article in latest_news(request.viewer, at_most=NEWS_MAX)  # type: ignore[attr-defined]
        if (text := article.published(locale)) and text.locale == locale
    ]
    title = _("%(brand)s news") % {"brand": brand.name(locale)}
    home, own = addresses.absolute(addresses.home(locale)), addresses.absolute(request.path)
    changed = max((text.updated_at for _article, text in found if text.updated_at), default=clock.now())
    entries = "".join(
        _entry(text, addresses.absolute(addresses.article(article, locale))) for article, text in found
    )
    feed = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{locale}">'
        f"<title>{escape(title)}</title><id>{escape(home)}</id><updated>{_instant(changed)}</updated>"
        f'<link rel="self" href={quoteattr(own)}/><link href={quoteattr(home)}/>'
        f"<author><name>{escape(brand.name(locale))}</name></author>{entries}</feed>\n"
    )
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


def _entry(text: Translation, address: str) -> str:
    assert text.published is not None and text.public_since is not None and text.updated_at is not None
    return (
        f"<entry><title>{escape(text.title)}</title><id>{escape(address)}</id><link href={quoteattr(address)}/>"
        f"<published>{_instant(text.public_since)}</published><updated>{_instant(text.updated_at)}</updated>"
        f'<content type="html">{escape(text.published.html)}</content></entry>'
    )


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
