"""The bytes as they came, kept before anything is read out of them."""

from __future__ import annotations

from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Substr

from handrail.accounts.viewer import Viewer
from handrail.channels.inboxes import Inbox
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

HEAD_BYTES = 16_384
ID_CHARS_MOST = 180
# Reasons of mail that repeats words of ours, perhaps of a conversation that its reader may not see.
OURS = ("loop", "bounce_unsigned")
OF_A_COLLEAGUE = "agent_"
# Reasons that a person's word outweighs (intake/receive.py).
FOR_A_PERSON = ("automatic", "blocked", "spam")


def kept_under(message_id: str) -> Q:
    """What was kept under a sender's id, whatever it says and wherever it came; by the index of ids on both databases."""
    first = f"{message_id[:ID_CHARS_MOST]}#"
    if connection.vendor == "sqlite":
        # Its LIKE ignores case and so asks no index, which holds ids in the order of their bytes: "$" comes after "#".
        return Q(external_id__gte=first, external_id__lt=f"{first[:-1]}$")
    return Q(external_id__startswith=first)


class InboundRawQuerySet(models.QuerySet["InboundRaw"]):
    def quarantined(self) -> InboundRawQuerySet:
        """What could not be understood, newest first, waiting for a person."""
        return self.filter(state=InboundRaw.State.QUARANTINED).order_by("-pk")

    def visible_to(self, viewer: Viewer) -> InboundRawQuerySet:
        """Of what is kept aside, what a colleague who may judge it finds in the desk: what came to a mailbox they may know of.

        What answers a colleague's notification, or is our own mail come back, is for administrators alone (console).
        """
        if "conversations.spam" not in viewer.rights:
            return self.none()
        ours = Q(error__in=OURS) | Q(error__startswith=OF_A_COLLEAGUE)
        return self.quarantined().exclude(ours).filter(inbox__in=Inbox.objects.visible_to(viewer))

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

    IMAP = "imap"

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="raws")
    external_id = models.CharField(max_length=255, help_text="the sender's id, with a hash of the bytes")
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = models.JSONField(default=list)
    received_at = models.DateTimeField(default=clock.now)
    came_by = models.CharField(
        max_length=4, blank=True, default="", help_text="imap: fetched; empty: handed to us"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = InboundRawQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inbox", "external_id"], name="inbound_kept_once")]
        indexes = [
            models.Index(fields=["state", "-id"], name="inbound_by_state"),
            # All that the list of what waits and its count ask, so that they open no row: the bytes lie in it.
            models.Index(
                fields=["state", "-received_at", "-id", "error", "inbox"], name="inbound_kept_aside"
            ),
            # The class lets PostgreSQL find beginnings by it; elsewhere it says nothing.
            models.Index(fields=["external_id"], opclasses=["varchar_pattern_ops"], name="inbound_by_id"),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def opens_when_released(self) -> bool:
        """Whether it was kept aside on suspicion alone, so that a release makes a conversation of it."""
        return self.error in FOR_A_PERSON

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
    def release(self, *, by: CanAct) -> bool:
        """Try again what was kept aside. False, with nothing done, where somebody was faster: it opens one conversation."""
        now = InboundRaw.objects.select_for_update().defer("body").get(pk=self.pk)
        if now.state != self.State.QUARANTINED:
            return False
        self.state, self.error, self.tries = self.State.NEW, "", now.tries + 1
        self.save(update_fields=["state", "error", "tries"])
        record("inbound.kept", self, by=by)
        return True
