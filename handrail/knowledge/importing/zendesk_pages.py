"""Reading saved answers of the help-centre API: every page of every chain, and which pages are missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from handrail.knowledge.importing.files import language_of
from handrail.knowledge.importing.report import FAILED, Entry
from handrail.knowledge.importing.trouble import NotTaken, told, why
from handrail.workspace.locales import LOCALES

Row = dict[str, Any]
LISTS = ("categories", "sections", "articles", "translations", "user_segments", "labels")


@dataclass
class Answers:
    """Rows by id. `article_rows` and `translations` keep each row with the file it stood in."""

    articles: dict[int, Row] = field(default_factory=dict)
    sections: dict[int, Row] = field(default_factory=dict)
    categories: dict[int, Row] = field(default_factory=dict)
    segments: dict[int, Row] = field(default_factory=dict)
    labels: list[Row] = field(default_factory=list)
    article_rows: list[tuple[Row, str]] = field(default_factory=list)
    translations: list[tuple[Row, str]] = field(default_factory=list)
    place_rows: list[tuple[str, Row]] = field(default_factory=list)
    problems: list[Entry] = field(default_factory=list)

    def texts(self) -> Iterator[tuple[Row, str]]:
        """Every language of every article once; a translation's own row says more than the list's."""
        seen: dict[tuple[int, str], tuple[Row, str]] = {}
        for row, path in self.article_rows:
            seen[row["id"], str(row.get("locale"))] = (row, path)
        for row, path in self.translations:
            number = row.get("source_id")
            if row.get("source_type", "Article") == "Article" and number in self.articles:
                seen[number, str(row.get("locale"))] = ({**row, "id": number}, path)
        yield from seen.values()

    def names_of(self, kind: str, row: Row) -> tuple[dict[str, str], dict[str, str]]:
        """Names and descriptions (locale -> text) of a category or section, from its rows and translations."""
        names: dict[str, str] = {}
        descriptions: dict[str, str] = {}
        rows = [one for its_kind, one in self.place_rows if its_kind == kind and one["id"] == row["id"]]
        rows += [
            {"locale": one.get("locale"), "name": one.get("title"), "description": one.get("body")}
            for one, _path in self.translations
            if one.get("source_type") == kind and one.get("source_id") == row["id"]
        ]
        for one in rows:
            locale = language_of(str(one.get("locale") or ""))
            if locale in LOCALES and one.get("name"):
                names[locale] = str(one["name"])[:120]
                descriptions[locale] = str(one.get("description") or "")[:300]
        return names, descriptions


def read_all(root: Path) -> Answers:
    """Every JSON file below `root`. A file that is none of the API's answers is told, and stops nothing."""
    answers = Answers()
    pages: list[Row] = []
    for path in sorted(root.rglob("*.json")):
        name = path.relative_to(root).as_posix()
        try:
            said = json.loads(path.read_text(encoding="utf-8-sig"))
            lists = [key for key in LISTS if isinstance(said, dict) and isinstance(said.get(key), list)]
            if not lists:
                raise NotTaken("not_json", why="no_lists", lists=", ".join(LISTS))
            for key in lists:
                _keep(answers, key, said[key], name)
        except OSError as error:
            answers.problems.append(told(error, name))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            answers.problems.append(Entry(FAILED, name, reason="not_json", details=_wrong(error)))
        else:
            pages.append({**said, "what": lists[0], "got": len(said[lists[0]]), "file": name})
    answers.problems += _missing(pages)
    return answers


def _wrong(error: Exception) -> Row:
    if isinstance(error, NotTaken):
        return error.details
    if isinstance(error, KeyError):
        return {"why": "no_field", "field": str(error.args[0])[:60]}
    return why(error) if isinstance(error, (UnicodeDecodeError, json.JSONDecodeError)) else {"why": "odd_row"}


def _keep(answers: Answers, key: str, rows: list[Row], name: str) -> None:
    for row in rows:
        if key == "translations":
            answers.translations.append((row, name))
        elif key == "articles":
            answers.articles.setdefault(int(row["id"]), row)
            answers.article_rows.append((row, name))
            # Asked for with include=translations, they stand inside the article.
            for inner in row.get("translations") or []:
                own = {"source_id": row["id"], "source_type": "Article"}
                answers.translations.append(({**own, **inner}, name))
        elif key == "user_segments":
            answers.segments[int(row["id"])] = row
        elif key == "labels":
            answers.labels.append(row)
        else:
            table, kind = (
                (answers.sections, "Section") if key == "sections" else (answers.categories, "Category")
            )
            table.setdefault(int(row["id"]), row)
            answers.place_rows.append((kind, row))


def _missing(pages: list[Row]) -> list[Entry]:
    """The pages that `next_page` names and nobody saved."""
    have = {(_chain(page), int(page.get("page") or 1)) for page in pages}
    problems = []
    for page in pages:
        following = page.get("next_page")
        if not following:
            continue
        number = int(parse_qs(urlsplit(following).query).get("page", ["0"])[0])
        if (_chain(page), number) not in have:
            got = sum(one["got"] for one in pages if _chain(one) == _chain(page))
            details = {"page": number, "what": page["what"], "got": got, "all": page.get("count") or "?"}
            problems.append(Entry(FAILED, page["file"], reason="page_missing", details=details))
    return problems


def _chain(page: Row) -> str:
    """The address all pages of one list share."""
    address = page.get("next_page") or page.get("previous_page") or ""
    return urlsplit(address).path or f"{page['what']} in {page['file']}"
