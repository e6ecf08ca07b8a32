"""A source folder for the import tests, and files kept where the test can throw them away."""

from __future__ import annotations

import pytest

from tests.knowledge.importing import Source


@pytest.fixture
def source(tmp_path, world, settings) -> Source:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return Source(tmp_path, world)
