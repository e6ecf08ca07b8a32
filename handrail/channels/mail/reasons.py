"""Why a mail was kept aside, in words for the colleague who looks at it."""

from __future__ import annotations

from django.utils.translation import gettext as _


def sentence(code: str) -> str:
    """The reason behind a code of `receive.REASONS` or of intake; the code itself where nobody knows it."""
    return (_unread() | _unwelcome() | _of_a_colleague()).get(code, code)


def once_let_in(code: str) -> str:
    """What becomes of a mail kept aside for this reason when a colleague opens it; "" where that goes without saying."""
    nobodys = _(
        "Opened, it is a ticket without a customer: nothing is sent by itself, and nobody gets an answer until you say whose it is."
    )
    in_part = _("Opened, it holds what can be read of it, and the original is kept.")
    told = {
        "own_address": nobodys,
        "no_sender": nobodys,
        "several_senders": nobodys,
        "staff_unproved": _(
            "Opened, it is a ticket of its own from that address, marked as not verified. It never counts as the colleague’s reply, whatever it answers."
        ),
    }
    return told.get(code, in_part if code in UNREAD else "")


UNREAD = ("too_deep", "time", "memory", "crash")


def _unread() -> dict[str, str]:
    """Nobody could read it."""
    return {
        "too_deep": _("Its parts are nested too deeply to be read safely."),
        "time": _("Reading it took too long, so it was stopped."),
        "memory": _("Reading it took too much memory, so it was stopped."),
        "too_large": _(
            "It is larger than this site takes, so only its head was fetched. The mail itself is still in the mailbox."
        ),
        "not_given": _(
            "The mail server did not give this mail in three tries. Look into the mailbox itself; the others went on."
        ),
        "crash": _("It broke the reader. Look at the raw mail before you retry."),
    }


def _unwelcome() -> dict[str, str]:
    """It was read, and must not become a conversation."""
    return {
        "loop": _("One of our own mails came back to us."),
        "own_address": _(
            "Its sender is one of our own addresses, so an answer would come back to us. "
            "If a form or a program of yours sends it, let it write from an address of its own."
        ),
        "bounce_unsigned": _("It reports a failed delivery, but not to the address of one of our mails."),
        "no_sender": _("It has no From line with an address, so nobody could be answered."),
        "several_senders": _("It names several senders, so nobody knows whose it is."),
        "automatic": _(
            "A program sent it, an out-of-office note for example, and it answers no conversation that goes on. "
            "Nobody was answered."
        ),
        "blocked": _("Its sender is blocked."),
        "spam": _("The filter in front of us called it spam."),
        "staff_unproved": _("It claims to be from a colleague, and nothing proves that."),
    }


def _of_a_colleague() -> dict[str, str]:
    """It answers a notification, and was not taken as its colleague's."""
    return {
        "agent_unproved": _(
            "It answers a notification in a colleague's name, and nothing proves that the colleague wrote it. Nothing was sent."
        ),
        "agent_other": _(
            "It came to the answer address of a colleague from an address that is not theirs. Nothing was sent."
        ),
        "agent_gone": _(
            "It answers a notification, and its colleague has no active account any more. Nothing was sent."
        ),
        "agent_unseen": _(
            "It answers a notification of a conversation its colleague may no longer see. Nothing was sent."
        ),
        "agent_may_not": _(
            "It answers a notification, and its colleague may not write in that conversation. Nothing was sent."
        ),
        "agent_stale": _(
            "It answers a notification, and another colleague had answered the customer since. Nothing was sent."
        ),
        "agent_unexpected": _(
            "It answers a notification, and would also reach somebody for the first time who is not the customer. Nothing was sent."
        ),
        "agent_closed": _("It answers a notification of a conversation that is closed. Nothing was sent."),
        "agent_empty": _("It answers a notification, and holds no new words. Nothing was sent."),
        "agent_files": _(
            "It answers a notification, and a file with it holds a virus or could not be looked through. Nothing was sent."
        ),
        "agent_automatic": _(
            "A program answered a notification, an out-of-office note for example. Nothing was sent."
        ),
    }
