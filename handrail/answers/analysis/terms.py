"""The terms of a text in three fields, and the compact form in which a row keeps them.

word    what dictionaries know: Korean morphemes with content, English stems
gram    pairs of syllables or four-letter runs of Latin words, spaces ignored
letter  four-letter runs of Hangul letters, of Latin letters across spaces
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.answers.analysis.grams import DENSE, bigrams, letters, runs
from handrail.answers.analysis.stem import stem

FIELDS = ("word", "gram", "letter")
SIZES = struct.Struct("<III")
# Endings and particles worth cutting where no morphological analyser is at hand; longest first.
PARTICLES = sorted(
    [
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "에",
        "의",
        "도",
        "만",
        "로",
        "으로",
        "에서",
        "에게",
        "한테",
        "부터",
        "까지",
        "이나",
        "나요",
        "하고",
        "해요",
        "해주세요",
        "하나요",
        "인가요",
    ],
    key=len,
    reverse=True,
)


@dataclass(frozen=True)
class Terms:
    """The terms of one text, with repeats, in the order of the text."""

    word: tuple[str, ...]
    gram: tuple[str, ...]
    letter: tuple[str, ...]

    def __getitem__(self, field: str) -> tuple[str, ...]:
        return getattr(self, field)  # type: ignore[no-any-return]


def terms_of(text: str, morphs: list[str] | None = None, *, letters_too: bool = True) -> Terms:
    """The terms of a normalised text.

    morphs       what the analyser found (models.Reader); None where there is none: then words are cut by rule
    letters_too  False for long texts, where runs of letters say nothing
    """
    words = [stem(form) for form in morphs] if morphs is not None else _words_by_rule(text)
    return Terms(tuple(words), tuple(bigrams(text)), tuple(letters(text)) if letters_too else ())


def needs_morphs(text: str) -> bool:
    """Whether the analyser can add anything: only where there is Hangul or another dense script."""
    return bool(DENSE.search(text))


def _words_by_rule(text: str) -> list[str]:
    if not needs_morphs(text):
        return [stem(word) for word in runs(text)[1]]
    found: list[str] = []
    for word in text.split():
        dense, latin = runs(word)
        found += [_without_particle(run) for run in dense] + [stem(each) for each in latin]
    return found


def _without_particle(word: str) -> str:
    for particle in PARTICLES:
        if word.endswith(particle) and len(word) > len(particle) + 1:
            return word[: -len(particle)]
    return word


def hashed(terms: tuple[str, ...]) -> NDArray[np.uint32]:
    """One 32-bit number a term, in order."""
    return np.fromiter((zlib.crc32(term.encode()) for term in terms), dtype=np.uint32, count=len(terms))


def pack(terms: Terms) -> bytes:
    """The terms as a row keeps them: three lengths, then the numbers of each field (little-endian, 32 bits)."""
    parts = [hashed(terms[field]) for field in FIELDS]
    sizes = np.array([len(part) for part in parts], dtype=np.uint32)
    return np.concatenate([sizes, *parts]).astype("<u4").tobytes()


def unpack(blob: bytes) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
    """The numbers of word, gram and letter."""
    numbers = np.frombuffer(blob, dtype="<u4")
    word, gram, _letter = lengths(blob)
    return numbers[3 : 3 + word], numbers[3 + word : 3 + word + gram], numbers[3 + word + gram :]


def lengths(blob: bytes) -> tuple[int, int, int]:
    """How many terms each field holds."""
    return SIZES.unpack_from(blob)  # type: ignore[return-value]
