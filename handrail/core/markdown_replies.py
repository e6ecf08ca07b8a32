"""What people type into a reply, as clean HTML: Markdown where they meant it, and nothing taken for it that they did not.

Replies are full of signs that CommonMark reads: a masked number (010-****-1234, 홍*동), a date at the beginning of a line
(2026. 11. 22.), a line right below a quotation. Each stays what it was; only what is plainly a mark is one. A picture that goes along stands where
`![its description](picture:its name)` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from handrail.core.html import clean
from handrail.core.html_reading import is_bare
from handrail.core.markdown import KoreanInline

CHARS_MAX = 60_000
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
QUOTE = re.compile(r" {0,3}>")
ITEM = re.compile(r"\s*([-*+]|\d{1,2}[.)])\s")
# A mark opens at the beginning of a word and closes at its end, beside which Korean has its particles.
MARKED = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^\n]{0,500}?[^\s*\\])\1(?!\*)")
# Code and addresses stay to the letter; so do signs that stand for them meanwhile.
KEPT = re.compile(
    r"(?<!`)(`+)(?!`).{1,500}?(?<!`)\1(?!`)"
    r"|\]\((?:https?|mailto|tel|picture):[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*(?:\s+\"[^\"\n]*\")?\)"
    r"|https?://[^\s<>*]*[^\s<>*)\].,;:!?'\"]|[\U000f0000-\U000ffffd]"
)
STANDS_IN = 0xF0000
STANDING = re.compile(r"([\U000f0000-\U000ffffd])(\\\*)?")
DATE = re.compile(r"^(\s*(?:>\s?)*\d{1,9})([.)])(?=\s*\d{1,2}[.)])")
LONG_NUMBER = re.compile(r"^(\s*(?:>\s?)*\d{3,9})([.)])(?=\s)")
ESCAPABLE = "*`[#>\\"
PLAIN = re.compile(r"</?(?:p|br)>|\n")
PICTURE = re.compile(r"picture:([0-9A-Za-z]{8,40})")
LINK = re.compile(r'<a href="([^"]*)"[^>]*>([^<]*)</a>')


def reply_html(typed: str, pictures: Mapping[str, str] | None = None) -> str:
    """Clean HTML (profile "reply") of what somebody typed; headings stay small, a line break is one.

    pictures  name -> Content-ID of those that go along; any other is only told of, by its description
    """
    html: str = _parser().render(as_commonmark(typed[:CHARS_MAX]), {"pictures": pictures or {}})
    return clean(html, profile="reply").strip()


def placed_in(typed: str) -> list[str]:
    """The names of the pictures that stand in what somebody typed, each once, in their order."""
    found = (
        each for token in _parser().parse(as_commonmark(typed[:CHARS_MAX])) for each in token.children or []
    )
    named = (PICTURE.fullmatch(str(each.attrs.get("src", ""))) for each in found if each.type == "image")
    return list(dict.fromkeys(name[1] for name in named if name))


def says_more(html: str) -> bool:
    """Whether HTML from `reply_html` has any form that its plain text would not show."""
    bare = LINK.sub(lambda link: "" if is_bare(link[1], link[2]) else link[0], html)
    return "<" in PLAIN.sub("", bare)


def as_commonmark(typed: str) -> str:
    """The same words, so that CommonMark reads in them what their writer meant."""
    lines: list[str] = []
    fence, before = "", ""
    for line in typed.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = FENCE.match(line)
        if fence:
            fence = "" if found and found[1].startswith(fence) else fence
            lines.append(line)
            continue
        if found:
            fence = found[1]
            lines.append(line)
            before = ""
            continue
        if _ends(before, line):
            lines.append("")
        lines.append(_line(line))
        before = line
    return "\n".join(lines)


def _ends(before: str, line: str) -> bool:
    """Whether a line right below a quotation or a list belongs to neither, as it looks to its writer."""
    if not before.strip() or not line.strip():
        return False
    if QUOTE.match(before):
        return not QUOTE.match(line)
    return bool(ITEM.match(before)) and not line[0].isspace() and not ITEM.match(line)


def _line(line: str) -> str:
    # What is indented is no code: nobody types it so, and pasted words often are.
    if not ITEM.match(line):
        line = line.lstrip(" \t\u3000") if line[:4].isspace() else line
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return chr(STANDS_IN + len(kept) - 1)

    words = _words(KEPT.sub(keep, line))
    words = LONG_NUMBER.sub(r"\1\\\2", DATE.sub(r"\1\\\2", words))
    return STANDING.sub(lambda found: _back(kept[ord(found[1]) - STANDS_IN], found[2] or ""), words)


def _back(kept: str, star: str) -> str:
    # An address would swallow the backslash before a star right behind it.
    return f"<{kept}>{star}" if star and kept.startswith("http") else kept + star


def _words(words: str) -> str:
    """Marks that are none are escaped, so that every sign stays to be read."""
    lead = re.match(r"\s*(?:>\s?)*(?:\*\s)?", words)
    start = lead.end() if lead else 0
    words = re.sub(rf"\\(?![{re.escape(ESCAPABLE)}])", r"\\\\", words)
    return words[:start] + _stars(words[start:]).replace("_", "\\_").replace("~", "\\~")


def _stars(words: str) -> str:
    made, at = [], 0
    for found in MARKED.finditer(words):
        made += [_escaped(words[at : found.start()]), found[1], _stars(found[2]), found[1]]
        at = found.end()
    return "".join([*made, _escaped(words[at:])])


def _escaped(words: str) -> str:
    return re.sub(r"(?<!\\)\*", r"\\*", words)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True})
    parser.enable(["table", "linkify"]).disable(["reference", "lheading", "code", "entity"])
    parser.add_render_rule("image", _picture)
    # Only what begins as an address is one: "report.md" is a file.
    assert parser.linkify is not None  # asked for above
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
    parser.core.ruler.push("small_headings", _small_headings)
    inline = KoreanInline()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    inline.terminator_re = parser.inline.terminator_re
    parser.inline = inline
    return parser


def _picture(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """A picture that goes along; told of by its description where it does not, and a link where it is anything else."""
    source = str(tokens[at].attrs.get("src", ""))
    words = self.renderInlineAsText(tokens[at].children, options, env)
    name = PICTURE.fullmatch(source)
    if name is None:
        return f'!<a href="{escape(source)}">{escape(words)}</a>'
    cid = env.get("pictures", {}).get(name[1])
    return f'<img src="cid:{escape(cid)}" alt="{escape(words)}">' if cid else f"[{escape(words)}]"


def _small_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3" if token.tag in {"h1", "h2"} else "h4"
