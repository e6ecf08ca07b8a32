"""The small form of `make faults`: the same trial with fewer mails and kills, and its broken twin."""

from __future__ import annotations

import pytest

from tests.faults.cluster import is_there
from tests.faults.trial import Trial

pytestmark = pytest.mark.faults


def test_nothing_accepted_is_lost_doubled_or_misplaced_when_processes_are_killed(tmp_path):
    verdict, seen = Trial(mails=120, kills=8).run(tmp_path)
    assert verdict.accepted == 120
    assert verdict.is_clean, (verdict, seen)
    assert verdict.wire_repeats <= seen["kills"].get("worker", 0)


def test_nothing_is_lost_when_the_database_crashes_too(tmp_path):
    if not is_there():
        pytest.skip("PostgreSQL's server is not installed: apt-get install postgresql")
    verdict, seen = Trial(mails=60, kills=2, crashes=2).run(tmp_path)
    assert verdict.accepted == 60
    assert verdict.is_clean, (verdict, seen)
    assert seen["ended"] == []


def test_the_twin_that_acknowledges_first_fails_the_same_trial(tmp_path):
    verdict, seen = Trial(mails=120, kills=8, twin=True).run(tmp_path)
    assert verdict.lost or verdict.doubled, (verdict, seen)
