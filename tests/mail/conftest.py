"""Processes that several mail tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mail.office import Office
from tests.mail.servers import MailServers


@pytest.fixture(scope="session")
def furnished(tmp_path_factory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("office"))
    office.set_up()
    yield office
    office.close()


@pytest.fixture
def office(furnished) -> Iterator[Office]:
    """A Handrail in a folder, with the inboxes help@ and sales@handrail.test and no mail yet."""
    furnished.empty()
    yield furnished


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    """Postfix and Dovecot, started once for a module."""
    with MailServers() as servers:
        yield servers
