"""What an article says in short: one or two sentences for its card in a list, or what stands before its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handrail.core.html import clean, to_text

HEADING = re.compile(r"<h[1-6]\b[^>]*>.*?</h[1-6]>", re.DOTALL)
ITEM = re.compile(r"^\s*(?:[*•-]|\d{1,3}\.)\s+")
PICTURE = re.compile(r"\[[^\[\]]*\]")
CELLS = re.compile(r"(?<=\S)\s{2,}(?=\S)")  # how a table's cells stand apart in its text
ENDED = re.compile(r"[.?!…:][\"'”’)\]]*$")
SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*(?=\s)")
APART = " · "


def excerpt(text: str, most: int) -> str:
    """The first whole sentences of a text laid out in lines, at most `most` characters.

    A sentence that ends in a colon takes the list below it along. Where there are no sentences, what stands in lines,
    items and cells is set apart.
    """
    lines = [line for line in map(_plain, text.splitlines()) if line[1]]
    sentences = _sentences(lines, most)
    return cut(sentences or APART.join(_parts(lines)), most)


def beginning(clean_html: str) -> str:
    """The HTML before the first heading; of an article that begins with one, what stands below the first that has words."""
    parts = HEADING.split(clean_html)
    found = next((part for part in parts if to_text(part).strip()), "")
    # A heading inside of a passage or a list of steps leaves half of its frame behind.
    return clean(found, profile="article").strip()


def cut(words: str, most: int) -> str:
    """At the end of a sentence where one ends in the second half, else at a word."""
    if len(words) <= most:
        return words
    ends = [match.end() for match in SENTENCE_END.finditer(words, 0, most + 1)]
    if ends and most // 2 <= ends[-1] <= most:
        return words[: ends[-1]]
    kept = words[: most + 1].rsplit(" ", 1)[0] if " " in words[: most + 1] else words[:most]
    return kept[:most].rstrip(" .,·:") + "…"


def _plain(line: str) -> tuple[bool, str]:
    """Whether it is an item of a list, and its words without marks and what stands for pictures."""
    return bool(ITEM.match(line)), PICTURE.sub("", ITEM.sub("", line)).strip()


def _sentences(lines: list[tuple[bool, str]], most: int) -> str:
    """The first run of paragraphs that end as sentences do, as far as they fit."""
    said = ""
    for at, (is_item, words) in enumerate(lines):
        is_sentence = not is_item and ENDED.search(words) is not None and not CELLS.search(words)
        if not is_sentence or (said and len(said) + len(words) >= most):
            if said:
                break
            continue
        said = f"{said} {words}".strip()
        if words.endswith(":"):
            return f"{said} {APART.join(_items(lines[at + 1 :]))}".strip()
    return said


def _items(lines: Iterable[tuple[bool, str]]) -> list[str]:
    items = []
    for is_item, words in lines:
        if not is_item:
            break
        items.append(words)
    return items


def _parts(lines: Iterable[tuple[bool, str]]) -> list[str]:
    return [part for _is_item, words in lines for part in CELLS.split(words)]
