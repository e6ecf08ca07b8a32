"""A From line is a claim. These are the ways in which it lies, and what automatic mail looks like."""

from __future__ import annotations

import pytest

from handrail.channels.mail import mailboxes
from handrail.channels.mail.lookalikes import looks_like_another
from handrail.channels.mail.parse import parse
from handrail.channels.mail.parsed import Bounce, Envelope
from tests.mail.corpus import understood


@pytest.mark.parametrize(
    ("name", "address", "doubt"),
    [
        ("euc-kr-base64", "minji@example.com", ""),
        ("two-from-headers", "", "several_from"),
        ("several-from-addresses", "", "several_from"),
        ("quoted-local-part", "", "no_from"),
        ("sender-differs-from-from", "minji@example.com", "sender_differs"),
        ("address-with-a-comment-that-looks-like-one", "attacker@evil.example", ""),
        ("name-is-another-address", "attacker@evil.example", ""),
    ],
)
def test_only_one_plain_address_names_somebody(name, address, doubt):
    mail = understood(name)

    assert (mail.from_address, mail.identity_doubt) == (address, doubt)


@pytest.mark.parametrize(
    "name",
    [
        "minji@example.com",
        "Kim minji@example.com",
        "(minji@example.com)",
        "minji＠example.com",
        "'minji@example.com'",
    ],
)
def test_a_name_that_holds_somebody_elses_address_is_none(name):
    raw = f'From: "{name}" <attacker@evil.example>\n\nHello\n'.encode()
    mail = parse(raw)

    assert (mail.from_address, mail.from_name) == ("attacker@evil.example", "")


@pytest.mark.parametrize("name", ["Kim (attacker@evil.example)", "Kim @ Seoul", "@kim", "Kim@Work"])
def test_a_name_with_ones_own_address_or_a_mere_sign_stays(name):
    assert parse(f'From: "{name}" <attacker@evil.example>\n\nHello\n'.encode()).from_name == name


def test_line_breaks_in_names_and_subjects_are_spaces():
    mail = understood("line-breaks-inside-encoded-words")

    assert not set("\r\n\x00") & set(mail.from_name + mail.subject)
    assert mail.from_address == "minji@example.com"


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ("victim@example.com", "victim+tag@example.com"),
        ("victim@example.com", "victim@example.com."),
        ("kim@example.com", "\u212aim@example.com"),
        ("victim@example.com", "vіctim@example.com"),
        ("ss@example.com", "ß@example.com"),
    ],
)
def test_an_address_that_looks_like_another_stays_another(mine, other):
    assert mailboxes.normalise(mine) != mailboxes.normalise(other)


@pytest.mark.parametrize(
    "odd",
    ["minjі@example.com", "аnna@example.com", "anna@еxample.com", "anna@xn--xample-2of.com", "ｍinji@example.com",
     "оса@example.com", "김аnna@example.com"],
)  # fmt: skip
def test_letters_that_pass_for_others_are_noticed(odd):
    assert looks_like_another(odd)


@pytest.mark.parametrize(
    "plain",
    ["minji@example.com", "josé@example.com", "김민지@example.com", "김minji@한글.kr", "почта@пример.рф",
     "help@xn--bj0bj06e.kr", "", "λόγος@παράδειγμα.gr"],
)  # fmt: skip
def test_people_may_write_in_their_own_letters(plain):
    assert not looks_like_another(plain)


def test_case_does_not_make_another_address():
    assert mailboxes.normalise(" Victim@Example.COM ") == "victim@example.com"


@pytest.mark.parametrize(
    "odd",
    ["a b@example.com", '"x"@example.com', "a@b@c", "a@", "@b", "a@b\r\nBcc: c@d", "", "a" * 65 + "@b.kr"],
)
def test_what_is_no_plain_address_is_none(odd):
    assert mailboxes.normalise(odd) == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("out-of-office-exchange", "auto_submitted"),
        ("out-of-office-korean-without-headers", "vacation_subject"),
        ("mailing-list", "precedence"),
        ("newsletter-with-unsubscribe", "list"),
        ("null-return-path", "null_sender"),
        ("bounce-korean-words", "auto_submitted"),
        ("asks-about-automatic-answers", ""),
        ("gmail-korean-reply", ""),
        ("naver-reply", ""),
        ("euc-kr-base64", ""),
    ],
)
def test_programs_are_told_from_people(name, reason):
    assert understood(name).auto_submitted == reason


def test_the_null_envelope_sender_is_a_program():
    assert understood("euc-kr-base64", Envelope(sender="")).auto_submitted == "null_sender"
    assert understood("euc-kr-base64", Envelope(sender="minji@example.com")).auto_submitted == ""


def test_a_bounce_names_who_was_not_reached():
    assert understood("bounce-korean-words").bounce == Bounce(failed=("minji@example.com",), status="5.1.1")
    assert understood("euc-kr-base64").bounce is None
