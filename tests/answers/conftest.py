"""One set of models for all tests here: loading them takes seconds, asking them milliseconds."""

from __future__ import annotations

import pytest

from handrail.answers import jobs
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere
from tests.answers.help_centre import HelpCentre


@pytest.fixture(scope="session")
def loaded_models() -> ModelsHere:
    models = ModelsHere()
    models.load()
    return models


@pytest.fixture
def models(loaded_models):
    """Kiwi and the encoder in this process."""
    with using(loaded_models):
        yield loaded_models


@pytest.fixture
def help_centre(world, models) -> HelpCentre:
    """Ten articles about orders, as customers would look for them, with their vectors made."""
    centre = HelpCentre(world)
    jobs.encode_wanting()
    return centre
