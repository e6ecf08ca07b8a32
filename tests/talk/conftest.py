"""A small help centre with visitors in front of it."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from handrail.web import limits
from tests.talk.visitor import Visitor


@pytest.fixture(autouse=True)
def fresh_limits():
    """Each test may knock as often as any first visitor."""
    limits.forget_all()
    cache.clear()


@pytest.fixture
def visitor(world) -> Visitor:
    """Somebody in a browser of their own whom nobody knows."""
    return Visitor()


@pytest.fixture
def stranger(world) -> Visitor:
    """Somebody else."""
    return Visitor()


@pytest.fixture
def minji(world) -> Visitor:
    """Minji, signed in by a mailed link."""
    return Visitor().signs_in("minji@example.com")
