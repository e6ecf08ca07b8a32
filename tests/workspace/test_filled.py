"""Sentences with a word put in: the particle behind it is the one the word asks for."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from handrail.conversations.operators import read
from handrail.workspace.korean import FILLED, OPEN_PAIRS, filled, stand_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("sentence", "value", "said"),
    [
        ("“%(it)s”은(는) 없어요", "환불", "“환불”은 없어요"),
        ("“%(it)s”은(는) 없어요", "zzz", "“zzz”는 없어요"),
        ("“%(it)s:”을(를) 쓰려고 하셨나요?", "status", "“status:”를 쓰려고 하셨나요?"),
        ("#%(it)s이(가) 있어요", "1003", "#1003이 있어요"),
        ("#%(it)s이(가) 있어요", "1002", "#1002가 있어요"),
        ("%(it)s(으)로 나가요", "서울", "서울로 나가요"),
        ("%(it)s과(와)의 연결", "smtp.example.com", "smtp.example.com과의 연결"),
        ("%(it)s은(는) 그대로", "은(는)", "은(는)은 그대로"),
    ],
)
def test_the_particle_behind_a_value_follows_it(sentence, value, said):
    assert filled(sentence, {"it": value}) == said


def test_what_the_search_of_the_desk_cannot_read_is_said_in_good_korean(world):
    with translation.override("ko"):
        problems = [
            problem
            for typed in ("status:zzz", "created>2026-13-45", "status:닫힘", "stauts:open")
            for problem in read(typed, viewer=world.viewer()).problems
        ]

    assert [problem.split(" ")[0] for problem in problems] == [
        "“zzz”는",
        "“2026-13-45”는",
        "“닫힘”은",
        "“stauts:”는",
    ]


def test_every_open_particle_of_the_catalogue_stands_behind_a_value():
    with (ROOT / "locale/ko/LC_MESSAGES/django.po").open("rb") as file:
        texts = [str(message.string) for message in read_po(file, locale="ko")]

    left = [text for text in texts if any(pair in FILLED.sub("", text) for pair in OPEN_PAIRS)]

    assert left == []


PLACE = re.compile(r"\{\{(\w+)\}\}")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{name}}은(는) {{shop}}은(는)", "홍길동은 소리는"),
        ("{{name}}는(은) {{shop}}을/를", "홍길동은 소리를"),
        ("{{city}}(으)로 {{city}}으로(로) {{name}}으로/로", "서울로 서울로 홍길동으로"),
        ("“{{name}}”이(가) <b>{{shop}}</b>이/가", "“홍길동”이 <b>소리</b>가"),
        ("{{shop}}이에요(예요) {{name}}과(와)", "소리예요 홍길동과"),
        ("{{none}}은(는) {{other}}이(가) 말(은)", "은(는) {{other}}이(가) 말(은)"),
    ],
)
def test_what_people_write_open_behind_a_placeholder_fits_what_stands_there(written, said):
    values = {"name": "홍길동", "shop": "소리", "city": "서울", "none": ""}
    assert stand_in(PLACE, written, lambda found: values.get(found[1])) == said


def test_a_value_with_particles_of_its_own_stays_as_it_is():
    assert stand_in(PLACE, "{{name}}을(를)", lambda found: "은(는) {{name}}책") == "은(는) {{name}}책을"
