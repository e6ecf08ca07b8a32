"""What was said with a form of its own, as a page shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape

from markupsafe import Markup, escape

from handrail.core.html import clean
from handrail.core.html_reading import described

Pieces = Callable[[str, Sequence[str]], list[tuple[str, bool]]]
IMAGE = re.compile(r"<img[^>]*>")
VALUE = re.compile(r'(src|alt)="([^"]*)"')
TAG = re.compile(r"(<[^>]*>)")


def formatted(
    html: str,
    pieces: Pieces | None = None,
    names: Sequence[str] = (),
    pictures: Mapping[str, str] | None = None,
) -> Markup:
    """Cleaned HTML of a message, cleaned here once more; its links open beside the page, its tables scroll by themselves.

    pictures  Content-ID -> address, of those that stand in it; one that is not there (any more) is told of by its description
    pieces  cuts words into (words, whether they name somebody of `names`); those are shown marked
    """
    safe = described(clean(html, profile="reply")).replace("<a href=", '<a target="_blank" href=')
    safe = safe.replace("<table>", '<div class="formatted-table"><table>').replace(
        "</table>", "</table></div>"
    )
    safe = IMAGE.sub(lambda found: _picture(found[0], pictures or {}), safe)
    if pieces is not None:
        safe = "".join(_marked(each, pieces, names) for each in TAG.split(safe))
    return Markup(safe)  # noqa: S704  (cleaned above)


def _picture(tag: str, pictures: Mapping[str, str]) -> str:
    """An <img> of cleaned HTML, whose values are escaped; a press on it opens it whole."""
    said = dict(VALUE.findall(tag))
    words, address = said.get("alt", ""), pictures.get(unescape(said.get("src", "")).removeprefix("cid:"))
    if not address:
        return f"[{words}]"
    url = escape(address)
    return f'<a class="placed" target="_blank" rel="noopener" href="{url}"><img src="{url}" alt="{words}" loading="lazy" decoding="async"></a>'


def _marked(part: str, pieces: Pieces, names: Sequence[str]) -> str:
    if part.startswith("<") or "@" not in part:
        return part
    return "".join(
        f'<strong class="mention">{escape(words)}</strong>' if is_name else str(escape(words))
        for words, is_name in pieces(unescape(part), names)
    )
