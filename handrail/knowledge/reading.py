"""Reading a text: what one viewer gets of it, with blocks set in, links made and passages for colleagues kept back.

Every page, feed, list, answer and export that shows an article's words asks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from handrail.accounts.viewer import Viewer
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience, narrower, readable_by
from handrail.knowledge.block_uses import PLACE, blocks_in
from handrail.knowledge.blocks import Block, BlockText
from handrail.knowledge.passages import split
from handrail.knowledge.translations import Translation
from handrail.knowledge.wording import Wording
from handrail.workspace.locales import best

DEPTH_MAX = 8  # blocks within blocks; a circle is refused when it is written
LINK = re.compile(r'<a((?: [\w-]+="[^"]*")*)>(.*?)</a>', re.S)
TO_ARTICLE = re.compile(r' href="(?:article:|/hc/(?:ko|en)/articles/)(\d{1,18})(?:-[^"#]*)?(#[^"]*)?"')


@dataclass(frozen=True)
class Part:
    """A run of a text that one audience, named by its key, reads."""

    audience: str
    html: str


def read(wording: Wording, viewer: Viewer, *, locale: str) -> str:
    """The text as the viewer reads it, for a page in `locale`."""
    return read_all([wording], viewer, locale=locale)[0]


def read_all(wordings: Sequence[Wording], viewer: Viewer, *, locale: str) -> list[str]:
    """Each text as the viewer reads it: one query for all links, one for each depth of blocks."""
    is_colleague = Audience.AGENTS in viewer.audiences
    texts = [wording.whole if is_colleague else wording.html for wording in wordings]
    blocks = _blocks_of(texts, viewer)
    texts = [_with_blocks(text, blocks, locale) for text in texts]
    slugs = _slugs_of(texts, viewer)
    return [LINK.sub(lambda link: _led(link, slugs, locale), text) for text in texts]


def written_out(wording: Wording, *, locale: str) -> str:
    """Everything that was written, blocks set in and links as they stand: for whoever takes the text along whole."""
    return _with_blocks(wording.whole, _blocks_of([wording.whole], viewer=None), locale)


def parts(wording: Wording, audience: str, *, locale: str) -> list[Part]:
    """The text in order, each run with the audience that reads it, blocks set in: for what is searched.

    audience  the article's key; no run has a wider one
    """
    blocks = _blocks_of([wording.whole], None)
    runs: list[Part] = []
    for part in _parts_of(wording.whole, str(audience), locale, blocks, 0):
        if runs and runs[-1].audience == part.audience:
            runs[-1] = Part(part.audience, runs[-1].html + part.html)
        elif part.html.strip():
            runs.append(part)
    return runs


@dataclass(frozen=True)
class Shown:
    """A block's published text in one language."""

    locale: str
    audience: str
    html: str


Blocks = dict[int, list[Shown]]


def _blocks_of(texts: Sequence[str], viewer: Viewer | None) -> Blocks:
    """Every block the texts need, at once or within others, as far as the viewer may read them; None reads all."""
    found: Blocks = {}
    is_colleague = viewer is None or Audience.AGENTS in viewer.audiences
    wanted = {number for text in texts for number in blocks_in(text)}
    for _depth in range(DEPTH_MAX):
        if not wanted:
            break
        rows = BlockText.objects.filter(block__in=wanted, published__isnull=False)
        if viewer is not None:
            rows = rows.filter(block__in=Block.objects.filter(readable_by(viewer)))
        found |= {number: [] for number in wanted}
        for row in rows.select_related("published", "block"):
            assert row.published is not None  # the query asked for it
            html = row.published.whole if is_colleague else row.published.html
            found[row.block_id].append(Shown(row.locale, row.block.audience_key, html))
        inner = {block for number in wanted for shown in found[number] for block in blocks_in(shown.html)}
        wanted = inner - found.keys()
    return found


def _with_blocks(text: str, blocks: Blocks, locale: str, depth: int = 0) -> str:
    def set_in(place: re.Match[str]) -> str:
        shown = best(blocks.get(int(place[1]), []), locale)
        if shown is None or depth >= DEPTH_MAX:
            return ""
        inner = _with_blocks(shown.html, blocks, locale, depth + 1)
        return inner if shown.locale == locale else f'<div lang="{shown.locale}">{inner}</div>'

    return PLACE.sub(set_in, text)


def _parts_of(text: str, audience: str, locale: str, blocks: Blocks, depth: int) -> Iterator[Part]:
    for is_inner, piece in split(text):
        own = narrower(audience, Audience.AGENTS) if is_inner else audience
        at = 0
        for place in PLACE.finditer(piece):
            yield Part(own, piece[at : place.start()])
            at = place.end()
            shown = best(blocks.get(int(place[1]), []), locale)
            if shown and depth < DEPTH_MAX:
                inner = narrower(own, shown.audience)
                yield from _parts_of(shown.html, inner, locale, blocks, depth + 1)
        yield Part(own, piece[at:])


def _slugs_of(texts: Sequence[str], viewer: Viewer) -> dict[int, dict[str, str]]:
    """article -> locale -> slug, for every article linked to that the viewer may read."""
    wanted = {
        int(to[1]) for text in texts for link in LINK.finditer(text) if (to := TO_ARTICLE.search(link[1]))
    }
    if not wanted:
        return {}
    visible = Article.objects.visible_to(viewer).filter(pk__in=wanted)
    rows = Translation.objects.filter(article__in=visible, published__isnull=False)
    found: dict[int, dict[str, str]] = {}
    for article, locale, slug in rows.values_list("article", "locale", "slug"):
        found.setdefault(article, {})[locale] = slug
    return found


def _led(link: re.Match[str], slugs: dict[int, dict[str, str]], locale: str) -> str:
    to = TO_ARTICLE.search(link[1])
    if to is None:
        return link[0]
    known = slugs.get(int(to[1]))
    if known is None:
        return link[2]  # gone, or not for this reader: the words stay, the dead link does not
    slug = known.get(locale) or next(iter(known.values()))
    address = escape(f"/hc/{locale}/articles/{to[1]}-{quote(slug)}{to[2] or ''}")
    others = re.sub(r' (?:href|rel)="[^"]*"', "", link[1])
    return f'<a href="{address}"{others}>{link[2]}</a>'
