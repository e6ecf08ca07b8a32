"""The windows onto a conversation, and the people who take part in it."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q

from handrail.channels.models import Inbox
from handrail.contacts.models import Person
from handrail.core import clock
from handrail.core.ids import random_id

DIGITS_MAX = 18


def _signer() -> Signer:
    return Signer(sep=".", salt="handrail.conversations.person")


class Participant(models.Model):
    """A person who may read and write here: the requester, or someone who was added."""

    class Role(models.TextChoices):
        REQUESTER = "requester"
        COPIED = "copied"

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="participants"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.REQUESTER)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person"], name="a_person_takes_part_once")
        ]
        indexes = [models.Index(fields=["person", "conversation"], name="participations_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in #{self.conversation_id}"


class Endpoint(models.Model):
    """One address of one participant on one channel; replies reach it, and its key lets an answer find its way back."""

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="endpoints"
    )
    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="endpoints")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="endpoints")
    address = models.CharField(max_length=254)
    # Part of the signed reply address: random, one per conversation and participant, taken back with the row.
    reply_key = models.CharField(max_length=40, unique=True, default=random_id)
    is_active = models.BooleanField(default=True)
    # Nobody asked for mail here: only what is not read in the chat goes to it.
    is_fallback = models.BooleanField(default=False, db_default=False)
    # Somebody else has used its reply address, so it proves nobody any more (intake/proving.py).
    is_disclosed = models.BooleanField(default=False, db_default=False)
    attached_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "inbox", "address"], name="an_endpoint_once"),
            models.CheckConstraint(condition=~Q(address=""), name="an_endpoint_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def person_token(self) -> str:
        """What the link "I need a person" carries: signed for this window, worth nothing once its key is another."""
        return f"{self.pk}.{_signer().signature(f'{self.pk}:{self.reply_key}')}"

    @classmethod
    def of_person_token(cls, token: str) -> Endpoint | None:
        """The open window a link was made for, or None for one that nobody signed or that was closed."""
        number, _dot, signature = token.partition(".")
        if not signature or not number.isdecimal() or len(number) > DIGITS_MAX:
            return None
        found = cls.objects.select_related("conversation", "inbox", "person").filter(
            pk=int(number), is_active=True
        )
        endpoint = found.first()
        if endpoint is None:
            return None
        try:
            _signer().unsign(f"{endpoint.pk}:{endpoint.reply_key}.{signature}")
        except BadSignature:
            return None
        return endpoint
