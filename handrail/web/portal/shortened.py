"""What of a quotation is read at once in a chat, and what is behind "Show the rest"."""

from __future__ import annotations

import re
from itertools import takewhile

QUOTED_CHARS, QUOTED_LINES = 360, 8
# A line that ends as sentences do; headings and cells of tables don't.
SENTENCE = re.compile(r"[.?!…:][\"'”’)\]]*\s*$")


def shortened(text: str) -> tuple[str, str]:
    """A quotation's first sentences, and the rest of it: a phone should show the answer and what can be done with it.

    Of a passage quoted beside another (a blank line between them) the heading stays with the sentences below it.
    """
    lines_of = [line for line in text.split("\n") if line.strip()]
    headings = {block.partition("\n")[0] for block in text.split("\n\n")[1:]}
    begin = takewhile(lambda line: line in headings or SENTENCE.search(line), lines_of[:QUOTED_LINES])
    # Where no sentence begins it, it is rows of a table or items of a list: those are the answer.
    kept = list(begin)
    if not any(line not in headings for line in kept):
        kept = lines_of[:QUOTED_LINES]
    while len(kept) > 1 and (sum(map(len, kept)) > QUOTED_CHARS or kept[-1] in headings):
        kept.pop()
    if len(kept[0] if kept else "") > QUOTED_CHARS:
        # One long paragraph: to the end of a sentence.
        cut = max(text.rfind(mark, 0, QUOTED_CHARS) for mark in (". ", "? ", "! ")) + 1 or QUOTED_CHARS
        return text[:cut].rstrip(), text[cut:].lstrip()
    spaced = ["\n" + line if line in headings else line for line in lines_of]
    return "\n".join(spaced[: len(kept)]), "\n".join(spaced[len(kept) :]).lstrip("\n")
