"""Carrying a message to its endpoints: one row each, retried, and failures visible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction

from handrail.conversations.endpoints import Endpoint
from handrail.conversations.messages import Message
from handrail.conversations.threads import remember
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.ids import random_id

RETRY_AFTER = tuple(timedelta(seconds=s) for s in (1, 5, 30, 300, 1800, 3600, 7200, 14400, 28800))
# While our own server is away no mail is to blame: each is tried this often, for so long.
AWAY_RETRY = timedelta(minutes=5)
AWAY_MOST = timedelta(days=3)
UNREAD_AFTER = timedelta(seconds=60)  # in a chat: what nobody has read by then goes by mail


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self) -> DeliveryQuerySet:
        """Queued ones whose moment has come, and whose mailbox does not rest."""
        queued = self.filter(state=Delivery.State.QUEUED, next_at__lte=clock.now())
        return queued.filter(endpoint__inbox__is_paused=False).order_by("next_at")

    def waiting(self) -> DeliveryQuerySet:
        """Queued ones, whether or not they were tried yet."""
        return self.filter(state=Delivery.State.QUEUED)

    def waiting_long(self) -> DeliveryQuerySet:
        """Queued for over ten minutes: somebody should know."""
        return self.waiting().filter(created_at__lt=clock.now() - timedelta(minutes=10))

    def given_up(self) -> DeliveryQuerySet:
        """Failed or bounced, and not sent again since."""
        return self.filter(state__in=[Delivery.State.FAILED, Delivery.State.BOUNCED])


class Delivery(models.Model):
    """One message on its way to one endpoint. `wire_id` is made with the row, so a repeat is the same mail."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        BOUNCED = "bounced"
        READ = "read"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    wire_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "endpoint"], name="a_message_goes_once_to_an_endpoint")
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(state="queued"), name="deliveries_queued")
        ]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.endpoint_id} ({self.state})"

    @transaction.atomic
    def sent(self, *, by: CanAct) -> None:
        self.state, self.sent_at, self.error = self.State.SENT, clock.now(), ""
        self.save(update_fields=["state", "sent_at", "error"])
        record("delivery.sent", self.message.conversation, by=by, delivery=self.pk, message=self.message_id)

    @property
    def is_needless(self) -> bool:
        """Whether they read in the chat what would only be told them again; that somebody in copy read it tells nothing."""
        marks = self.message.conversation.read_marks.of(self.endpoint.person)
        return self.endpoint.is_fallback and marks.furthest().read >= self.message.seq

    @transaction.atomic
    def was_read(self) -> None:
        """No mail: the words were read where they were said."""
        self.state = self.State.READ
        self.save(update_fields=["state"])

    @transaction.atomic
    def put_off(self, error: str, *, is_server_away: bool = False) -> bool:
        """Try again later, after a wait that grows. False: it has been tried often enough; nothing was changed.

        is_server_away  our own server could not be spoken to, which says nothing about this mail
        """
        wait = RETRY_AFTER[min(self.attempts, len(RETRY_AFTER) - 1)]
        if is_server_away:
            wait = min(wait, AWAY_RETRY)
            is_over = clock.now() - self.created_at > AWAY_MOST
        else:
            is_over = self.attempts >= len(RETRY_AFTER)
        if is_over:
            return False
        self.attempts, self.error, self.next_at = self.attempts + 1, error[:300], clock.now() + wait
        self.save(update_fields=["attempts", "error", "next_at"])
        return True

    @transaction.atomic
    def failed(self, error: str, *, by: CanAct, bounced: bool = False) -> None:
        """Given up: the agent sees it on the message and may send again."""
        self.state, self.error = self.State.BOUNCED if bounced else self.State.FAILED, error[:300]
        self.save(update_fields=["state", "error"])
        verb = "delivery.bounced" if bounced else "delivery.failed"
        record(verb, self.message.conversation, by=by, delivery=self.pk, message=self.message_id)

    @transaction.atomic
    def resend(self, *, by: CanAct) -> None:
        """Try again a failed one, as the same mail."""
        self.state, self.attempts, self.next_at = self.State.QUEUED, 0, clock.now()
        self.save(update_fields=["state", "attempts", "next_at"])
        record("delivery.resent", self.message.conversation, by=by, delivery=self.pk, message=self.message_id)


def queue_deliveries(message: Message, held_back: Sequence[Endpoint] = ()) -> list[Delivery]:
    """One row for each active mail endpoint of the message's conversation but those it is `without`; to one that nobody
    asked for a little later. `held_back`: of recipients.held_back_from."""
    domain = message.conversation.brand.mail_domain
    windows = message.conversation.endpoints.filter(is_active=True, inbox__kind="mail")
    left_out = [*message.data.get("without", []), *(each.pk for each in held_back)]
    endpoints = windows.exclude(pk__in=left_out)
    rows = [
        Delivery(
            message=message,
            endpoint=endpoint,
            wire_id=f"{random_id()}@{domain or settings.BASE_URL}",
            next_at=message.at + (UNREAD_AFTER if endpoint.is_fallback else timedelta(0)),
        )
        for endpoint in endpoints
    ]
    for row in rows:
        remember(message.conversation, [row.wire_id], address=row.endpoint.address)
    return Delivery.objects.bulk_create(rows)
