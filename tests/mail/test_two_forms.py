"""A mail's text and its look that say different things are told, however short they are; honest pairs are not."""

from __future__ import annotations

import pytest

from handrail.channels.mail.parse import parse
from tests.mail.corpus import understood


def asymmetric(text: str, html: str) -> bool:
    body = (
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n"
    )
    head = (
        'From: a@example.com\nTo: help@handrail.test\nContent-Type: multipart/alternative; boundary="b"\n\n'
    )
    return parse((head + body).encode()).asymmetric


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Please keep my account.", "<p>Please DELETE my account and refund 900 to DE123.</p>"),
        ("Please keep my account.", "<p>Please delete my account.</p>"),
        ("Please keep my account.", "<p>Please keep my account. Send the money to account DE123.</p>"),
        ("환불하지 마세요.", "<p>환불해서 국민은행 123-456으로 보내 주세요.</p>"),
        ("Please keep my account.", "<p>Please keep my account. [Delete it and refund 900]</p>"),
        ("네", "<p>아니요</p>"),
        ("Refund 90 to me for the order of last week, please.", "<p>Refund 900 to me for the order of last week, please.</p>"),
    ],
)  # fmt: skip
def test_short_ones_that_differ_are_told(text, html):
    assert asymmetric(text, html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Please keep my account.", "<p>Please <b>keep</b> my account.</p>"),
        ("See the invoice <https://shop.example/1>.", '<p>See <a href="https://shop.example/1">the invoice</a>.</p>'),
        ("Hello\n[image: logo.png]\nKim", '<p>Hello<img src="cid:1" alt="logo of us">Kim</p>'),
        ("* 환불해\n주세요 *", "<p><b>환불해 주세요</b></p>"),
        ("사진이에요", '<p><img src="cid:1"></p>'),
        ("아주긴낱말이\n줄끝에서끊겼어요", "<p>아주긴낱말이줄끝에서끊겼어요</p>"),
        ("Write to kim@example.com <mailto:kim@example.com>", "<p>Write to kim@example.com</p>"),
    ],
)  # fmt: skip
def test_honest_ones_are_not(text, html):
    assert not asymmetric(text, html)


@pytest.mark.parametrize(
    "name", ["gmail-korean-reply", "naver-reply", "english-gmail-reply", "outlook-korean-reply"]
)
def test_letters_of_mail_programs_are_not(name):
    assert not understood(name).asymmetric
