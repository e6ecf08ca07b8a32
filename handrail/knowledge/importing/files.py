"""Which files of a folder are articles, in which language each is, and below which folders it lies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError

from handrail.knowledge.importing.report import FAILED, LEFT_OUT, Entry
from handrail.workspace.locales import LOCALES

TEXTS = {".md", ".markdown", ".html", ".htm", ".xhtml"}
TREE, DRAFT_TREE = ".tree.yaml", ".draft.tree.yaml"  # a troubleshooter beside its article; trees.py reads it
BLOCKS = "blocks"  # the folder of reusable blocks of ours, beside the products' folders
SHELVES = "handrail.yaml"  # an export of ours says there what stands around its articles
# Travels with texts and is fetched when one of them shows it.
BESIDE = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".webm", ".mp4", ".vtt", ".css", ".js", ".ico"}


@dataclass(frozen=True)
class Found:
    """One text file. `folders` are those between the root and the file, its language's folder left out."""

    path: Path
    relative: str
    folders: tuple[str, ...]
    stem: str
    locale: str

    @property
    def is_markdown(self) -> bool:
        return self.path.suffix.lower() in {".md", ".markdown"}

    @property
    def key(self) -> str:
        return "/".join((*self.folders, self.stem))


@dataclass
class Listing:
    root: Path
    texts: list[Found]
    aliases: dict[str, str]
    problems: list[Entry]


def listing(root: Path) -> Listing:
    """Every text below `root`, in order of path; second names (symlinks) of a text apart, with what they name."""
    texts: list[Found] = []
    aliases: dict[str, str] = {}
    problems: list[Entry] = []
    other_languages: dict[str, list[str]] = defaultdict(list)
    no_texts: Counter[str] = Counter()
    for path in _files(root):
        relative = path.relative_to(root).as_posix()
        if relative != (readable := relative.encode(errors="replace").decode()):
            problems.append(Entry(FAILED, readable, reason="name_unreadable"))
            continue
        if relative == SHELVES or ".files" in path.parent.suffix or path.name.endswith(TREE):
            continue
        if path.suffix.lower() not in TEXTS:
            if path.suffix.lower() not in BESIDE:
                no_texts[path.suffix.lower() or path.name] += 1
            continue
        if path.is_symlink():
            problems.append(_second_name(path, relative, root, aliases))
            continue
        language, found = _place(path, root)
        if language and not found.locale:
            other_languages[language].append(relative)
        else:
            texts.append(found)
    problems += [
        Entry(LEFT_OUT, paths[0], locale=language, reason="language", details={"count": len(paths)})
        for language, paths in sorted(other_languages.items())
    ]
    problems += [
        Entry(LEFT_OUT, f"*{suffix}", reason="not_an_article", details={"count": count})
        for suffix, count in sorted(no_texts.items())
    ]
    return Listing(root, texts, aliases, problems)


def language_of(name: str) -> str:
    """The language code a name such as "ko", "en-us" or "zh_CN" stands for: "ko", "en", "zh"; "" if none."""
    try:
        return Locale.parse(name.replace("-", "_")).language
    except (ValueError, UnknownLocaleError):
        return ""


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if not hidden and (path.is_file() or path.is_symlink()):
            yield path


def _second_name(path: Path, relative: str, root: Path, aliases: dict[str, str]) -> Entry:
    target = path.resolve()
    if not target.is_relative_to(root.resolve()) or not target.is_file():
        return Entry(LEFT_OUT, relative, reason="outside")
    aliases[relative] = target.relative_to(root.resolve()).as_posix()
    return Entry(LEFT_OUT, relative, reason="same_file", details={"other": aliases[relative]})


def _place(path: Path, root: Path) -> tuple[str, Found]:
    """The language the path names ("" for none) and the file; its locale is "" for a language not offered."""
    relative = path.relative_to(root)
    folders, language = [], ""
    for depth, name in enumerate(relative.parts[:-1]):
        if not language and _is_language_folder(root.joinpath(*relative.parts[:depth]), name):
            language = language_of(name)
        else:
            folders.append(name)
    stem, _, suffix = relative.stem.rpartition(".")
    if stem and len(suffix) <= 5 and language_of(suffix):
        language = language_of(suffix)  # a file's own name says more than the folder it lies in
    else:
        stem = relative.stem
    locale = language if language in LOCALES else ""
    return language, Found(path, relative.as_posix(), tuple(folders), stem, locale)


def _is_language_folder(parent: Path, name: str) -> bool:
    # "hr" and "it" are languages, but departments too: only beside a folder of ours do they mean the language.
    return bool(language_of(name)) and (name in LOCALES or any((parent / code).is_dir() for code in LOCALES))
