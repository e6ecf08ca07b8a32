"""A folder of Markdown with front matter: a file for each language of each article, its files beside it.

    handrail.yaml                             products, topics, FAQ sets, synonyms and names of labels
    orders/refunds/how-to-return.ko.md        what readers see
    orders/refunds/how-to-return.draft.ko.md  what is being written above it, where there is both
    orders/refunds/how-to-return.files/…      pictures it shows, files it offers
    blocks/opening-hours.ko.md                a reusable block (blocks.py)
    orders/refunds/no-refund.tree.yaml        a troubleshooter, beside its article (trees.py)

`handrail import` reads it back: the second export of what came in is the same, byte for byte. Review stages, revisions
and readers' verdicts do not fit into files people edit; the archive has them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from handrail.accounts.viewer import Viewer
from handrail.core.files.keeping import read
from handrail.core.markdown_writing import from_html
from handrail.knowledge import tied_words
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.exporting.addresses import Folder
from handrail.knowledge.exporting.blocks import placed, texts_of
from handrail.knowledge.exporting.chosen import Chosen
from handrail.knowledge.exporting.naming import names_of
from handrail.knowledge.exporting.shelves import FILE, FORMAT, shelves
from handrail.knowledge.exporting.trees import trees
from handrail.knowledge.origins import key_of
from handrail.knowledge.revisions import Revision
from handrail.knowledge.translations import Translation
from handrail.workspace.models import Brand

Progress = Callable[[int, int, str], None]


class NotOurs(ValueError):
    """The folder holds something else than an export of ours. The message names it."""


def export(
    target: Path,
    *,
    brand: Brand,
    viewer: Viewer | None = None,
    reader: str = "",
    form: int = FORMAT,
    progress: Progress = lambda done, total, path: None,
) -> int:
    """Write the folder, new or over an export of before; returns how many articles.

    viewer  only what they may read; everything, drafts and archived articles too, with None
    reader  the name of that viewer's audience (readers.py)
    form    an older one than FORMAT, to compare with what left then

    Raises NotOurs for a folder that holds other things.
    """
    before = _ours(target)
    chosen = Chosen(brand, viewer, reader, form)
    articles = chosen.articles()
    folder = Folder(names_of(articles), chosen.files(articles))
    folder.words = tied_words.words_of(articles) if chosen.has_all else {}
    folder.blocks = placed() if chosen.has_all else {}
    written: set[Path] = set()
    for place in folder.blocks.values():
        for path, front, state, locale in texts_of(place):
            words = folder.outward(state.whole if state else "", name=place.name, locale=locale)
            written.add(_write(target / path, f"---\n{_yaml(front)}---\n{from_html(words)}".encode()))
    for done, article in enumerate(articles, start=1):
        for path, text in _texts(article, folder, chosen):
            written.add(_write(target / path, text.encode()))
        if chosen.has_all:
            for path, said in trees(article, folder.names, chosen, _front(article, folder, chosen)):
                written.add(_write(target / path, _yaml(said).encode()))
        for file in article.files.all():
            if file.is_download:
                folder.place(file, folder.names[article.pk])
        progress(done, len(articles), folder.names[article.pk])
    for path, file in folder.files.items():
        written.add(_write(target / path, read(file.file)))
    written.add(_write(target / FILE, _yaml(shelves(chosen, folder.names)).encode()))
    for left in before - written:
        left.unlink()
    return len(articles)


def _ours(target: Path) -> set[Path]:
    """The files of an earlier export there, which this one may replace."""
    if not target.exists():
        return set()
    files = {path for path in target.rglob("*") if path.is_file()}
    if files and not (target / FILE).is_file():
        raise NotOurs(f"{target} holds files, and no {FILE} of an earlier export.")
    return {
        path for path in files if not any(part.startswith(".") for part in path.relative_to(target).parts)
    }


def _texts(article: Article, folder: Folder, chosen: Chosen) -> list[tuple[str, str]]:
    """(path, content) of each language, and of its draft where something is published above which it stands."""
    name, found = folder.names[article.pk], []
    for text in sorted(article.translations.all(), key=lambda one: one.locale):
        shown = text.published or (text.draft if chosen.has_drafts else None)
        if shown is None:
            continue
        found.append((f"{name}.{text.locale}.md", _file(article, text, shown, folder, chosen)))
        if chosen.has_drafts and text.published and text.draft:
            found.append((f"{name}.draft.{text.locale}.md", _draft(article, text, folder, chosen)))
    return found


def _file(article: Article, text: Translation, shown: Revision, folder: Folder, chosen: Chosen) -> str:
    said = _front(article, folder, chosen, text, title=shown.title)
    words = chosen.words(shown, text.locale)
    body = from_html(folder.outward(words, name=folder.names[article.pk], locale=text.locale))
    return f"---\n{_yaml(said)}---\n{body}"


def _front(
    article: Article, folder: Folder, chosen: Chosen, text: Translation | None = None, *, title: str = ""
) -> dict[str, Any]:
    """Front matter of a text; without one, what is said of the article itself."""
    said: dict[str, Any] = {
        "title": title or None,
        "key": key_of(article),
        "slug": (text.wanted_slug or text.slug) if text else None,
        "kind": article.kind,
        "purpose": article.purpose or None,
        "audience": article.audience.replace("_", "-"),
        "segment": article.segment.slug if article.audience == Audience.SEGMENT and article.segment else None,
        "original": article.original_locale,
        "pinned": article.is_pinned or None,
        "position": article.position,
        "draft": True if text and not text.published else None,
        "archived": True if article.archived_at else None,
        "updated": _moment(text.updated_at if text and text.published else None),
        "published_at": _moment(text.published_at if text else None),
        "ends": _moment(article.ends_at),
        **(_care(article) if chosen.has_all else {}),
        "aliases": (text.aliases if text else None) or None,
        "keywords": folder.words.get(article.pk),
        "labels": [label.name for label in article.labels.all()] or None,
        "related": sorted(folder.names[one.pk] for one in article.related.all() if one.pk in folder.names)
        or None,
        "files": sorted(
            folder.place(file, folder.names[article.pk]).rpartition("/")[2]
            for file in article.files.all()
            if file.is_download
        )
        or None,
        "redirects": sorted(old.path for old in article.redirects.all() if text and old.locale == text.locale)
        or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _care(article: Article) -> dict[str, Any]:
    """Names of colleagues are nobody's to read but the site's own."""
    return {
        "owner": article.owner.email if article.owner else None,
        "check_by": article.check_by,
        "check_every_days": article.check_every_days,
        "checked_at": _moment(article.checked_at),
    }


def _draft(article: Article, text: Translation, folder: Folder, chosen: Chosen) -> str:
    assert text.draft is not None
    words = chosen.words(text.draft, text.locale)
    body = from_html(folder.outward(words, name=folder.names[article.pk], locale=text.locale))
    return f"---\n{_yaml({'title': text.draft.title})}---\n{body}"


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _yaml(said: Any) -> str:
    return str(yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000))


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
