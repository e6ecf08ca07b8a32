"""A greeting, a thank-you, or a picture without a word gets a word back."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from handrail.answers.pleasantry import pleasantry

__all__ = ["FILES", "NOBODY", "PLEASANTRY", "is_only_thanks", "pleasantry", "word_back"]

PLEASANTRY = "pleasantry"  # the code of a word back to a greeting or thanks
NOBODY = "nobody"  # the kind of a no to "shall a person take over?"
FILES = "files"  # the kind of a message that holds nothing but files
# What stands below a letter and says nothing: "김민지 드림", "Best regards,".
PARTING = re.compile(
    r"(?:.{1,20}\s)?(?:드림|올림|배상)[.]?|(?:(?:best|kind|warm)\s+)?(?:regards|wishes)[,.]?|best[,.]|sincerely(?:\s+yours)?[,.]?|yours\s+(?:sincerely|truly)[,.]?",
    re.IGNORECASE,
)


def is_only_thanks(text: str, *, name: str = "") -> bool:
    """Whether somebody thanks and says nothing else; `name` is the sender's, who may sign."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [line for line in lines if not PARTING.fullmatch(line) and line.strip(" ,.-") != name.strip()]
    return bool(said) and all(pleasantry(line) for line in said) and pleasantry(said[-1]) == "thanks"


def word_back(kind: str) -> str:
    """What we say to it, in the current language."""
    if kind == "thanks":
        return _("You're welcome. If anything else comes up, just write here.")
    if kind == NOBODY:
        return _(
            "All right, nobody takes over. Ask in other words whenever you like; a person is one press away."
        )
    if kind == FILES:
        return _(
            "That has arrived. I cannot look into files myself: tell me in a few words what it is about, or shall a person take over and look at it?"
        )
    return _("Hello! What can I help you with? One sentence is enough, and I'll look it up right away.")
