"""Sentences as notes end them, read as one speaks."""

from __future__ import annotations

import doctest

import pytest

from handrail.answers import noted
from handrail.answers.noted import as_spoken


def test_the_examples_of_its_words_hold():
    assert doctest.testmod(noted).failed == 0


@pytest.mark.parametrize(
    ("noted", "spoken"),
    [
        ("램프 안켜짐", "램프 안 켜져요"),
        ("소리 안남", "소리 안 나요"),
        ("한쪽 안 들림!", "한쪽 안 들려요!"),
        ("인증번호 못받음", "인증번호 못 받아요"),
        ("와이파이 연결 못함. 비밀번호 까먹음", "와이파이 연결 못 해요. 비밀번호 까먹었어요"),
        ("쿠폰 없음", "쿠폰 없어요"),
    ],
)
def test_the_noun_of_a_verb_is_spoken(noted, spoken):
    assert as_spoken(noted) == spoken


@pytest.mark.parametrize(
    "text",
    [
        "이슬 크림",
        "처음 로그인",
        "안 쓰는 알림",
        "교환 안내",
        "안전 점검",
        "보관함",
        "안내문 다음",
        "지금 안 켜져요",
        "웃음 소리",
        "안심",
        "",
    ],
)
def test_other_nouns_stay(text):
    assert as_spoken(text) == text


def test_a_note_is_understood_as_near_to_its_article_as_the_same_in_speech(help_centre, models):
    from handrail.answers.question import understand

    note, speech = understand("이어폰 안들림"), understand("이어폰 안 들려요")
    assert float(note.vector @ speech.vector) > 0.95
    assert note.text == "이어폰 안들림"
