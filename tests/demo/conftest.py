"""The demo is built once for all files that read it."""

from __future__ import annotations

import pytest
from django.db import transaction

from demo import building


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker):
    """The demo in one transaction, undone at the end. What needs a database without it comes in a file before these."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield building.rebuild(learns=False)
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
