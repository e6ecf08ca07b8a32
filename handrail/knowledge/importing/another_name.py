"""A folder that comes again under another name: docs.zip, then docs-2026.zip. Its articles are the same ones."""

from __future__ import annotations

from collections import Counter

from django.db.models.functions import Coalesce

from handrail.knowledge.importing.draft import Gathered
from handrail.knowledge.translations import Translation
from handrail.workspace.models import Brand

PAGES_LEAST = 2


def known_as(gathered: Gathered, brand: Brand) -> tuple[str, int]:
    """(name, pages) of an import before of which at least half the pages, and half of these, have the same place and title.

    ("", 0) where there is none, and where two fit equally well. One query.
    """
    kind = gathered.prefix.partition(":")[0]
    pages = {
        (draft.key.removeprefix(gathered.prefix), locale, text.title)
        for draft in gathered.drafts
        for locale, text in draft.texts.items()
    }
    there: dict[str, set[tuple[str, str, str]]] = {}
    rows = Translation.objects.filter(
        article__topic__product__brand=brand, article__source__startswith=f"{kind}:"
    )
    shown = Coalesce("published__title", "draft__title")
    for source, locale, title in rows.values_list("article__source", "locale", shown):
        name, _slash, place = source.partition(":")[2].partition("/")
        there.setdefault(name, set()).add((place, locale, title))
    same = Counter({name: len(pages & held) for name, held in there.items()})
    fitting = [
        (name, count)
        for name, count in same.most_common(2)
        if count >= PAGES_LEAST and 2 * count >= max(len(pages), len(there[name]))
    ]
    if not fitting or (len(fitting) == 2 and fitting[0][1] == fitting[1][1]):
        return "", 0
    return fitting[0]
