"""What stands around the articles of a folder: products, topics, FAQ sets, synonyms, names of labels and segments, in one file of its own."""

from __future__ import annotations

from typing import Any

from handrail.knowledge import segment_rows
from handrail.knowledge.exporting.chosen import Chosen
from handrail.knowledge.faq import FaqSet
from handrail.knowledge.products import Named, Product, Topic
from handrail.knowledge.synonyms import SynonymSet

FILE = "handrail.yaml"
FORMAT = 2


def shelves(chosen: Chosen, names: dict[int, str]) -> dict[str, Any]:
    """The file's content; `names` leads from an article's id to its place in the folder."""
    return {
        "handrail": chosen.form if chosen.has_all else 1,
        **({"for": chosen.for_whom} if chosen.for_whom else {}),
        "products": [_product(each, chosen) for each in chosen.products()],
        "faq_sets": [_faq(each, names) for each in chosen.faq_sets()],
        "synonyms": [{"locale": row.locale, "words": row.words} for row in SynonymSet.objects.all()],
        "labels": [{"label": row.name, "names": row.names} for row in chosen.labels()],
        # Whom they name is nobody's to read but the site's own.
        "segments": segment_rows.rows() if chosen.is_whole else [],
    }


def _product(product: Product, chosen: Chosen) -> dict[str, Any]:
    return {
        "slug": product.slug,
        "kind": product.kind,
        "icon": product.icon,
        "position": product.position,
        **({"is_away": True} if product.is_away else {}),
        **_words(product),
        "topics": [_topic(each) for each in chosen.topics(product)],
    }


def _topic(topic: Topic) -> dict[str, Any]:
    said = {"slug": topic.slug, "role": topic.role, "position": topic.position, **_words(topic)}
    return said | ({"below": topic.parent.slug} if topic.parent else {})


def _faq(faq: FaqSet, names: dict[int, str]) -> dict[str, Any]:
    return {
        "slug": faq.slug,
        "product": faq.product.slug if faq.product else None,
        "audience": faq.audience,
        "segment": faq.segment.slug if faq.segment else None,
        "position": faq.position,
        **_words(faq),
        "articles": [names[entry.article_id] for entry in faq.entries.all() if entry.article_id in names],
    }


def _words(row: Named) -> dict[str, dict[str, str]]:
    texts = sorted(row.texts.all(), key=lambda text: text.locale)  # type: ignore[attr-defined]
    return {
        "names": {text.locale: text.name for text in texts},
        "descriptions": {text.locale: text.description for text in texts if text.description},
    }
