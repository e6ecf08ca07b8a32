"""Addresses whose letters may be taken for others: аnna@example.com with a Cyrillic а is somebody else."""

from __future__ import annotations

import re
import unicodedata

# Letters of other alphabets that stand for a Latin one wherever they are read.
TWINS = frozenset("асеһіјԁԛорѕѵԝухґвкмнтьαικνορτυχω")
# What people write their own names with, beside Latin letters too.
EAST_ASIAN = frozenset({"HANGUL", "CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC"})


def looks_like_another(address: str) -> bool:
    """Whether a part of a mail address mixes alphabets, is written in letters that pass for Latin ones, or changes when
    letters of width and style are made plain."""
    return any(_is_doubtful(part) for part in re.split(r"[@.]", address) if part)


def _is_doubtful(part: str) -> bool:
    part = _shown(part)
    if part.isascii():
        return False
    letters = [letter for letter in part if letter.isalpha()]
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in letters}
    if unicodedata.normalize("NFKC", part) != unicodedata.normalize("NFC", part):
        return True
    if len(scripts - EAST_ASIAN) > 1 or (scripts & EAST_ASIAN and scripts - EAST_ASIAN - {"LATIN"}):
        return True
    return bool(letters) and "LATIN" not in scripts and all(each.lower() in TWINS for each in letters)


def _shown(part: str) -> str:
    """A part of a domain in its own letters, which is how people read it."""
    if not part.lower().startswith("xn--"):
        return part
    try:
        return part[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return part
