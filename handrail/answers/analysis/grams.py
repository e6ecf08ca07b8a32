"""Terms that need no dictionary: pairs of syllables, runs of Latin letters, runs of Hangul letters.

They ignore spaces, so 환불방법 and 환불 방법 give the same terms, and they survive a typo or an unknown word.
"""

from __future__ import annotations

import re

from handrail.answers.keyboard import jamo

# Scripts that are written without spaces, or with spaces nobody agrees on.
DENSE = re.compile(r"[\uac00-\ud7a3\u3131-\u3163\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+")
LATIN = re.compile(r"[A-Za-z]")
WORD = re.compile(r"[^\W_]+", re.UNICODE)


def runs(text: str) -> tuple[list[str], list[str]]:
    """Dense-script runs joined across spaces (broken by anything else), and the other words, of a normalised text.

    >>> runs("ios에서 환불 방법")
    (['에서환불방법'], ['ios'])
    """
    dense: list[str] = []
    words: list[str] = []
    joined = False
    for word in WORD.findall(text):
        at = 0
        for run in DENSE.finditer(word):
            if run.start() > at:
                words.append(word[at : run.start()])
                joined = False
            if joined:
                dense[-1] += run[0]
            else:
                dense.append(run[0])
            joined, at = True, run.end()
        if at < len(word):
            words.append(word[at:])
            joined = False
    return dense, words


def is_latin(text: str) -> bool:
    """Whether there are Latin letters in `text` and no dense script.

    >>> is_latin("Refund?"), is_latin("refund 방법"), is_latin("123")
    (True, False, False)
    """
    return bool(LATIN.search(text)) and not DENSE.search(text)


def windows(text: str, size: int) -> list[str]:
    """Every run of `size` characters in `text`; the whole text where it is shorter."""
    return [text[at : at + size] for at in range(max(1, len(text) - size + 1))] if text else []


def bigrams(text: str) -> list[str]:
    """Pairs of dense-script characters, spaces ignored; four-letter runs of Latin words with their edges.

    >>> bigrams("환불 방법"), bigrams("refund")
    (['환불', '불방', '방법'], ['_ref', 'refu', 'efun', 'fund', 'und_'])
    """
    dense, words = runs(text)
    return [pair for run in dense for pair in windows(run, 2)] + [
        gram for word in words for gram in windows(f"_{word}_", 4)
    ]


def letters(text: str) -> list[str]:
    """Four-letter runs of Hangul letters, and four-letter runs of Latin ones, both across spaces."""
    dense, words = runs(text)
    return [gram for run in dense for gram in windows(jamo(run), 4)] + windows("".join(words), 4)
