"""Which leaves are the letter itself, and what they say as text and as HTML."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from handrail.channels.mail import charsets
from handrail.channels.mail.link_targets import with_targets
from handrail.channels.mail.parts import Part
from handrail.core import html as html_of

TEXT_CHARS_MAX = 500_000
BODY_TYPES = {"text/plain", "text/html"}
LAST_RESORT = {"text/enriched", "text/richtext"}
WORD = re.compile(r"[^\W_]+")
BESIDE_WORDS = re.compile(r"<?\b(?:https?://|www\.|mailto:|tel:)\S+|<?[\w.+-]{1,64}@[\w.-]{1,250}>?")
PICTURE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*+>')  # in clean HTML
PICTURE_TOLD = re.compile(r"\[[^\[\]\n]{0,200}\]")
SHORT_WORDS, FEW_WORDS = 80, 30  # different words of both forms together
UNSAID_MOST = 0.3


@dataclass
class Body:
    """`rest` are the leaves that are no part of the letter, in order."""

    text: str = ""
    html: str = ""
    asymmetric: bool = False
    cut: list[str] = field(default_factory=list)
    rest: list[Part] = field(default_factory=list)


@dataclass
class _Section:
    """Leaves that say the same thing in several forms; a leaf outside an alternative is a section of its own."""

    plain: str = ""
    html: str = ""
    words: str = ""  # of HTML past our limits: the layout goes, the words stay


def read(parts: list[Part]) -> Body:
    """Text and HTML of a mail's leaves. A section that has only one form is turned into the other where needed."""
    body = Body()
    sections: dict[int, _Section] = {}
    for place, part in enumerate(parts):
        kind = part.content_type[0]
        if kind not in BODY_TYPES or _is_file(part):
            body.rest.append(part)
            continue
        section = sections.setdefault(part.group or -1 - place, _Section())
        text = charsets.decode(part.data, part.content_type[1].get("charset", ""))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if kind == "text/plain":
            section.plain += _unflowed(charsets.UNPRINTABLE.sub("", text), part.content_type[1])
        elif (cleaned := html_of.clean_within_limits(text, profile="mail")) is not None:
            section.html += cleaned
        else:
            section.words += html_of.quick_text(text)
            body.cut.append("html")
    if not sections:
        _last_resort(body, sections)
    # A third form of what was already read is no file.
    body.rest = [
        p for p in body.rest if not (p.group and p.content_type[0] in LAST_RESORT and not _is_file(p))
    ]
    found = [s for s in sections.values() if s.plain.strip() or s.html.strip() or s.words]
    body.text = "\n\n".join(_plain(s) for s in found).strip("\n")
    if any(s.html.strip() for s in found):
        body.html = "\n".join(s.html if s.html.strip() else html_of.paragraphs(_plain(s)) for s in found)
    body.asymmetric = any(_differs(s.plain, s.html) for s in found if s.plain.strip() and s.html)
    if len(body.text) > TEXT_CHARS_MAX:
        body.text = body.text[:TEXT_CHARS_MAX]
        body.cut.append("text")
    return body


def _plain(section: _Section) -> str:
    text = section.plain if section.plain.strip() else html_of.to_text(with_targets(section.html))
    return (text if text.strip() else section.words).strip("\n")


def _is_file(part: Part) -> bool:
    disposition, parameters = part.disposition
    if disposition == "attachment" or parameters.get("filename"):
        return True
    return bool(part.content_type[1].get("name")) and disposition != "inline"


def _last_resort(body: Body, sections: dict[int, _Section]) -> None:
    for part in list(body.rest):
        if part.content_type[0] in LAST_RESORT and not _is_file(part):
            words = charsets.decode(part.data, part.content_type[1].get("charset", ""))
            sections[len(sections)] = _Section(plain=html_of.quick_text(words))
            body.rest.remove(part)


def _unflowed(text: str, parameters: dict[str, str]) -> str:
    # RFC 3676: a line that ends in a space goes on in the next one of the same quote depth.
    if parameters.get("format", "").lower() != "flowed":
        return text
    delete = parameters.get("delsp", "").lower() == "yes"
    joined: list[list[str]] = []
    for line in text.split("\n"):
        depth = _depth(line)
        stuffed = line[depth:].removeprefix(" ")
        last = joined[-1][-1] if joined else ""
        if last.endswith(" ") and last != "-- " and depth == _depth(joined[-1][0]) == 0:
            joined[-1][-1] = last[:-1] if delete else last
            joined[-1].append(stuffed)
        else:
            joined.append([">" * depth + (" " if depth and stuffed else "") + stuffed])
    return "\n".join("".join(pieces) for pieces in joined)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(">"))


def _differs(plain: str, html: str) -> bool:
    """Whether the two say different things: half of the words of the shorter one are missing in the other, or both are short
    and one says what the other does not.

    Links, mail addresses and names of pictures don't count, as programs write them into one form only; nor do spaces.
    """
    seen = PICTURE.sub(" ", html)
    told = plain if seen == html else PICTURE_TOLD.sub(" ", plain)
    one, two = (BESIDE_WORDS.sub(" ", _alike(text)) for text in (told, html_of.to_text(seen)))
    first, second = set(WORD.findall(one)), set(WORD.findall(two))
    if not (first and second) or WORD.findall("".join(one.split())) == WORD.findall("".join(two.split())):
        return False
    if len(first & second) * 2 < min(len(first), len(second)):
        return True
    both, apart = len(first | second), len(first ^ second)
    if both > SHORT_WORDS:
        return False
    is_changed = bool(first - second and second - first)
    return apart > both * UNSAID_MOST or (is_changed and both <= FEW_WORDS)


def _alike(text: str) -> str:
    """The beginning of a text as both forms write it, whatever composed its letters."""
    return unicodedata.normalize("NFKC", text[:50_000]).lower()
