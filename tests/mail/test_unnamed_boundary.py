"""A mail that says it has several parts, and not where they part, is read all the same."""

from __future__ import annotations

import pytest

from handrail.channels.mail.parse import parse
from handrail.channels.mail.parsed import Envelope

HEAD = "From: kim@example.com\nTo: help@handrail.test\nSubject: 문의\nMIME-Version: 1.0\n"


def read(rest: str):
    return parse((HEAD + rest).encode(), Envelope())


@pytest.mark.parametrize("kind", ["multipart/mixed", 'multipart/alternative; boundary=""'])
def test_words_without_a_single_line_between_parts_are_the_text(kind):
    found = read(f"Content-Type: {kind}\n\n램프가 켜지지 않아요.\n")

    assert found.text.strip() == "램프가 켜지지 않아요."
    assert not found.attachments


def test_parts_are_found_by_the_line_that_begins_the_first():
    found = read(
        "Content-Type: multipart/mixed\n\n--odd one\nContent-Type: text/plain; charset=utf-8\n\n사진 보내요.\n"
        "--odd one\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--odd one--\n"
    )

    assert found.text.strip() == "사진 보내요."
    assert [each.name for each in found.attachments] == ["a.png"]


def test_a_list_of_dashes_is_no_boundary():
    assert "--둘" in read("Content-Type: multipart/mixed\n\n--하나\n--둘\n").text
