"""How deep an explanation goes: parts marked `<section data-depth="simple">` or `"deep"` are for readers of one depth alone;
everything else is for both.

Depth is a matter of comfort, not of permission: search finds both, and a reader switches by one press.
"""

from __future__ import annotations

from handrail.knowledge.passages import spans

SIMPLE, DEEP = "simple", "deep"
DEPTHS = (SIMPLE, DEEP)


def has_depths(clean_html: str) -> bool:
    """Whether the text reads differently at the two depths."""
    return any(_mark(depth) in clean_html for depth in DEPTHS)


def at_depth(clean_html: str, depth: str) -> str:
    """The text as it reads at `depth`, "simple" or "deep"."""
    other = DEEP if depth == SIMPLE else SIMPLE
    kept, at = [], 0
    for start, end in spans(clean_html, _mark(other)):
        kept.append(clean_html[at:start])
        at = end
    return "".join([*kept, clean_html[at:]])


def _mark(depth: str) -> str:
    return f'data-depth="{depth}"'
