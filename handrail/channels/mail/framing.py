"""A brand's own frame around its mails, in HTML and as text: what may stand in one, and filling it.

A frame holds placeholders, {{content}} once and the others where wanted. It is filled in one pass with what was made for this
one mail, so that neither a customer's words nor a name can put anything of ours into it, and it can ask for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from handrail.core.html import clean_within_limits, to_text
from handrail.workspace.korean import PAIRS, particle, stand_in

HTML_LETTERS_MAX, TEXT_LETTERS_MAX = 20_000, 5_000
KOREAN = {
    "내용": "content", "서명": "signature", "상담연결": "person", "이전메일": "history", "로고": "logo",
    "브랜드": "brand", "도움말센터": "site",
}  # fmt: skip
ENGLISH = {name: name for name in KOREAN.values()}
# What was made for one mail, as markup; those that follow the content come after it where the frame has no place for them.
AFTER_CONTENT = ("signature", "person", "history")
PARTS = frozenset({"content", "logo", *AFTER_CONTENT})
WRITTEN = re.compile(r"\{\{\s*([^{}\s|]{1,40})\s*(?:\|\s*([가-힣]{1,3})\s*)?\}\}")
NAMED = frozenset({"brand", "logo", "site"})  # those a particle may follow
PICTURE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
TAG = re.compile(r"<[^>]*>")
BRACES = re.compile(r"\{\{|\}\}")
ALONE = re.compile(r"<p\b[^>]*>\s*(\{\{(?:content|signature|person|history)\}\})\s*</p>")
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
# Stands for {{site}} while the markup is cleaned, as no address begins with a bracket.
SITE = "https://site.frame.invalid"


class FrameRefused(ValueError):
    """A frame that is not taken; the message says why and what to do, in the current language."""


@dataclass(frozen=True)
class Frame:
    """`html` with placeholders; `text` of its own, or "" for the words of `html`."""

    html: str
    text: str = ""


def names_in(locale: str) -> dict[str, str]:
    """The placeholders as somebody who writes in this language calls them -> their English names."""
    return KOREAN if locale.startswith("ko") else ENGLISH


def checked(html: str, text: str) -> Frame:
    """The frame as it is kept: cleaned, its placeholders by their English names. Raises FrameRefused."""
    html, text = (_plain(part) for part in (html, text))
    if len(html) > HTML_LETTERS_MAX or len(text) > TEXT_LETTERS_MAX:
        long = _("The HTML part has %(html)d letters at most, the text part %(text)d. Shorten it.")
        raise FrameRefused(long % {"html": HTML_LETTERS_MAX, "text": TEXT_LETTERS_MAX})
    html, text = _known(html), _known(text)
    cleaned = clean_within_limits(html.replace("{{site}}", SITE), profile="frame")
    if cleaned is None:
        raise FrameRefused(
            _("The HTML is nested too deep, or one tag has too many attributes. Make it simpler.")
        )
    html = ALONE.sub(r"\1", cleaned.replace(SITE, "{{site}}"))
    if within := _within_tags(html):
        words = _("%(placeholder)s can't stand inside a tag. Put it between tags.")
        raise FrameRefused(words % {"placeholder": "{{" + within + "}}"})
    _count(html, is_html=True)
    if text:
        _count(text, is_html=False)
    return Frame(html, text)


def taken_out(typed: str, kept: str) -> list[str]:
    """What cleaning took out of the HTML: tags as "<script>", attributes by their names, styles as "style: display"."""
    before, after = _Seen(), _Seen()
    before.feed(_plain(typed))
    after.feed(kept)
    return sorted(before.found - after.found - {"<html>", "<head>", "<body>", "<meta>", "<title>"})


def html_in(frame: Frame, parts: Mapping[str, str], *, brand: str, site: str) -> str:
    """The markup of a mail. `parts`, markup by PARTS, stand where the frame has them, the rest behind the content."""
    return _filled(frame.html, parts, {"brand": escape(brand), "site": escape(site)})


def text_in(frame: Frame, parts: Mapping[str, str], *, brand: str, site: str) -> str:
    """The text of a mail; `parts` as text."""
    written = frame.text or words_of(frame.html)
    said = _filled(written, {**parts, "logo": brand}, {"brand": brand, "site": site}, gap="\n\n")
    return re.sub(r"\n{3,}", "\n\n", said).strip("\n")


@lru_cache(maxsize=64)
def words_of(html: str) -> str:
    """The text part that a frame's HTML makes: its words, each link with its address."""
    with_addresses = LINK.sub(
        lambda link: (
            link[2] if link[1].startswith("mailto:") or link[1] in link[2] else f"{link[2]} ({link[1]})"
        ),
        html,
    )
    # A block of its own for each part, as they are of several lines.
    apart = re.sub(r"\{\{(content|signature|person|history)\}\}", r"<p>{{\1}}</p>", with_addresses)
    return to_text(apart)


