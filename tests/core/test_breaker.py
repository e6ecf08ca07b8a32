"""The breaker: it rests longer each time, lets one try at a time, and closes when that works."""

from __future__ import annotations

from handrail.core.breaker import Breaker


class Clock:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_after_a_failure_nobody_goes_through_until_the_rest_is_over():
    clock = Clock()
    breaker = Breaker((1.0, 5.0), now=clock)
    breaker.failed()
    assert not breaker.may_try()
    clock.at = 1.0
    assert breaker.may_try()


def test_after_the_rest_one_caller_tries_and_the_others_still_wait():
    clock = Clock()
    breaker = Breaker((1.0, 5.0), now=clock)
    breaker.failed()
    clock.at = 1.0
    assert [breaker.may_try() for _ in range(3)] == [True, False, False]


def test_each_failure_in_a_row_makes_the_rest_longer_and_success_ends_it():
    clock = Clock()
    breaker = Breaker((1.0, 5.0), now=clock)
    breaker.failed()
    breaker.failed()
    clock.at = 4.9
    assert not breaker.may_try()
    clock.at = 5.0
    assert breaker.may_try()
    breaker.worked()
    assert breaker.may_try()
    assert not breaker.is_open


def test_a_refused_connection_is_tried_again_after_the_first_rest_however_often():
    clock = Clock()
    breaker = Breaker((1.0, 5.0), now=clock)
    for _ in range(4):
        breaker.failed(at_once=True)
    clock.at = 1.0
    assert breaker.may_try()
