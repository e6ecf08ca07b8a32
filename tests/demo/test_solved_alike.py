"""Which solved conversations are shown as alike: the bound, measured on needs with what really is alike to each."""

from __future__ import annotations

import pytest

from demo.data import load
from handrail.answers.bands import EVEN, wilson
from handrail.conversations.conversation import Conversation
from handrail.conversations.status import OVER
from handrail.conversations.words import LIKE_SHARE, shares_like

SHOWN = 3
KEPT = 0.85  # of what is really alike, still shown


@pytest.fixture(scope="module")
def shown(built, django_db_blocker):
    """(share, whether it is really alike) of each that would be shown without a bound, and how many there are to be found."""
    with django_db_blocker.unblock():
        return measured()


def measured() -> tuple[list[tuple[float, bool]], int]:
    subjects = dict(Conversation.objects.filter(status__in=OVER).values_list("pk", "subject"))
    needs, found = load("alike.yaml"), []
    for need in needs:
        assert set(need["alike"]) <= set(subjects.values()), need["text"]
        shares = {pk: share for pk, share in shares_like(need["text"]).items() if pk in subjects}
        best = sorted(shares, key=lambda pk: (-shares[pk], -pk))[:SHOWN]
        found += [(shares[pk], subjects[pk] in need["alike"]) for pk in best]
    return found, sum(len(need["alike"]) for need in needs)


def kept(found: list[tuple[float, bool]], least: float) -> tuple[int, int]:
    """(how many are right, how many are shown) at a bound."""
    above = [is_right for share, is_right in found if share >= least]
    return sum(above), len(above)


def test_the_bound_is_the_least_at_which_half_of_what_is_shown_is_alike_for_sure(shown):
    found, _there = shown
    keeping = [
        hundredth / 100 for hundredth in range(1, 100) if wilson(*kept(found, hundredth / 100)) >= EVEN
    ]

    assert min(keeping) == LIKE_SHARE


def test_it_leaves_out_little_of_what_is_alike_and_most_of_what_is_not(shown):
    found, there = shown
    right, all_shown = kept(found, LIKE_SHARE)
    right_before, shown_before = kept(found, 0.0)

    assert there >= 20 and right / there >= KEPT
    assert all_shown - right <= (shown_before - right_before) / 4
