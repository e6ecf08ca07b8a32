"""What a model tells us of a text, and the models of this host: Korean morphemes and sentence vectors.

`Reader` is the port: model_here.py answers in this process, model_client.py asks the model process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

# A vector has two parts of one weight and is of length one: WIDE compares texts of all languages; CLOSE compares texts
# of one language with one another, and better. It is zero where no encoder knows the language so well, or that encoder
# is not installed. Close parts of different languages have nothing in common: their products are near zero.
# Where an operator names embeddings of their own (embeddings.py), those are the close part, for every language.
WIDE, CLOSE = slice(0, 512), slice(512, None)
DIMENSIONS = 896  # of the built-in encoders
FOREIGN = re.compile(r"@(\d+)$")
Vectors = NDArray[np.float32]
Pieces = NDArray[np.int8]
PIECE_WIDTH = 96  # numbers of a piece


@dataclass(frozen=True)
class Reading:
    """What was read of some texts. None means that the model for it is not installed or not running.

    morphs   for each text its content morphemes, lower case
    vectors  (texts, DIMENSIONS)
    pieces   for each text (its pieces, PIECE_WIDTH): what each means where it stands (maxsim.py). None of a text whose
             language no encoder reads so
    """

    morphs: list[list[str]] | None = None
    vectors: Vectors | None = None
    pieces: list[Pieces] | None = None


NO_PIECES: Pieces = np.empty((0, PIECE_WIDTH), np.int8)


def pieces_from(kept: bytes) -> Pieces:
    """Pieces as they are kept: 8-bit numbers, row by row."""
    return np.frombuffer(kept, np.int8).reshape(-1, PIECE_WIDTH)


def width(model: str) -> int:
    """How many numbers a vector of this encoder has; its name says it."""
    foreign = FOREIGN.search(model)
    return WIDE.stop + int(foreign[1]) if foreign else DIMENSIONS


def is_foreign(model: str) -> bool:
    """Whether embeddings from outside are part of this encoder: what comes with the product was not fitted on those."""
    return bool(FOREIGN.search(model))


def is_whole(vectors: Vectors, model: str) -> bool:
    """Whether every vector has all its parts. One without is good for a question, and must not be kept."""
    return not is_foreign(model) or bool(vectors[:, CLOSE].any(axis=1).all())


class Reader(Protocol):
    """Something that reads texts with models."""

    @property
    def morph_model(self) -> str:
        """Name and version of the analyser; "" where there is none."""

    @property
    def vector_model(self) -> str:
        """Name and version of the encoder; "" where there is none."""

    def read(self, morphs: list[str], vectors: list[str], *, as_asked: bool = False) -> Reading:
        """Morphemes of the first texts, vectors of the second; either list may be empty.

        as_asked  the second are questions: Korean is spaced as people please, so each is read as it came and as it is
                  spaced by rule, and its vector lies in the middle
        """


class NoReader:
    """Nothing installed: words are cut by rule and nothing is compared by meaning."""

    morph_model = ""
    vector_model = ""

    def read(self, morphs: list[str], vectors: list[str], *, as_asked: bool = False) -> Reading:
        return Reading()
