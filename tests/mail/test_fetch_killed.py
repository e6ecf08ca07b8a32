"""The fetcher is killed between the mail and its place, and in the middle of a batch: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

from tests.mail.servers import MailServers
from tests.mail.test_fetching import mail, put

BOX = "killed@example.test"


@pytest.fixture
def site(db, tmp_path) -> dict[str, str]:
    """The environment of a site with tables and nothing in them: those of the tests, copied instead of made again."""
    with (
        sqlite3.connect(connection.settings_dict["NAME"]) as source,
        sqlite3.connect(tmp_path / "handrail.sqlite3") as copy,
    ):
        source.backup(copy)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE", "REDIS", "EMAIL"))
    }
    return kept | {"HANDRAIL_DATA": str(tmp_path)}


@pytest.mark.mailservers
@pytest.mark.faults
@pytest.mark.only_on("sqlite")
def test_a_killed_fetcher_loses_and_doubles_nothing_and_the_twin_that_moves_first_does(
    site, servers: MailServers
):
    put(servers, BOX, *[mail(number) for number in range(30)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.mail.fetch_trial", str(servers.imap), BOX],
        env=site | {"HANDRAIL_FETCH_INTERNAL": f"127.0.0.1:{servers.imap}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])

    every = sorted(f"f{number}@example.com" for number in range(30))
    assert seen["kills"] == 8
    assert sorted(seen["ours"]) == every, done.stderr
    assert sorted(seen["twin"]) != every
