"""English as it was meant: words run together, pulled apart or mistyped, put right by one search for the likeliest words.

A noisy channel (Kernighan, Church and Gale 1990; Brill and Moore 2000) solved as one shortest path over the letters
(Viterbi 1967): every way to cut the letters into words costs what the words are rare, what spaces would have been
lost or put in, and what keys would have slipped. A text of known words stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import log

from handrail.answers.keyboard import NEIGHBOURS

Share = Callable[[str], float]  # of a word among all words; 0 for one that is not known

RUN = re.compile(r"[a-z]+(?: +[a-z]+)*")
WORD_LETTERS_MAX = 18
RUN_LETTERS_MAX = 240  # longer texts hold their spaces well enough
# Costs are negative logarithms of probabilities.
LOST_SPACE = 3.0
STRAY_SPACE = 3.0
SLIP = 6.0
# A word nobody knows is a name more often than a slip of a word that hardly anybody writes; the longer it is, the less so.
UNKNOWN_WORD, UNKNOWN_LETTER = 3.0, 3.9
MISTYPED_LETTERS_MIN = 3  # shorter words may be meant as they are
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
CONTRACTED = frozenset(["s", "t", "m", "d", "re", "ve", "ll"])  # after an apostrophe


def corrected(text: str, share: Share) -> str:
    """`text` (normalised) with its English words put right; numbers, marks and other scripts stay.

    share  how common a word is, here and in English

    >>> common = {"refund": 0.1, "my": 0.2, "order": 0.1}
    >>> corrected("refudn m yorder 12?", lambda word: common.get(word, 0.0))
    'refund my order 12?'
    """

    def put_right(run: re.Match[str]) -> str:
        if text[run.start() - 1 : run.start()] == "'" and run[0].split()[0] in CONTRACTED:
            head, _space, rest = run[0].partition(" ")
            return f"{head} {_words(rest, share)}" if rest else head
        return _words(run[0], share)

    return RUN.sub(put_right, text)


def _words(run: str, share: Share) -> str:
    tokens = run.split()
    letters = "".join(tokens)
    if len(letters) > RUN_LETTERS_MAX:
        return run
    edges = {0}
    for token in tokens:
        edges.add(max(edges) + len(token))
    arcs = _mistyped(tokens, share)
    cost = [0.0] + [float("inf")] * len(letters)
    came: list[tuple[int, str]] = [(0, "")] * (len(letters) + 1)
    for start in range(len(letters)):
        opened = cost[start] + (0.0 if start in edges else LOST_SPACE)
        inside = 0
        for end in range(start + 1, min(len(letters), start + WORD_LETTERS_MAX) + 1):
            word = letters[start:end]
            known = share(word)
            if known:
                spent = opened + STRAY_SPACE * inside - log(known)
                if spent < cost[end]:
                    cost[end], came[end] = spent, (start, word)
            inside += end in edges
        for end, word, price in arcs.get(start, ()):
            if opened + price < cost[end]:
                cost[end], came[end] = opened + price, (start, word)
    return _path(came, letters)


def _path(came: list[tuple[int, str]], letters: str) -> str:
    found, at = [], len(letters)
    while at:
        at, word = came[at]
        found.append(word)
    return " ".join(reversed(found))


def _mistyped(tokens: list[str], share: Share) -> dict[int, list[tuple[int, str, float]]]:
    """For each word as it was typed: where it begins -> where it ends, what it may have been, at what cost."""
    arcs: dict[int, list[tuple[int, str, float]]] = {}
    at = 0
    for token in tokens:
        found = [(at + len(token), token, UNKNOWN_WORD + UNKNOWN_LETTER * len(token))]
        if len(token) >= MISTYPED_LETTERS_MIN and not share(token):
            best: dict[str, float] = {}
            for word, slip in slips(token):
                known = share(word)
                if known and len(word) > 2:
                    best[word] = min(best.get(word, 99.0), slip - log(known))
            found += [(at + len(token), word, price) for word, price in best.items()]
        arcs.setdefault(at, []).extend(found)
        at += len(token)
    return arcs


def slips(token: str) -> list[tuple[str, float]]:
    """Every word that one slip of the finger turns into `token`, with the cost of that slip."""
    cuts = [(token[:at], token[at:]) for at in range(len(token) + 1)]
    extra = [
        (left + right[1:], SLIP + (0.0 if _struck_beside(left, right) else 2.0))
        for left, right in cuts
        if right
    ]
    swapped = [(left + right[1] + right[0] + right[2:], SLIP) for left, right in cuts if len(right) > 1]
    beside = [
        (left + key + right[1:], SLIP)
        for left, right in cuts
        if right
        for key in NEIGHBOURS.get(right[0], "")
    ]
    lost = [(left + key + right, SLIP) for left, right in cuts for key in ALPHABET]
    return [*extra, *swapped, *beside, *lost]


def _struck_beside(left: str, right: str) -> bool:
    """Whether the key too many is the one before it, the one after it, or beside either on the keyboard."""
    key, around = right[0], left[-1:] + right[1:2]
    return any(key == other or key in NEIGHBOURS.get(other, "") for other in around)
