"""Words as chats shorten them, said in full; those that only greet, thank or swear are left out.

    pls, u, thx, dont            ->  please, you, –, don't
    환불 ㄱㄴ?, ㅈㅅ한데, 와요ㄷㄷ  ->  환불 가능?, 죄송한데, 와요
    토욜에도, 담주                ->  토요일에도, 다음 주

They are no slips of the finger, so nothing is put right in them. A word that is written on this site is meant as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from handrail.answers.analysis.grams import is_latin
from handrail.answers.keyboard import HANGUL_RUN, is_initials

LIST = Path(__file__).with_name("chat_words.txt")
LATIN = re.compile(r"(?<![\w'’.@/-])[a-z0-9]+(?![\w'’@/-])")
# Letters alone at the beginning of a word (ㅈㅅ한데), and two or more of them at its end (환불ㄱㄱ).
LETTERS_FIRST = re.compile(r"^([ㄱ-ㅎ]{2,})(?![ㅏ-ㅣ])")
LETTERS_LAST = re.compile(r"(?<=[가-힣])(?:[ㄱ-ㅎ]{2,}|[ㄳㅄ])$")
# Days as they are said: 토욜에도, 담주에.
DAY, NEXT = re.compile(r"(?<=[월화수목금토일])욜"), re.compile(r"^담(?=[주달])")
# Korean calls repair after the sale by two English letters: AS 되나요, A/S 센터.
AFTER_SALES = re.compile(r"(?<![a-z0-9])a/?s(?![a-z0-9])")

IsWritten = Callable[[str], bool]


@cache
def words() -> dict[str, str]:
    """Shortened word -> what it stands for; "" where that says nothing that could be looked up."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    parted = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {short: full for short, _tab, full in parted}


def in_full(text: str, is_written: IsWritten) -> str:
    """`text` (normalised) without shortened words; as it is where nothing else would be left.

    is_written  whether a word stands in this site's own texts

    >>> in_full("pls help, i dont get the eta thx", lambda word: word == "eta")
    "please help, i don't get the eta"
    >>> in_full("환불 ㄱㄴ? ㅈㅅ한데 언제 와요ㄷㄷ", lambda word: False)
    '환불 가능? 죄송한데 언제 와요'
    """
    if is_initials(text):
        return text  # what one types to jump to a word
    if is_latin(text):
        said = LATIN.sub(lambda word: word[0] if is_written(word[0]) else words().get(word[0], word[0]), text)
    else:
        said = AFTER_SALES.sub(r"\g<0> 수리", HANGUL_RUN.sub(lambda run: _run_in_full(run[0]), text))
    return " ".join(said.split()) or text


def _run_in_full(run: str) -> str:
    known = words()
    if last := LETTERS_LAST.search(run):
        full = known.get(last[0])
        if full is not None:
            return f"{run[: last.start()]} {full}"
    if first := LETTERS_FIRST.match(run):
        full = known.get(first[0])
        if full is not None:
            return full + run[first.end() :] if full else ""
    return NEXT.sub("다음 ", DAY.sub("요일", run))
