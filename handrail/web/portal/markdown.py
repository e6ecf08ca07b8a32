"""Clean article HTML as Markdown, for readers that are programs."""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "blockquote",
    "table",
    "pre",
    "figure",
    "hr",
    "div",
}
INLINE = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}


def as_markdown(clean_html: str) -> str:
    """The article's words with headings, lists, links, tables and quotations marked. `clean_html` from core.html."""
    writer = Writer()
    writer.feed(clean_html)
    writer.close()
    return writer.text()


class Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.prefix: list[str] = []
        self.lists: list[int] = []  # the next number of each open list; 0 for bullets
        self.links: list[str] = []
        self.cells: list[str] = []
        self.has_head = False
        self.is_raw = False

    def text(self) -> str:
        self._end_line()
        out: list[str] = []
        for line in self.lines:
            # A quotation's empty lines separate only paragraphs within it.
            bare = line.strip("> ") == ""
            if not bare or (out and out[-1]):
                out.append("" if bare else line)
        return "\n".join(out).strip() + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BLOCKS and not (tag in {"ul", "ol"} and self.lists):
            self._gap()
        if tag in INLINE and not self.is_raw:
            self.line += INLINE[tag]
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.line = "#" * int(tag[1]) + " "
        elif tag in {"ul", "ol"}:
            self._end_line()
            self.lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self._item()
        elif tag == "a":
            self.links.append(given.get("href") or "")
            self.line += "["
        elif tag == "img":
            self.line += f"![{given.get('alt') or ''}]({given.get('src') or ''})"
        elif tag == "blockquote":
            self.prefix.append("> ")
        elif tag == "pre":
            self.lines.append("```")
            self.is_raw = True
        elif tag == "br":
            self._end_line()
        elif tag == "tr":
            self.cells = []
        elif tag == "table":
            self.has_head = False

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE and not self.is_raw:
            self.line += INLINE[tag]
        elif tag == "a" and self.links:
            self.line += f"]({self.links.pop()})"
        elif tag in {"td", "th"}:
            self.cells.append(self.line.strip().replace("|", "\\|"))
            self.line = ""
        elif tag == "tr":
            self._row()
        elif tag == "pre":
            self._end_line()
            self.lines.append("```")
            self.is_raw = False
        elif tag == "blockquote":
            self._end_line()
            self.prefix.pop()
        elif tag in {"ul", "ol"}:
            self._end_line()
            self.lists.pop()
        if tag in BLOCKS and not self.lists:
            self._gap()
        elif tag == "li":
            self._end_line()

    def handle_data(self, data: str) -> None:
        if self.is_raw:
            self.lines.extend(data.splitlines())
            return
        words = " ".join(data.split())
        if not words:
            self.line += " " if self.line and not self.line.endswith(" ") else ""
            return
        left = " " if data[0].isspace() and self.line and not self.line.endswith(" ") else ""
        self.line += left + words + (" " if data[-1].isspace() else "")

    def _item(self) -> None:
        self._end_line()
        depth, number = len(self.lists) - 1, self.lists[-1] if self.lists else 0
        self.line = "   " * max(depth, 0) + (f"{number}. " if number else "- ")
        if number:
            self.lists[-1] += 1

    def _row(self) -> None:
        self.lines.append("| " + " | ".join(self.cells) + " |")
        if not self.has_head:
            self.lines.append("|" + "---|" * len(self.cells))
            self.has_head = True
        self.line = ""

    def _end_line(self) -> None:
        if self.line.strip():
            self.lines.append("".join(self.prefix) + self.line.rstrip())
        self.line = ""

    def _gap(self) -> None:
        self._end_line()
        self.lines.append("".join(self.prefix).rstrip())
