"""What pages say to search engines, in schema.org's words."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from handrail.knowledge.models import Translation
from handrail.web.portal import addresses
from handrail.workspace.models import Brand

CONTEXT = "https://schema.org"


def site(brand: Brand, locale: str) -> dict[str, Any]:
    """WebSite, with where its search is."""
    home = addresses.absolute(addresses.home(locale), brand)
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": brand.name(locale),
        "url": home,
        "inLanguage": locale,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{home}/search?query={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumb(trail: list[tuple[str, str]], path: str, locale: str, brand: Brand) -> dict[str, Any]:
    """The trail from the first page to this one."""
    with translation.override(locale):
        first = _("Help centre")
    steps = [(first, addresses.home(locale)), *((name, address or path) for name, address in trail)]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": addresses.absolute(address, brand)}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def article(text: Translation, path: str, brand: Brand) -> dict[str, Any]:
    address = addresses.absolute(path, brand)
    return {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": text.title,
        "inLanguage": text.locale,
        "datePublished": text.public_since.isoformat() if text.public_since else None,
        "dateModified": text.updated_at.isoformat() if text.updated_at else None,
        "mainEntityOfPage": address,
        "url": address,
        "author": {"@type": "Organization", "name": brand.name(text.locale)},
        "publisher": {"@type": "Organization", "name": brand.name(text.locale)},
    }


def questions(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """FAQPage of (question, answer in HTML)."""
    return {
        "@context": CONTEXT,
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": answered}}
            for asked, answered in pairs
        ],
    }
