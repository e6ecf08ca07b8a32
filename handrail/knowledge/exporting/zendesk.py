"""The answers Zendesk's help-centre API would give of this knowledge base, as files: for tools that read those.

    categories.ko.json sections.ko.json articles.ko.json   one of each a language; products are categories, topics sections
    user_segments.json labels.json attachments/<id>.<ending>

What Zendesk has no place for (aliases, related articles, ends, drafts above what is shown, archived articles) stays
behind; the folder of Markdown and the archive have it. An article that came from Zendesk leaves under its old number.
What its lists have no word for (rules of segments, names of labels by language, names in addresses) stands beside theirs under a key of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from handrail.accounts.viewer import Viewer
from handrail.contacts.segments import Segment
from handrail.core.files.keeping import read
from handrail.core.html_tree import parse, write
from handrail.knowledge import segment_rows
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.exporting.addresses import ARTICLE, FILE, LINKED
from handrail.knowledge.exporting.chosen import Chosen
from handrail.knowledge.origins import key_of
from handrail.knowledge.products import Named, Product, Topic
from handrail.knowledge.segment_rows import OURS
from handrail.knowledge.translations import Translation
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand

TYPES = {
    Audience.SIGNED_IN: (1, "signed_in_users"),
    Audience.EMPLOYEES: (2, "signed_in_users"),
    Audience.AGENTS: (3, "staff"),
}
SEGMENT_FROM = 100  # our segments' numbers begin there
Row = dict[str, Any]


def export(
    target: Path,
    *,
    brand: Brand,
    viewer: Viewer | None = None,
    reader: str = "",
    progress: Callable[[int, int, str], None] = lambda done, total, path: None,
) -> int:
    """Write the files; returns how many articles. `viewer`: only what they may read."""
    target.mkdir(parents=True, exist_ok=True)
    sheet = _Sheet(Chosen(brand, viewer, reader))
    for locale in LOCALES:
        _save(target / f"categories.{locale}.json", "categories", sheet.categories(locale))
        _save(target / f"sections.{locale}.json", "sections", sheet.sections(locale))
        _save(target / f"articles.{locale}.json", "articles", sheet.article_rows(locale))
    _save(target / "user_segments.json", "user_segments", sheet.segments())
    _save(target / "labels.json", "labels", sheet.labels())
    for done, (number, file) in enumerate(sorted(sheet.attached.items()), start=1):
        ending = Path(file.file.title).suffix
        path = target / "attachments" / f"{number}{ending}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(read(file.file))
        progress(done, len(sheet.attached), path.name)
    return len(sheet.articles)


class _Sheet:
    """Everything that leaves, in the API's words. `attached` fills as texts are written."""

    def __init__(self, chosen: Chosen) -> None:
        self.chosen = chosen
        self.site = chosen.brand.site
        self.articles = [one for one in chosen.articles() if not one.archived_at]
        self.numbers = {one.pk: number_of(one) for one in self.articles}
        self.files = chosen.files(self.articles)
        self.attached: dict[int, ArticleFile] = {}

    def categories(self, locale: str) -> list[Row]:
        return [
            self._place(product, locale, "categories") | {"position": product.position}
            for product in self.chosen.products()
            if _text(product, locale)
        ]

    def sections(self, locale: str) -> list[Row]:
        return [
            self._place(topic, locale, "sections")
            | {"category_id": product.pk, "parent_section_id": topic.parent_id, "position": topic.position}
            for product in self.chosen.products()
            for topic in self.chosen.topics(product)
            if _text(topic, locale)
        ]

    def article_rows(self, locale: str) -> list[Row]:
        rows = []
        for article in self.articles:
            text = next((one for one in article.translations.all() if one.locale == locale), None)
            shown = text and (text.published or (text.draft if self.chosen.has_drafts else None))
            if text and shown:
                words = self.chosen.words(shown, locale)
                rows.append(self._article(article, text, shown.title, words))
        return rows

    def segments(self) -> list[Row]:
        rows: list[Row] = [
            {
                "id": number,
                "name": audience.value,
                "user_type": kind,
                "built_in": audience != Audience.EMPLOYEES,
                OURS: audience.value,
            }
            | ({"tags": ["employee"]} if audience == Audience.EMPLOYEES else {})
            for audience, (number, kind) in TYPES.items()
        ]
        named = {one.segment for one in self.articles if one.segment}
        for segment in sorted(named, key=lambda one: one.slug):
            tags = sorted(rule.mark for rule in segment.rules.all() if rule.mark and not rule.value)
            said = {"id": SEGMENT_FROM + segment.pk, "name": segment.slug, "user_type": "signed_in_users"}
            matched = "tags" if segment.matches == Segment.Matches.ALL else "or_tags"
            ours = {OURS: segment_rows.row_of(segment)} if self.chosen.is_whole else {}
            rows.append(said | {"built_in": False, matched: tags or [segment.slug]} | ours)
        return rows

    def labels(self) -> list[Row]:
        carried = {label for article in self.articles for label in article.labels.all()}
        named = self.chosen.labels()
        ours = {label.pk: {OURS: {"names": label.names}} for label in named}
        every = sorted(carried.union(named), key=lambda label: label.name)
        return [{"id": label.pk, "name": label.name} | ours.get(label.pk, {}) for label in every]

    def _article(self, article: Article, text: Translation, title: str, html: str) -> Row:
        number = self.numbers[article.pk]
        segment = article.segment
        audience = (
            SEGMENT_FROM + segment.pk if segment else TYPES.get(Audience(article.audience), (None, ""))[0]
        )
        return {
            "id": number,
            "html_url": f"{self.site}/hc/{text.locale}/articles/{number}-{text.slug}",
            "section_id": article.topic_id,
            "draft": text.published is None,
            "promoted": article.is_pinned,
            "position": article.position,
            "created_at": _moment(article.created_at),
            "updated_at": _moment(text.updated_at),
            "edited_at": _moment(text.updated_at),
            "name": title,
            "title": title,
            "source_locale": article.original_locale,
            "locale": text.locale,
            "user_segment_id": audience,
            "label_names": [label.name for label in article.labels.all()],
            "body": self._outward(html, text.locale),
            OURS: {"slug": text.slug, "key": key_of(article)}
            | ({"for": self.chosen.for_whom} if self.chosen.for_whom else {}),
        }

    def _outward(self, html: str, locale: str) -> str:
        root = parse(html)
        for node in root.walk():
            for name in {LINKED.get(node.tag, ""), "poster"} & node.attributes.keys():
                node.attributes[name] = self._led(node.attributes[name], locale)
        return write(root)

    def _led(self, address: str, locale: str) -> str:
        if (match := FILE.match(address)) and (file := self.files.get(match[1])):
            self.attached[file.pk] = file
            title = re.sub(r"[^\w.-]+", "-", file.file.title)
            return f"{self.site}/hc/article_attachments/{file.pk}/{title}"
        if (match := ARTICLE.match(address)) and int(match[1]) in self.numbers:
            return f"{self.site}/hc/{locale}/articles/{self.numbers[int(match[1])]}{match[2] or ''}"
        return address

    def _place(self, row: Product | Topic, locale: str, kind: str) -> Row:
        text = _text(row, locale)
        return {
            "id": row.pk,
            "html_url": f"{self.site}/hc/{locale}/{kind}/{row.pk}",
            OURS: {"slug": row.slug},
            "name": text.name if text else row.slug,
            "description": text.description if text else "",
            "locale": locale,
            "source_locale": LOCALES[0],
        }


def number_of(article: Article) -> int:
    """The article's number there, where it came from there; else its own, which no other has."""
    number = article.source.rpartition("/")[2] if article.source.startswith("zendesk:") else ""
    return int(number) if number.isdecimal() else article.pk


def _text(row: Named, locale: str) -> Any:
    return next((text for text in row.texts.all() if text.locale == locale), None)  # type: ignore[attr-defined]


def _moment(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _save(path: Path, name: str, rows: list[Row]) -> None:
    said = {
        name: rows,
        "count": len(rows),
        "next_page": None,
        "previous_page": None,
        "page": 1,
        "page_count": 1,
    }
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
