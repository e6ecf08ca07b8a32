"""Guessing passwords is slow, and nobody is shut out of their account by a stranger's tries."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from django.test import Client

from handrail.web import limits
from handrail.web.guessing import ANY_HERE_AN_HOUR, ANYWHERE_AN_HOUR, HERE_AN_HOUR, SLOWED_SECONDS

RIGHT = "a-long-password"
TOO_MANY = {
    "ko": "비밀번호가 여러 번 틀렸어요. 한 시간 뒤에 다시 해 보세요.",
    "en": "Too many wrong passwords. Wait an hour, then try again.",
}

SLOWED = "Wait half a minute, then try again."


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    limits.forget_all()


@pytest.fixture
def later(monkeypatch):
    """later(seconds) -> nothing; what is counted in this process was counted so long ago."""

    def moved(seconds: int) -> None:
        moment = SimpleNamespace(time=lambda: time.time() + seconds)
        monkeypatch.setattr(limits, "time", moment)
        monkeypatch.setattr(limits._own, "_now", moment.time)

    return moved


def tries(email: str, password: str, *, address: str, locale: str = "ko") -> str:
    """What the desk's door answers: "in", "wrong", "wait", or "slow" where a moment is enough."""
    browser = Client(REMOTE_ADDR=address, headers={"accept-language": locale})
    answer = browser.post("/accounts/login/", {"login": email, "password": password})
    if answer.status_code == 302:
        return "in"
    said = answer.content.decode()
    return "wait" if TOO_MANY[locale] in said else "slow" if SLOWED in said else "wrong"


def test_a_strangers_wrong_tries_stop_the_stranger_and_not_the_colleague(world):
    email = world.agent.email
    seen = [tries(email, f"wrong-{n}", address="192.0.2.1") for n in range(HERE_AN_HOUR + 1)]

    assert seen == ["wrong"] * 20 + ["wait"]
    assert tries(email.upper(), RIGHT, address="192.0.2.1") == "wait"
    assert tries(email, RIGHT, address="192.0.2.1", locale="en") == "wait"
    assert tries(email, RIGHT, address="192.0.2.2") == "in"


def test_a_network_that_tries_many_accounts_is_slowed_and_others_are_not(world):
    seen = [
        tries(f"someone-{n}@works.test", "wrong", address="192.0.2.1", locale="en")
        for n in range(ANY_HERE_AN_HOUR + 1)
    ]

    assert seen == ["wrong"] * 30 + ["slow"]
    assert tries(world.agent.email, RIGHT, address="192.0.2.1", locale="en") == "slow"
    assert tries(world.agent.email, RIGHT, address="192.0.2.2", locale="en") == "in"


def test_who_is_right_comes_in_after_a_moment_where_others_were_wrong(world, later):
    for n in range(ANY_HERE_AN_HOUR):
        tries(f"someone-{n}@works.test", "wrong", address="192.0.2.1")
    later(SLOWED_SECONDS + 1)

    assert tries(world.agent.email, RIGHT, address="192.0.2.1") == "in"
    assert tries(world.agent.email, RIGHT, address="192.0.2.1") == "in", "a right one slows nobody"
    seen = [tries(f"other-{n}@works.test", "wrong", address="192.0.2.1", locale="en") for n in range(3)]
    assert seen == ["wrong", "slow", "slow"]


def test_a_moment_does_not_help_at_one_account(world, later):
    for n in range(HERE_AN_HOUR):
        tries(world.agent.email, f"wrong-{n}", address="192.0.2.1")
    later(SLOWED_SECONDS + 1)

    assert tries(world.agent.email, RIGHT, address="192.0.2.1") == "wait"


def test_one_house_of_long_addresses_is_one(world):
    for n in range(HERE_AN_HOUR):
        tries(world.agent.email, "wrong", address=f"2001:db8::{n + 1:x}")

    assert tries(world.agent.email, RIGHT, address="2001:db8::ffff") == "wait"
    assert tries(world.agent.email, RIGHT, address="2001:db8:0:1::1") == "in"


def test_guessing_from_very_many_addresses_ends_too(world):
    for n in range(ANYWHERE_AN_HOUR):
        assert limits.take(f"{ANYWHERE_AN_HOUR}/hour", "wrong-password-for", world.agent.email).is_allowed, n

    assert tries(world.agent.email, RIGHT, address="192.0.2.1") == "wait"


def test_right_passwords_count_nothing(world):
    for _turn in range(ANY_HERE_AN_HOUR + 1):
        assert tries(world.agent.email, RIGHT, address="192.0.2.1") == "in"


def test_the_help_centres_door_counts_with_the_desks(world):
    for n in range(ANY_HERE_AN_HOUR):
        tries(f"someone-{n}@works.test", "wrong", address="192.0.2.1")
    given = {"email": world.agent.email, "password": RIGHT}
    slowed = Client(REMOTE_ADDR="192.0.2.1").post("/hc/en/sign-in/password", given)

    assert (slowed.status_code, SLOWED in slowed.content.decode()) == (429, True)
    assert Client(REMOTE_ADDR="192.0.2.1").post("/hc/ko/sign-in/password", given).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.2").post("/hc/ko/sign-in/password", given).status_code == 302


def test_a_header_a_stranger_writes_makes_no_other_address_of_theirs(world):
    for n in range(HERE_AN_HOUR):
        Client(REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": f"198.51.100.{n}"}).post(
            "/accounts/login/", {"login": world.agent.email, "password": "wrong"}
        )

    assert tries(world.agent.email, RIGHT, address="192.0.2.1") == "wait"


def test_who_asks_for_a_new_password_too_often_reads_why_in_our_words(world):
    answers = [
        Client(headers={"accept-language": "ko"}).post(
            "/accounts/password/reset/", {"email": "x@example.com"}
        )
        for _turn in range(6)
    ]

    assert answers[-1].status_code == 429 and "짧은 시간에" in answers[-1].content.decode()
