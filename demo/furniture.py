"""What stands around the articles: segments, synonyms, topics below topics, labels and what readers see of them, and until when news is listed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from demo.data import load
from handrail.contacts.models import Organisation, Person
from handrail.contacts.segments import Rule, Segment, mark
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from handrail.knowledge.models import ArticleLabel
from handrail.knowledge.placing import place
from handrail.knowledge.products import Product, Topic
from handrail.knowledge.synonyms import SynonymSet


def define_segments(people: dict[str, Person]) -> int:
    """Before the articles, some of which are for a segment alone. Returns how many there are."""
    said = load("furniture.yaml")
    for one in said["marks"]:
        mark(people[one["person"]], one["name"], by=SYSTEM)
    for one in said["segments"]:
        belonging = Organisation.objects.filter(name__in=one["organisations"]).order_by("pk")
        rules = [Rule(organisation=each) for each in belonging] + [Rule(mark=name) for name in one["marks"]]
        Segment.define(one["slug"], names=one["name"], rules=rules, by=SYSTEM)
    return len(said["segments"])


def set_up(offered: dict[str, Product], articles: dict[str, Article], now: datetime) -> None:
    """Once products and articles are there."""
    said: dict[str, Any] = load("furniture.yaml")
    for locale, sets in said["synonyms"].items():
        for words in sets:
            SynonymSet.keep(locale, words, by=SYSTEM)
    for one in said["below"]:
        product = offered[one["product"]]
        topic = Topic.offer(
            product, one["slug"], names=one["name"], descriptions=one["description"], by=SYSTEM
        )
        topic.put(parent=product.topics.get(slug=one["parent"]), by=SYSTEM)
        for name in one["articles"]:
            place(articles[name], topic, by=SYSTEM)
    for name, labels in said["labels"].items():
        articles[name].label_as(labels, by=SYSTEM)
    for label, names in said["called"].items():
        ArticleLabel.objects.get(name=label).call(names, by=SYSTEM)
    for name, days in said["ends"].items():
        articles[name].end_at(now + timedelta(days=days), by=SYSTEM)
