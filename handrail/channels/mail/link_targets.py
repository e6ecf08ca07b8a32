"""Where a letter's links lead, said behind their words: for the text of a mail that came as HTML alone."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote, urlsplit

# In clean HTML, where every value is quoted, every link closed, and none stands in another.
LINK = re.compile(r'<a\b((?:[^>"]|"[^"]*")*+)>(.*?)</a>', re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
TAG = re.compile(r'<(?:[^>"]|"[^"]*")*+>')
PICTURE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*?\balt="([^"]*)"(?:[^>"]|"[^"]*")*+>')
SCHEME = re.compile(r"(?:https?://(?:www\.)?|mailto:|www\.)", re.IGNORECASE)
SHOWN_MOST = 200  # of one that is longer only its host: they are made for machines that count


def with_targets(clean_html: str) -> str:
    """The HTML with each link's address in brackets behind its words, but where the words say it already."""
    return LINK.sub(_told, clean_html)


def _told(link: re.Match[str]) -> str:
    attributes = dict(ATTRIBUTE.findall(link[1]))
    address = re.sub(r"\s+", "", unescape(attributes.get("href", "")))
    words = unescape(TAG.sub(" ", PICTURE.sub(r" \1 ", link[2]))).strip()
    if not words or not _is_told(address, words):
        return link[0]
    return f"<a{link[1]}>{link[2]} ({escape(_short(address))})</a>"


def _is_told(address: str, words: str) -> bool:
    """Whether a link leads somewhere that its words do not name. A mail address only where they name another."""
    scheme = address.partition(":")[0].lower()
    if scheme not in {"http", "https"} and not (scheme == "mailto" and "@" in words):
        return False
    if scheme == "mailto":
        address = address.partition("?")[0]
    said = {_plain(each.strip(".,;:()<>[]“”\"'")) for each in words.split()}
    return _plain(address) not in said | {_plain("".join(words.split()))}


def _plain(address: str) -> str:
    """An address without what makes no difference to where it leads."""
    bare = unquote(SCHEME.sub("", address, count=1)).rstrip("/")
    host, slash, path = bare.partition("/")
    return host.lower() + slash + path


def _short(address: str) -> str:
    address = (
        re.sub(r"^mailto:", "", address, flags=re.IGNORECASE).partition("?")[0]
        if "://" not in address
        else address
    )
    if len(address) <= SHOWN_MOST:
        return address
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    return f"{host or address[:SHOWN_MOST]} …"
