"""An acronym names one thing: PXE is no PPPoE, however near the rest of the words is; what lacks it is no sure answer."""

from __future__ import annotations

import numpy as np

from handrail.answers.analysis.grams import is_latin
from handrail.answers.analysis.stem import stem
from handrail.answers.analysis.terms import FIELDS, hashed, unpack
from handrail.answers.candidates import Candidates
from handrail.answers.english import frequency
from handrail.answers.features import Floats, Measured
from handrail.answers.gate import Gate

WORD = FIELDS.index("word")
COMMON_SHARE = 1e-3  # of all words in English texts
JUST_BEHIND = 1e-6  # in log odds: it orders two that are otherwise alike, whatever is rounded on the way


def lacking(candidates: Candidates, measured: Measured) -> np.ndarray:
    """(articles,) which of them hold not every acronym of the question, in any of their words; all False where none is asked.

    In a sentence of another script an acronym counts only where it is known here: there many say a word of their own for it.
    One that is spelled like a common word (AS, IT, US) counts nowhere: every page holds that word.
    """
    telling = (word for word in candidates.question.acronyms if frequency.share(word) < COMMON_SHARE)
    asked = hashed(tuple(stem(word) for word in telling))
    if not is_latin(candidates.question.text):
        asked = asked[[_is_known(candidates, number) for number in asked]]
    if not len(asked) or not measured.articles:
        return np.zeros(len(measured.articles), np.bool_)
    held: dict[int, set[int]] = {article: set() for article in measured.articles}
    for row in candidates.rows:
        if row.article:
            held[row.article].update(unpack(row.terms)[WORD].tolist())
    contexts = candidates.contexts
    for whole in candidates.wholes:
        named = [unpack(contexts.terms[at])[WORD] for at in contexts.place.get(whole.topic, [])]
        held[whole.article].update(*(words.tolist() for words in (whole.numbers, *named)))
    return np.array([not held[article].issuperset(asked.tolist()) for article in measured.articles], np.bool_)


def by_their_acronyms(
    candidates: Candidates, measured: Measured, scores: Floats, confidence: float, gate: Gate
) -> tuple[Floats, float]:
    """Scores and confidence where the question has acronyms: what lacks one stands behind what holds them all.

    The others keep their order, and nothing becomes an answer by it; but what holds the very word is worth a choice.
    Where the first lacks one still, it is no answer.
    """
    if not candidates.question.acronyms or not len(scores):
        return scores, confidence
    lacks, first = lacking(candidates, measured), int(np.argmax(scores))
    if lacks.all():
        return scores, min(confidence, float(np.nextafter(gate.answer_from, 0.0)))
    if lacks[first]:
        scores = scores.copy()
        scores[lacks] -= scores[lacks].max() - scores[~lacks].max() + JUST_BEHIND
        confidence = min(confidence, gate.coefficients.confidence(measured, scores))
    return scores, max(confidence, gate.choices_from) if lacks.any() else confidence


def _is_known(candidates: Candidates, number: int) -> bool:
    return any(number in whole.numbers for whole in candidates.wholes)
