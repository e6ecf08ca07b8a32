"""Telling a colleague that their answer by mail was not taken. It goes to accounts of ours alone; strangers learn nothing."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.accounts.reading import as_they_read
from handrail.channels.mail.agent_addresses import AgentToken
from handrail.channels.mail.carrying import carry_or_retry
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parsed import ParsedMail
from handrail.channels.mail.reasons import sentence
from handrail.channels.mail.render import Letter, Rail, build
from handrail.channels.models import InboundRaw, Inbox
from handrail.channels.own_addresses import is_own
from handrail.core.ids import random_id
from handrail.core.jobs.backend import task

# A program wrote it: answering would be answered again.
UNANSWERED = {"agent_automatic"}


def refuse(code: str, mail: ParsedMail, token: AgentToken, raw: InboundRaw) -> None:
    """Write to whoever sent it, where that is a colleague's account; else to the colleague whose address was used.

    In the caller's transaction, as a job: the mail is kept aside and its writer is told, or neither.
    """
    if code in UNANSWERED:
        return
    colleague = User.objects.exclude(role="").filter(email=mail.from_address).first()
    told = colleague or User.objects.staff().filter(pk=token.user).first()
    if told is not None:
        send_refusal.using(dedupe_key=f"agent-refusal:{raw.pk}").enqueue(
            told.pk, code, token.conversation, raw.inbox_id, mail.from_address, random_id()
        )


@task(queue_name="mail")
def send_refusal(user_id: int, code: str, number: int, inbox_id: int, sender: str, mark: str) -> str:
    """Say which answer was not taken, why, and what to do next. Returns what came of it, as a code."""
    user = User.objects.get(pk=user_id)
    inbox = Inbox.objects.select_related("brand").get(pk=inbox_id)
    if is_own(user.email):
        return "own"
    with as_they_read(user):
        mail = build(letter(user, code, number, inbox, sender, mark))
    carry_or_retry(inbox, mail, to=user.email)
    return "sent"


def letter(user: User, code: str, number: int, inbox: Inbox, sender: str, mark: str) -> Letter:
    """In the current language. It names the conversation by its number alone: not everybody may see it any more."""
    named = {"number": number, "sender": sender}
    parts = [
        _(
            "A mail from %(sender)s answers the notification about #%(number)s. The customer got nothing of it."
        )
        % named,
        sentence(code),
        _(
            "The mail is kept in the console under mail kept aside. To answer, open the conversation at the desk."
        )
        if user.is_active
        else _("Ask an administrator if you should have an account."),
    ]
    address = f"{settings.BASE_URL}/desk/conversations/{number}"
    return Letter(
        sender=Mailbox(inbox.address, inbox.sender_name(user.locale)),
        to=Mailbox(user.email, user.name),
        subject=_("Your answer to #%(number)s was not sent") % named,
        text="\n\n".join(parts),
        message_id=f"{mark}@{inbox.address.rpartition('@')[2]}",
        automatic=True,
        rail=Rail(_("Open the conversation"), address) if user.is_active else None,
        lang=user.locale,
    )
