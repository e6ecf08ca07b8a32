"""What somebody meant who wrote an operator or a value that is not there: the nearest one, said in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _

from handrail.workspace.korean import filled

BEGINNING_LEAST = 3  # letters of a name that are enough to tell which one is meant
# As other products call them.
ELSEWHERE = {
    "from": "requester",
    "customer": "requester",
    "고객": "requester",
    "is": "status",
    "in": "status",
    "label": "tag",
    "tags": "tag",
    "라벨": "tag",
    "group": "team",
    "그룹": "team",
    "owner": "assignee",
    "agent": "assignee",
    "상담원": "assignee",
    "via": "channel",
    "inbox": "mailbox",
    "받은편지함": "mailbox",
    "date": "created",
    "since": "created",
    "after": "created",
    "before": "created",
    "작성일": "created",
}
# Of a word and what follows its colon: an address, a place on a machine, a time, the tail of a heading in a mail.
NO_OPERATOR = re.compile(r"[\\/].*|[\d:.]+(?:/.*)?")
SCHEMES = {"http", "https", "ftp", "mailto", "tel", "sms", "data", "file"}


def nearest(typed: str, known: Iterable[str]) -> str:
    """The one of `known` that was meant by a slip of the hand or by its beginning; Hangul is compared letter by letter. "" for none."""
    apart = {_apart(each): each for each in known}
    close = get_close_matches(_apart(typed), apart, n=1, cutoff=0.75)
    if close:
        return apart[close[0]]
    if len(_apart(typed)) < BEGINNING_LEAST:
        return ""
    begun = [each for letters, each in apart.items() if letters.startswith(_apart(typed))]
    return min(begun, key=len) if begun else ""


def meant(name: str, value: str, known: Iterable[str]) -> str:
    """The operator that `name:value` may have been meant as; "" where it is far from every one, or no operator at all."""
    if is_no_operator(name, value):
        return ""
    near = nearest(name, known)
    return near or (ELSEWHERE.get(name, "") if value else "")


def is_no_operator(name: str, value: str) -> bool:
    """Whether that is an address, a time or the like, which only looks like an operator."""
    return name in SCHEMES or len(name) == 1 or NO_OPERATOR.fullmatch(value) is not None


def unknown(name: str, near: str) -> str:
    words = _("There is no “%(name)s:”. Did you mean “%(near)s:”?")
    return filled(words, {"name": name, "near": near})


def taken_as_words(text: str, names: Iterable[str]) -> str:
    """What is said where nothing like an operator was meant: it was looked for as it stands."""
    words = _("“%(text)s” was looked for as words, because no operator is called so. There are: %(names)s.")
    return filled(words, {"text": text, "names": ", ".join(names)})


def or_rather(typed: str, known: Iterable[str]) -> str:
    """Did you mean “open”? – or nothing where no value is near; to stand behind another sentence."""
    near = nearest(typed.lower(), known)
    return " " + filled(_("Did you mean “%(near)s”?"), {"near": near}) if near else ""


def _apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)
