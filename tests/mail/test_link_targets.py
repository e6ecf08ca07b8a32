"""The text of a mail that came as HTML alone says where its links lead."""

from __future__ import annotations

import pytest

from handrail.channels.mail.link_targets import with_targets
from handrail.channels.mail.parse import parse
from handrail.core.html import clean


def read(html: str) -> str:
    return parse(
        f"From: a@example.com\nContent-Type: text/html; charset=utf-8\n\n{html}\n".encode()
    ).reply_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('Here is <a href="https://shop.example/invoice/123">the invoice</a>.', "Here is the invoice (https://shop.example/invoice/123)."),
        ('<a href="http://evil.example/phish">https://ongyeol.example/login</a>', "https://ongyeol.example/login (http://evil.example/phish)"),
        ('<a title="a > b href=" href="http://evil.example/">ongyeol.example</a>', "ongyeol.example (http://evil.example/)"),
        ('<a href="https://evil.example/https://ongyeol.example">ongyeol.example</a>', "ongyeol.example (https://evil.example/https://ongyeol.example)"),
        ('<a href="mailto:evil@evil.example">help@ongyeol.example</a>', "help@ongyeol.example (evil@evil.example)"),
        ('<a href="https://shop.example/?a=1&amp;b=2"><b>주문</b> 보기</a>', "주문 보기 (https://shop.example/?a=1&b=2)"),
    ],
)  # fmt: skip
def test_a_link_whose_words_say_something_else_names_its_address(html, text):
    assert read(f"<p>{html}</p>") == text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://shop.example/invoice/123", "https://shop.example/invoice/123"),
        ("https://shop.example/", "shop.example"),
        ("http://www.Shop.example", "www.shop.example"),
        ("https://shop.example/%ED%99%98%EB%B6%88", "https://shop.example/환불"),
        ("https://shop.example/a", "Look here: https://shop.example/a."),
        ("mailto:hong@example.com", "hong@example.com"),
        ("mailto:hong@example.com", "홍길동"),
        ("tel:+82212345678", "02-1234-5678"),
    ],
)
def test_one_whose_words_say_it_stands_once(address, words):
    assert read(f'<p><a href="{address}">{words}</a></p>') == words


def test_a_very_long_one_is_told_by_its_host():
    assert read(f'<p><a href="https://click.example/{"x" * 300}">Shop</a></p>') == "Shop (click.example …)"


def test_a_line_of_the_mail_app_is_no_word_of_the_sender_with_its_link_either():
    html = '<p>환불해 주세요</p><p><a href="https://aka.ms/o0ukef">Get Outlook for iOS</a></p>'
    assert read(html) == "환불해 주세요"


def test_many_links_are_read_in_linear_time():
    html = clean('<p><a href="https://a.example/">b</a></p>' * 20_000, profile="mail")
    assert with_targets(html).count("(https://a.example/)") == 20_000
