"""Particles by the sound before them, and how names, numbers and addresses are written: also from a template."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from django.utils import translation

from handrail.workspace.formats import ago, file_size, postcode, readable
from handrail.workspace.korean import with_particle


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("환불", "은", "환불은"),
        ("소리 버즈", "는", "소리 버즈는"),
        ("홍길동", "이", "홍길동이"),
        ("서우", "가", "서우가"),
        ("빛 스탠드", "을", "빛 스탠드를"),
        ("이슬 크림", "을", "이슬 크림을"),
        ("서울", "으로", "서울로"),
        ("부산", "로", "부산으로"),
        ("Baram 3", "은", "Baram 3은"),
        ("Handrail", "과", "Handrail과"),
        ("‘환불’", "이", "‘환불’이"),
        ("500", "를", "500을"),
        ("0", "는", "0은"),
        ("3", "로", "3으로"),
        ("6", "로", "6으로"),
        ("7", "으로", "7로"),
        ("8", "가", "8이"),
        ("10", "로", "10으로"),
        ("1,000", "로", "1,000으로"),
        ("12,000", "는", "12,000은"),
        ("30000", "와", "30000과"),
        ("1004", "을", "1004를"),
        ("2.0", "가", "2.0이"),
        ("1,000,000,000,000", "을", "1,000,000,000,000를"),
    ],
)
def test_the_particle_follows_the_sound(word, pair, said):
    assert with_particle(word, pair) == said


def test_a_template_writes_all_of_it():
    written = engines["jinja2"].from_string(
        "{{ name|polite }} {{ thing|particle('을') }} {{ 12000|money }} {{ at|day_and_time }}"
        " {{ '+821000000000'|phone }} {{ '(우)06236'|postcode }}"
    )
    at = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
    with translation.override("ko"):
        said = written.render({"name": "홍길동", "thing": "환불", "at": at})

    assert said.startswith("홍길동 님 환불을 ₩12,000 ")
    assert "2026. 11. 22.(일) 오후 3:05" in said
    assert said.endswith("010-0000-0000 06236")


@pytest.mark.parametrize(
    ("given", "written"),
    [("06236", "06236"), ("우편번호 06236", "06236"), (6236, "06236"), ("135-080", "135-080"), ("", "")],
)
def test_a_postcode_has_five_digits_and_an_old_one_stays_as_it_came(given, written):
    assert postcode(given) == written


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("http://a.example/12-%ED%99%98%EB%B6%88?x=%20y", "http://a.example/12-환불?x=%20y"),
        ("https://a.example/%E2%80%AE", "https://a.example/%E2%80%AE"),
        ("100%ED 할인", "100%ED 할인"),
    ],
)
def test_addresses_are_shown_in_letters_and_nothing_that_could_disguise_one(given, written):
    assert readable(given) == written


def test_what_is_still_to_come_is_never_said_to_be_just_now():
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert ago(now + timedelta(seconds=20), now=now, locale="en") in ("just now", "방금")
    assert ago(now + timedelta(hours=19, minutes=35), now=now, locale="en") == "Tue 1 Dec 2026 4:35 pm"
    assert ago(now + timedelta(hours=19, minutes=35), now=now, locale="ko") == "2026. 12. 1.(화) 오후 4:35"


@pytest.mark.parametrize(
    ("size", "korean", "english"),
    [
        (0, "0바이트", "0 bytes"),
        (1, "1바이트", "1 byte"),
        (25, "25바이트", "25 bytes"),
        (1500, "1.5 KB", "1.5 KB"),
        (999_600, "1 MB", "1 MB"),
        (12_000_000, "12 MB", "12 MB"),
        (5_000_000_000_000, "5,000 GB", "5,000 GB"),
    ],
)
def test_the_size_of_a_file(size, korean, english):
    for locale, written in (("ko", korean), ("en", english)):
        with translation.override(locale):
            assert file_size(size) == written
