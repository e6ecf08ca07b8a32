"""An article's own links and pictures as they lead within a folder, and which files they need."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import relpath
from urllib.parse import quote, unquote

from handrail.core.html_tree import parse, write
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.exporting.blocks import Placed, marked

LINKED = {"a": "href", "img": "src", "source": "src", "track": "src", "video": "src", "audio": "src"}
ARTICLE = re.compile(r"^(?:/hc/(?:ko|en)/articles/|article:)(\d+)[^#]*(#.*)?$")
FILE = re.compile(r"^/hc/files/([\w-]+)$")
ANCHOR = "#at-"  # the cleaner's prefix of ids; the import puts it back


@dataclass
class Folder:
    """What one export knows of where things lie.

    names  article id -> its name (naming.py)
    blocks number -> the block and its place, where blocks leave as blocks (blocks.py)
    words  article id -> the words that lead to it (tied_words.py)
    files  path within the folder -> the file that lies there
    """

    names: dict[int, str]
    kept: dict[str, ArticleFile]
    files: dict[str, ArticleFile] = field(default_factory=dict)
    words: dict[int, list[str]] = field(default_factory=dict)
    blocks: dict[int, Placed] = field(default_factory=dict)

    def outward(self, html: str, *, name: str, locale: str) -> str:
        """The HTML with its links to articles, its pictures and blocks as paths beside the file of that name."""
        here = PurePosixPath(name).parent
        if self.blocks:
            links = {pk: quote(relpath(one.file(locale), here)) for pk, one in self.blocks.items()}
            html = marked(html, {pk: (link, self.blocks[pk].block.name) for pk, link in links.items()})
        root = parse(html)
        for node in root.walk():
            name = LINKED.get(node.tag, "")
            if value := node.attributes.get(name):
                node.attributes[name] = self._led(value, here, name, locale)
            if poster := node.attributes.get("poster"):
                node.attributes["poster"] = self._led(poster, here, name, locale)
        return write(root)

    def _led(self, address: str, here: PurePosixPath, name: str, locale: str) -> str:
        if match := FILE.match(address):
            file = self.kept.get(match[1])
            owner = self._owner(file, name) if file else ""
            return quote(relpath(self.place(file, owner), here)) if file and owner else address
        if address.startswith(ANCHOR):
            return f"#{quote(unquote(address.removeprefix(ANCHOR)))}"
        if (match := ARTICLE.match(address)) and int(match[1]) in self.names:
            place = unquote((match[2] or "").removeprefix(ANCHOR).removeprefix("#"))
            fragment = f"#{quote(place)}" if place else ""
            return quote(relpath(f"{self.names[int(match[1])]}.{locale}.md", here)) + fragment
        return address

    def _owner(self, file: ArticleFile, name: str) -> str:
        if file.article_id:
            return self.names.get(file.article_id, "")
        # A block that is written out takes its picture along to each article it stands in.
        return self.blocks[file.block_id].name if file.block_id in self.blocks else name

    def place(self, file: ArticleFile, owner: str) -> str:
        """Where the file lies: beside the text that owns it, by its name, under the name it came with."""
        title = re.sub(r"[^\w.-]+", "-", file.file.title).strip("-.") or "file"
        base = f"{owner}.files/{title}"
        path, number = base, 2
        while path in self.files and self.files[path].pk != file.pk:
            stem, dot, ending = base.rpartition(".")
            path, number = (
                f"{stem or ending}-{number}{dot if stem else ''}{ending if stem else ''}",
                number + 1,
            )
        self.files[path] = file
        return path
