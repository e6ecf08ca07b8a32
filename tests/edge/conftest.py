import pytest

from tests.edge.site import Site


@pytest.fixture
def site() -> Site:
    return Site()
