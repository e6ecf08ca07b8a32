"""Every Korean text of the interface speaks 해요체 and is Korean."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

PO = settings.LOCALE_PATHS[0] / "ko" / "LC_MESSAGES" / "django.po"
# Endings of the plain, the formal and the commanding style at the end of a sentence.
OTHER_STYLES = re.compile(
    r"(?<![가-힣])[가-힣 ]*(한다|이다|했다|됐다|있다|없다|습니다|ㅂ니다|합니다|입니다|됩니다|십시오|하라|하시오)(?=[.!?)」’”]|$)"
)
HANGUL = re.compile("[가-힣]")
# Names and signs that are the same in every language.
SAME = re.compile(r"^(?:%\(\w+\)[sd]|[\W\d_]|[A-Z]{2,}|CSAT|SLA|https?|e-mail)*$")


def texts() -> list[str]:
    with PO.open("rb") as file:
        catalog = read_po(file, locale="ko")
    found = []
    for message in catalog:
        if message.id and message.string:
            found += [message.string] if isinstance(message.string, str) else list(message.string)
    return [text for text in found if text]


def in_another_style(text: str) -> bool:
    return bool(OTHER_STYLES.search(text))


def test_no_text_is_in_the_plain_or_the_formal_style():
    assert [text for text in texts() if in_another_style(text)] == []


def test_no_text_was_left_in_english():
    assert [text for text in texts() if not HANGUL.search(text) and not SAME.match(text)] == []


@pytest.mark.parametrize("wrong", ["문의가 접수되었습니다.", "다시 시도하십시오.", "글이 없다.", "저장했다"])
def test_another_style_is_noticed(wrong):
    assert in_another_style(wrong)


@pytest.mark.parametrize(
    "right", ["문의를 받았어요.", "있다가 다시 해 볼까요?", "한다발", "내일 오전 9시부터"]
)
def test_our_own_style_is_not(right):
    assert not in_another_style(right)
