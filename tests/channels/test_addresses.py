"""Addresses of our own making: they survive mail clients, and nobody else can make one."""

from __future__ import annotations

import pytest

from handrail.channels.mail import addresses, head
from handrail.channels.mail.candidates import candidates
from handrail.channels.mail.mailboxes import Mailbox, on_the_wire
from handrail.channels.mail.parse import parse
from handrail.channels.mail.parsed import Envelope
from tests.mail.corpus import understood

INBOX = "help@handrail.test"
KEY = "k" * 23


def reply_to(endpoint: int = 12, key: str = KEY) -> str:
    return addresses.reply_address(INBOX, endpoint_id=endpoint, reply_key=key)


@pytest.mark.parametrize("change", [str.upper, str.title, lambda a: f" {a} "])
def test_a_reply_address_works_however_a_client_writes_it(change):
    token = addresses.reply_token(change(reply_to()))

    assert token and token.endpoint_id == 12
    assert token.fits(KEY)


def test_a_reply_address_fits_one_endpoint_with_one_key():
    token = addresses.reply_token(reply_to())
    assert token

    assert not token.fits("another key")
    assert not token.fits("")
    assert not addresses.ReplyToken(13, token.signature).fits(KEY)


def test_none_of_a_hundred_thousand_guesses_fits():
    import random

    dice = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz234567"

    hits = sum(
        addresses.ReplyToken(12, "".join(dice.choices(letters, k=26))).fits(KEY) for _ in range(100_000)
    )

    assert hits == 0


def test_one_changed_letter_is_no_signature():
    local, _, domain = reply_to().partition("@")
    for at in range(-26, 0):
        other = "a" if local[at] != "a" else "b"
        changed = local[: len(local) + at] + other + local[len(local) + at + 1 :]
        token = addresses.reply_token(f"{changed}@{domain}")
        assert token and not token.fits(KEY)


def test_an_address_fits_into_what_mail_servers_allow():
    address = addresses.reply_address("customer.support@handrail.test", endpoint_id=2**31, reply_key=KEY)

    assert len(address.partition("@")[0]) <= 64


def test_a_reply_address_holds_no_number_of_a_conversation():
    assert "1042" not in reply_to(endpoint=1042)


def test_a_bounce_address_names_its_delivery_and_only_ours_do():
    address = addresses.bounce_address(INBOX, delivery_id=77)

    assert addresses.bounced_delivery(address.upper()) == 77
    assert addresses.bounced_delivery(address.replace("+b-25-", "+b-26-")) is None
    assert addresses.bounced_delivery(reply_to()) is None
    assert addresses.reply_token(address) is None


def test_addresses_signed_with_an_earlier_secret_still_work(settings):
    old = reply_to()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret"

    token = addresses.reply_token(old)

    assert token and token.fits(KEY)
    settings.SECRET_KEY_FALLBACKS = []
    assert not token.fits(KEY)


@pytest.mark.parametrize(
    "address", [reply_to(), addresses.bounce_address(INBOX, delivery_id=7), INBOX, INBOX.upper()]
)
def test_every_form_leads_to_its_inbox(address):
    assert addresses.inbox_address(address) == INBOX


def test_our_loop_mark_is_known_and_others_decide_nothing():
    assert addresses.is_ours(addresses.loop_mark("a@handrail.test"))
    assert not addresses.is_ours("yes")
    assert not addresses.is_ours("aaaaaaaaaaaaaaaaaaaaaaaaaa a@handrail.test")
    assert not addresses.is_ours("")


def test_candidates_are_found_wherever_a_token_came_in():
    raw = f"From: a@b.kr\r\nTo: x@y.kr\r\nCc: {reply_to(1)}\r\nDelivered-To: {reply_to(2)}\r\nSubject: Re: a [#7]\r\n"
    raw += "In-Reply-To: <near@x>\r\nReferences: <first@x> <mid@x> <near@x>\r\n\r\nhi"

    found = candidates(parse(raw.encode(), Envelope("a@b.kr", (reply_to(3).upper(),))))

    assert {token.endpoint_id for token in found.tokens} == {1, 2, 3}
    assert all(token.fits(KEY) for token in found.tokens)
    assert found.message_ids == ("near@x", "mid@x", "first@x")
    assert found.subject_number == 7


def test_a_bounce_address_counts_only_where_the_mail_was_delivered():
    bounce = addresses.bounce_address(INBOX, delivery_id=77)
    raw = f"From: a@b.kr\r\nTo: {bounce}\r\n\r\nhi".encode()

    assert candidates(parse(raw, Envelope("", (INBOX,)))).bounced == ()
    assert candidates(parse(raw, Envelope("", (bounce,)))).bounced == (77,)


def test_a_reply_of_gmail_names_the_number_in_its_subject():
    assert candidates(understood("gmail-korean-reply")).subject_number == 1042


def test_a_domain_in_its_own_letters_goes_over_the_wire_as_every_server_takes_it():
    assert on_the_wire("Minji@한글.kr") == "minji@xn--bj0bj06e.kr"
    assert on_the_wire("minji@example.com") == "minji@example.com"
    assert head.mailbox(Mailbox("minji@한글.kr", "Minji")) == "Minji <minji@xn--bj0bj06e.kr>"


@pytest.mark.parametrize("address", ["민지@example.com", "minji@ｅxample.com", "민지", ""])
def test_what_no_mail_reaches_goes_nowhere_else(address):
    assert on_the_wire(address) == ""
