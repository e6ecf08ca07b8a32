"""What this site would say today of articles that come back to it: only what differs from that is written."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import STRICTNESS
from handrail.knowledge.blocks import Block
from handrail.knowledge.exporting import markdown, zendesk
from handrail.knowledge.exporting.readers import reader_of
from handrail.knowledge.importing import zendesk as zendesk_reading
from handrail.knowledge.importing.draft import Draft, Gathered, TextDraft
from handrail.knowledge.importing.folder import Choices, Folder
from handrail.knowledge.importing.linking import settings_digest, survey
from handrail.knowledge.importing.report import NOTE, Report
from handrail.knowledge.origins import is_begun_here
from handrail.knowledge.translations import Translation
from handrail.workspace.models import Brand


@dataclass
class Here:
    """`settings` and `texts` hold the digests an export of today in the same form and for the same reader would have."""

    settings: dict[str, str] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    blocks: dict[tuple[str, str], str] = field(default_factory=dict)

    def says(self, draft: Draft, locale: str, digest: str) -> bool:
        return self.texts.get((draft.key, locale)) == digest


def look(gathered: Gathered, known: dict[str, Article], *, brand: Brand, is_zendesk: bool) -> Here:
    """What stands here of the articles that were begun here; nothing is looked for where none of them comes back."""
    here = Here()
    names = [draft.name for draft in gathered.blocks]
    are_blocks_here = bool(names) and Block.objects.filter(name__in=names).exists()
    if not are_blocks_here and not any(is_begun_here(article, key) for key, article in known.items()):
        return here
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "here"
        _export(folder, gathered, brand, is_zendesk=is_zendesk)
        choices = Choices()
        today = zendesk_reading.gather(folder, choices) if is_zendesk else Folder(folder, choices).gather()
        for draft in today.drafts:
            here.settings[draft.key] = settings_digest(draft)
            for locale, text in draft.texts.items():
                here.texts[draft.key, locale] = survey(text, today.leads)[0]
        for block in today.blocks:
            for locale, text in block.texts.items():
                here.blocks[block.name, locale] = survey(text, today.leads)[0]
    return here


def _export(folder: Path, gathered: Gathered, brand: Brand, *, is_zendesk: bool) -> None:
    reader = gathered.reader
    try:
        viewer = reader_of(reader)
    except ValueError:
        viewer, reader = None, ""
    if is_zendesk:
        zendesk.export(folder, brand=brand, viewer=viewer, reader=reader)
    else:
        markdown.export(folder, brand=brand, viewer=viewer, reader=reader, form=gathered.form)


def keep_narrow(draft: Draft, article: Article, report: Report) -> None:
    """An export of before does not open an article again that was narrowed here since."""
    if STRICTNESS.index(article.audience) > STRICTNESS.index(draft.audience):
        details = {"audience": article.audience}
        report.add(NOTE, draft.path, reason="audience_kept", article=article.pk, details=details)
        draft.audience = article.audience
        draft.segment = article.segment.slug if article.segment else ""


def stands_against(text: TextDraft, article: Article, reader: str) -> str:
    """Why a text that differs from the file's may not be replaced by it, as a code of reasons.py; "" where it may."""
    here = Translation.objects.filter(article=article, locale=text.locale)
    known = here.select_related("published", "draft").first()
    if known is None:
        return ""
    if reader and known.published and known.published.whole_html:
        return "part_of_a_text"
    if known.published and text.is_draft:
        return "edited_here"
    if known.published and known.draft and text.above is None:
        return "edited_here"
    if known.updated_at and text.updated_at and known.published:
        # The API's moments have no parts of a second.
        since = known.updated_at.replace(microsecond=0) > text.updated_at.replace(microsecond=0)
        return "edited_here" if since else ""
    return ""
