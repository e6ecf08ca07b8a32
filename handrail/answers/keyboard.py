"""Hangul and its keys: take syllables apart, put them together, and read what was typed with the other layout on.

The layout is the standard Korean two-set one (두벌식). Nothing here knows the index: `other_reading` says what
the keys would mean, and readings.py decides which meaning the knowledge base supports.
"""

from __future__ import annotations

import re

SYLLABLES_FROM, SYLLABLES = 0xAC00, 11172
LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
TWO_KEYS = {
    "ㅘ": "ㅗㅏ",
    "ㅙ": "ㅗㅐ",
    "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ",
    "ㅞ": "ㅜㅔ",
    "ㅟ": "ㅜㅣ",
    "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}
ONE_LETTER = {keys: letter for letter, keys in TWO_KEYS.items()}
KEY_OF = dict(
    zip("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", "qwertyuiopasdfghjklzxcvbnm", strict=True)
)
KEY_OF |= dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "QWERTOP", strict=True))
LETTER_OF = {key: letter for letter, key in KEY_OF.items()}

# Keys beside each key.
NEIGHBOURS = {
    "q": "wa",
    "w": "qes",
    "e": "wrd",
    "r": "etf",
    "t": "ryg",
    "y": "tuh",
    "u": "yij",
    "i": "uok",
    "o": "ipl",
    "p": "ol",
    "a": "qsz",
    "s": "awdx",
    "d": "sefc",
    "f": "drgv",
    "g": "fthb",
    "h": "gyjn",
    "j": "hukm",
    "k": "jil",
    "l": "kop",
    "z": "asx",
    "x": "zsdc",
    "c": "xdfv",
    "v": "cfgb",
    "b": "vghn",
    "n": "bhjm",
    "m": "njk",
}

HANGUL_RUN = re.compile(r"[\uac00-\ud7a3\u3131-\u3163]+")
LATIN_RUN = re.compile(r"[A-Za-z]+")
SYLLABLE = re.compile(r"[\uac00-\ud7a3]")
STRAY = re.compile(r"[\u3131-\u3163]")
# ㅋㅋ, ㅠㅠ and the like are laughter and tears, not keys that missed their syllable.
FEELING = re.compile(r"[ㅋㅎㅠㅜㅡ]{2,}")


def letters_of(syllable: str) -> list[str]:
    """The two or three letters of one syllable, an empty last one included; any other character alone.

    >>> letters_of("값")
    ['ㄱ', 'ㅏ', 'ㅄ']
    """
    place = ord(syllable) - SYLLABLES_FROM
    if 0 <= place < SYLLABLES:
        return [LEADS[place // 588], VOWELS[place % 588 // 28], TAILS[place % 28]]
    return [syllable]


def jamo(text: str) -> str:
    """`text` with each syllable taken apart, compound letters into the keys that make them.

    >>> jamo("왜 값")
    'ㅇㅗㅐ ㄱㅏㅂㅅ'
    """
    return "".join(TWO_KEYS.get(letter, letter) for character in text for letter in letters_of(character))


def initials(text: str) -> str:
    """The first letter of each syllable; other characters stay.

    >>> initials("환불 방법")
    'ㅎㅂ ㅂㅂ'
    """
    return "".join(letters_of(character)[0] for character in text)


def is_initials(text: str) -> bool:
    """True where `text` is only consonants, as people type to jump to a word: ㅎㅂ."""
    bare = text.replace(" ", "")
    return bool(bare) and all(character in LEADS for character in bare)


def to_keys(text: str) -> str:
    """The keys that a Korean typist presses for `text`; what is not Hangul stays.

    >>> to_keys("값이 왜 ㅋㅋ?")
    'rkqtdl dho zz?'
    """
    return "".join(KEY_OF.get(letter, letter) for letter in jamo(text))


def from_keys(keys: str) -> str:
    """What a Korean input method makes of `keys`; the inverse of to_keys for ordinary words.

    >>> from_keys("rkqtdl dho")
    '값이 왜'
    >>> from_keys("Hello")
    'ㅗ디ㅣㅐ'
    """
    letters = [LETTER_OF.get(key) or LETTER_OF.get(key.lower()) or key for key in keys]
    out: list[str] = []
    at = 0
    while at < len(letters):
        made, at = _syllable(letters, at)
        out.append(made)
    return "".join(out)


def _syllable(letters: list[str], at: int) -> tuple[str, int]:
    if not (letters[at] in LEADS and _is_vowel(letters, at + 1)):
        pair = "".join(letters[at : at + 2])
        if pair in ONE_LETTER and _is_vowel(letters, at):
            return ONE_LETTER[pair], at + 2
        return letters[at], at + 1
    lead, middle, end = letters[at], letters[at + 1], ""
    at += 2
    if _is_vowel(letters, at) and middle + letters[at] in ONE_LETTER:
        middle, at = ONE_LETTER[middle + letters[at]], at + 1
    if _is_tail(letters, at):
        end, at = letters[at], at + 1
        if _is_tail(letters, at) and end + letters[at] in ONE_LETTER:
            end, at = ONE_LETTER[end + letters[at]], at + 1
    return chr(SYLLABLES_FROM + LEADS.index(lead) * 588 + VOWELS.index(middle) * 28 + TAILS.index(end)), at


def _is_vowel(letters: list[str], place: int) -> bool:
    return place < len(letters) and letters[place] in VOWELS


def _is_tail(letters: list[str], place: int) -> bool:
    return place < len(letters) and letters[place] in TAILS[1:] and not _is_vowel(letters, place + 1)


def other_reading(text: str) -> str | None:
    """What `text` says if it was typed with the other layout on, or None where that cannot be.

    Latin letters must mostly become full syllables; Hangul must hold letters that missed their syllable.
    Text in both scripts was typed with the right layout somewhere, so it has no other reading. The caller
    still has to ask whether the other reading means something: "fork" reads 래가. Case matters: Shift makes ㅆ.

    >>> other_reading("ghksqnf qkdqjq"), other_reading("ㄱㄷ려ㅜㅇ"), other_reading("refund")
    ('환불 방법', 'refund', None)
    """
    syllables, latin = len(SYLLABLE.findall(text)), sum(map(len, LATIN_RUN.findall(text)))
    stray = len(STRAY.findall(FEELING.sub("", text)))
    if latin and not syllables and not stray:
        return _as_hangul(text, latin)
    if stray and not latin:
        return to_keys(text).lower()
    return None


def _as_hangul(text: str, latin: int) -> str | None:
    turned = 0

    def turn(run: re.Match[str]) -> str:
        nonlocal turned
        made = from_keys(run[0])
        # A product name in Latin letters stays what it is among words that were meant in Hangul.
        if len(STRAY.findall(FEELING.sub("", made))) > 0.4 * len(made):
            return run[0]
        turned += len(run[0])
        return made

    made = LATIN_RUN.sub(turn, text)
    return made if turned >= 0.6 * latin else None
