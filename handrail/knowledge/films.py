"""Films in an article: what for, and what is said in them. The words come from their captions; nobody types them twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.files.captions import Cue, spoken
from handrail.core.files.keeping import read
from handrail.core.files.models import StoredFile

# A film with the end of the paragraph or figure it stands in: blocks cannot follow inside a paragraph.
VIDEO = re.compile(
    r"<video\b.*?</video>(?:(?:(?!<(?:p|figure|div|ul|ol|table|h\d)\b|</(?:div|li|td|section)>).)*?</(?:p|figure)>)?",
    re.S,
)
FILM = re.compile(r'<video\b|<figure class="embed">')  # of ours, or of another site
# A film of another site, what is said in it written below it by its author.
WRITTEN = re.compile(r'<figure class="embed">(?:(?!</figure>).)*</a><figcaption>(?!\s*</figcaption>)', re.S)
TRACK = re.compile(r"<track\b[^>]*>")
ATTRIBUTE = re.compile(r' (src|srclang)="([^"]*)"')
FILE = re.compile(r"/hc/files/([\w-]+)$")


class Purpose(models.TextChoices):
    """What somebody watches a film for."""

    CHOOSING = "choosing"
    USING = "using"
    STORING = "storing"


def purposes() -> dict[str, str]:
    """code -> its name, in the current language."""
    return {
        Purpose.CHOOSING.value: _("Choosing"),
        Purpose.USING.value: _("Using"),
        Purpose.STORING.value: _("Storing"),
    }


class Purposed(models.Model):
    """Trait of an article: what its film is for, "" where nobody said."""

    purpose = models.CharField(max_length=12, blank=True, choices=Purpose.choices)

    class Meta:
        abstract = True

    @transaction.atomic
    def serve(self, purpose: str, *, by: CanAct) -> None:
        """Say what the film is for; "" takes it back. Raises ValueError for a purpose that is none."""
        old, self.purpose = self.purpose, Purpose(purpose).value if purpose else ""
        if old == self.purpose:
            return
        self.save(update_fields=["purpose"])
        record("article.changed", self, by=by, field="purpose", old=old, new=self.purpose)
        self.topic.product.brand.touch()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Captions:
    """One caption file a text names: `name` of the stored file, language of its words, where the block of its film ends."""

    name: str
    locale: str
    end: int


def captions_in(html: str, locale: str) -> list[Captions]:
    """The captions of each film of ours in `html`, in `locale` where the film has them, else the first it has."""
    found = []
    for film in VIDEO.finditer(html):
        tracks = [dict(ATTRIBUTE.findall(track)) for track in TRACK.findall(film[0])]
        named = [(FILE.search(track.get("src", "")), track.get("srclang", "")) for track in tracks]
        ours = [(match[1], lang) for match, lang in named if match]
        if ours:
            name, lang = next((each for each in ours if each[1] == locale), ours[0])
            found.append(Captions(name, lang, film.end()))
    return found


def words_of(names: Iterable[str], files: models.QuerySet) -> dict[str, list[Cue]]:
    """What is said in each of these caption files, as far as it is among `files` (a query of ArticleFile)."""
    allowed = files.filter(file__name__in=set(names), content_type="text/vtt").select_related("file")
    return {each.file.name: _said(each.file) for each in allowed}


def with_words(htmls: Iterable[str], locale: str, files: models.QuerySet) -> list[bool]:
    """Of each text, whether what is said in every film of it is in writing: one of ours by captions among `files` (a query of
    ArticleFile), one of another site by what its author wrote below it. At most one query for all."""
    named = [(html, [each.name for each in captions_in(html, locale)]) for html in htmls]
    wanted = {name for _html, names in named for name in names}
    allowed = files.filter(file__name__in=wanted, content_type="text/vtt")
    there = set(allowed.values_list("file__name", flat=True)) if wanted else set()
    return [
        there.issuperset(names) and 0 < len(FILM.findall(html)) == len(names) + len(WRITTEN.findall(html))
        for html, names in named
    ]


def _said(file: StoredFile) -> list[Cue]:
    try:
        return spoken(read(file))
    except FileNotFoundError:
        return []  # the film plays without words; the file's own page says that it is lost
