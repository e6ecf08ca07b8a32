"""What every written state of a text holds: its HTML for readers, the whole of it for colleagues, the editor's document."""

from __future__ import annotations

from typing import Any

from django.db import models

from handrail.core.html import VERSION as CLEANER_VERSION
from handrail.core.html import to_text
from handrail.knowledge.documents import Json, submitted
from handrail.knowledge.passages import without


class Wording(models.Model):
    """One state of one text.

    `html` and `text` never hold a passage that is for colleagues only: whoever reads them by mistake gives nothing
    away. `whole` is what authors write and colleagues read.
    """

    html = models.TextField(help_text="what the audience reads; no passage that is for colleagues only")
    whole_html = models.TextField(blank=True, help_text="with those passages; empty where html is the whole")
    document = models.JSONField(
        null=True, blank=True, help_text="as the editor had it; null if it was not used"
    )
    text = models.TextField(help_text="html without markup, for search and quotation")
    cleaner = models.PositiveSmallIntegerField(
        default=0, help_text="version of the cleaner that made the html"
    )

    class Meta:
        abstract = True

    @property
    def whole(self) -> str:
        """Everything that was written, passages for colleagues included."""
        return self.whole_html or self.html


def worded(html: str, document: str | Json | None = None) -> dict[str, Any]:
    """The columns of a Wording for what somebody wrote: HTML, or Markdown where there is no tag in it.

    document  the editor's, as JSON or read; kept if it says the same as the HTML
    """
    whole, kept = submitted(html, document)
    outside = without(whole)
    return {
        "html": outside,
        "whole_html": whole if whole != outside else "",
        "document": kept,
        "text": to_text(outside),
        "cleaner": CLEANER_VERSION,
    }
