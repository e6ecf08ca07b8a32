"""Text to word pieces as BERT cuts it (Devlin et al. 2019): lower case, no accents, longest known piece first.

The vocabulary beside this file is that of bert-base-uncased (Google, Apache-2.0).
"""

from __future__ import annotations

import gzip
import unicodedata
from functools import cached_property
from pathlib import Path

VOCABULARY = Path(__file__).with_name("wordpieces.txt.gz")
UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"
WORD_CHARACTERS_MAX = 100


class Wordpieces:
    """Cuts texts; the vocabulary is read at first use."""

    @cached_property
    def ids(self) -> dict[str, int]:
        lines = gzip.decompress(VOCABULARY.read_bytes()).decode().splitlines()
        return {piece: at for at, piece in enumerate(lines)}

    def cut(self, text: str, *, pieces_max: int) -> list[int]:
        """The numbers of a text's pieces between those for its beginning and end, at most `pieces_max` in all."""
        ids = self.ids
        inside = [piece for word in words(text) for piece in self._pieces(word)][: pieces_max - 2]
        return [ids[BEGIN], *inside, ids[END]]

    def _pieces(self, word: str) -> list[int]:
        ids, found, start = self.ids, [], 0
        if len(word) > WORD_CHARACTERS_MAX:
            return [ids[UNKNOWN]]
        while start < len(word):
            end, before = len(word), "##" if start else ""
            while end > start and before + word[start:end] not in ids:
                end -= 1
            if end == start:
                return [ids[UNKNOWN]]
            found.append(ids[before + word[start:end]])
            start = end
        return found


def words(text: str) -> list[str]:
    """Words and single punctuation marks, lower case, without accents.

    >>> words("Where's my café card?")
    ['where', "'", 's', 'my', 'cafe', 'card', '?']
    """
    plain = unicodedata.normalize("NFD", text.lower())
    out: list[str] = []
    for character in plain:
        kind = unicodedata.category(character)
        if kind == "Mn" or (kind[0] == "C" and not character.isspace()):
            continue
        apart = _is_mark(character, kind) or "\u4e00" <= character <= "\u9fff"
        out.append(f" {character} " if apart else character)
    return "".join(out).split()


def _is_mark(character: str, kind: str) -> bool:
    # BERT takes every sign of ASCII that is neither letter nor digit for punctuation: $, +, ^ too.
    return kind[0] == "P" or (character.isascii() and not character.isalnum() and not character.isspace())
