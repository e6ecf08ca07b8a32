"""Reusable blocks of an export of ours: read from their files, begun before any text, and written before the articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from handrail.contacts.segments import Segment
from handrail.core import markdown
from handrail.core.actors import CanAct
from handrail.core.html import clean
from handrail.knowledge.audiences import Audience, key_of, narrower
from handrail.knowledge.blocks import NAME_CHARS_MAX, Block, BlockInItself, BlockText
from handrail.knowledge.importing import front_matter, page
from handrail.knowledge.importing.draft import BlockDraft, Gathered, TextDraft
from handrail.knowledge.importing.files import Found
from handrail.knowledge.importing.linking import Linker, survey
from handrail.knowledge.importing.report import FAILED, NOTE, Entry, Report
from handrail.knowledge.importing.trouble import NotTaken, told, why

ABOVE = ".draft"


def gather(files: list[Found]) -> tuple[list[BlockDraft], list[Entry]]:
    """The blocks these files say, and what was wrong with any of them."""
    drafts: dict[str, BlockDraft] = {}
    problems: list[Entry] = []
    for file in sorted(files, key=lambda one: (one.stem.endswith(ABOVE), one.relative)):
        try:
            _take(drafts, file)
        except Exception as error:  # an odd file stops no other
            problems.append(told(error, file.relative, locale=file.locale))
    return list(drafts.values()), problems


def _take(drafts: dict[str, BlockDraft], file: Found) -> None:
    said, body = front_matter.split(page.decode(file.path.read_bytes()))
    if not file.locale:
        raise NotTaken("no_language")
    name = front_matter.text(said, "name")
    if not name:
        raise NotTaken("block_no_name")
    if len(name) > NAME_CHARS_MAX:
        raise NotTaken("title_too_long", length=len(name), most=NAME_CHARS_MAX)
    text = TextDraft(
        locale=file.locale,
        path=file.relative,
        title="",
        html=markdown.to_html(body, profile="article"),
        slug="",
        updated_at=front_matter.moment(said, "updated", zone="UTC"),
        is_draft=bool(front_matter.flag(said, "draft")),
    )
    if file.stem.endswith(ABOVE):
        shown = drafts[name].texts.get(file.locale) if name in drafts else None
        if shown is None:
            raise NotTaken("block_alone")
        shown.above = text
        return
    audience = front_matter.audience(said, default=Audience.AGENTS)
    draft = drafts.setdefault(name, BlockDraft(name, file.relative, audience))
    draft.segment = draft.segment or front_matter.text(said, "segment")
    if file.locale in draft.texts:
        raise NotTaken("twice", other=draft.texts[file.locale].path)
    draft.texts[file.locale] = text


@dataclass
class Blocks:
    """The blocks of one import. `begun` maps each name to its block."""

    gathered: Gathered
    here: dict[tuple[str, str], str]  # (name, locale) -> digest of how it stands here
    report: Report
    by: CanAct
    reviews: bool
    overwrites: bool
    begun: dict[str, Block] = field(default_factory=dict)

    def foretell(self) -> None:
        """Tell what `write` would do."""
        known = set(Block.objects.values_list("name", flat=True))
        for draft in self.gathered.blocks:
            for text in draft.texts.values():
                try:
                    status = "changed" if draft.name in known else "new"
                    self._tell("unchanged" if self._is_same(draft, text) else status, text)
                except Exception as error:
                    self._refuse(text, error)

    def begin(self) -> None:
        """Let every block have its number, and its readers, before any text names it."""
        for draft in self.gathered.blocks:
            wanted, segment = _audience(draft)
            block = Block.objects.filter(name=draft.name).first()
            if block is None:
                with transaction.atomic():
                    # Nobody is to see it before it is known for whom it is.
                    first = Audience.AGENTS if segment else wanted
                    block = Block.start(draft.name, audience=first, by=self.by)
                    if segment:
                        block.show_to(wanted, segment=segment, by=self.by)
            else:
                self._show(draft, block, wanted, segment)
            self.begun[draft.name] = block

    def write(self, linker: Linker) -> None:
        """Write what differs. One that would stand in another which stands in it is tried again once that is written."""
        waiting: list[tuple[BlockDraft, TextDraft, Exception]] = [
            (draft, text, ValueError()) for draft in self.gathered.blocks for text in draft.texts.values()
        ]
        while waiting:
            again: list[tuple[BlockDraft, TextDraft, Exception]] = []
            for draft, text, _error in waiting:
                try:
                    self._write(draft, text, linker)
                except BlockInItself as error:
                    again.append((draft, text, error))
                except Exception as error:
                    self._refuse(text, error)
            if len(again) == len(waiting):
                for _draft, text, refused in again:
                    self._refuse(text, refused)
                return
            waiting = again

    def _write(self, draft: BlockDraft, text: TextDraft, linker: Linker) -> None:
        block = self.begun[draft.name]
        row = block.texts.filter(locale=text.locale).select_related("published", "draft").first()
        is_same = self._is_same(draft, text)
        if is_same or not (text.html.strip() or row):
            self._tell("unchanged" if is_same else "new", text)
            return
        if row and not self.overwrites and self._is_newer(row, text):
            self._tell(FAILED, text, "edited_here")
            return
        html, above = linker.link_block(block, text), ""
        if text.above:
            above = linker.link_block(block, text.above)
        if row and _says(row, html, above, text.is_draft, self.reviews):
            self._tell("unchanged", text)
            return
        with transaction.atomic():
            self._settle(block, text, html, above)
        self._tell("changed" if row else "new", text)
        if not self.reviews and not text.is_draft:
            self._tell(NOTE, text, "for_review")

    def _settle(self, block: Block, text: TextDraft, html: str, above: str) -> None:
        block.write(text.locale, html=above if above and not self.reviews else html, by=self.by)
        if text.is_draft or not self.reviews:
            return
        row = block.texts.get(locale=text.locale)
        row.block = block
        row.publish(by=self.by, updated_at=text.updated_at)
        if above:
            block.write(text.locale, html=above, by=self.by)

    def _is_same(self, draft: BlockDraft, text: TextDraft) -> bool:
        digest, notes = survey(text, self.gathered.leads)
        self.report.entries += [note for note in notes if note not in self.report.entries]
        return self.here.get((draft.name, text.locale)) == digest

    def _is_newer(self, row: BlockText, text: TextDraft) -> bool:
        """Whether somebody wrote or published here what the file does not know of."""
        if row.published is None:
            return False  # what was drafted stays among its revisions
        if text.is_draft or (row.draft and text.above is None and self.reviews):
            return True
        return bool(row.updated_at and text.updated_at and row.updated_at > text.updated_at)

    def _show(self, draft: BlockDraft, block: Block, wanted: str, segment: Segment | None) -> None:
        if (wanted, segment) == (block.audience, block.segment):
            return
        key = key_of(wanted, segment.pk if segment else None)
        if narrower(block.audience_key, key) == key or (self.overwrites and self.reviews):
            block.show_to(wanted, segment=segment, by=self.by)
        else:
            self.report.add(NOTE, draft.path, reason="audience_kept", details={"audience": block.audience})

    def _refuse(self, text: TextDraft, error: Exception) -> None:
        if isinstance(error, NotTaken):
            self.report.entries.append(told(error, text.path, locale=text.locale))
        else:
            self.report.add(FAILED, text.path, locale=text.locale, reason="refused", details=why(error))

    def _tell(self, status: str, text: TextDraft, reason: str = "") -> None:
        self.report.add(status, text.path, locale=text.locale, reason=reason)


def _audience(draft: BlockDraft) -> tuple[str, Segment | None]:
    if draft.audience != Audience.SEGMENT:
        return draft.audience, None
    segment = Segment.objects.filter(slug=draft.segment).first()
    return (Audience.SEGMENT, segment) if segment else (Audience.AGENTS, None)


def _says(row: BlockText, html: str, above: str, is_draft: bool, reviews: bool) -> bool:
    """Whether the block stands here as the file has it; where a review is still to come, in its draft."""
    shown = row.published.whole if row.published else ""
    drafted = row.draft.whole if row.draft else ""
    said: Any = (_clean(html), _clean(above))
    if is_draft:
        return said == (drafted, "") and not shown
    return said == (shown, drafted) or (not reviews and (said[1] or said[0]) == drafted)


def _clean(html: str) -> str:
    return clean(html, profile="article") if html else ""
