"""Vectors from outside, where an operator names an address that speaks OpenAI's /embeddings. Nothing depends on it.

They stand in place of the close part (encoder.py), for every language; the built-in encoder stays beside them, so that a
question whose vector is late, away or odd is compared by that alone. Asked by the model process, once a host.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from handrail.answers.model_address import post
from handrail.answers.normalise import mask
from handrail.core.breaker import Breaker
from handrail.core.fetch import Fetched

AT_ONCE = 32  # texts of one request
BATCH_SECONDS = 20.0  # for a request that nobody waits for
NUMBER_BYTES = 32  # of one number as JSON, at most
NAME_CHARS = 20

Vectors = NDArray[np.float32]


@dataclass
class Embeddings:
    """One model at one address.

    dimensions  what its vectors must have: whatever has others is another model's
    seconds     that somebody's question waits for it
    outcome     of the last request: "worked", "away", "refused" or "odd"; "" before the first
    """

    url: str
    model: str
    dimensions: int
    key: str = ""
    seconds: float = 0.6
    outcome: str = ""
    breaker: Breaker = field(default_factory=Breaker)

    @property
    def name(self) -> str:
        """Part of the encoder's name: another address, model or size makes other vectors, never compared with these."""
        said = re.sub(r"[^A-Za-z0-9.]+", "-", self.model)[:NAME_CHARS]
        mark = hashlib.sha256(f"{self.url} {self.model}".encode()).hexdigest()[:6]
        return f"{said}-{mark}@{self.dimensions}"

    def read(self, texts: list[str], *, somebody_waits: bool) -> Vectors | None:
        """(texts, dimensions), rows of length one; None where it did not give all of them. Never raises."""
        seconds = self.seconds if somebody_waits else BATCH_SECONDS
        found: list[Vectors] = []
        for start in range(0, len(texts), AT_ONCE):
            if not self.breaker.may_try():
                return None
            part, self.outcome = self._asked(texts[start : start + AT_ONCE], seconds)
            if part is None:
                self.breaker.failed()
                return None
            self.breaker.worked()
            found.append(part)
        return np.concatenate(found) if found else np.empty((0, self.dimensions), np.float32)

    def _asked(self, texts: list[str], seconds: float) -> tuple[Vectors | None, str]:
        # What could name a person goes nowhere; of an article the same is left out, so that both stay alike.
        asked = {"model": self.model, "input": [mask(text) for text in texts], "encoding_format": "float"}
        most = len(texts) * self.dimensions * NUMBER_BYTES + 65_536
        answer, problem = post(f"{self.url}/embeddings", asked, key=self.key, most=most, seconds=seconds)
        if answer is None:
            return None, problem
        found = _vectors(answer, len(texts), self.dimensions)
        return found, "odd" if found is None else "worked"


def configured() -> Embeddings | None:
    """What the settings name; None where they name nothing."""
    if not settings.EMBEDDINGS_URL:
        return None
    return Embeddings(
        settings.EMBEDDINGS_URL,
        settings.EMBEDDINGS_MODEL,
        settings.EMBEDDINGS_DIMENSIONS,
        settings.EMBEDDINGS_KEY,
        settings.EMBEDDINGS_SECONDS,
    )


def waited_for(texts: int) -> float:
    """Seconds that reading so many texts may take here beyond what the models of this host take."""
    if not settings.EMBEDDINGS_URL or not texts:
        return 0.0
    return float(settings.EMBEDDINGS_SECONDS) + (texts // AT_ONCE) * BATCH_SECONDS


def _vectors(answer: Fetched, count: int, dimensions: int) -> Vectors | None:
    """The vectors in the order of the texts; None unless there is exactly one usable one for each."""
    try:
        rows: Any = answer.json()["data"]
        placed = {int(row["index"]): row["embedding"] for row in rows}
        if len(rows) != count or set(placed) != set(range(count)):
            return None
        found = np.array([placed[at] for at in range(count)])
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if found.shape != (count, dimensions) or found.dtype.kind not in "fi":
        return None
    lengths = np.linalg.norm(found.astype(np.float64), axis=1)
    if not np.isfinite(lengths).all() or (lengths < 1e-6).any():
        return None
    return (found / lengths[:, None]).astype(np.float32)
