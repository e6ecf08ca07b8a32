"""What was said with a form of its own, as a page shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from markupsafe import Markup, escape

from handrail.core.html import clean

Pieces = Callable[[str, Sequence[str]], list[tuple[str, bool]]]
TAG = re.compile(r"(<[^>]*>)")


def formatted(html: str, pieces: Pieces | None = None, names: Sequence[str] = ()) -> Markup:
    """Cleaned HTML of a message, cleaned here once more; its links open beside the page, its tables scroll by themselves.

    pieces  cuts words into (words, whether they name somebody of `names`); those are shown marked
    """
    safe = clean(html).replace("<a href=", '<a target="_blank" href=')
    safe = safe.replace("<table>", '<div class="formatted-table"><table>').replace(
        "</table>", "</table></div>"
    )
    if pieces is not None:
        safe = "".join(_marked(each, pieces, names) for each in TAG.split(safe))
    return Markup(safe)  # noqa: S704  (cleaned above)


def _marked(part: str, pieces: Pieces, names: Sequence[str]) -> str:
    if part.startswith("<") or "@" not in part:
        return part
    return "".join(
        f'<strong class="mention">{escape(words)}</strong>' if is_name else str(escape(words))
        for words, is_name in pieces(unescape(part), names)
    )
