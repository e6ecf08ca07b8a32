"""A temporary site: its own SQLite database, articles written and published by the knowledge room's verbs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from handrail.answers import jobs, learn
from handrail.answers.evaluation.questions import Asked, Item
from handrail.answers.refit import learn_classes
from handrail.config.databases import sqlite
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Article, Product, ProductText, Topic, TopicText
from handrail.workspace.models import Brand


@contextmanager
def temporary_site(database: dict[str, Any] | None = None) -> Iterator[None]:
    """Within the block the default database is a fresh SQLite one that is deleted afterwards.

    database  Django's settings of an empty database to use instead; the caller deletes it
    """
    settings = connections.settings[DEFAULT_DB_ALIAS]
    before = dict(settings)
    with tempfile.TemporaryDirectory(prefix="handrail-measure-") as folder:
        connections[DEFAULT_DB_ALIAS].close()
        settings.update(database or sqlite(Path(folder) / "measure.sqlite3", durable=False))
        _renew_connection()
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connections[DEFAULT_DB_ALIAS].close()
            settings.clear()
            settings.update(before)
            _renew_connection()


def _renew_connection() -> None:
    # The wrapper is made for one engine; without it the next query makes another from the settings.
    if hasattr(connections._connections, DEFAULT_DB_ALIAS):  # type: ignore[attr-defined]
        del connections[DEFAULT_DB_ALIAS]


def publish(items: Sequence[Item]) -> dict[str, int]:
    """Write and publish every item. Returns item id -> article id."""
    brand = Brand.objects.create(slug="measure", name_ko="측정", name_en="Measure")
    product = Product.objects.create(brand=brand, slug="measure")
    ProductText.objects.create(product=product, locale="en", name="Measure")
    topic = Topic.objects.create(product=product, slug="measure")
    TopicText.objects.create(topic=topic, locale="en", name="Measure")
    found: dict[str, int] = {}
    for start in range(0, len(items), 200):
        with transaction.atomic():
            for item in items[start : start + 200]:
                found[item.id] = _publish(topic, item).pk
    jobs.encode_wanting()
    return found


def _publish(topic: Topic, item: Item) -> Article:
    article = Article.start(topic, by=SYSTEM, kind=Article.Kind.FAQ)
    html = "".join(f"<p>{paragraph}</p>" for paragraph in item.body.split("\n") if paragraph.strip())
    article.write(item.locale, title=item.title[:200], html=html, aliases=item.aliases, by=SYSTEM)
    article.translations.get(locale=item.locale).publish(by=SYSTEM)
    return article


def teach(past: Sequence[Asked], articles: dict[str, int]) -> None:
    """Take past questions as confirmed, the unanswered ones as answered by nothing of ours, and learn from them as a worker does."""
    by_id = Article.objects.in_bulk(list(articles.values()))
    for start in range(0, len(past), 1000):
        learn.confirm_all(
            [
                learn.Verdict(
                    each.question,
                    by_id[articles[min(each.answers)]] if each.answers else None,
                    each.locale,
                    is_held_out=False,
                )
                for each in past[start : start + 1000]
            ],
            by=SYSTEM,
        )
    jobs.encode_wanting()
    learn_classes(by=SYSTEM)
