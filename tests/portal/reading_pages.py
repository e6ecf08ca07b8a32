"""Looking at a page the way a reader or a search engine does."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote


class Seen(HTMLParser):
    """The elements of a page: (tag, attributes) in order, and the words of each heading and link."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.texts.append((self._open[-1], data.strip()))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def headings(self) -> list[str]:
        return [text for tag, text in self.texts if tag in {"h1", "h2"}]

    def hrefs(self) -> list[str]:
        return [unquote(attributes["href"]) for attributes in self.all("a") if "href" in attributes]

    def paths(self) -> list[str]:
        """The same without what their queries carry along."""
        return [
            unquote(attributes["href"].partition("?")[0])
            for attributes in self.all("a")
            if "href" in attributes
        ]


def seen(response: Any) -> Seen:
    return Seen(response.content.decode())


def json_ld(response: Any) -> list[dict[str, Any]]:
    blocks = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.S
    )
    return [json.loads(block) for block in blocks]


def at(path: str) -> str:
    """A path as a person reads it."""
    return unquote(path)
