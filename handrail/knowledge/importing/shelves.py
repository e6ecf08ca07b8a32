"""What an export of ours says of products, topics, FAQ sets, synonyms, labels and segments: read, and offered here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from handrail.contacts.segments import Segment
from handrail.core.actors import CanAct
from handrail.knowledge import segment_rows
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.faq import FaqSet
from handrail.knowledge.importing.draft import Gathered
from handrail.knowledge.importing.files import SHELVES
from handrail.knowledge.importing.trouble import NotTaken
from handrail.knowledge.labelling import ArticleLabel, tidy
from handrail.knowledge.products import Product, Topic
from handrail.knowledge.synonyms import SynonymSet
from handrail.workspace.models import Brand

FORMATS = {1, 2}


def read(root: Path) -> dict[str, Any]:
    """The file's content. Raises NotTaken where it is none of ours."""
    try:
        said = yaml.safe_load((root / SHELVES).read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NotTaken("front_matter", error=" ".join(str(error).split())[:160]) from None
    if not isinstance(said, dict) or said.get("handrail") not in FORMATS:
        raise NotTaken("front_matter", error=f"{SHELVES} is of a format this version does not know")
    return said


@transaction.atomic
def offer_places(said: dict[str, Any], brand: Brand, *, by: CanAct) -> None:
    """Make or bring up to date every product and topic, the sets of synonyms and the names of labels.

    Segments that are not here are made.
    """
    for one in said.get("segments") or []:
        if not segment_rows.is_row(one):
            raise NotTaken("front_matter", error="a segment without its slug, names, matches and rules")
        segment_rows.define(one, by=by)
    for one in said.get("products") or []:
        fields = {name: one[name] for name in ("kind", "icon", "position") if name in one}
        product = Product.offer(brand, one["slug"], **_words(one), by=by, **fields)
        if one.get("is_away"):
            product.put_away(by=by)
        topics = {topic["slug"]: topic for topic in one.get("topics") or []}
        for slug, topic in topics.items():
            parent = topic.get("below")
            Topic.offer(
                product, slug, **_words(topic), by=by, role=topic.get("role", Topic.Role.OTHER),
                position=topic.get("position", 0),
            )  # fmt: skip
            if parent and parent not in topics:
                raise NotTaken(
                    "front_matter", error=f"topic {slug} stands below {parent}, which is not there"
                )
        _nest(product, topics)
    known = {(row.locale, tuple(row.words)) for row in SynonymSet.objects.all()}
    for one in said.get("synonyms") or []:
        if (one["locale"], tuple(one["words"])) not in known:
            SynonymSet.keep(one["locale"], one["words"], by=by)
    for one in said.get("labels") or []:
        _call(one, by=by)


def offer_sets(gathered: Gathered, brand: Brand, articles: dict[str, Article], *, by: CanAct) -> None:
    """Make or bring up to date the FAQ sets, of the articles that came in; `articles` maps each key to its article."""
    said, prefix, renamed = gathered.shelves, gathered.prefix, gathered.renamed
    for one in said.get("faq_sets") or []:
        keys = [renamed.get(prefix + name, prefix + name) for name in one["articles"]]
        segment = Segment.objects.filter(slug=one.get("segment") or "").first()
        is_lost = one["audience"] == Audience.SEGMENT and segment is None
        FaqSet.offer(
            brand,
            one["slug"],
            **_words(one),
            articles=[articles[key] for key in keys if key in articles],
            product=Product.objects.filter(brand=brand, slug=one.get("product") or "").first(),
            audience=Audience.AGENTS if is_lost else one["audience"],
            segment=segment if one["audience"] == Audience.SEGMENT else None,
            position=one.get("position", 0),
            by=by,
        )


def _call(said: Any, *, by: CanAct) -> None:
    """Give a label the names the file says, and no others; a label the file does not name stays as it is."""
    names = said.get("names") or {} if isinstance(said, dict) else None
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        raise NotTaken("front_matter", error="a label whose names are not given by language")
    if word := tidy(str(said.get("label") or "")):
        ArticleLabel.objects.get_or_create(name=word)[0].call(names, by=by)


def _nest(product: Product, topics: dict[str, dict[str, Any]]) -> None:
    # Positions came with the topics, so nothing is renumbered here.
    rows = {topic.slug: topic for topic in Topic.objects.filter(product=product)}
    for slug, said in topics.items():
        parent = rows.get(said.get("below") or "")
        if rows[slug].parent_id != (parent.pk if parent else None):
            Topic.objects.filter(pk=rows[slug].pk).update(parent=parent)


def _words(said: dict[str, Any]) -> dict[str, Any]:
    return {"names": said.get("names") or {}, "descriptions": said.get("descriptions") or {}}
