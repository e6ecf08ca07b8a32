"""The small world most tests start from, built with public verbs."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

# Before settings are read: tests keep their files, sockets and secrets in a folder of their own.
os.environ.setdefault("HANDRAIL_DATA", tempfile.mkdtemp(prefix="handrail-test-"))

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

from handrail.answers import vector_rows
from handrail.web.portal import sheets
from tests.tables import tables_at

# They ask the database by verbs of the rooms below, which run there whole.
ABOVE_SQL = {"console", "desk", "intake", "leaks", "mail", "portal", "talk", "widget", "workspace"}

pytest_plugins = ["tests.chromium", "tests.language_model", "tests.models", "tests.scanner", "tests.standing"]


def pytest_configure(config: pytest.Config) -> None:
    """A slow hash protects people's passwords, and would take a third of the tests' time; the product's own comes second.

    What stands third among choices is left to chance by those tests alone that are about it.
    """
    settings.EXPLORE_PERCENT = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    TransactionTestCase._fixture_teardown = _emptied


def _emptied(case: TransactionTestCase) -> None:
    """After a test that commits. Django would write its permissions again, which nobody here asks: most of that time."""
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)


# After every other hook has marked and chosen.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about the other database is left out, and what asks none runs once, with SQLite; so do all but the first
    cases of a test above the rooms that speak SQL.

    Browser tests last: Playwright's loop stays in the thread, and `asyncio.run` starts no second one beside it.
    """
    ours = [item for item in items if _is_for(connection.vendor, item)]
    ours = ours if connection.vendor == "sqlite" else _first_cases(ours)
    if len(ours) < len(items):
        kept = set(map(id, ours))
        config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
        items[:] = ours
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def _is_for(vendor: str, item: pytest.Item) -> bool:
    if mark := item.get_closest_marker("only_on"):
        return mark.args[0] == vendor
    return vendor == "sqlite" or _asks_a_database(item)


def _first_cases(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of tests in ABOVE_SQL one case each; all of the others."""
    kept: dict[str, pytest.Item] = {}
    for item in items:
        is_above = item.path.relative_to(item.config.rootpath / "tests").parts[0] in ABOVE_SQL
        kept.setdefault(item.nodeid.partition("[")[0] if is_above else item.nodeid, item)
    return list(kept.values())


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported stays to the end, and no collection of garbage need look at it again."""
    gc.collect()
    gc.freeze()


def _asks_a_database(item: pytest.Item) -> bool:
    """Whether it asks the database of this run; processes that tests start are told theirs by the test."""
    asks = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(asks) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """SQLite's tables are not made again: they are put there below."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    if connection.vendor == "sqlite":
        tables_at(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A test's database goes back to where it was, stamps too, so what the process keeps under them goes."""
    sheets.forget()
    vector_rows.forget()
