"""HTML from strangers: cleaned for one of five uses, and read as text.

What is stored beside a cleaned text is VERSION, so that it can be cleaned again from its source when the
rules below change.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from html import escape, unescape
from typing import Any

import nh3
from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig

from handrail.core.html_profiles import INLINE, PROFILES, Profile

VERSION = 1

HTML_CHARS_MAX = 5_000_000
LAYOUT_CHARS_MAX = 1_000_000  # laying out tables costs far more than cleaning
DEPTH_MAX = 150  # lxml gives up in silence at 256; html5ever slows with the square of the depth
ATTRIBUTES_MAX = 300  # in one tag; the parser compares each with each

# An attribute's quoted value belongs to its tag even where it holds ">"; outside a value a quote means nothing.
TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+)""")
QUOTED_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
SEPARATOR = re.compile(r"[\s/=]+")
LAYOUT = ParserConfig(css=CSS_PROFILES["strict"], display_images=True)
TAG_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*|!|\?")
WITHIN_A_LINE = INLINE - {"br", "hr"} | {"font"}
NEVER_DEEP = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "option",
    ]
)
ADDRESSES = frozenset({"href", "src", "cite", "poster"})
UNSEEN_CHARS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
UNSEEN = ("script", "style", "head", "title", "template", "noscript")


def clean(html: str, *, profile: str = "message") -> str:
    """Keep of `html` what `profile` ("article", "mail", "message", "reply" or "frame") allows, and nothing that can act.

    In "mail" the address of a remote picture stands in `data-remote-src`, so that showing the mail asks nobody
    for anything; pictures that came with it keep `src="cid:…"`. HTML past our limits comes back as paragraphs of its
    words. Cleaning twice changes nothing.

    Raises KeyError for a profile that does not exist.
    """
    cleaned = clean_within_limits(html, profile=profile)
    return paragraphs(quick_text(html)) if cleaned is None else cleaned


def clean_within_limits(html: str, *, profile: str) -> str | None:
    """As `clean`, but None for HTML past our limits, for those who would rather have its words alone."""
    rules = PROFILES[profile]
    if not within_limits(html):
        return None
    marker = f"remote-{secrets.token_hex(12)}:"
    cleaned = nh3.clean(html, attribute_filter=_filter(rules, marker), **rules.options)
    return cleaned.replace(f' src="{marker}', ' data-remote-src="').replace("\r", "\n")


def to_text(html: str) -> str:
    """What a person would read in cleaned `html`: blocks on lines of their own, tables in columns, lists with marks."""
    if len(html) > LAYOUT_CHARS_MAX or not within_limits(html):
        return quick_text(html)
    if not html.strip():
        return ""
    text = get_text(html, LAYOUT).replace("\xa0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def quick_text(html: str) -> str:
    """The words of any HTML, in linear time and without a parser: for what is too large or too deep for one."""
    before, *tags = html[:HTML_CHARS_MAX].split("<")
    pieces, unseen = [before], ""
    for piece in tags:
        inside, _, rest = piece.partition(">")
        tag = _tag_name(inside[:40])  # no name that means anything is longer
        if not tag:
            # No tag at all: "5 < 6".
            pieces.append("" if unseen else f"<{piece}")
            continue
        if unseen:
            unseen = "" if tag == "/" + unseen else unseen
        elif tag in UNSEEN:
            unseen = tag
        pieces.append("" if unseen else rest if tag.lstrip("/") in WITHIN_A_LINE else f"\n{rest}")
    lines = (" ".join(line.split()) for line in unescape("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=256)
def _tag_name(inside: str) -> str:
    """The name that stands first between "<" and ">", with the "/" of a closing tag; "" where it is none."""
    name = TAG_NAME.match(inside)
    return name[0].lower() if name else ""


def paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line begins a paragraph, a line break stays one."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip("\n"))
    return "\n".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block.strip())


def within_limits(html: str) -> bool:
    """Whether a parser may be given this: not too long, not too deep, no tag with too many attributes."""
    if len(html) > HTML_CHARS_MAX:
        return False
    open_tags: dict[str, int] = {}
    depth = 0
    for match in TAG.finditer(html):
        closing, name, attributes = match.groups()
        name = name.lower()
        if len(attributes) > ATTRIBUTES_MAX and _count(attributes) > ATTRIBUTES_MAX:
            return False
        if name in NEVER_DEEP:
            continue
        standing = open_tags.get(name, 0)
        if not closing:
            open_tags[name] = standing + 1
            depth += 1
            if depth > DEPTH_MAX:
                return False
        elif standing:
            open_tags[name] = standing - 1
            depth -= 1
    return True


def _count(attributes: str) -> int:
    return len(SEPARATOR.findall(QUOTED_VALUE.sub(" ", attributes)))


def is_own(address: str) -> bool:
    """Whether it names a picture that goes along with what shows it."""
    return address.lower().startswith("cid:")


ACTING_STYLE = re.compile(r"url|image|expression|[\\@]", re.IGNORECASE)
DEPTHS = frozenset({"simple", "deep"})


def _filter(rules: Profile, marker: str) -> Any:
    def keep(tag: str, attribute: str, value: str) -> str | None:
        if attribute in ADDRESSES:
            value = value.strip()
            scheme, colon, _ = value.partition(":")
            # Browsers differ in what they skip before a colon, so nothing may stand there to be skipped.
            if colon and UNSEEN_CHARS.search(scheme):
                return None
        if attribute == "style" and ACTING_STYLE.search(value):
            return None
        if attribute == "data-remote-src":
            return value if re.match(r"https?://", value, re.IGNORECASE) else None
        if attribute == "data-audience":
            return "agents"  # whatever it said: a mark we do not know must not open a passage to everybody
        if attribute == "data-depth":
            return value if value in DEPTHS else None
        if attribute == "data-block":
            return value if re.fullmatch(r"[1-9]\d{0,8}", value) else None
        if attribute == "class" and tag == "code":
            return value if re.fullmatch(r"language-[\w+-]{1,30}", value) else None
        if rules.fragments and attribute == "href" and value.startswith("#"):
            return value if value.startswith(f"#{rules.fragments}") else f"#{rules.fragments}{value[1:]}"
        if rules.own_pictures and attribute in ADDRESSES and (attribute == "src") != is_own(value):
            return None
        if rules.remote_off and attribute == "src" and not is_own(value):
            return marker + value
        return value

    return keep
