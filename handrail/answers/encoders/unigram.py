"""Text to pieces as sentencepiece cuts it with a unigram model (Kudo 2018): the likeliest pieces, by Viterbi."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence

SPACE = "\u2581"  # how sentencepiece writes a space
UNKNOWN_BELOW = 10.0  # an unknown character costs so much more than the rarest piece


class Unigram:
    """Pieces as bytes with the logarithm of their share."""

    def __init__(self, pieces: Sequence[bytes], scores: Sequence[float], *, unknown: int) -> None:
        self._scores = array("f", scores)
        self._unknown = unknown
        self._unknown_score = min(scores) - UNKNOWN_BELOW
        self._number = {piece: at for at, piece in enumerate(pieces) if at != unknown}
        self._longest = max(map(len, pieces))

    def cut(self, text: str) -> list[int]:
        """The numbers of a text's pieces."""
        plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
        characters = [each.encode() for each in (SPACE + plain.replace(" ", SPACE))]
        count = len(characters)
        best = [0.0] + [float("-inf")] * count
        came = [(0, self._unknown)] * (count + 1)
        for start in range(count):
            piece = b""
            for end in range(start + 1, count + 1):
                piece += characters[end - 1]
                if len(piece) > self._longest:
                    break
                number = self._number.get(piece)
                if number is not None and best[start] + self._scores[number] > best[end]:
                    best[end], came[end] = best[start] + self._scores[number], (start, number)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + self._unknown_score, (start, self._unknown)
        return _path(came)


def _path(came: list[tuple[int, int]]) -> list[int]:
    found, at = [], len(came) - 1
    while at:
        at, number = came[at]
        found.append(number)
    return found[::-1]
