"""What a colleague typed, as it is kept and read: plain words, and beside them the form they were given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handrail.core.files.models import StoredFile
from handrail.core.html_reading import described, reading_text
from handrail.core.markdown_replies import placed_in, reply_html, says_more

NAMED = "](picture:"  # stands where a picture does


class Words(NamedTuple):
    """`text` is what a reader without HTML gets; `html` is cleaned, and empty where the text says it all."""

    text: str
    html: str


def worded(typed: str, files: Sequence[StoredFile] = ()) -> Words:
    """What was typed into a reply or a note. Without any form of its own it stays to the letter what it was.

    files  what goes along; a picture among them stands where the words name it (markdown_replies.py)
    """
    html = reply_html(typed, {each.name: cid_of(each) for each in files if each.is_inline})
    if says_more(html):
        return Words(reading_text(html), html)
    # A picture that does not go along is told of, not named.
    return Words(reading_text(html) if NAMED in typed and placed_in(typed) else typed, "")


def told(text: str, html: str) -> Words:
    """What was kept, for a reader of the current language: both parts tell of a picture that nobody described."""
    whole = described(html)
    return Words(text if whole == html else reading_text(whole), whole)


def cid_of(file: StoredFile) -> str:
    """By which the HTML of a message or note shows this picture, in a mail and on a page."""
    return f"{file.name}@pictures.handrail"


def cid_in(html: str, file: StoredFile) -> str:
    """Its Content-ID where this HTML shows it; "" where it only hangs on it."""
    return cid_of(file) if f'src="cid:{cid_of(file)}"' in html else ""


def placed(typed: str, files: Sequence[StoredFile]) -> list[StoredFile]:
    """Those of the files that stand in what was typed, in the order in which they do."""
    if NAMED not in typed:
        return []
    by_name = {each.name: each for each in files}
    return [by_name[name] for name in placed_in(typed) if name in by_name]
