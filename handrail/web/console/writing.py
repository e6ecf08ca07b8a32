"""What the writing form holds: read from what was sent, or from the newest revision."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from handrail.knowledge.documents import submitted
from handrail.knowledge.models import Revision, Translation
from handrail.knowledge.wording import Wording

TITLE_CHARS_MAX = 200
HTML_CHARS_MAX = 1_000_000
ALIASES_MAX = 50


@dataclass
class Writing:
    """`base` is the number of the revision it was begun from, 0 for none; `document` the editor's, as JSON;
    `errors` by field, as sentences.
    """

    title: str = ""
    html: str = ""
    slug: str = ""
    aliases: list[str] = field(default_factory=list)
    base: int = 0
    document: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: Translation | None) -> Writing:
        """What an author goes on writing."""
        if text is None or text.newest is None:
            return cls()
        newest = text.newest
        return cls(
            newest.title,
            newest.whole,
            text.wanted_slug or text.slug,
            list(text.aliases),
            newest.number,
            document_of(newest),
        )

    @classmethod
    def begun_from(cls, original: Revision) -> Writing:
        """What a translator writes over: the original's words with their pictures, steps and callouts, without its title."""
        return cls(html=original.whole, document=document_of(original))

    @classmethod
    def sent(cls, fields: QueryDict) -> Writing:
        """What a form sent, with what is wrong with it in `errors`."""
        title = " ".join(fields.get("title", "").replace("\0", "").split())
        html = fields.get("html", "").replace("\0", "")
        base = fields.get("base", "")
        writing = cls(
            title=title[: TITLE_CHARS_MAX * 2],
            html=html[: HTML_CHARS_MAX * 2],
            slug=fields.get("slug", "").replace("\0", "").strip()[:160],
            aliases=_lines(fields.get("aliases", "")),
            base=int(base) if base.isdigit() and len(base) < 9 else 0,
            document=fields.get("document", "").replace("\0", ""),
        )
        if not title:
            writing.errors["title"] = [_("Give the article a title; readers search for it.")]
        elif len(title) > TITLE_CHARS_MAX:
            over = len(title) - TITLE_CHARS_MAX
            writing.errors["title"] = [
                _("The title is %(count)s letters too long; 200 is the most.") % {"count": over}
            ]
        if len(html) > HTML_CHARS_MAX:
            writing.errors["html"] = [
                _("The text is longer than a million letters. Make two articles of it.")
            ]
        return writing

    @classmethod
    def unsaved(cls, fields: dict[str, Any], base: int) -> Writing:
        """What `as_typed` gave."""
        return cls(fields["title"], fields["html"], fields["slug"], list(fields["aliases"]), base)

    def as_typed(self) -> dict[str, Any]:
        """The fields as JSON, to be kept aside."""
        return {"title": self.title, "html": self.html, "slug": self.slug, "aliases": self.aliases}

    @property
    def aliases_text(self) -> str:
        return "\n".join(self.aliases)

    def differs_from(self, text: Translation | None) -> bool:
        """Whether saving it would change anything."""
        if text is None or text.newest is None:
            return True
        kept = Writing.of(text)
        same = (self.title, self.aliases) == (kept.title, kept.aliases) and self.slug in {"", kept.slug}
        return not same or submitted(self.html, self.document)[0] != kept.html


def document_of(wording: Wording) -> str:
    """The editor's document as JSON; "" where the HTML is all there is."""
    return json.dumps(wording.document, ensure_ascii=False) if wording.document else ""


def _lines(text: str) -> list[str]:
    """Wordings, one a line, each once."""
    lines = (" ".join(line.replace("\0", "").split())[:TITLE_CHARS_MAX] for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))[:ALIASES_MAX]
