"""A greeting or a thank-you gets a word back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handrail.answers.pleasantry import pleasantry

__all__ = ["pleasantry", "word_back"]


def word_back(kind: str) -> str:
    """What we say to it, in the current language."""
    if kind == "thanks":
        return _("You're welcome. If anything else comes up, just write here.")
    return _("Hello! What can I help you with? One sentence is enough, and I'll look it up right away.")
