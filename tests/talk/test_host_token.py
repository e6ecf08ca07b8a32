"""The host site's signed word: HS256 with our shared secret, soon over, used once."""

from __future__ import annotations

import base64
import json
import time

import jwt
import pytest

from handrail.contacts.models import Person

SECRET = "a-secret-that-both-sides-know-and-keep"


@pytest.fixture(autouse=True)
def shared_secret(settings):
    settings.HOST_TOKEN_SECRET = SECRET


def signed(secret: str = SECRET, algorithm: str = "HS256", **changes) -> str:
    claims = {
        "sub": "u-17",
        "email": "Minji@Example.com",
        "name": "김민지",
        "exp": int(time.time()) + 120,
    } | changes
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, secret, algorithm=algorithm)


def unsigned() -> str:
    def part(said: dict) -> str:
        return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()

    return (
        part({"alg": "none", "typ": "JWT"})
        + "."
        + part({"sub": "u", "email": "a@b.c", "exp": time.time() + 60})
        + "."
    )


def test_looking_shows_a_button_and_pressing_signs_in(visitor, world):
    token = signed()

    page = visitor.opens("sign-in/host", data={"token": token, "next": "/hc/ko/requests/new"})
    assert "minji@example.com" in page.content.decode().lower()
    answer = visitor.presses("sign-in/host", token=token, next="/hc/ko/requests/new")

    assert answer["Location"] == "/hc/ko/requests/new"
    assert visitor.opens("profile").status_code == 200


def test_the_same_person_comes_back_under_a_new_address(visitor, stranger, world):
    visitor.presses("sign-in/host", token=signed())
    stranger.presses("sign-in/host", token=signed(email="new@example.com"))

    assert Person.objects.count() == 1


def test_a_token_is_used_once(visitor, stranger, world):
    token = signed()
    visitor.presses("sign-in/host", token=token)

    assert stranger.presses("sign-in/host", token=token).status_code == 410
    assert stranger.opens("profile").status_code == 302


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        unsigned(),
        signed(secret="another-secret-of-the-same-length-ok"),
        signed(algorithm="HS512"),
        signed(exp=int(time.time()) - 60),
        signed(exp=int(time.time()) + 86_400),
        signed(exp=None),
        signed(sub=None),
        signed(email=None),
        signed(email="nobody"),
    ],
    ids=[
        "empty",
        "junk",
        "alg none",
        "other secret",
        "other algorithm",
        "expired",
        "a day",
        "no exp",
        "no sub",
        "no email",
        "no @",
    ],
)
def test_every_other_token_is_refused(visitor, world, token):
    assert visitor.presses("sign-in/host", token=token).status_code == 410
    assert visitor.opens("profile").status_code == 302


@pytest.mark.parametrize("secret", ["", "short"])
def test_without_a_secret_worth_the_name_every_token_is_refused(visitor, world, settings, secret):
    settings.HOST_TOKEN_SECRET = secret

    assert visitor.presses("sign-in/host", token=signed()).status_code == 410
    if secret:
        assert visitor.presses("sign-in/host", token=signed(secret=secret)).status_code == 410
