"""A help centre with something of each kind in it."""

from __future__ import annotations

import pytest

from tests.portal.shop import Shop


@pytest.fixture
def shop(standing_shop) -> Shop:
    """Two products with topics in every role, articles in both languages, one language or for staff only."""
    return standing_shop
