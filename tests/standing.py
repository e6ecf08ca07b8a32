"""Worlds that stand: what many tests start from is written once, and every test works on a copy of it.

A world is written in a transaction that stays open for all tests that start from it; each of these runs in a savepoint
of its own, undone at its end. So tests are ordered by their world, by pytest itself: it is a parameter of the whole
session that shows in no test's name. A test that commits for real starts from an empty database and writes its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from handrail.answers import jobs
from handrail.answers.entries import IndexState
from handrail.answers.model_client import using
from tests.answers.help_centre import HelpCentre
from tests.portal.shop import Shop
from tests.worlds.small import World

# From the fullest: a test is put where most of what it needs stands already.
KINDS = ("help_centre", "standing_shop", "world")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    needs = () if _commits(metafunc) else metafunc.fixturenames
    kind = next((kind for kind in KINDS if kind in needs), "")
    metafunc.parametrize("standing", [kind], indirect=True, scope="session", ids=[pytest.HIDDEN_PARAM])


def _commits(metafunc: pytest.Metafunc) -> bool:
    mark = metafunc.definition.get_closest_marker("django_db")
    return "transactional_db" in metafunc.fixturenames or (
        mark is not None and mark.kwargs.get("transaction", False)
    )


def written(kind: str, request: pytest.FixtureRequest) -> dict[str, Any]:
    """Everything of that kind, by the name of the fixture that gives it."""
    world = World()
    if kind == "help_centre":
        with using(request.getfixturevalue("loaded_models")):
            centre = HelpCentre(world)
            jobs.encode_wanting()
        return {"world": world, "help_centre": centre}
    if kind == "standing_shop":
        return {"world": world, "shop": Shop(world)}
    return {"world": world}


@pytest.fixture(scope="session", autouse=True)
def standing(request) -> Iterator[dict[str, Any]]:
    """What stands in the database now; nothing in most of the tests that need no world."""
    if not request.param:
        yield {}
        return
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    block = transaction.atomic()
    with blocker.unblock():
        block.__enter__()
        there = written(request.param, request)
    yield there
    with blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.fixture
def mine(standing, db) -> dict[str, Any]:
    """A copy of what stands, so that no test sees what another did to these objects, under a stamp of the index that
    this process has not met: it keeps by the stamp what others found."""
    if standing:
        IndexState.move()
    return copy.deepcopy(standing)


@pytest.fixture
def world(mine) -> World:
    """A brand with a mail and a chat inbox, one team with hours, an agent, and a topic to write under."""
    return mine.get("world") or World()


@pytest.fixture
def help_centre(mine, world, models) -> HelpCentre:
    """Ten articles about orders, as customers would look for them, with their vectors made."""
    if "help_centre" in mine:
        return mine["help_centre"]
    centre = HelpCentre(world)
    jobs.encode_wanting()
    return centre


@pytest.fixture
def standing_shop(mine, world) -> Shop:
    """Two products with topics in every role, articles in both languages, one language or for staff only."""
    return mine.get("shop") or Shop(world)
