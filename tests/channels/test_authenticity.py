"""Who vouches for a mail. Signatures here are real ones, made with a key of our own; DNS answers are given by hand."""

from __future__ import annotations

import subprocess

import dkim
import pytest

from handrail.channels.mail.authenticity import Verdict, aligned, check
from handrail.channels.mail.parse import parse
from tests.mail.corpus import own

HEAD = b"From: Kim <minji@example.com>\r\nTo: help@handrail.test\r\nSubject: refund\r\nDate: Tue, 05 Mar 2024 10:02:11 +0900\r\n"
HEAD += b"Message-ID: <1@example.com>\r\n"
PLAIN = HEAD + b"\r\nhello\r\n"
HOP = "mx.handrail.test"
RECEIVED = f"Received: from out.example.com by {HOP} (Postfix) with ESMTP id 1\r\n"


@pytest.fixture(scope="module")
def key() -> bytes:
    return subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def dns(key):
    lines = subprocess.run(
        ["openssl", "rsa", "-pubout"], input=key, check=True, capture_output=True
    ).stdout.decode()
    record = "v=DKIM1; k=rsa; p=" + "".join(lines.strip().splitlines()[1:-1])

    def ask(name: str) -> bytes | None:
        known = {
            "s1._domainkey.example.com.",
            "s1._domainkey.evil.example.",
            "s1._domainkey.mail.example.com.",
        }
        return record.encode() if name in known else None

    return ask


def signed(raw: bytes, key: bytes, domain: bytes = b"example.com", **more) -> bytes:
    return dkim.sign(raw, b"s1", domain, key, **more) + raw


def verdict(raw: bytes, dns=lambda name: None) -> Verdict:
    return check(raw, parse(raw), resolver=dns)


def test_a_signature_of_the_senders_domain_vouches(key, dns):
    assert verdict(signed(PLAIN, key), dns) == Verdict(True, how="dkim", by="self")


def test_a_signature_of_a_subdomain_vouches_for_its_organisation(key, dns):
    assert verdict(signed(PLAIN, key, b"mail.example.com"), dns).vouched


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda raw: raw.replace(b"hello", b"hullo"), "signature_wrong"),
        (lambda raw: raw.replace(b"Subject: refund", b"Subject: pay me"), "signature_wrong"),
        (lambda raw: raw.replace(b"minji@", b"other@"), "signature_wrong"),
        (lambda raw: raw.replace(b"minji@example.com", b"minji@evil.example"), "not_aligned"),
        (lambda raw: b"Subject: pay me\r\n" + raw, "repeated_header"),
        (lambda raw: b"Content-Type: text/html\r\nContent-Type: text/plain\r\n" + raw, "repeated_header"),
        (lambda raw: b"From: boss@example.com\r\n" + raw, "several_from"),
        (lambda raw: b"Sender: boss@evil.example\r\n" + raw, "sender_differs"),
    ],
)
def test_a_signed_mail_that_was_changed_is_vouched_for_by_nobody(key, dns, change, reason):
    found = verdict(change(signed(PLAIN, key)), dns)

    assert (found.vouched, found.reason) == (False, reason)


def test_another_domains_signature_says_nothing_about_the_sender(key, dns):
    assert verdict(signed(PLAIN, key, b"evil.example"), dns).reason == "not_aligned"


def test_a_signature_over_only_the_beginning_says_nothing(key, dns):
    raw = signed(PLAIN, key, length=True) + b"and send me your password\r\n"

    assert verdict(raw, dns).reason == "signed_in_part"


def test_an_unsigned_mail_and_a_missing_key_vouch_for_nothing(key):
    assert verdict(PLAIN).reason == "unsigned"
    assert not verdict(signed(PLAIN, key)).vouched


def test_silence_of_the_name_server_is_no_yes(key):
    def silent(name: str) -> bytes | None:
        raise TimeoutError(name)

    assert not verdict(signed(PLAIN, key), silent).vouched


@pytest.mark.parametrize(
    ("result", "vouched"),
    [
        ("dmarc=pass (p=NONE dis=NONE) header.from=example.com", True),
        ("dkim=pass header.d=example.com header.s=s1", True),
        ("dkim=pass header.i=@mail.example.com", True),
        ("spf=pass smtp.mailfrom=minji@example.com", False),
        ("dmarc=fail header.from=example.com; spf=pass smtp.mailfrom=example.com", False),
        ("dmarc=pass header.from=evil.example", False),
        ("dkim=pass header.d=evil.example", False),
        ("dkim=fail (dkim=pass header.d=example.com) header.d=example.com", False),
        ("dkim=none", False),
    ],
)
def test_our_own_hop_is_believed_about_the_senders_domain_only(settings, result, vouched):
    settings.MAIL_TRUSTED_HOP = HOP
    raw = f"Authentication-Results: {HOP}; {result}\r\n{RECEIVED}".encode() + PLAIN

    assert verdict(raw).vouched is vouched


