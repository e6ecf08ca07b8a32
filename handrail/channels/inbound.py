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
# Suspicions, and senders nobody can name, which a person's word outweighs (intake/receive.py).
FOR_A_PERSON = (
    *("automatic", "blocked", "spam"),
    *("own_address", "several_senders", "no_sender", "staff_unproved"),
    *("too_deep", "time", "memory", "crash"),
)


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
        return self.quarantined()._at_the_desk_of(viewer)

    def deleted(self) -> InboundRawQuerySet:
        """What a colleague deleted and can still bring back, what was deleted last first."""
        return self.filter(deleted_at__isnull=False).order_by("-deleted_at", "-pk")

    def deleted_before(self, viewer: Viewer) -> InboundRawQuerySet:
        """Of these, what this colleague finds in the desk and may bring back."""
        if "conversations.delete" not in viewer.rights:
            return self.none()
        return self.deleted()._at_the_desk_of(viewer)

    def _at_the_desk_of(self, viewer: Viewer) -> InboundRawQuerySet:
        ours = Q(error__in=OURS) | Q(error__startswith=OF_A_COLLEAGUE)
        return self.exclude(ours).filter(inbox__in=Inbox.objects.visible_to(viewer))

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
        DELETED = "deleted"

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
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often a person had it read again")
    # A person let it in after it was kept aside on suspicion: said of the next reading of this mail, and of no other.
    is_let_in = models.BooleanField(default=False, db_default=False)
    deleted_at = models.DateTimeField(null=True, blank=True, help_text="while it can be brought back")
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
            models.Index(
                fields=["-deleted_at", "-id"], condition=Q(deleted_at__isnull=False), name="inbound_deleted"
            ),
            # The class lets PostgreSQL find beginnings by it; elsewhere it says nothing.
            models.Index(fields=["external_id"], opclasses=["varchar_pattern_ops"], name="inbound_by_id"),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def opens_when_released(self) -> bool:
        """Whether a release makes a conversation of it, as far as it can be read (intake/let_in.py)."""
        return self.error in FOR_A_PERSON

    @transaction.atomic
    def taken(self) -> None:
        """Mark as understood, in the transaction that stores what it said."""
        self.state = self.State.TAKEN
        self.save(update_fields=["state"])

    @transaction.atomic
    def quarantine(self, reason: str, *, by: CanAct) -> None:
        """Keep aside what cannot be understood, with the reason (a code, then details), for a person to see."""
        self.state, self.error, self.is_let_in = self.State.QUARANTINED, reason[:300], False
        self.save(update_fields=["state", "error", "is_let_in"])
        record("inbound.quarantined", self, by=by, reason=reason[:300])

    @transaction.atomic
    def release(self, *, by: CanAct) -> bool:
        """Try again what was kept aside. False, with nothing done, where somebody was faster: it opens one conversation.

        What waited on suspicion, for want of a sender or for its shape is let in: this mail is not suspected once more, and
        what can be read of it is taken. Any other is looked at as if it had just come.
        """
        now = InboundRaw.objects.select_for_update().defer("body").get(pk=self.pk)
        if now.state != self.State.QUARANTINED:
            return False
        self.is_let_in = now.opens_when_released
        self.state, self.error, self.tries = self.State.NEW, "", now.tries + 1
        self.save(update_fields=["state", "error", "tries", "is_let_in"])
        record("inbound.kept", self, by=by)
        return True

    @transaction.atomic
    def delete_for_now(self, *, by: CanAct) -> bool:
        """Nobody finds it any more; for some days it can be brought back (forgetting.py). False: it waits here no more."""
        aside = InboundRaw.objects.filter(pk=self.pk, state=self.State.QUARANTINED)
        if not aside.update(state=self.State.DELETED, deleted_at=clock.now()):
            return False
        record("inbound.deleted", self, by=by, reason=self.error)
        return True

    @transaction.atomic
    def bring_back(self, *, by: CanAct) -> bool:
        """It waits aside again, for the reason it had. False: it was not deleted, or is gone for good."""
        gone = InboundRaw.objects.filter(pk=self.pk, deleted_at__isnull=False)
        if not gone.update(state=self.State.QUARANTINED, deleted_at=None):
            return False
        record("inbound.restored", self, by=by, reason=self.error)
        return True
