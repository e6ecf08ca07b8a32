"""English questions typed in a hurry are read as they were meant; what is right stays as it is."""

from __future__ import annotations

import pytest

from handrail.answers.english import frequency
from handrail.answers.english.spelling import corrected
from handrail.answers.question import understand
from handrail.answers.vocabulary import vocabulary
from tests.answers.help_centre import HelpCentre


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how do i recieve my order", "how do i receive my order"),
        ("where is my pacel", "where is my parcel"),
        ("cahnge the adress", "change the address"),
        ("howcan igeta refund", "how can i get a refund"),
        ("ref und my mon ey", "refund my money"),
        ("what's the fee for 3 items?", "what's the fee for 3 items?"),
    ],
)
def test_is_read_as_it_was_meant(typed, meant):
    assert corrected(typed, frequency.share) == meant


@pytest.mark.parametrize(
    "text",
    [
        "how do i unblock my account after unblocking it twice",
        "환불 how",
        "order 20261103-0042 a4z",
        "",
        "x" * 400,
        "do you ship with dhl or usps",
        "the sms with the otp, the pdf, the url and the price in usd",
        "sign in with naver or kakao on jeju",
        "do you have a shop in busan, incheon or suwon",
        "my iphone, my macbook and my gmail",
        "my favorite color was canceled",
        "hepa filter, spf 50, ty refund, is it from etsy",
    ],
)
def test_what_is_right_or_unknown_stays(text):
    assert corrected(text, frequency.share) == text


def test_words_of_the_site_are_right_and_wanted(world, models):
    centre = HelpCentre(world)
    centre.write({"en": ("Zorblat settings", "<p>How to charge your zorblat.</p>", [])})
    share = vocabulary().share

    assert corrected("my zorblat", share) == "my zorblat"
    assert corrected("my zorbat", share) == "my zorblat"
    assert understand("Charge my zorbalt").text == "charge my zorblat"


def test_words_only_some_may_read_are_not_offered(world, models):
    HelpCentre(world).write({"en": ("Zorblat secrets", "<p>Zorblat.</p>", [])}, audience="agents")

    assert understand("zorbat").text == "zorbat"
