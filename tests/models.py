"""One set of models for all tests: loading them takes seconds, asking them milliseconds."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.answers.encoder import NoReader
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere


class Remembering(ModelsHere):
    """Kiwi and the encoders in this process. The same words have the same vector, so each is encoded once a run: every
    test writes the same ten articles."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def _piece(self, texts: list[str]) -> tuple[np.ndarray, list[np.ndarray]]:
        if self.embeddings:
            return super()._piece(texts)
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= zip(new, zip(*super()._piece(new), strict=True), strict=True)
        vectors, pieces = zip(*(self._known[text] for text in texts), strict=True)
        return np.stack(vectors), list(pieces)


@pytest.fixture(scope="session", autouse=True)
def _no_model_process():
    """Tests that ask for no models have none, and none that is starting: how long the run has lasted is nothing to them."""
    with using(NoReader()):
        yield


@pytest.fixture(scope="session")
def loaded_models() -> ModelsHere:
    models = Remembering()
    models.load()
    return models


@pytest.fixture
def models(loaded_models):
    """Kiwi and the encoder in this process."""
    with using(loaded_models):
        yield loaded_models
