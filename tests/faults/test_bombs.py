"""The small form of the bomb arms of `make faults`: letters behind a mail that cannot be read in time, and the broken twin."""

from __future__ import annotations

import pytest

from tests.faults.bomb_trial import BombTrial, verdict
from tests.faults.bombs import hard

pytestmark = pytest.mark.faults


def test_no_letter_waits_behind_a_mail_that_takes_long_to_read(tmp_path):
    held, seen = BombTrial(letters=10, bombs=hard(1), pause=0.15).run(tmp_path)

    assert (held.bombs, held.unended, held.refused) == (1, 0, 0)
    assert held.accepted >= 10
    # Counted, not timed: a machine that is busy with something else holds up whom it likes.
    assert held.lost == 0 and held.overtook > 0, (held, seen)


def test_the_twin_that_reads_mail_in_the_worker_fails_the_same_trial(tmp_path):
    held, seen = BombTrial(letters=10, bombs=hard(1), pause=0.15, twin=True).run(tmp_path)

    assert (held.bombs, held.lost, held.unended) == (1, 0, 0)
    assert held.overtook == 0, (held, seen)


def test_who_waited_is_counted_where_nothing_moved_until_the_bomb_had_ended():
    came = (("before", 1.0), ("overtook", 3.0), ("slow", 3.5), ("waited", 5.0), ("after", 9.0))
    accepted = {name: (at - 0.1, at) for name, at in came}
    ended = {
        "before": [1, 1.1],
        "overtook": [2, 4.0],
        "bomb": [3, 8.0],
        "slow": [4, 8.1],
        "waited": [5, 8.2],
        "after": [6, 9.1],
    }

    held = verdict(accepted, {"bomb": (1.0, 2.0)}, ended)

    assert (held.held_up, held.overtook, held.lost, held.unended) == (1, 1, 0, 0)
    assert (held.handing.worst, held.delays.worst) == (100.0, 4600.0)
