"""Tables in what is quoted: the rows that are asked for, and a table that says otherwise than the words above it."""

from __future__ import annotations

from handrail.answers.analysis.terms import FIELDS, pack
from handrail.answers.index.bm25 import Corpus
from handrail.answers.passages import PASSAGE_CHARACTERS
from handrail.answers.projection import analyse
from handrail.answers.tables import ABOUT

WORD, GRAM = FIELDS.index("word"), FIELDS.index("gram")
ALL_OF_IT = 0.99  # of the question's words, weighed by how rare they are


def with_their_tables(at: list[int], passages: list[str], headings: list[str]) -> list[int]:
    """The chosen passages, and after each the table that follows it and may say otherwise of some.

    "You can return it for any reason" above rows of which one says No is half of an answer. A table follows within the
    section, or begins the next one where the passage is how the article begins. A long one is not quoted along.
    """
    found = set(at)
    for i in at:
        table = _after(i, passages, headings)
        is_near = table and headings[i] in ("", headings[table[0]])
        if is_near and sum(len(passages[each]) for each in table) <= 2 * PASSAGE_CHARACTERS:
            found.update(table)
    return sorted(found)


def _after(i: int, passages: list[str], headings: list[str]) -> list[int]:
    """The table that follows a passage which is none itself: its rows may have been cut into several passages."""
    if is_table(passages[i]) or not is_table("".join(passages[i + 1 : i + 2])):
        return []
    found = [i + 1]
    for at in range(i + 2, len(passages)):
        if ABOUT not in passages[at] or headings[at] != headings[i + 1]:
            break
        found.append(at)
    return found


def is_table(passage: str) -> bool:
    return sum(ABOUT in line for line in passage.split("\n")) > 1


def rows_asked_for(passage: str, beyond: Corpus, *, must_say_all: bool = False) -> str:
    """Of a passage with rows of a table the rows that say most of what is asked; all of it where no row says more.

    must_say_all  all of it, too, where no row says every word of the question: one word in common may be of another case
    """
    rows = [line for line in passage.split("\n") if ABOUT in line]
    if len(rows) < 2:
        return passage
    scores = beyond.scores([pack(terms) for terms in analyse(rows)]).share
    worth = scores[:, WORD] * beyond.mass[WORD] + 0.5 * scores[:, GRAM] * beyond.mass[GRAM]
    most = float(worth.max())
    if most <= 0.0 or float(worth.min()) == most:
        return passage
    if must_say_all and float(scores[:, WORD].max()) < ALL_OF_IT:
        return passage
    return "\n".join(row for row, each in zip(rows, worth, strict=True) if each == most)


def told_apart(passages: list[str], heading: str, beyond: Corpus) -> str:
    """A table in one line: the row that says all that is asked, or what its rows are about."""
    rows = "\n".join(passages)
    asked = rows_asked_for(rows, beyond, must_say_all=True)
    if asked != rows:
        return asked
    about = [line.split(ABOUT)[0] for line in rows.split("\n") if ABOUT in line]
    return f"{heading}: {', '.join(about)}" if heading else ", ".join(about)
