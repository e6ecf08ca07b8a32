"""Why a mail stands where it stands: what was decided when it came, in words. Nothing here decides again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.conversations.messages import Message
from handrail.core.events.models import Event
from handrail.intake.distrusted import distrusted
from handrail.workspace.korean import filled


@dataclass(frozen=True)
class Addressee:
    """`line` is to, cc or "" for one of ours; `words` what became of it."""

    address: str
    line: str
    words: str


@dataclass(frozen=True)
class Why:
    """Whole sentences in the current language. `is_kept` False: it came before anything was kept."""

    threading: list[str] = field(default_factory=list)
    addressees: list[Addressee] = field(default_factory=list)
    automatic: list[str] = field(default_factory=list)
    is_kept: bool = True


def why(message: Message) -> Why:
    """What was decided about a mail. Its conversation must be loaded."""
    if message.direction == Message.Direction.OUT:
        return _ours(message)
    kept = message.data.get("why")
    if not isinstance(kept, dict):
        return Why(is_kept=False)
    named = [Addressee(address, line, FATES[fate]()) for address, line, fate in kept.get("named", [])]
    return Why(_threading(message, kept), named, _automatic(message))


def _threading(message: Message, kept: dict[str, Any]) -> list[str]:
    said = [HOW.get(message.data.get("how", ""), _new)(message, kept)]
    if message.data.get("how") == "new":
        said += _tried(kept.get("tried", {}), is_claimed=bool(kept.get("claimed")))
    if message.data.get("other_address"):
        said.append(
            _("Another address sent it than the one that was asked, so its sender takes no part here.")
        )
    if not message.is_verified:
        said += _doubted(message, kept)
    found, here = kept.get("found"), message.conversation
    if found and found != here.pk:
        words = (
            _("It answers #%(number)d, which is over, so it opened this follow-up.")
            if here.follows_id == found
            else _("It answers #%(number)d, which goes on here.")
        )
        said.append(words % {"number": found})
    if came_to := kept.get("came_to"):
        said.append(_("It arrived at %(addresses)s.") % {"addresses": ", ".join(came_to)})
    if kept.get("released"):
        said.append(_("It was kept aside at first, and a colleague let it in."))
    return said


def _doubted(message: Message, kept: dict[str, Any]) -> list[str]:
    """Why its sender was not believed. Of another address than the one that was asked, what vouches for it is no matter."""
    code = kept.get("unproved", "")
    if doubt := UNPROVED.get(code):
        return [doubt()]
    return distrusted(kept) if code == "unvouched" and message.from_address else []


def _new(_message: Message, _kept: dict[str, Any]) -> str:
    return _("It opened a new conversation, because it answers none that its sender takes part in.")


def _by_mail_id(message: Message, kept: dict[str, Any]) -> str:
    if kept.get("by") == message.message_id:
        return _("A later mail that named it had come before it, so it joined that one.")
    return _("It names a mail that its sender knows from here: %(id)s.") % {"id": kept.get("by", "")}


HOW: dict[str, Callable[[Message, dict[str, Any]], str]] = {
    "new": _new,
    "let_in": lambda _m, _k: _(
        "It opened a conversation of its own, whatever it answers: nothing shows who sent it, so it speaks for nobody."
    ),
    "apart": lambda _m, _k: _("It opened a conversation of its own for those who read mail to this mailbox."),
    "reply_address": lambda _m, _k: _(
        "It came to the signed reply address that was made for this conversation."
    ),
    "others_address": lambda _m, _k: _(
        "It answers to all: it came to the reply address of another participant, and its sender takes part here too."
    ),
    "return_path": lambda _m, _k: _(
        "It came to the return address of one of our mails, where absence notes go."
    ),
    "mail_ids": _by_mail_id,
    "number": lambda _m, kept: filled(
        _("Its subject names #%(number)s, and its sender takes part there."),
        {"number": kept.get("by", "")},
    ),
}


UNPROVED: dict[str, Callable[[], str]] = {
    "sender": lambda: _(
        "Its sender is not believed: its Sender line names somebody else than its From line, so the reply address alone is no proof."
    ),
    "envelope": lambda: _(
        "Its sender is not believed: the server that brought it did so for another domain than its From line names, so the reply address alone is no proof."
    ),
    "disclosed": lambda: _(
        "Its sender is not believed: others know this reply address, so it proves nobody any more, and the sender’s own mail server does not vouch for the mail."
    ),
}


def _tried(tried: dict[str, Any], *, is_claimed: bool) -> list[str]:
    said = []
    if tried.get("addresses"):
        said.append(_("The reply address it came to is worth nothing, or no longer."))
    if count := tried.get("ids"):
        said.append(
            ngettext(
                "It names %(count)d earlier mail, which its sender does not know from us.",
                "It names %(count)d earlier mails, none of which its sender knows from us.",
                count,
            )
            % {"count": count}
        )
    if number := tried.get("number"):
        words = (
            _(
                "Its subject names #%(number)d, but nothing proves that its sender is the one who takes part there."
            )
            if is_claimed
            else _("Its subject names #%(number)d, but its sender takes no part there.")
        )
        said.append(filled(words, {"number": number}))
    return said or [_("It names no earlier mail, no number, and came to no reply address.")]


FATES: dict[str, Callable[[], str]] = {
    "noted": lambda: _("Noted beside the message. It gets no answers from here unless somebody adds it."),
    "part": lambda: _("Takes part here, and got this mail from its sender."),
    "own": lambda: _("Our own address: the mail came in there, and nothing is sent to it."),
    "sender": lambda: _("The sender."),
    "twice": lambda: _("Left out: it is named twice."),
    "blocked": lambda: _("Left out: it is blocked."),
    "nobody": lambda: _("Left out: nobody reads mail there."),
    "many": lambda: _("Left out: twenty others are noted already."),
}


def _automatic(message: Message) -> list[str]:
    program = PROGRAMS.get(message.data.get("auto", ""))
    said = [program() if program else _("A program sent it.")]
    answer = ANSWERS.get(message.data.get("acknowledged", ""))
    return [*said, answer() if answer else _("Whether it gets an automatic answer is being decided.")]


PROGRAMS: dict[str, Callable[[], str]] = {
    "": lambda: _("It looks like a person’s mail: it bears no mark of a program, and none of ours."),
    "auto_submitted": lambda: _("A program sent it: its Auto-Submitted line says so."),
    "null_sender": lambda: _("A program sent it: it came without a return address."),
    "report": lambda: _("A mail server sent it: it is a report about another mail."),
    "precedence": lambda: _("It was sent to many: its Precedence line says so."),
    "list": lambda: _("It came by a mailing list."),
    "suppress": lambda: _("It asks for no automatic answer."),
    "said_so": lambda: _("A program sent it: one of its lines calls it an automatic answer."),
    "vacation_subject": lambda: _("It is an absence note: its subject says so."),
    "robot_sender": lambda: _("A program sent it: nobody reads mail at its sender’s address."),
}
ANSWERS: dict[str, Callable[[], str]] = {
    "sent": lambda: _("It got the one automatic answer, with its number."),
    "answered": lambda: _(
        "It got its answer by itself: it asks what one of our articles answers, and a template is tied to that article. It waits for the customer."
    ),
    "sent_neutral": lambda: _(
        "It got the one automatic answer, a neutral one: nothing proves that its sender’s address is theirs."
    ),
    "automatic": lambda: _("It got no automatic answer, so that no two programs answer each other."),
    "later": lambda: _("It got no automatic answer: only the first message of a conversation gets one."),
    "side": lambda: _("It got no automatic answer: it answers a side conversation of ours."),
    "apart": lambda: _(
        "It got no automatic answer: a mail gets at most one, to however many of our mailboxes it goes."
    ),
    "channel": lambda: _("It got no automatic answer: the conversation began in a chat."),
    "no_window": lambda: _("It got no automatic answer: no mail address of the customer is known here."),
    "doubt": lambda: _("It got no automatic answer: it is unclear who sent it."),
    "enough_address": lambda: _("It got no automatic answer: its address had enough of them."),
    "enough_everywhere": lambda: _("It got no automatic answer: very many were due at once."),
}


def _ours(message: Message) -> Why:
    ticket = message.conversation.side_of or message.conversation
    told = Event.objects.about(ticket).filter(verb__in=["message.sent", "side.sent"])
    sent = told.filter(data__message=message.pk).first()
    roles = sent.data.get("to") if sent else None
    said = [
        _("Answers to it come to its signed reply address, so they stand here even under another subject."),
        _("It also names the earlier mails of this conversation, so that mail programs show them together."),
    ]
    got = [
        Addressee(each.endpoint.address, "", ROLES[(roles or {}).get(str(each.endpoint_id), "")]())
        for each in message.deliveries.select_related("endpoint").order_by("pk")
    ]
    kept_from = message.conversation.endpoints.filter(pk__in=sent.data.get("held_back", []) if sent else [])
    got += [Addressee(each.address, "", ROLES["held_back"]()) for each in kept_from.order_by("pk")]
    marks = [_("It bears our own mark, so it is known should it come back to us.")]
    if message.is_automatic:
        marks.append(_("It says that it is automatic, so that other programs do not answer it."))
    return Why(said, got, marks, is_kept=roles is not None)


ROLES: dict[str, Callable[[], str]] = {
    "requester": lambda: _("The customer whose request it is."),
    "copied": lambda: _("Somebody a colleague added in copy, or another address."),
    "asked": lambda: _("Asked in a side conversation; the customer knows nothing of it."),
    "held_back": lambda: _(
        "It did not go there: nobody of us has written to this address from here, and an automatic mail never begins."
    ),
    "": lambda: _("Why it went there was not kept yet at the time."),
}
