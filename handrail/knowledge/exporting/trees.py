"""Troubleshooters, each in a file beside those of its article.

    orders/refunds/no-refund.tree.yaml        what readers go through
    orders/refunds/no-refund.draft.tree.yaml  what is being drawn above it, where it says something else

troubleshooting/travelling.py says what stands in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.knowledge.articles import Article
from handrail.knowledge.exporting.chosen import Chosen
from handrail.knowledge.importing.files import DRAFT_TREE, TREE
from handrail.knowledge.troubleshooting.models import Troubleshooter
from handrail.knowledge.troubleshooting.travelling import face_of, pretty, whole

Said = dict[str, Any]


def trees(
    article: Article, names: dict[int, str], chosen: Chosen, settings: Said
) -> Iterator[tuple[str, Said]]:
    """(path, content) of each tree of the article.

    settings  what its front matter says of the article, told here where it has no text that could
    """
    one: Troubleshooter | None = getattr(article, "troubleshooter", None)
    if one is None:
        return
    name = names[article.pk]
    drawn = whole(one.draft, names.get)
    if one.published is None:
        alone = {} if article.translations.all() else {"article": settings}
        yield f"{name}{TREE}", {"draft": True, **alone, **pretty(drawn)}
        return
    shown = whole(one.published.document, names.get)
    moment = {"updated": one.published.published_at.isoformat()}
    yield f"{name}{TREE}", {**moment, **pretty(shown, _face(article, chosen))}
    if drawn != shown:
        yield f"{name}{DRAFT_TREE}", pretty(drawn)


def _face(article: Article, chosen: Chosen) -> Said:
    found = {}
    for text in article.translations.all():
        if shown := text.published or text.draft:
            found[text.locale] = (shown.title, chosen.words(shown, text.locale), text.aliases)
    return face_of(found)
