"""A question as the engine understands it: the layout it was meant in, its terms and its meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from handrail.answers.analysis.acronyms import acronyms
from handrail.answers.analysis.grams import bigrams, is_latin
from handrail.answers.analysis.terms import FIELDS, Terms, needs_morphs, terms_of
from handrail.answers.chat_words import in_full
from handrail.answers.encoder import NO_PIECES, Pieces, is_foreign, is_whole
from handrail.answers.english import frequency
from handrail.answers.english.spelling import corrected
from handrail.answers.entries import IndexState
from handrail.answers.index import Term, lexical_index
from handrail.answers.keyboard import STRAY, other_reading
from handrail.answers.model_client import current
from handrail.answers.normalise import composed, normalise
from handrail.answers.noted import as_spoken
from handrail.answers.second_reading import second_reading
from handrail.answers.slips import put_back
from handrail.answers.vocabulary import vocabulary
from handrail.knowledge.synonyms import also_said, said_as_written

# Of all words: an acronym counts as a common one, so that it is neither cut nor taken for a slip.
ACRONYM_SHARE = 1e-3
QUESTION_CHARACTERS_MAX = 1000  # what follows says no more about which article is meant


@dataclass(frozen=True)
class Question:
    """What was asked.

    text      normalised, as it was meant: in the other keyboard layout, or with its English spelled
    typed     normalised, as it came, without the shortened words of chats (chat_words.py)
    terms     of `text` and of the site's synonyms of its words, in three fields
    vector    of `text`, its synonyms as they are written here, length one; None where no encoder is at hand
    pieces    of `text` (encoder.py); none where no encoder reads its language so
    missing   codes of the models that could not be asked: "morphs", "vectors", "embeddings" (those from outside)
    acronyms  what stands in capitals among other words, in small letters: such a word is meant as it is
    """

    text: str
    typed: str
    terms: Terms
    vector: NDArray[np.float32] | None
    missing: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    pieces: Pieces = field(default_factory=lambda: NO_PIECES, compare=False)

    @property
    def is_empty(self) -> bool:
        """Nothing was asked: there is no letter and no digit in it."""
        return not self.terms.gram

    @property
    def was_repaired(self) -> bool:
        return self.text != self.typed

    def all_terms(self) -> list[Term]:
        return [(field, term) for field in FIELDS for term in self.terms[field]]


def understand(raw: str, state: IndexState | None = None) -> Question:
    """Read a question: repair layout and spelling where the knowledge base supports it, then ask the models.

    state  of the index, where the caller has just read it
    """
    raw = raw[:QUESTION_CHARACTERS_MAX]
    typed, text = in_full(normalise(raw), _is_written(state)), meant(raw, state)
    if not bigrams(text):
        return Question(text, typed, terms_of(text), None, ())
    other = text if is_latin(text) else second_reading(text, vocabulary(state).pairs)
    # Somebody else's server is asked once.
    is_once = other == text or is_foreign(current().vector_model)
    beside = [word for word in other.split() if word not in text.split()]
    also = also_said(text)
    said = " ".join([text, *beside, *also])
    dense = needs_morphs(said)
    # A word of the site's synonyms that no article has means nothing to the encoder: the one they have is read.
    read = said_as_written(text, vocabulary(state).written) if also else text
    ways = [as_spoken(way) for way in ([read] if is_once else [read, other])]
    reading = current().read([said] if dense else [], ways, as_asked=True)
    morphs = reading.morphs[0] if dense and reading.morphs else None
    vector = _middle(reading.vectors) if reading.vectors is not None and len(reading.vectors) else None
    half = vector is not None and not is_whole(vector[None], current().vector_model)
    lost = {"morphs": dense and morphs is None, "vectors": vector is None, "embeddings": half}
    missing = [code for code, is_lost in lost.items() if is_lost]
    pieces = reading.pieces[0] if vector is not None and reading.pieces else NO_PIECES
    return Question(text, typed, terms_of(said, morphs), vector, tuple(missing), acronyms(raw), pieces)


def _middle(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of several ways to read a question, one vector of length one."""
    if len(vectors) == 1:
        return vectors[0]
    found = vectors.sum(axis=0)
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-6), np.float32)


def meant(raw: str, state: IndexState | None = None) -> str:
    """`raw` normalised and as it was meant: in the right keyboard layout, without shortened words, English spelled and spaced,
    Korean letters put back, and Korean compounds that were said short (공청기) said in full."""
    text, known = in_full(in_its_layout(raw), _is_written(state)), vocabulary(state)
    if not is_latin(text):
        whole = put_back(text, known.pairs) if STRAY.search(text) else text
        return known.short_forms.spelled_out(whole, known.pairs)
    kept = acronyms(raw)
    return corrected(
        text, lambda word: max(known.share(word), ACRONYM_SHARE) if word in kept else known.share(word)
    )


def _is_written(state: IndexState | None) -> Callable[[str], bool]:
    return lambda word: vocabulary(state).counts[word] > 0


def in_its_layout(raw: str) -> str:
    """`raw` normalised, read in the other keyboard layout where more of that is known here."""
    typed = normalise(raw)
    other = other_reading(composed(raw))
    if other is None or frequency.is_english(typed):
        return typed
    other = normalise(other)
    pairs = {reading: {("gram", term) for term in bigrams(reading)} for reading in (typed, other)}
    known = lexical_index().counts(pairs[typed] | pairs[other])
    shares = {
        reading: sum(t in known for t in terms) / max(1, len(terms)) for reading, terms in pairs.items()
    }
    return other if shares[other] > shares[typed] else typed
