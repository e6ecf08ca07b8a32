"""Clean HTML as pieces a script can build without reading HTML: pages with Trusted Types forbid that.

A piece is a string, or [tag, {attribute: value}, [piece, ...]].
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

KEPT = frozenset({"p", "ul", "ol", "li", "strong", "b", "em", "i", "a", "br", "code", "pre", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "sub", "sup", "img"})  # fmt: skip
EMPTY = frozenset({"br", "img"})
ATTRIBUTES = {"a": ("href",), "img": ("src", "alt", "width", "height"), "ol": ("start",), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan")}  # fmt: skip
ADDRESSES = ("href", "src")


class _Reader(HTMLParser):
    def __init__(self, site: str) -> None:
        super().__init__(convert_charrefs=True)
        self.site = site
        self.root: list[Any] = []
        self._open: list[tuple[str, list[Any]]] = [("", self.root)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in KEPT:
            return
        wanted = ATTRIBUTES.get(tag, ())
        own = {
            name: whole(value or "", self.site) if name in ADDRESSES else value or ""
            for name, value in attrs
            if name in wanted
        }
        children: list[Any] = []
        self._open[-1][1].append([tag, own, children])
        if tag not in EMPTY:
            self._open.append((tag, children))

    def handle_endtag(self, tag: str) -> None:
        if tag in [name for name, _children in self._open]:
            while self._open[-1][0] != tag:
                self._open.pop()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() or (self._open[-1][1] and data):
            self._open[-1][1].append(data)


def pieces(clean_html: str, site: str) -> list[Any]:
    """The pieces of HTML that core.html.clean made; addresses of ours made whole, other tags than simple ones left out.

    site  where they lead: scheme and host
    """
    reader = _Reader(site)
    reader.feed(clean_html)
    reader.close()
    return reader.root


def whole(address: str, site: str) -> str:
    """An address as another site needs it."""
    return f"{site}{address}" if address.startswith("/") else address
