"""Names, headings and titles that others gave, made fit to show: none may look like another, or like nothing, by marks unseen.

What stays is what people write: jamo of old Hangul with their fillers, joined emoji, Persian and Indic joiners, vowel points
and accents, variants of Hanja. Words that run from right to left need no marks for it: browsers know by their letters.
"""

from __future__ import annotations

import re
import unicodedata

# They turn text around, or are drawn nowhere.
UNDRAWN = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\ud800-\udfff]"
)
# They break a line, or are drawn as a gap.
GAPS = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164\uffa0]")

PICTURE = "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
HANJA = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
# Arabic and its kin, and scripts of India and around.
JOINING = "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18aa\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]"
FIRSTS, MIDDLES = "[\u1100-\u115e\ua960-\ua97c]", "[\u1161-\u11a7\ud7b0-\ud7c6]"

# What has a meaning only in its place: there it is caught by the group and stays, anywhere else it goes.
IN_PLACE = (
    # Flags of parts of a country are spelled in tags. Anywhere else these are words that nobody sees.
    re.compile(
        "((?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f)|[\U000e0000-\U000e007f]"
    ),
    re.compile(
        f"((?<={PICTURE})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<={HANJA})[\ufe00-\ufe02\U000e0100-\U000e01ef])"
        "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
    ),
    re.compile(
        f"((?<={PICTURE})\u200d(?={PICTURE})|(?<=\ufe0f)\u200d(?={PICTURE})|(?<={JOINING})[\u200c\u200d](?={JOINING}))"
        "|[\u200c\u200d]"
    ),
    re.compile(f"(\u115f(?={MIDDLES})|(?<={FIRSTS})\u1160)|[\u115f\u1160]"),
)

MARKS_MOST = 4  # on one letter: Hebrew with its points and an accent has as many
ACCENTS_MOST = 2  # of those that go on any letter: Vietnamese taken apart has as many
ACCENT = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def legible(text: str) -> str:
    """One line, NFC, with single spaces, without what cannot be seen, and with no more marks on a letter than writing has.

    >>> legible("\\u202egnp.exe\\u202c")
    'gnp.exe'
    >>> legible("Bank\\u200b  of\\nSeoul")
    'Bank of Seoul'
    """
    return " ".join(without_unseen(text).split())


def without_unseen(text: str) -> str:
    """As `legible`, with its spaces as they came."""
    text = GAPS.sub(" ", text)
    if not text.isascii():
        text = UNDRAWN.sub("", text)
        for pattern in IN_PLACE:
            text = pattern.sub(r"\1", text)
        text = _without_stacks(unicodedata.normalize("NFC", text))
    return text


def _without_stacks(text: str) -> str:
    """Marks stand on a letter; what is piled higher hides the lines above and below."""
    kept: list[str] = []
    marks = accents = 0
    has_letter = False
    for letter in text:
        if unicodedata.category(letter) not in {"Mn", "Me"}:
            marks, accents, has_letter = 0, 0, letter != " "
        else:
            marks += 1
            accents += bool(ACCENT.match(letter))
            if not has_letter or marks > MARKS_MOST or accents > ACCENTS_MOST:
                continue
        kept.append(letter)
    return "".join(kept)