@pytest.mark.parametrize(
    "head",
    [
        f"{RECEIVED}Authentication-Results: {HOP}; dmarc=pass header.from=example.com\r\n",
        f"Authentication-Results: {HOP}; dmarc=pass header.from=example.com\r\n",
        f"Authentication-Results: other.example; dmarc=pass header.from=example.com\r\n{RECEIVED}",
        f"Authentication-Results: {HOP}.evil.example; dmarc=pass header.from=example.com\r\n{RECEIVED}",
        f"Authentication-Results: {HOP}; dmarc=pass header.from=example.com\r\nReceived: from a by evil.example\r\n{RECEIVED}",
        f"ARC-Authentication-Results: i=1; {HOP}; dmarc=pass header.from=example.com\r\n{RECEIVED}",
        f"X-Authentication-Results: {HOP}; dmarc=pass header.from=example.com\r\n{RECEIVED}",
    ],
    ids=[
        "below-the-boundary",
        "no-boundary",
        "another-hop",
        "longer-name",
        "another-received-on-top",
        "arc",
        "x",
    ],
)
def test_a_verdict_that_could_have_come_with_the_mail_counts_for_nothing(settings, head):
    settings.MAIL_TRUSTED_HOP = HOP

    assert not verdict(head.encode() + PLAIN).vouched


def test_without_a_trusted_hop_no_header_is_believed(settings):
    settings.MAIL_TRUSTED_HOP = ""

    assert not verdict(
        f"Authentication-Results: {HOP}; dmarc=pass header.from=example.com\r\n{RECEIVED}".encode() + PLAIN
    ).vouched


def test_the_forged_verdict_of_the_fixture_is_not_believed(settings):
    settings.MAIL_TRUSTED_HOP = HOP

    assert not verdict(own("forged-authentication-results")).vouched


def test_our_hops_no_is_not_overruled_by_what_lies_below(settings, key, dns):
    settings.MAIL_TRUSTED_HOP = HOP
    raw = (
        f"Authentication-Results: {HOP}; dmarc=fail header.from=example.com\r\n{RECEIVED}".encode()
        + signed(PLAIN, key)
    )

    assert verdict(raw, dns) == Verdict(False, by="hop", reason="not_passed")


@pytest.mark.parametrize(
    ("domain", "other", "same"),
    [
        ("example.com", "mail.example.com", True),
        ("a.example.co.kr", "b.example.co.kr", True),
        ("one.co.kr", "two.co.kr", False),
        ("example.com", "example.com.evil.example", False),
        ("", "", False),
        ("com", "example.com", False),
        ("evil.example", "mail.example", False),
        ("a.lan", "b.lan", False),
        ("evil.internal", "bank.internal", False),
        ("한국.한국", "나라.한국", False),
        ("한국.한국", "메일.한국.한국", True),
        ("나라.한국", "xn--910bs4k.xn--3e0b707e", True),
        ("mail.shop.internal", "shop.internal.", True),
        ("evil.kr", "bank.kr", False),
        ("one.github.io", "two.github.io", False),
        ("Mail.Example.COM", "example.com", True),
        ("com", "com", False),
        ("lan", "lan", False),
        ("example", "mail.example", False),
        ("straße.de", "strasse.de", False),
        ("a..example.com", "b..example.com", False),
    ],
)
def test_organisations_are_told_apart_by_the_public_suffix_list(domain, other, same):
    assert aligned(domain, other) is same


@pytest.mark.parametrize(
    "results",
    [
        "dkim=pass header.d=evil.example; dmarc=pass header.from=evil.example",
        "dkim=pass header.d=example",
        "dmarc=pass header.from=example",
        "dkim=pass header.i=@evil.example",
    ],
)
def test_another_organisation_under_an_unlisted_top_level_domain_vouches_for_nobody(settings, results):
    settings.MAIL_TRUSTED_HOP = HOP
    head = f"Authentication-Results: {HOP}; {results}\r\n{RECEIVED}".encode()
    raw = head + PLAIN.replace(b"minji@example.com", b"jiwoo.kim@mail.example")

    assert verdict(raw) == Verdict(False, by="hop", reason="not_passed")


def test_a_signature_of_another_organisation_under_an_unlisted_top_level_domain_vouches_for_nobody(key, dns):
    raw = signed(PLAIN.replace(b"minji@example.com", b"jiwoo.kim@mail.example"), key, b"evil.example")

    assert verdict(raw, dns) == Verdict(False, by="self", reason="not_aligned")
