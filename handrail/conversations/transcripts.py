"""What was said between a customer and us, to take along: read in the browser, or asked for by mail (transcript_mail.py).

Messages alone: notes, facts and answers aside live in other tables, and nothing here asks them. What strangers sent to the
conversation's reply address is left out too, because the customer never saw it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.channels.mail.addresses import of_mailbox
from handrail.channels.own_addresses import refuse_own
from handrail.contacts.models import PROVED, Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.invited import invited_lines
from handrail.conversations.messages import Message
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.ids import random_id
from handrail.workspace.formats import day_and_time, readable
from handrail.workspace.zone_names import zone_name

A_DAY = timedelta(days=1)
OF_ONE_A_DAY = 5  # of one conversation, whatever the address
UNPROVED_A_DAY = 1  # to one mailbox that nobody here has shown to be theirs, of all conversations together
LINK_LIVES = timedelta(days=3)
MESSAGES_MOST = 2_000
DIGITS_MAX = 18


class NoMailbox(ValueError):
    """There is no mailbox of ours it could leave from."""


class EnoughOfThem(ValueError):
    """This address, or this conversation, had as many as it gets in a day."""


@dataclass(frozen=True)
class Entry:
    """One message on paper. `files` are their titles."""

    who: str
    at: datetime
    text: str
    files: list[str] = field(default_factory=list)


class Transcript(models.Model):
    """One asked for by mail. `upto` is the number of the last message in it.

    is_proved  the address is the asker's own or a colleague chose it: it holds the words at once. To any other goes a
               link alone, and the words once whoever reads that mailbox opens it (`confirmed_at`).
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="transcripts")
    email = models.CharField(max_length=254)
    locale = models.CharField(max_length=5)
    zone = models.CharField(max_length=40)
    upto = models.PositiveIntegerField()
    is_proved = models.BooleanField(default=False)
    mark = models.CharField(
        max_length=40, default=random_id, help_text="of the mail's id, so that a repeat is one"
    )
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email", "asked_at"], name="transcripts_to_mailbox")]

    def __str__(self) -> str:
        return f"#{self.conversation_id} to {self.email}"

    @property
    def holds_words(self) -> bool:
        """Whether what was said may go to this address."""
        return self.is_proved or self.confirmed_at is not None

    @property
    def token(self) -> str:
        """What the link carries that shows that somebody reads this mailbox."""
        return f"{self.pk}.{_signer().signature(f'{self.pk}:{self.mark}')}"

    @classmethod
    def of_token(cls, token: str) -> Transcript | None:
        """The one a link was made for; None for a link nobody signed, or one past its three days."""
        number, _dot, signature = token.partition(".")
        if not signature or not number.isdecimal() or len(number) > DIGITS_MAX:
            return None
        lives = cls.objects.filter(pk=int(number), is_proved=False, asked_at__gt=clock.now() - LINK_LIVES)
        found = lives.filter(conversation__deleted_at=None).select_related("conversation__brand").first()
        if found is None:
            return None
        try:
            _signer().unsign(f"{found.pk}:{found.mark}.{signature}")
        except BadSignature:
            return None
        return found

    @transaction.atomic
    def confirm(self, *, by: CanAct) -> None:
        """Whoever reads the mailbox wants it: the words leave, once."""
        from handrail.conversations.transcript_mail import mail_transcript

        changed = Transcript.objects.filter(pk=self.pk, confirmed_at=None, is_proved=False)
        if changed.update(confirmed_at=clock.now()):
            self.refresh_from_db()
            record("conversation.transcript_confirmed", self.conversation, by=by, address=self.email)
            mail_transcript.enqueue(self.pk)


