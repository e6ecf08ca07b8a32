"""A colleague answers a notification by mail: the same verbs as at the desk, or nothing at all and a mail that says why.

Two proofs are needed together: an address we signed for this colleague and this conversation, and a sender whose own
domain vouches that it is them. Ids of mails, numbers and guessed addresses prove nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.accounts.viewer import staff_viewer
from handrail.channels.mail.agent_addresses import AgentToken
from handrail.channels.mail.parsed import ParsedMail
from handrail.channels.mail.replies import fresh
from handrail.channels.models import InboundRaw
from handrail.conversations.assignment import NotTheAssignee
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.conversations.outgoing import Outgoing, send
from handrail.conversations.recipients import strangers
from handrail.conversations.status import ConversationIsClosed
from handrail.core.actors import SYSTEM
from handrail.core.files.models import StoredFile
from handrail.intake.agent_refusal import refuse
from handrail.intake.enclosures import enclosed

NOTE = re.compile(r"\s*#(note|메모)(?=[\s:]|$)[ \t:]*", re.IGNORECASE)
SIGNATURE_LINES_MAX = 8


class NotTaken(ValueError):
    """`code` as in channels/mail/reasons.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def take_answer(mail: ParsedMail, raw: InboundRaw, token: AgentToken, *, is_vouched: bool) -> None:
    """Say what a colleague answered by mail, once; or keep it aside, tell them why, and send nothing."""
    try:
        user = _who(mail, token, is_vouched=is_vouched)
        answer = _answer(mail, token, user)
        with transaction.atomic():
            locked = InboundRaw.objects.select_for_update().get(pk=raw.pk)
            if locked.state != InboundRaw.State.NEW:
                return
            _say(answer, token, user, by_mail=raw.pk)
            locked.taken()
    except NotTaken as no:
        with transaction.atomic():
            raw.quarantine(no.code, by=SYSTEM)
            if not raw.tries:
                # Read again by a colleague, it is refused again; whoever wrote it was told.
                refuse(no.code, mail, token, raw)


@dataclass(frozen=True)
class _Answer:
    words: str
    is_note: bool
    files: list[StoredFile]


def _who(mail: ParsedMail, token: AgentToken, *, is_vouched: bool) -> User:
    user = User.objects.filter(pk=token.user).first()
    if mail.auto_submitted:
        raise NotTaken("agent_automatic")
    if user is None or user.email != mail.from_address:
        raise NotTaken("agent_other")
    if not is_vouched:
        raise NotTaken("agent_unproved")
    if not user.is_active or not user.is_staff:
        raise NotTaken("agent_gone")
    return user


def _answer(mail: ParsedMail, token: AgentToken, user: User) -> _Answer:
    """What is to be said. Files are kept outside the transaction that names them; with one that cannot go, nothing goes."""
    words = newly_written(mail.text, user)
    marked = NOTE.match(words)
    if marked:
        words = words[marked.end() :].strip("\n")
    files = enclosed([file for file in mail.attachments if not file.cid])
    if files.infected or files.waiting:
        raise NotTaken("agent_files")
    if not words.strip() and not files.kept:
        raise NotTaken("agent_empty")
    return _Answer(words, token.is_note or marked is not None, files.kept)


def _say(answer: _Answer, token: AgentToken, user: User, *, by_mail: int) -> None:
    seen = Conversation.objects.visible_to(staff_viewer(user)).select_related("team", "side_of")
    conversation = seen.filter(pk=token.conversation).first()
    if conversation is None:
        raise NotTaken("agent_unseen")
    if ("conversations.note" if answer.is_note else "conversations.reply") not in rights_of(user.role):
        raise NotTaken("agent_may_not")
    said: dict[str, Any] = {"by": user, "files": answer.files, "client_id": f"mail-{by_mail}"}
    if answer.is_note:
        conversation.note(answer.words, **said)
        return
    if _answered_since(conversation, token, user):
        raise NotTaken("agent_stale")
    if conversation.side_of_id is None and strangers(conversation):
        raise NotTaken("agent_unexpected")
    try:
        send(conversation, answer.words, data={"agent_mail": by_mail}, **said)
    except ConversationIsClosed:
        raise NotTaken("agent_closed") from None
    except NotTheAssignee:
        raise NotTaken("agent_may_not") from None


def newly_written(text: str, user: User) -> str:
    """Without what the mail repeats and without the colleague's signature: the house has its own (letters.py).

    A last block is taken for a signature where it holds their own address, or is the one they keep here.
    """
    words = fresh(text)
    kept = user.signature.strip()
    if kept and words.endswith(kept):
        words = words[: -len(kept)].rstrip()
    before, gap, last = words.rpartition("\n\n")
    if gap and user.email in last.lower() and last.count("\n") < SIGNATURE_LINES_MAX:
        return before.rstrip()
    return words


def _answered_since(conversation: Conversation, token: AgentToken, user: User) -> bool:
    """Whether another colleague has answered the customer, or is about to, after what this one had seen."""
    others = Message.objects.filter(
        conversation=conversation, direction="out", author_kind="staff", is_automatic=False
    )
    if others.filter(seq__gt=token.seen).exclude(author_id=user.pk).exists():
        return True
    return Outgoing.objects.waiting().filter(conversation=conversation).exclude(author=user).exists()
