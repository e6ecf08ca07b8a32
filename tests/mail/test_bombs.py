"""Mail made to hurt: it may cost a child two seconds, and nobody else anything."""

from __future__ import annotations

import os
import signal
import time

import pytest

from handrail.channels.mail import child
from handrail.channels.mail.receive import (
    QUICK_BYTES,
    TakesLong,
    Unreadable,
    quick_reader,
    reader,
    receive,
)
from handrail.channels.mail.replies import split
from tests.mail.corpus import own, shared

HEAD = b"From: a@example.com\r\nSubject: bomb\r\nMIME-Version: 1.0\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
WORDS = (
    '<p class=MsoNormal style="color:red"><span lang=EN-US>안녕하세요 hello</span><o:p></o:p></p>'.encode()
)


def nested(depth: int) -> bytes:
    parts = [
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (i, i + 1) for i in range(depth)
    ]
    return (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n"
        + b"".join(parts)
        + b"--b%d\r\n\r\nhi\r\n" % depth
    )


@pytest.fixture(autouse=True, scope="module")
def no_child_left():
    yield
    reader.close()
    quick_reader.close()


@pytest.mark.parametrize("depth", [21, 500, 1_200])
def test_multiparts_nested_without_end_are_kept_aside(depth):
    with pytest.raises(Unreadable) as kept:
        receive(nested(depth))

    assert kept.value.reason == "too_deep"


def test_multiparts_nested_as_people_do_are_read():
    assert receive(nested(19)).text == "hi"


def test_a_bomb_of_lines_ends_with_its_child_and_the_next_mail_is_read():
    receive(HEAD + b"\r\nbefore")
    began = time.monotonic()

    with pytest.raises(Unreadable) as kept:
        receive(MIXED + b"--x\r\n" * 8_000_000)

    assert kept.value.reason == "time"
    assert time.monotonic() - began < 20
    assert receive(HEAD + b"\r\nafter").text == "after"


def test_a_bomb_of_memory_ends_with_its_child_and_the_next_mail_is_read(monkeypatch):
    monkeypatch.setattr(child, "WALL_SECONDS_MAX", 60.0)

    with pytest.raises(Unreadable) as kept:
        receive(MIXED + b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 45_000_000)

    assert kept.value.reason in {"memory", "crash", "time"}
    assert receive(HEAD + b"\r\nafter").text == "after"


def test_a_child_that_was_killed_is_replaced():
    receive(HEAD + b"\r\none")
    assert reader._child
    os.kill(reader._child.pid, signal.SIGKILL)
    reader._child.wait()

    assert receive(HEAD + b"\r\ntwo").text == "two"


def test_one_child_reads_many_mails():
    receive(HEAD + b"\r\none")
    first = reader._child and reader._child.pid

    receive(own("gmail-korean-reply"))

    assert reader._child and reader._child.pid == first


def test_the_child_knows_no_secret_of_ours():
    receive(HEAD + b"\r\none")
    assert reader._child
    with open(f"/proc/{reader._child.pid}/environ", "rb") as file:
        names = {item.partition(b"=")[0] for item in file.read().split(b"\0") if item}

    assert names <= {b"PATH", b"PYTHONPATH", b"VIRTUAL_ENV", b"LANG", b"LC_ALL", b"LC_CTYPE"}


@pytest.mark.parametrize(
    ("body", "cut"),
    [
        (
            b"From: a@example.com\r\nTo: " + b", ".join(b"u%d@example.com" % i for i in range(20_000)),
            "addresses",
        ),
        (b"".join(b"X-%d: y\r\n" % i for i in range(100_000)) + b"From: a@example.com", "headers"),
        (b"From: a@example.com\r\nX: " + b"y\r\n y" * 100_000, "headers"),
    ],
)
def test_heads_without_end_are_cut_and_the_mail_still_opens(body, cut):
    mail = receive(body + b"\r\nSubject: still here\r\n\r\nhello")

    assert (mail.from_address, mail.subject, mail.text) == ("a@example.com", "still here", "hello")
    assert cut in mail.cut
    assert len(mail.to) <= 200


def test_parentheses_without_end_in_an_address_hurt_nobody():
    mail = receive(b"From: a@example.com\r\nTo: " + b"(" * 3_000 + b"\r\nSubject: x\r\n\r\nhello")

    assert (mail.from_address, mail.text, mail.to) == ("a@example.com", "hello", ())


def test_ten_thousand_parts_are_two_hundred():
    mail = receive(MIXED + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * 10_000 + b"--b--")

    assert len(mail.attachments) == 200
    assert mail.cut == ("parts",)


def test_a_file_name_in_ten_thousand_pieces_is_bounded():
    pieces = b"; ".join(b"filename*%d=abc" % i for i in range(10_000))
    mail = receive(MIXED + b"--b\r\nContent-Disposition: attachment; " + pieces + b"\r\n\r\nx\r\n--b--")

    assert len(mail.attachments[0].name) <= 150


@pytest.mark.parametrize(
    "html", [b"<div>" * 20_000, b"<a " + b" b=c" * 100_000 + b">", b"<table><tr><td>" * 20_000]
)
def test_html_no_parser_should_see_falls_back_to_the_text_part(html):
    mail = receive(
        HEAD + b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nthe words\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n" + html + b"\r\n--b--"
    )

    assert (mail.text, mail.html, mail.cut) == ("the words", "", ("html",))


def test_html_no_parser_should_see_keeps_its_words_where_there_is_no_text_part():
    mail = receive(HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 20_000 + b"the words")

    assert mail.text == "the words"


def test_five_megabytes_of_word_html_are_read_in_time():
    mail = receive(HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + WORDS * 50_000)

    assert mail.text.startswith("안녕하세요 hello")


@pytest.mark.parametrize(
    "text",
    [
        "On 1 a\n" * 100_000,
        "2024년 3월 5일 " * 50_000,
        ">" * 1_000_000,
        "From: x\n" * 100_000,
        "-" * 500_000,
        "\n" * 500_000,
    ],
)
def test_cutting_quotations_takes_linear_time(text):
    began = time.process_time()

    split(text)

    assert time.process_time() - began < 2


def test_the_pathological_sample_is_cut_at_once_even_three_hundred_times():
    text = (shared("mail/replies") / "pathological.txt").read_text(encoding="utf-8")
    began = time.process_time()

    reply = split(text * 300)

    assert time.process_time() - began < 2
    assert reply.text.startswith("I think you're onto something.")
    assert "GATTC" not in split(text).text


def test_where_others_wait_a_bomb_costs_a_moment_and_the_next_letter_none(monkeypatch):
    monkeypatch.setattr("handrail.channels.mail.receive.QUICK_BYTES", 100_000_000)
    receive(HEAD + b"\r\nbefore", is_quick=True)
    loaded = quick_reader._spare

    for _each in range(2):
        with pytest.raises(TakesLong):
            receive(MIXED + b"--x\r\n" * 8_000_000, is_quick=True)
        assert quick_reader._child is loaded and loaded.poll() is None
        loaded = quick_reader._spare

    assert receive(HEAD + b"\r\nafter", is_quick=True).text == "after"


def test_where_others_wait_what_is_no_letter_by_its_size_is_not_begun():
    with pytest.raises(TakesLong):
        receive(HEAD + b"\r\n" + b"x" * QUICK_BYTES, is_quick=True)
    assert receive(HEAD + b"\r\n" + b"x" * QUICK_BYTES).text
