"""Every public address, with its languages and when it last changed."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse

from handrail.accounts.viewer import STRANGER
from handrail.knowledge.models import Article, FaqSet, Product, Topic
from handrail.web.portal import addresses
from handrail.web.portal.design import design_of, place_address
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand
from handrail.workspace.portal import Design

NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def show(request: HttpRequest) -> HttpResponse:
    """GET /sitemap.xml: what a stranger may read, whoever asks."""
    pages = "".join(
        _url(paths, changed, request.brand)  # type: ignore[attr-defined]
        for paths, changed in everything(design_of(request))
    )
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset {NAMESPACES}>{pages}</urlset>\n'
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def everything(design: Design) -> Iterator[tuple[dict[str, str], str]]:
    """(locale -> path, day of the last change or "") of each public page."""
    yield {code: addresses.home(code) for code in LOCALES}, ""
    for product in Product.objects.visible_to(STRANGER).listed():
        yield {code: addresses.product(product, code) for code in LOCALES}, ""
    for topic in Topic.objects.visible_to(STRANGER).listed():
        yield {code: addresses.topic(topic, code) for code in LOCALES}, ""
    for code in ("news", "troubleshooters", "tutorials", "videos"):
        if design.has(code):
            yield {each: place_address(code, each) for each in LOCALES}, ""
    for faq in FaqSet.objects.visible_to(STRANGER).listed() if design.has("faq") else ():
        yield {code: addresses.faq_set(faq, code) for code in LOCALES}, ""
    for article in Article.objects.visible_to(STRANGER).listed().with_published():
        texts = list(article.translations.all())
        changed = max((text.updated_at.date().isoformat() for text in texts if text.updated_at), default="")
        yield {text.locale: addresses.article(article, text.locale) for text in texts}, changed


def _url(paths: dict[str, str], changed: str, brand: Brand) -> str:
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(addresses.absolute(path, brand))}/>'
        for code, path in paths.items()
    )
    last = f"<lastmod>{changed}</lastmod>" if changed else ""
    return "".join(
        f"<url><loc>{escape(addresses.absolute(path, brand))}</loc>{last}{alternates}</url>"
        for path in paths.values()
    )
