"""The small form of `make faults`: the same trials with fewer mails and kills, and their broken twins."""

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


@pytest.mark.parametrize("teams", ["open", "apart"])
def test_of_two_mailboxes_each_team_gets_each_mail_once_and_in_its_place(tmp_path, teams):
    """Some mails come to both at once: one conversation for both teams, or one each where one of them is private."""
    verdict, seen = Trial(mails=90, kills=5, teams=teams).run(tmp_path)
    assert verdict.accepted == 90
    assert verdict.is_clean, (verdict, seen)
    assert len(verdict.teams) == 2 and all(each.accepted > 30 for each in verdict.teams.values())
    both = sum(each.accepted for each in verdict.teams.values()) - verdict.accepted
    assert both > 7


def test_the_twin_fails_the_trial_of_two_mailboxes_too(tmp_path):
    verdict, seen = Trial(mails=120, kills=8, teams="open", twin=True).run(tmp_path)
    assert any(each.lost or each.doubled for each in verdict.teams.values()), (verdict, seen)


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
