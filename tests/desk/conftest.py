"""A desk to press on: browsers signed in as a colleague, a customer, or nobody."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from handrail.accounts.models import Role, User
from handrail.channels.inboxes import Inbox
from handrail.conversations.sides import begin, write
from handrail.core.actors import SYSTEM


@pytest.fixture(autouse=True)
def _forget_kept_names(db):
    # Names of teams are kept for half a minute; each test has its own.
    cache.clear()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def desk(world) -> Client:
    """The agent's browser."""
    return signed_in(world.agent)


@pytest.fixture
def manager(world) -> User:
    return world.staff("manager@handrail.test", "한관리", Role.MANAGER)


@pytest.fixture
def admin(world) -> Client:
    return signed_in(world.staff("admin@handrail.test", "박운영", Role.ADMIN))


@pytest.fixture
def sales(world) -> Inbox:
    """A second mailbox, of the same team."""
    return Inbox.open_mailbox(
        "sales@handrail.test", brand=world.brand, name="영업", team=world.team, locale="ko", by=SYSTEM
    )


@pytest.fixture
def side(world, ticket):
    """A question to a carrier beside the `ticket` of the test."""
    side = begin(ticket, to=["carrier@example.net"], subject="송장 확인", by=world.agent)
    write(side, "어디 있나요?", by=world.agent)
    return side
