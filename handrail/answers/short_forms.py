"""Korean compounds said short: 공청기 for 공기청정기, 식세기 for 식기세척기, 비번 for 비밀번호.

A short form takes the first syllable of each part of a compound and, where it has three, the last one too. What a word
that is written nowhere here may stand for is looked up among the short forms of the compounds that are. Two syllables are
many a word (사기: 사용 기한?), so they stand for names of products and for synonyms only. Two compounds alike stand for neither.

Such a name of several words is as often written in one (소리버즈, 소리버즈충전이안돼요) and read with its spaces again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from handrail.answers.analysis.terms import PARTICLES
from handrail.answers.keyboard import HANGUL_RUN, STRAY
from handrail.answers.slips import Pairs, pairs_of

PART_MIN = 2  # syllables of a part
LAST_FROM = 3  # syllables of a second part whose last may be said too
SHORT_MIN, SHORT_MAX = 2, 3
JOINED_MIN = 4  # syllables of a name in one word; fewer begin many another word
COMPOUND_MAX = 12  # syllables; a longer run of letters is a sentence without spaces
# What a noun is followed by in its word, beside the particles that are cut everywhere.
ENDINGS = frozenset(
    [*PARTICLES, "와", "과", "랑", "이랑", "보다", "처럼", "마다", "께", "요", "이에요", "예요", "에는", "에서는", "용", "들"]
)  # fmt: skip
ENDINGS_LONGEST_FIRST = sorted(ENDINGS, key=len, reverse=True)
# How a word ends that says what the next one is like (조용한 공기청정기), or that ends a clause.
DESCRIBES = frozenset("한은는던된할될운을를의며고서면요다에로게도만과와")


@dataclass(frozen=True)
class ShortForms:
    """Short form -> the compound it stands for; a name written in one word -> as it is written here."""

    compounds: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def counted(cls, names: Iterable[str], titles: Iterable[str], words: Iterable[str]) -> ShortForms:
        """The short forms of the compounds in these texts.

        names   of products, and synonyms: short forms of two syllables are of these only
        titles  and headings, descriptions, and other short texts that name things
        words   every word that is written here, by which a compound written in one is cut into its parts; a name that is
                written in one word here too is left as it is
        """
        known = {without_ending(word) for word in words}
        found: dict[str, set[str]] = {}
        for texts, least in ((names, SHORT_MIN), (titles, SHORT_MAX)):
            for compound, first, second in _compounds(texts, known):
                for short in _short(first, second):
                    if len(short) >= least:
                        found.setdefault(short, set()).add(compound)
        compounds = {short: whole for short, wholes in found.items() if (whole := _one(wholes))}
        return cls(compounds, {joined: name for joined, name in _joined(names) if joined not in known})

    def spelled_out(self, text: str, written: Pairs) -> str:
        """`text` (normalised) with each short form that is written nowhere here said in full, and each name in its words.

        written  the pairs of syllables that stand in words here
        """
        if not self.compounds and not self.joined:
            return text
        return HANGUL_RUN.sub(lambda run: self._whole(run[0], written), text)

    def _whole(self, run: str, written: Pairs) -> str:
        for length in range(len(run), JOINED_MIN - 1, -1):
            name, rest = self.joined.get(run[:length]), run[length:]
            if name:
                return name + rest if rest in ENDINGS else f"{name} {rest}".rstrip()
        for length in range(min(SHORT_MAX, len(run)), SHORT_MIN - 1, -1):
            short, ending = run[:length], run[length:]
            compound = self.compounds.get(short)
            if compound and (not ending or ending in ENDINGS) and not _is_written(short, written):
                return compound + ending
        return run


def without_ending(word: str) -> str:
    """A word without what follows a noun.

    >>> without_ending("공기청정기예요"), without_ending("필터를")
    ('공기청정기', '필터')
    """
    for ending in ENDINGS_LONGEST_FIRST:
        if word.endswith(ending) and len(word) >= len(ending) + PART_MIN:
            return word[: -len(ending)]
    return word


def _joined(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(a name without its spaces, the name): of those that are Hangul throughout and long enough to be no other word."""
    for name in names:
        words = name.split()
        joined = "".join(words)
        if len(words) > 1 and len(joined) >= JOINED_MIN and HANGUL_RUN.fullmatch(joined):
            yield joined, " ".join(words)


def _is_written(short: str, written: Pairs) -> bool:
    return all(pair in written.pairs for pair in pairs_of(short)[1:-1])


def _compounds(texts: Iterable[str], known: set[str]) -> Iterator[tuple[str, str, str]]:
    """(compound as it is written, its first part, its second): of one word, and of two that stand together."""
    for text in texts:
        for clause in text.replace(",", "\n").replace(".", "\n").split("\n"):
            words = clause.split()
            for word in words:
                if HANGUL_RUN.fullmatch(word):
                    yield from _cut(without_ending(word), known)
            for first, second in pairwise(words):
                last = without_ending(second)
                if _are_nouns(first, last):
                    yield f"{first} {last}", first, last


def _cut(word: str, known: set[str]) -> Iterator[tuple[str, str, str]]:
    """A compound in one word at each place where one of its parts is a word of its own here."""
    if not 2 * PART_MIN <= len(word) <= COMPOUND_MAX or STRAY.search(word):
        return
    for at in range(PART_MIN, len(word) - PART_MIN + 1):
        if word[:at] in known or word[at:] in known:
            yield word, word[:at], word[at:]


def _are_nouns(first: str, second: str) -> bool:
    are_words = all(HANGUL_RUN.fullmatch(part) and len(part) >= PART_MIN for part in (first, second))
    return are_words and first[-1] not in DESCRIBES and not STRAY.search(first + second)


def _short(first: str, second: str) -> Iterator[str]:
    yield first[0] + second[0]
    if len(second) >= LAST_FROM:
        yield first[0] + second[0] + second[-1]


def _one(wholes: set[str]) -> str:
    """The compound, where it is one, with or without a space in it; "" of several."""
    spaceless = {whole.replace(" ", "") for whole in wholes}
    return min(wholes, key=lambda whole: (len(whole), whole)) if len(spaceless) == 1 else ""
