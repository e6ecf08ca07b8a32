"""Saved answers of Zendesk's help-centre API as drafts: categories are products, sections are topics.

Written to the API's public description and tried on answers we wrote ourselves in its form, not on a live account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from handrail.knowledge import segment_rows
from handrail.knowledge.audiences import Audience
from handrail.knowledge.importing import front_matter, page
from handrail.knowledge.importing.draft import Draft, Gathered, Place, Target, TextDraft
from handrail.knowledge.importing.files import TEXTS, language_of
from handrail.knowledge.importing.folder import TITLE_CHARS_MAX, Choices
from handrail.knowledge.importing.report import LEFT_OUT, NOTE, Entry
from handrail.knowledge.importing.trouble import NotTaken, told
from handrail.knowledge.importing.zendesk_pages import Answers, read_all
from handrail.knowledge.origins import is_key
from handrail.knowledge.segment_rows import OURS
from handrail.knowledge.slugs import slug_of
from handrail.workspace.locales import LOCALES

SEGMENTS = {"signed_in_users": Audience.SIGNED_IN, "staff": Audience.AGENTS}
READERS = {Audience.SIGNED_IN, Audience.EMPLOYEES, Audience.AGENTS}
NARROWING = ("tags", "or_tags", "organization_ids", "group_ids", "added_user_ids")
SLUG = re.compile(r"[\w-]+")
NO_PAGES = {"mailto", "tel"}
SLUG_CHARS_MAX, PLACE_SLUG_CHARS_MAX = 120, 80
ARTICLE = re.compile(r"/hc/(?:[\w-]+/)?articles/(\d+)")
ATTACHMENT = re.compile(r"/hc/(?:[\w-]+/)?article_attachments/(\d+)(?:/([^/?#]+))?")


def is_one(root: Path) -> bool:
    """Whether a folder holds saved JSON answers and no texts of its own."""
    suffixes = {path.suffix.lower() for path in root.rglob("*") if path.is_file()}
    return ".json" in suffixes and not suffixes & TEXTS


def gather(root: Path, choices: Choices) -> Gathered:
    """Every article of the saved answers; what is missing or cannot come in is told in `problems`."""
    return HelpCentre(root, choices, read_all(root)).gather()


class HelpCentre:
    """One saved help centre: rows by id, and how they become drafts."""

    def __init__(self, root: Path, choices: Choices, answers: Answers) -> None:
        self.root, self.choices, self.answers = root, choices, answers
        self.problems = list(answers.problems)
        self.drafts: dict[str, Draft] = {}
        self.segments: dict[str, dict[str, Any]] = {}
        self.prefix = f"zendesk:{choices.name or self._host() or root.resolve().name}/"

    def gather(self) -> Gathered:
        drafts = self.drafts
        other_languages: dict[str, list[str]] = {}
        for row, path in self.answers.texts():
            name = f"{path}#{row['id']}"
            language = language_of(str(row.get("locale") or ""))
            if language not in LOCALES:
                other_languages.setdefault(language or str(row.get("locale")), []).append(name)
                continue
            try:
                self._take(row, name, language)
            except Exception as error:  # an odd article stops no other
                self.problems.append(told(error, name, locale=language))
        self.problems += [
            Entry(LEFT_OUT, names[0], locale=language, reason="language", details={"count": len(names)})
            for language, names in sorted(other_languages.items())
        ]
        for draft in drafts.values():
            # Of an original that did not come in, what came is the original.
            draft.original = draft.original if draft.original in draft.texts else ""
        ordered = sorted(drafts.values(), key=lambda draft: (draft.position, draft.key))
        gathered = Gathered(
            self.prefix, ordered, self.problems, self.follow, shelves=self._shelves(), reader=self._reader()
        )
        return gathered.know_by_own_keys()

    def follow(self, text: TextDraft, address: str) -> Target | None:
        """Links among the help centre's own articles, and pictures that were saved beside the answers."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return Target()
        if parts.scheme in NO_PAGES or (parts.netloc and parts.netloc != self._host()):
            return None
        if match := ARTICLE.search(parts.path):
            key = self._key(match[1])
            return Target(article=key, fragment=parts.fragment) if key in self.drafts else Target()
        if match := ATTACHMENT.search(parts.path):
            file = self._saved(match[1], unquote(match[2] or ""))
            return Target(file=file) if file else (None if parts.netloc else Target())
        return None if parts.netloc or not parts.path else Target()

    def _take(self, row: dict[str, Any], name: str, locale: str) -> None:
        article = self.answers.articles[row["id"]]
        title = str(row.get("title") or "").strip()
        if not title:
            raise NotTaken("no_title")
        if len(title) > TITLE_CHARS_MAX:
            raise NotTaken("title_too_long", length=len(title), most=TITLE_CHARS_MAX)
        body = str(row.get("body") or "")
        if not re.sub(r"<(?!img|video)[^>]*>|\s|&nbsp;", "", body):
            raise NotTaken("empty")
        draft = self.drafts.get(self._key(row["id"])) or self._draft(article, name)
        draft.texts[locale] = TextDraft(
            locale=locale,
            path=name,
            title=title,
            html=page.read(body, title=title).html,
            slug=_own_slug(row, SLUG_CHARS_MAX) or slug_of(title),
            updated_at=front_matter.moment(
                {"at": row.get("edited_at") or row.get("updated_at")}, "at", zone=self.choices.zone
            ),
            is_draft=bool(row.get("draft")),
        )
        self.drafts[draft.key] = draft

    def _draft(self, article: dict[str, Any], name: str) -> Draft:
        section = self.answers.sections.get(int(article.get("section_id") or 0))
        if section is None:
            raise NotTaken("no_section", section=article.get("section_id"))
        category = self.answers.categories.get(int(section.get("category_id") or 0))
        product = Place(slug_of(self.choices.product)) if self.choices.product else None
        audience, segment = self._readers(article, name)
        return Draft(
            key=self._key(article["id"]),
            product=product or self._place("Category", category or section),
            topic=self._section(section),
            audience=audience,
            segment=segment,
            original=language_of(str(article.get("source_locale") or "")),
            labels=[str(label) for label in article.get("label_names") or []],
            is_pinned=bool(article.get("promoted")),
            position=int(article.get("position") or 0),
            own_key=_own(article).get("key", "") if is_key(_own(article).get("key")) else "",
            is_partial=True,
        )

    def _section(self, row: dict[str, Any]) -> Place:
        place = self._place("Section", row)
        above = self.answers.sections.get(int(row.get("parent_section_id") or 0))
        place.parent = self._section(above) if above and above is not row else None
        return place

    def _place(self, kind: str, row: dict[str, Any]) -> Place:
        names, descriptions = self.answers.names_of(kind, row)
        source = language_of(str(row.get("source_locale") or row.get("locale") or ""))
        named = names.get(source) or next(iter(names.values()), str(row["id"]))
        slug = _own_slug(row, PLACE_SLUG_CHARS_MAX) or slug_of(named)[:PLACE_SLUG_CHARS_MAX]
        return Place(slug, names, descriptions, int(row.get("position") or 0) + 1)

    def _readers(self, article: dict[str, Any], name: str) -> tuple[str, str]:
        """The audience of an article and the slug of its segment; the agents where it is not explained, and told."""
        several = article.get("user_segment_ids") or []
        segment = article.get("user_segment_id", several[0] if len(several) == 1 else None)
        if segment is None and len(several) > 1:
            self.problems.append(
                Entry(NOTE, name, reason="segment", details={"segment": ", ".join(map(str, several))})
            )
            return Audience.AGENTS, ""
        if segment is None:
            # In the API's words, an article with a segment of null is everybody's.
            return Audience.PUBLIC if "user_segment_id" in article else self.choices.audience, ""
        row = self.answers.segments.get(segment, {})
        ours = row.get(OURS)
        if segment_rows.is_row(ours):
            self.segments[ours["slug"]] = ours
            return Audience.SEGMENT, ours["slug"]
        if isinstance(ours, str) and ours in READERS:
            return ours, ""
        # Narrowed further by tags, organisations or names: then it is not everybody of that type.
        is_narrow = any(row.get(name) for name in NARROWING)
        found = None if is_narrow else SEGMENTS.get(row.get("user_type", ""))
        if found is None:
            self.problems.append(Entry(NOTE, name, reason="segment", details={"segment": segment}))
        return found or Audience.AGENTS, ""

    def _reader(self) -> str:
        """For whom an export of ours was; "" for everything, and for what others saved."""
        said = (_own(row).get("for") for row in self.answers.articles.values())
        return next((reader for reader in said if isinstance(reader, str)), "")

    def _shelves(self) -> dict[str, Any]:
        """What stands beside the API's own words in an export of ours. An article says itself which labels it carries."""
        named = [
            {"label": row.get("name"), "names": row[OURS].get("names")}
            for row in self.answers.labels
            if isinstance(row.get(OURS), dict)
        ]
        told = {"segments": list(self.segments.values()), "labels": named}
        return {name: rows for name, rows in told.items() if rows}

    def _key(self, number: object) -> str:
        return f"{self.prefix}{number}"

    def _host(self) -> str:
        rows: Iterable[dict[str, Any]] = self.answers.articles.values()
        return next((urlsplit(str(row["html_url"])).netloc for row in rows if row.get("html_url")), "")

    def _saved(self, number: str, name: str) -> Path | None:
        for path in sorted(self.root.rglob("*")):
            if (
                path.is_file()
                and path.suffix != ".json"
                and (path.stem == number or (name and path.name == name))
            ):
                return path
        return None


def _own(row: dict[str, Any]) -> dict[str, Any]:
    """What an export of ours says beside the API's words."""
    ours = row.get(OURS)
    return ours if isinstance(ours, dict) else {}


def _own_slug(row: dict[str, Any], most: int) -> str:
    """The name in addresses that an export of ours says; "" where it says none, or one that could be no address."""
    slug = _own(row).get("slug")
    return slug if isinstance(slug, str) and len(slug) <= most and SLUG.fullmatch(slug) else ""
