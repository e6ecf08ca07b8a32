"""Where messages come in, and the bytes as they came."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models.functions import Substr

from handrail.accounts.models import Team, User
from handrail.channels.push.subscriptions import PushSubscription
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.models import Brand

__all__ = ["BlockedSender", "InboundRaw", "Inbox", "PushSubscription"]
HEAD_BYTES = 16_384


class InboxQuerySet(models.QuerySet["Inbox"]):
    def mail_for(self, brand: Brand, team: Team | None = None) -> Inbox | None:
        """The address a need is written from and answered at: the team's own, else the brand's first that is active.

        None where the brand can't be reached by mail.
        """
        ours = self.filter(kind=Inbox.Kind.MAIL, is_active=True, brand=brand).select_related("team__hours")
        own = ours.filter(team=team).order_by("pk").first() if team else None
        return own or ours.order_by("pk").first()


class Inbox(models.Model):
    """One address or place at which a brand can be reached."""

    class Kind(models.TextChoices):
        MAIL = "mail"
        CHAT = "chat"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="inboxes")
    address = models.CharField(max_length=254, help_text="mail: help@example.com; chat: the portal's name")
    name = models.CharField(max_length=80)
    locale = models.CharField(max_length=5, default="ko")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="inboxes")
    is_active = models.BooleanField(default=True)
    # Below the mails people of ours write from here, with placeholders, unless they have their own.
    signature = models.CharField(max_length=1000, blank=True)
    quotes_history = models.BooleanField(default=False, help_text="replies repeat the message they answer")

    objects = InboxQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="an_address_is_one_inbox")]

    def __str__(self) -> str:
        return self.address

    @transaction.atomic
    def set_up(self, *, name: str, signature: str, quotes_history: bool, by: CanAct) -> None:
        """How mails from here look; nothing that came or left changes."""
        wanted = {"name": name, "signature": signature, "quotes_history": quotes_history}
        changed = sorted(field for field, value in wanted.items() if getattr(self, field) != value)
        for field in changed:
            setattr(self, field, wanted[field])
        if changed:
            self.save(update_fields=changed)
            record("inbox.changed", self, by=by, fields=changed)


class InboundRawQuerySet(models.QuerySet["InboundRaw"]):
    def quarantined(self) -> InboundRawQuerySet:
        """What could not be understood, newest first, waiting for a person."""
        return self.filter(state=InboundRaw.State.QUARANTINED).order_by("-pk")

    def with_head(self) -> InboundRawQuerySet:
        """Without the bytes themselves, but with the first of them as `head`: enough to say what it is."""
        first: Substr = Substr("body", 1, HEAD_BYTES, output_field=models.BinaryField())
        return self.defer("body").annotate(head=first)

    def waiting(self) -> InboundRawQuerySet:
        return self.filter(state=InboundRaw.State.NEW).order_by("pk")


class InboundRaw(models.Model):
    """Bytes as they arrived, committed before anybody was told that we have them."""

    class State(models.TextChoices):
        NEW = "new"
        TAKEN = "taken"
        QUARANTINED = "quarantined"

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="raws")
    external_id = models.CharField(max_length=255, help_text="the sender's id, with a hash of the bytes")
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = models.JSONField(default=list)
    received_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = InboundRawQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inbox", "external_id"], name="inbound_kept_once")]
        indexes = [models.Index(fields=["state", "-id"], name="inbound_by_state")]

    def __str__(self) -> str:
        return self.external_id

    @transaction.atomic
    def taken(self) -> None:
        """Mark as understood, in the transaction that stores what it said."""
        self.state = self.State.TAKEN
        self.save(update_fields=["state"])

    @transaction.atomic
    def quarantine(self, reason: str, *, by: CanAct) -> None:
        """Keep aside what cannot be understood, with the reason (a code, then details), for a person to see."""
        self.state, self.error = self.State.QUARANTINED, reason[:300]
        self.save(update_fields=["state", "error"])
        record("inbound.quarantined", self, by=by, reason=reason[:300])

    @transaction.atomic
    def release(self, *, by: CanAct) -> None:
        """Try again what was kept aside."""
        self.state, self.error, self.tries = self.State.NEW, "", self.tries + 1
        self.save(update_fields=["state", "error", "tries"])
        record("inbound.kept", self, by=by)


class BlockedSender(models.Model):
    """`sender` is an address in lower case, or "@example.com" for all of a domain."""

    sender = models.CharField(max_length=254, unique=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["sender"]

    def __str__(self) -> str:
        return self.sender