def _filled(written: str, parts: Mapping[str, str], words: Mapping[str, str], *, gap: str = "") -> str:
    placed = {found[1] for found in WRITTEN.finditer(written)}
    left = [parts.get(name, "") for name in AFTER_CONTENT if name not in placed]
    content = gap.join(filter(None, [parts.get("content", ""), *left]))
    values = {**parts, **words, "content": content}

    def value_of(found: re.Match[str]) -> str:
        value = values.get(found[1], "")
        return value + particle(_aloud(value), found[2]) if value and found[2] else value

    return stand_in(WRITTEN, written, value_of, read=_aloud)


def _aloud(markup: str) -> str:
    """What is read of a value: words without tags, and a picture by the words that stand for it."""
    return unescape(TAG.sub("", PICTURE.sub(r"\1", markup)))


def _plain(part: str) -> str:
    return part.replace("\r\n", "\n").replace("\0", "").strip()


def _known(part: str) -> str:
    """The placeholders by their English names."""

    def named(found: re.Match[str]) -> str:
        name = KOREAN.get(found[1]) or ENGLISH.get(found[1].lower())
        if name is None or (found[2] and (found[2] not in PAIRS or name not in NAMED)):
            words = _("%(written)s is no placeholder here.")
            raise FrameRefused(words % {"written": found[0]})
        return "{{" + name + (f"|{found[2]}" if found[2] else "") + "}}"

    if BRACES.search(WRITTEN.sub("", part)):
        raise FrameRefused(
            _("Two braces stand alone. A placeholder is written {{content}}, without tags or spaces in it.")
        )
    return WRITTEN.sub(named, part)


def _count(part: str, *, is_html: bool) -> None:
    found = [each[1] for each in WRITTEN.finditer(part)]
    if found.count("content") != 1:
        raise FrameRefused(
            _("The HTML part needs {{content}} once: there the words of the mail stand.")
            if is_html
            else _("The text part needs {{content}} once: there the words of the mail stand.")
        )
    if twice := next((name for name in AFTER_CONTENT if found.count(name) > 1), ""):
        raise FrameRefused(_("%(placeholder)s stands there twice.") % {"placeholder": "{{" + twice + "}}"})


def _within_tags(html: str) -> str:
    """A placeholder for markup that stands in an attribute, "" for none."""
    seen = _Seen()
    seen.feed(html)
    found = (each[1] for value in seen.values for each in WRITTEN.finditer(value))
    return next((name for name in found if name in PARTS), "")


class _Seen(HTMLParser):
    """Which tags, attributes and styles a text has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.values: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(f"<{tag}>")
        for name, value in attrs:
            self.values.append(value or "")
            self.found.add(name)
            if name == "style":
                styles = (part.partition(":")[0].strip().lower() for part in (value or "").split(";"))
                self.found |= {f"style: {style}" for style in styles if style}

    def handle_comment(self, data: str) -> None:
        self.found.add("<!-- -->")
