"""Make customers' questions look typed in a hurry: Korean and English, the same noise for the same seed.

    noisy("배송 언제 오나요?", "typo", locale="ko", seed=7)

Kinds
    typo          slips of the finger: about one for 12 Korean characters or 15 English ones, at least one
    typo2         twice as many, at least two
    nospace       every space left out
    respace       each space left out with probability 0.6, a new one put in with probability 0.12 a character
    layout        the whole text typed with the other keyboard layout switched on
    typo-nospace  typo, then nospace

Korean slips are made on the keys of the standard two-set layout and put together again the way an input
method does it, so they look like real ones: 배송 -> 배손, 뱃송, 배ㅗㅇ. Numbers, punctuation and letters of
other scripts stay as they are.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable

from handrail.answers.keyboard import HANGUL_RUN, LATIN_RUN, NEIGHBOURS, from_keys, to_keys


def slip(keys: str, rng: random.Random) -> str:
    """One wrong movement on letter keys: a neighbour (30 %), a key lost (25 %), struck twice (20 %),
    two keys swapped (20 %), Shift missed or stray (5 %). Never returns `keys` itself."""
    while True:
        at, dice = rng.randrange(len(keys)), rng.random()
        key = keys[at]
        if dice < 0.30:
            near = rng.choice(NEIGHBOURS[key.lower()])
            changed = keys[:at] + (near.upper() if key.isupper() else near) + keys[at + 1 :]
        elif dice < 0.55 and len(keys) > 1:
            changed = keys[:at] + keys[at + 1 :]
        elif dice < 0.75:
            changed = keys[:at] + key + keys[at:]
        elif dice < 0.95:
            changed = keys[:at] + keys[at + 1 : at + 2] + key + keys[at + 2 :]
        else:
            changed = keys[:at] + key.swapcase() + keys[at + 1 :]
        if changed != keys:
            return changed


def typo(text: str, rng: random.Random) -> str:
    """One slip inside a run of Hangul or Latin letters, chosen by its length; the text differs afterwards."""
    runs = [*HANGUL_RUN.finditer(text), *LATIN_RUN.finditer(text)]
    if not runs:
        return text
    run = rng.choices(runs, weights=[len(each[0]) for each in runs])[0]
    typed = wrong = run[0]
    while wrong == typed:  # a stray Shift on most Korean letters changes nothing
        hangul = HANGUL_RUN.fullmatch(typed)
        wrong = from_keys(slip(to_keys(typed), rng)) if hangul else slip(typed, rng)
    return text[: run.start()] + wrong + text[run.end() :]


def typos(text: str, count: int, rng: random.Random) -> str:
    """`count` slips; one more where they undid each other."""
    wrong = text
    for _ in range(count):
        wrong = typo(wrong, rng)
    return typo(text, rng) if wrong == text else wrong


def one_typo_in(locale: str) -> int:
    """Characters to one typo."""
    return 12 if locale.startswith("ko") else 15


def some_typos(text: str, rng: random.Random, locale: str) -> str:
    return typos(text, max(1, len(text) // one_typo_in(locale)), rng)


def twice_the_typos(text: str, rng: random.Random, locale: str) -> str:
    return typos(text, max(2, 2 * len(text) // one_typo_in(locale)), rng)


def without_spaces(text: str, rng: random.Random, locale: str) -> str:
    return re.sub(r"\s+", "", text)


def random_spaces(text: str, rng: random.Random, locale: str) -> str:
    out = []
    for character in text:
        if character == " " and rng.random() < 0.6:
            continue
        out.append(character)
        if character != " " and rng.random() < 0.12:
            out.append(" ")
    return re.sub(r" +", " ", "".join(out)).strip()


def other_layout(text: str, rng: random.Random, locale: str) -> str:
    """Korean typed with the English layout on (안녕 -> dkssud), or English with the Korean one on."""
    return to_keys(text) if HANGUL_RUN.search(text) else LATIN_RUN.sub(lambda run: from_keys(run[0]), text)


def typos_without_spaces(text: str, rng: random.Random, locale: str) -> str:
    return without_spaces(some_typos(text, rng, locale), rng, locale)


KINDS: dict[str, Callable[[str, random.Random, str], str]] = {
    "typo": some_typos,
    "typo2": twice_the_typos,
    "nospace": without_spaces,
    "respace": random_spaces,
    "layout": other_layout,
    "typo-nospace": typos_without_spaces,
}


def noisy(text: str, kind: str, *, locale: str = "ko", seed: int = 0) -> str:
    """`text` with one kind of noise.

    kind      a key of KINDS
    locale    "ko..." or another; sets how many typos there are
    seed      with kind and text it decides every choice, whatever the order of the calls
    returns   the noisy text; unchanged where there is nothing to do (no letters, no space, no luck)

    Raises KeyError for an unknown kind.

    >>> noisy("안녕하세요", "layout")
    'dkssudgktpdy'
    >>> noisy("환불은 언제 되나요", "nospace")
    '환불은언제되나요'
    >>> noisy("배송 언제 오나요?", "typo", seed=3) == noisy("배송 언제 오나요?", "typo", seed=3)
    True
    """
    digest = hashlib.sha256(f"{seed}\x00{kind}\x00{text}".encode()).digest()
    return KINDS[kind](text, random.Random(int.from_bytes(digest[:8], "big")), locale)
