"""The files that measuring reads: knowledge.jsonl and questions.jsonl of one folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Item:
    """One answerable thing."""

    id: str
    locale: str
    title: str
    body: str
    aliases: list[str]


@dataclass(frozen=True)
class Asked:
    """One question; `answers` are the ids of the items that answer it, none for out of scope."""

    id: str
    locale: str
    question: str
    answers: frozenset[str]
    split: str

    @property
    def is_even(self) -> bool:
        return int(self.id[-1]) % 2 == 0


@dataclass(frozen=True)
class Folder:
    """One set: its items and its questions by split."""

    items: list[Item]
    train: list[Asked]
    dev: list[Asked]
    test: list[Asked]


class NotAFolder(ValueError):
    """The folder does not hold what measuring needs."""


def read(folder: Path) -> Folder:
    """The set in `folder`. Raises NotAFolder, naming the file, where it cannot be read."""
    items = _rows(folder / "knowledge.jsonl", _item)
    asked = _rows(folder / "questions.jsonl", _asked)
    by_split = {split: [each for each in asked if each.split == split] for split in ("train", "dev", "test")}
    if not items or not (by_split["dev"] or by_split["test"]):
        raise NotAFolder(f"{folder} needs items in knowledge.jsonl and questions with split dev or test.")
    known = {item.id for item in items}
    for each in asked:
        if unknown := sorted(each.answers - known):
            raise NotAFolder(
                f"{folder / 'questions.jsonl'}: {each.id!r} names {unknown[0]!r}, which knowledge.jsonl does not hold."
            )
    return Folder(items, by_split["train"], by_split["dev"], by_split["test"])


def _item(row: dict[str, Any]) -> Item:
    return Item(row["id"], row["locale"], row["title"], row.get("body", ""), row.get("aliases", []))


def _asked(row: dict[str, Any]) -> Asked:
    return Asked(row["id"], row["locale"], row["question"], frozenset(row["answers"]), row["split"])


def _rows(path: Path, made: Callable[[dict[str, Any]], Row]) -> list[Row]:
    rows: list[Row] = []
    try:
        with path.open(encoding="utf-8") as lines:
            rows += [made(json.loads(line)) for line in lines if line.strip()]
    except FileNotFoundError as missing:
        raise NotAFolder(f"{path} is missing.") from missing
    except (ValueError, TypeError) as broken:
        raise NotAFolder(f"{path} holds a line that is no JSON object: {broken}") from broken
    except KeyError as lacking:
        raise NotAFolder(f"{path} holds a line without {lacking}.") from lacking
    return rows
