"""What else a reader of an article may want: the articles the engine would find for its own title."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import rank
from handrail.answers.entries import IndexState
from handrail.answers.gate import gate_for
from handrail.answers.model_client import is_starting
from handrail.knowledge.audiences import keys_of
from handrail.knowledge.models import Article

KEPT_MAX = 4_000
Key = tuple[str, int, str, frozenset[str]]

_kept: OrderedDict[Key, list[int]] = OrderedDict()
_lock = Lock()


def like(article: Article, title: str, viewer: Viewer, *, locale: str, at_most: int) -> list[int]:
    """Ids of the articles of the same product nearest to this one, by words and by meaning, as far as one may read.

    Kept until the index changes, unless it was found while the models were starting. Whoever shows them reads them again through what the viewer may see.
    """
    state = IndexState.now()
    key = (state.stamp, article.pk, locale, keys_of(viewer))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key][:at_most]
    ranked = rank(title, viewer, gate=gate_for(locale, "portal"), product=article.topic.product, state=state)
    found = [pk for pk in ranked.order if pk != article.pk][: 2 * at_most]
    if not ranked.candidates.has_meaning and is_starting():
        return found[:at_most]
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT_MAX:
            _kept.popitem(last=False)
    return found[:at_most]
