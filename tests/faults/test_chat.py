"""The small form of the chat's trial in `make faults`, and its broken twin."""

from __future__ import annotations

import pytest

from tests.faults.chat_trial import ChatTrial

pytestmark = pytest.mark.faults


def test_no_word_of_a_chat_is_lost_doubled_reordered_or_unseen_when_processes_are_killed(tmp_path):
    verdict, seen = ChatTrial(words=90, kills=2, talks=2).run(tmp_path)
    assert verdict.accepted == 90
    assert verdict.is_clean, (verdict, seen)


def test_the_twin_that_thanks_first_fails_the_same_trial(tmp_path):
    # A kill right after it stored what it gathered loses nothing, so it is killed more than once.
    verdict, seen = ChatTrial(words=50, kills=4, talks=2, twin=True).run(tmp_path)
    assert verdict.lost, (verdict, seen)
