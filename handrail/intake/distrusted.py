"""Why nothing vouched for a mail's sender, in words: what was found when it came (decided.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _


def distrusted(kept: dict[str, Any]) -> list[str]:
    """Sentences in the current language on a mail whose sender's domain did not vouch for it."""
    said = [REASONS.get(kept.get("distrusted", ""), _nothing)()]
    if kept.get("brought"):
        said.append(
            _(
                "It bears Authentication-Results that do not count: only the word of our own mail server on DMARC or DKIM does, above the Received line with which it took the mail in. What stands elsewhere may have come with the mail."
            )
        )
    return said


def _nothing() -> str:
    return _("Its sender is not believed: nothing shows that the mail is theirs.")


def _other_sender() -> str:
    return _("Its sender is not believed: its Sender line names somebody else than its From line.")


def _unusable() -> str:
    return _("Its sender is not believed: the signature of the sender’s domain could not be checked.")


REASONS: dict[str, Callable[[], str]] = {
    "sender_differs": _other_sender,
    "headers_cut": lambda: _(
        "Its sender is not believed: its head is too long to be read whole, so nothing in it is proof."
    ),
    "not_passed": lambda: _(
        "Its sender is not believed: our own mail server found that the mail passes neither DMARC nor DKIM for the domain of its From line."
    ),
    "unsigned": lambda: _(
        "Its sender is not believed: our own mail server vouches for nothing, and the sender’s domain did not sign the mail (DKIM)."
    ),
    "repeated_header": lambda: _(
        "Its sender is not believed: its head has a line twice that may stand there once, so a signature may be of words nobody sees."
    ),
    "not_aligned": lambda: _(
        "Its sender is not believed: the domain that signed the mail is another than that of its From line."
    ),
    "signed_in_part": lambda: _(
        "Its sender is not believed: the signature is of the beginning of the mail alone."
    ),
    "signature_wrong": lambda: _(
        "Its sender is not believed: the signature of the sender’s domain does not fit the mail, which was changed or made by somebody else."
    ),
    "dns_silent": lambda: _(
        "Its sender is not believed: the name server of the sender’s domain did not answer, so the signature could not be checked."
    ),
    "signature_unusable": _unusable,
}