@transaction.atomic
def send_transcript(
    conversation: Conversation, email: str, *, by: CanAct, locale: str, zone: str
) -> Transcript:
    """Mail what was said so far to `email`; where that is not shown to be the asker's, a link that asks for it first.

    locale, zone  the reader's

    Raises OwnAddress for one of ours, NoMailbox, and EnoughOfThem.
    """
    from handrail.conversations.transcript_mail import mail_transcript

    refuse_own(email)
    if conversation.mailbox is None:
        raise NoMailbox(f"Nothing of conversation {conversation.pk} can leave by mail.")
    address = email.strip().lower()
    is_proved = isinstance(by, User) or _is_theirs(by, address)
    today = Transcript.objects.filter(asked_at__gt=clock.now() - A_DAY)
    if today.filter(conversation=conversation).count() >= OF_ONE_A_DAY:
        raise EnoughOfThem(f"Conversation {conversation.pk} was sent {OF_ONE_A_DAY} times today.")
    if not is_proved and today.filter(of_mailbox(address), is_proved=False).count() >= UNPROVED_A_DAY:
        raise EnoughOfThem(f"{address} was written to about a transcript today.")
    made = Transcript.objects.create(
        conversation=conversation,
        email=address,
        locale=locale,
        zone=zone,
        upto=conversation.last_seq,
        is_proved=is_proved,
    )
    record("conversation.transcript_asked", conversation, by=by, address=address, upto=made.upto)
    mail_transcript.enqueue(made.pk)
    return made


def said(conversation: Conversation, *, upto: int | None = None) -> list[Message]:
    """The messages, oldest first; without those strangers sent to its reply address, which the customer never saw."""
    found = conversation.messages.prefetch_related("attachments__file").order_by("seq")
    if upto is not None:
        found = found.filter(seq__lte=upto)
    return [each for each in found[:MESSAGES_MOST] if not each.data.get("other_address")]


def entries(messages: Sequence[Message], conversation: Conversation, *, zone: str) -> list[Entry]:
    """As its customer reads them, in the current language and in their zone."""
    return [
        Entry(
            _who(each, conversation),
            each.at,
            "\n".join([*invited_lines(each, zone=zone), with_choices(each.text, offered(each))]).strip(),
            [held.file.title for held in each.attachments.all()],
        )
        for each in messages
    ]


def offered(message: Message) -> list[dict[str, object]]:
    """The choices its reader saw below it: an answer keeps what else may have been meant, and shows none of it."""
    return [] if message.data.get("answer") else message.data.get("choices") or []


def with_choices(text: str, choices: Sequence[dict[str, object]]) -> str:
    """The words, and what could be picked below them."""
    return "\n".join([text, *(f"- {each.get('title', '')}" for each in choices)]).strip()


def heading(conversation: Conversation, *, zone: str, locale: str) -> list[str]:
    """What stands above it: whose and which conversation, and which clock its times are of."""
    about = f"{conversation.brand.name(locale)} · #{conversation.number}"
    named = _("Times are those of %(zone)s.") % {"zone": zone_name(zone, locale=locale)}
    return [f"{about} {conversation.subject}".strip(), named]


def in_text(lines: Sequence[Entry], *, zone: str, locale: str) -> str:
    """Plain text, one message below the other."""
    return "\n\n".join(_paragraph(each, zone=zone, locale=locale) for each in lines)


def _paragraph(entry: Entry, *, zone: str, locale: str) -> str:
    parts = [f"{entry.who} · {day_and_time(entry.at, locale=locale, zone=zone)}", readable(entry.text)]
    if entry.files:
        parts.append(_("Attached: %(names)s") % {"names": ", ".join(entry.files)})
    return "\n".join(part for part in parts if part)


def _who(message: Message, conversation: Conversation) -> str:
    if message.direction == Message.Direction.OUT:
        is_bot = message.is_automatic or message.author_kind != "staff"
        return _("Automatic reply") if is_bot else message.author_name or _("Our team")
    if message.author_id == conversation.requester_id:
        is_doubted = bool(message.from_address) and not message.is_verified
        return _("In your name, sender not verified") if is_doubted else _("You")
    return message.author_name or _("Somebody else")


def _is_theirs(by: CanAct, address: str) -> bool:
    if not isinstance(by, Person):
        return False
    proved = by.identities.filter(kind="email", assurance__gte=PROVED)
    return proved.filter(value__iexact=address).exists()


def _signer() -> Signer:
    return Signer(sep=".", salt="handrail.conversations.transcript")
