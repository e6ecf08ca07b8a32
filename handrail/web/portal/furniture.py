"""The furniture of an article: callouts, passages for colleagues and films, drawn from what the author marked."""

from __future__ import annotations

import re
from html import escape

from handrail.knowledge.callouts import callout_names, inner_words
from handrail.web.portal.embeds import EMBED, facade
from handrail.web.ui.assets import icon

CALLOUT = re.compile(r'<(aside|div) class="(?:admonition )?(note|tip|important|warning|caution)">')
PASSAGE = re.compile(r'<section data-audience="agents">')
ICONS = {
    "note": "info", "tip": "circle-check", "important": "circle-alert", "warning": "triangle-alert",
    "caution": "triangle-alert",
}  # fmt: skip


def furnished(clean_html: str) -> str:
    """The HTML with a name on each callout and passage, so that neither colour nor place alone says what it is."""
    laid = CALLOUT.sub(_callout, clean_html)
    laid = PASSAGE.sub(_passage, laid)
    return EMBED.sub(lambda found: facade(found[1], found[2], found[3] or ""), laid)


def _callout(found: re.Match[str]) -> str:
    kind = found[2]
    return f'<{found[1]} class="callout" data-kind="{kind}">{_named(ICONS[kind], callout_names()[kind])}'


def _passage(_found: re.Match[str]) -> str:
    said = inner_words()
    return f'<section class="callout" data-kind="passage" data-audience="agents">{_named("lock", said)}'


def _named(picture: str, name: str) -> str:
    return f'<p class="callout-name">{icon(picture)}<span>{escape(name)}</span></p>'
