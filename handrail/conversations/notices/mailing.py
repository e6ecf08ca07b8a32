"""Mails to colleagues: one notice alone, which can be answered, or several gathered. Never a word of a private note."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.accounts.reading import as_they_read
from handrail.channels.mail.agent_addresses import agent_address
from handrail.channels.mail.carrying import carry_or_retry
from handrail.channels.mail.deliver import Permanent
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.render import Letter, Rail, build
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import is_own
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.conversations.notices.kinds import Kind, Way
from handrail.conversations.notices.notice import Notice
from handrail.conversations.notices.places import path_of
from handrail.conversations.notices.sending import still_wanted, take
from handrail.conversations.notices.words import sentence
from handrail.core.ids import random_id
from handrail.core.jobs.backend import task
from handrail.workspace.formats import day_and_time

WORDS_MOST = 2_000
LINES_MOST = 50
ANSWERABLE = {Kind.MENTIONED, Kind.ASSIGNED, Kind.REPLIED, Kind.TEAM, Kind.FOLLOWED}


@task(queue_name="mail")
def gather_mail(user_id: int) -> int:
    """Give what is due to one job, in one transaction. Returns how many notices it is about."""
    with transaction.atomic():
        found = take(user_id, Way.MAIL)
        if found:
            # The mail's id is made here: however often its job runs, it is one mail.
            send_mail.enqueue(user_id, [notice.pk for notice in found], random_id())
    return len(found)


@task(queue_name="mail")
def send_mail(user_id: int, numbers: list[int], mark: str) -> str:
    """Send one mail about these notices, as far as they are still wanted. Returns what came of it, as a code."""
    notices = still_wanted(user_id, numbers)
    if not notices:
        return "unneeded"
    user = notices[0].user
    inbox = _inbox(notices)
    if inbox is None or is_own(user.email):
        return "no_address"
    with as_they_read(user):
        mail = build(letter(user, notices, inbox, mark))
    outcome = carry_or_retry(inbox, mail, to=user.email)
    return f"refused {outcome.code}" if isinstance(outcome, Permanent) else "sent"


def letter(user: User, notices: list[Notice], inbox: Inbox, mark: str) -> Letter:
    """In the current language, which must be the colleague's."""
    single = notices[0] if len(notices) == 1 else None
    choices = f"{settings.BASE_URL}/desk/notices/choices"
    leave = _("Choose what you are told of: %(address)s") % {"address": choices}
    answer = _answer_address(user, single, inbox) if single else ""
    text = _one(single, answer) if single else _several(user, notices)
    number = single.conversation_id if single else None
    domain = inbox.address.rpartition("@")[2]
    return Letter(
        sender=Mailbox(inbox.address, inbox.sender_name(user.locale)),
        to=Mailbox(user.email, user.name),
        subject=_line(single) if single else _subject_of(notices),
        text=f"{text}\n\n{leave}",
        message_id=f"{mark}@{domain}",
        # Mail programs lay the notices of one conversation together; nothing of ours reads this id.
        references=[f"notices.{number}@{domain}"] if number else [],
        reply_to=answer,
        automatic=True,
        rail=_rail(single),
        lang=user.locale,
        headers={"List-Unsubscribe": f"<{choices}>"},
    )


def _rail(single: Notice | None) -> Rail:
    label = _("Open the notifications")
    if single and "article" in single.data:
        label = _("Open the article")
    elif single and "block" in single.data:
        label = _("Open the reusable block")
    elif single and single.conversation_id:
        label = _("Open the conversation")
    return Rail(label, f"{settings.BASE_URL}{path_of(single) if single else '/desk/notices'}")


def _subject_of(notices: list[Notice]) -> str:
    count = len(notices)
    return ngettext("%(num)s notification", "%(num)s notifications", count) % {"num": count}


def _one(notice: Notice, answer: str) -> str:
    parts = [sentence(notice)]
    if answer:
        # Everything below it is taken off an answer (channels/mail/replies.py).
        parts.insert(0, _("-- Reply above this line --"))
    if notice.conversation:
        parts.append(notice.conversation.subject or _("(no subject)"))
    if words := said_in(notice):
        parts.append(words)
    if answer:
        parts.append(_how_to_answer(notice))
    return "\n\n".join(parts)


def _how_to_answer(notice: Notice) -> str:
    if "note" in notice.data:
        said = _("Your answer to this mail becomes a private note. Send it from %(address)s.")
    else:
        said = _(
            "Your answer to this mail goes to the customer; begin it with #note to write a private note instead. Send it from %(address)s."
        )
    return said % {"address": notice.user.email}


def _several(user: User, notices: list[Notice]) -> str:
    lines = [
        f"{day_and_time(notice.at, locale=user.locale, zone=user.zone)}\n{_line(notice)}{_link(notice)}"
        for notice in notices[-LINES_MOST:]
    ]
    if left := len(notices) - len(lines):
        lines.insert(0, ngettext("%(num)s earlier one", "%(num)s earlier ones", left) % {"num": left})
    lines.append(_("Answers to this mail reach nobody: it is about several things."))
    return "\n\n".join(lines)


def _line(notice: Notice) -> str:
    subject = notice.conversation.subject if notice.conversation else ""
    return " ".join(f"{sentence(notice)}{': ' if subject else ''}{subject}".split())


def _link(notice: Notice) -> str:
    return f"\n{settings.BASE_URL}{path_of(notice)}" if {"article", "block"} & set(notice.data) else ""


def said_in(notice: Notice) -> str:
    """What the customer or a colleague said to them. Notes are no messages, so none of theirs can stand here."""
    if "said" in notice.data:
        return _cut(notice.data["said"])
    number = notice.data.get("message")
    message = Message.objects.filter(pk=number, conversation=notice.conversation).first() if number else None
    if message is None:
        return ""
    return _cut(message.text.strip())


def _cut(text: str) -> str:
    return text if len(text) <= WORDS_MOST else text[:WORDS_MOST].rsplit(" ", 1)[0] + "…"


def _answer_address(user: User, notice: Notice, inbox: Inbox) -> str:
    conversation = notice.conversation
    if conversation is None or Kind(notice.kind) not in ANSWERABLE:
        return ""
    is_note = "note" in notice.data
    if ("conversations.note" if is_note else "conversations.reply") not in rights_of(user.role):
        return ""
    made_for = {"conversation": conversation.pk, "user": user.pk, "seen": conversation.last_seq}
    return agent_address(inbox.address, **made_for, is_note=is_note)


def _inbox(notices: list[Notice]) -> Inbox | None:
    about: Conversation | None = notices[-1].conversation
    if about is not None:
        return Inbox.objects.select_related("brand").mail_for(about.brand, about.team)
    return Inbox.objects.mail().select_related("brand").first()
