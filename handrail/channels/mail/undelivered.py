"""Why a mail did not arrive, said for people: from what a server answered, or what its report named.

Enhanced status codes are those of RFC 3463 and the registry of RFC 5248; where none is given, the class of the plain answer
(RFC 5321) says less, and no more than that is told.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
PLAIN = re.compile(r"([45])\d\d\b")


def why(error: str) -> str:
    """A sentence in the current language for what was kept of a delivery: "550 5.1.1 no such user", "5.2.2", "connection …".

    returns  always a sentence; one that says that the reason is not known, where it is not
    """
    ours = _ours(error.split(" ", 1)[0])
    if ours:
        return ours
    if named := ENHANCED.search(error):
        return _enhanced(int(named[2]), int(named[3]))
    answered = PLAIN.match(error)
    if answered is None:
        return _("The other mail server gave no reason we can read.")
    if answered[1] == "4":
        return _("The other mail server asked to try again later.")
    return _("The other mail server does not accept this mail.")


def _ours(code: str) -> str:
    return {
        "connection": _("Our mail server could not be reached."),
        "authentication": _("Our mail server does not accept our sign-in."),
        "backend": _("Our mail server could not be reached."),
    }.get(code, "")


def _enhanced(subject: int, detail: int) -> str:
    exact = {
        (1, 1): _("There is no such mailbox."),
        (1, 2): _("There is no mail server for this address; its domain may be misspelt."),
        (1, 3): _("The address is not written as a mail address is."),
        (1, 6): _("The mailbox has moved, and nobody said where to."),
        (1, 10): _("Nobody takes mail at this domain."),
        (2, 1): _("The mailbox takes no mail at present."),
        (2, 2): _("The mailbox is full."),
        (2, 3): _("The mail is too large for the mailbox."),
        (3, 4): _("The mail is too large for the other mail server."),
        (4, 7): _("The other mail server could not be reached for so long that it was given up."),
    }
    subjects = {
        1: _("The other mail server does not know this address."),
        2: _("The mailbox did not take the mail."),
        3: _("The other mail server is in trouble."),
        4: _("The other mail server could not be reached."),
        5: _("The other mail server did not understand ours."),
        6: _("The other mail server cannot carry what is in this mail."),
        7: _("The other mail server refused the mail by its own rules."),
    }
    unknown = _("The other mail server does not accept this mail.")
    return exact.get((subject, detail)) or subjects.get(subject, unknown)
