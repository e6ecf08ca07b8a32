"""No name, heading or title turns around, hides a part of itself, or is piled over the lines beside it; names people have stay."""

import pytest

from handrail.core.legible import legible

FAMILY = "\U0001f469\U0001f3fd\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\u202emoc.knab@troppus\u202c", "moc.knab@troppus"),
        ("\u2067\u2066Kim\u2069\u2069\u200e\u200f\u061c", "Kim"),
        ("S\u200bup\u2060p\u00adort\ufeff", "Support"),
        ("Minji\u200d\u200c", "Minji"),
        ("Minji\U000e0073\U000e0065\U000e0063\U000e007f", "Minji"),
        (
            "\U0001f3f4\U000e0068\U000e0069\U000e0068\U000e0069\U000e0068\U000e0069\U000e0068\U000e007f",
            "\U0001f3f4",
        ),
        ("Min\ud83dji\udc4d", "Minji"),
        ("\u3164\u115f\u1160\u2800", ""),
        ("Bank\u3164\u3164of\u2003Seoul", "Bank of Seoul"),
        ("a\x00b\x1b[2J\r\nBcc: x", "a b [2J Bcc: x"),
        ("Z\u0301\u0302\u0303\u0304\u0305algo", "\u0179\u0302\u0303algo"),
        ("\u0336\u0336Kim \u0301", "Kim"),
        ("Kim\ufe0f\U000e0101", "Kim"),
        ("one\u2028two\u2029three", "one two three"),
    ],
)
def test_marks_unseen_are_gone(given, shown):
    assert legible(given) == shown


@pytest.mark.parametrize(
    "name",
    [
        "김민지",
        "홍ㄱㄴㄷ ㅋㅋ",
        "\u1102\u119e\u11af",  # old Hangul
        "\u115f\u1161 \u1100\u1160",  # a jamo standing alone
        FAMILY,
        "❤️‍🔥 1️⃣ 🏳️‍🌈",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland's
        "محمد بن سلمان",
        "علی‌رضا",  # with its joiner kept apart
        "דָּוִד בֶּן־גּוּרִיוֹן",
        "क्‍षेत्र",
        "Nguyễn Thị Ánh",
        "葛\U000e0100城",
        "José Ñandú",
        "O'Brien-Łukasz",
    ],
)
def test_names_people_have_stay_as_they_are(name):
    import unicodedata

    assert legible(name) == unicodedata.normalize("NFC", name)


def test_made_legible_twice_is_the_same():
    said = f"\u202eA\u0301\u0302\u0303 {FAMILY}\u200b\u200d 김\u3164"

    assert legible(legible(said)) == legible(said)
