"""A draft's addresses become ours: links to articles, pictures kept with the article, the rest told."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from urllib.parse import quote, unquote

from handrail.core.actors import CanAct
from handrail.core.files.keeping import FileRefused
from handrail.core.html import VERSION as CLEANER_VERSION
from handrail.knowledge.article_files import ARTICLE_FILES, ArticleFile, shown_as
from handrail.knowledge.articles import Article
from handrail.knowledge.blocks import Block
from handrail.knowledge.importing.draft import Draft, Follow, Gathered, Target, TextDraft
from handrail.knowledge.importing.links import PLACE, places, rewrite
from handrail.knowledge.importing.report import NOTE, Entry
from handrail.knowledge.importing.trouble import NotTaken

VERSION = 1  # raise it when reading or linking changes, so that the next run writes everything again


def settings_digest(draft: Draft) -> str:
    """What the source says of the article itself, as one number."""
    return _digest(
        draft.product.slug,
        draft.topic.slug,
        draft.kind,
        draft.audience,
        draft.is_pinned,
        draft.position,
        draft.related,
        # Said only by some sources: what others said before keeps its number.
        *(each for each in (draft.segment, draft.labels, draft.original, draft.purpose) if each),
        *draft.care.said(),
        *([["keywords", *draft.keywords]] if draft.keywords else []),
        *(["archived"] if draft.is_archived else []),
        *([draft.ends_at.isoformat()] if draft.ends_at else []),
        *(hashlib.sha256(path.read_bytes()).hexdigest() for path in draft.downloads),
    )


def survey(text: TextDraft, follow: Follow) -> tuple[str, list[Entry]]:
    """What the source says in one language as one number, the bytes of its pictures included, and what leads nowhere."""
    notes: dict[str, Entry] = {}

    def note(reason: str, target: str, **details: str) -> None:
        said = {"target": target, **details}
        notes[target] = Entry(NOTE, text.path, locale=text.locale, reason=reason, details=said)

    def neutral(tag: str, address: str) -> str | None:
        target = follow(text, address)
        if target and target.is_unread:
            raise NotTaken(
                "block_unread", target=unquote(address)
            )  # else its words would be gone from the text
        if target and target.block and tag == "a":
            return PLACE + target.block
        if target is None and _is_of_a_machine(tag, address):
            note("picture_missing", address)
            return None
        if target is None:
            if tag == "img" and address.startswith(("http://", "https://")):
                note("picture_remote", address)
            return address
        if target.file is not None and tag != "a":
            try:
                content = target.file.read_bytes()
                shown_as(content)
            except (FileRefused, OSError) as reason:
                note("picture_refused", address, error=str(reason))
                return None
            return "file:" + hashlib.sha256(content).hexdigest()
        if not target.article:
            note("link_lost" if tag == "a" else "picture_missing", address)
            return None
        return f"article:{target.article}#{target.fragment}"

    html, inline = places(rewrite(text.html, neutral))
    for words in inline:
        note("block_inline", words)
    moment = text.updated_at.isoformat() if text.updated_at else ""
    more: list[object] = [text.published_at.isoformat()] if text.published_at else []
    if text.redirects:
        more.append(text.redirects)
    if text.above:
        more.append(survey(text.above, follow)[0])
    digest = _digest(CLEANER_VERSION, text.title, text.slug, text.aliases, moment, text.is_draft, html, *more)
    return digest, list(notes.values())


class Linker:
    """Gives the texts of one import their final addresses; `articles` maps each source key to its article, `blocks` each
    name to its block."""

    def __init__(
        self, gathered: Gathered, articles: dict[str, Article], blocks: dict[str, Block], *, by: CanAct
    ) -> None:
        self.gathered, self.articles, self.blocks, self.by = gathered, articles, blocks, by
        self.slugs = {
            (draft.key, locale): text.slug
            for draft in gathered.drafts
            for locale, text in draft.texts.items()
        }

    def link(self, draft: Draft, text: TextDraft) -> str:
        """The text's HTML with our addresses; what leads nowhere is taken out (and was told by `survey`)."""
        return self._link(text, self.articles[draft.key], inside=draft.key)

    def link_block(self, block: Block, text: TextDraft) -> str:
        """The same of a reusable block's text."""
        return self._link(text, block, inside="")

    def _link(self, text: TextDraft, owner: Article | Block, *, inside: str) -> str:

        def swap(tag: str, address: str) -> str | None:
            target = self.gathered.leads(text, address)
            if target and target.block in self.blocks and tag == "a":
                return f"{PLACE}{self.blocks[target.block].pk}"
            if target is None and _is_of_a_machine(tag, address):
                return None
            if target is None:
                return address
            if target.file is not None and tag != "a":
                return self._keep(owner, target.file)
            if target.article in self.articles:
                return self.path_of(target, text.locale, inside=inside)
            return None

        return places(rewrite(text.html, swap))[0]

    def path_of(self, target: Target, locale: str, *, inside: str) -> str:
        """The address of an article's page; of a place on it, with the prefix the cleaner gives to ids."""
        fragment = f"#at-{quote(unquote(target.fragment))}" if target.fragment else ""
        if target.article == inside and fragment:
            return fragment
        slug = self.slugs.get((target.article, locale)) or next(
            slug for (key, _locale), slug in self.slugs.items() if key == target.article
        )
        return f"/hc/{locale}/articles/{self.articles[target.article].pk}-{quote(slug)}{fragment}"

    def _keep(self, owner: Article | Block, path: Path) -> str | None:
        content = path.read_bytes()
        try:
            shown_as(content)
        except FileRefused:
            return None  # told by `survey`; anything else that goes wrong here stops this article and is tried again
        return ArticleFile.attach(owner, content, title=path.name, by=self.by).path


def _is_of_a_machine(tag: str, address: str) -> bool:
    """Whether it shows a file by its place on a disk or server that is not ours: nobody who reads the article has it."""
    is_elsewhere = address.startswith("/") and not address.startswith(("//", ARTICLE_FILES))
    return tag != "a" and is_elsewhere


def _digest(*said: object) -> str:
    return hashlib.sha256(json.dumps([VERSION, *said], ensure_ascii=False).encode()).hexdigest()
