"""How often automatic answers must be right, by brand, channel and mailbox: set by a manager, held by the gate."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import models, transaction

from handrail.answers import bands
from handrail.answers.entries import IndexState
from handrail.channels.models import Inbox
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.models import Brand

CHANNELS = ("portal", "form", "chat", "mail", "api")
# Of one hundred answers so many must be right. All hundred can't be proved: then it only ever offers choices.
OFFERED = (0.90, 0.95, 0.97, 0.99, 1.0)
Key = tuple[int | None, int | None, str]


class NotOffered(ValueError):
    """The channel or the share is none that can be chosen."""


class Threshold(models.Model):
    """The share of automatic answers that must be right on one channel, of one brand or of all, or at one mailbox."""

    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    inbox = models.OneToOneField(Inbox, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20)
    target = models.FloatField(help_text="a share of one; 1 never answers by itself")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "channel"], name="one_threshold_a_brand_and_channel"),
            models.UniqueConstraint(
                fields=["channel"],
                condition=models.Q(brand=None, inbox=None),
                name="one_threshold_a_channel_of_all_brands",
            ),
            models.CheckConstraint(
                condition=models.Q(inbox=None) | models.Q(brand=None, channel="mail"),
                name="a_mailboxs_threshold_is_of_its_mail",
            ),
        ]

    def __str__(self) -> str:
        whose = f"mailbox {self.inbox_id}" if self.inbox_id else self.brand_id or "all"
        return f"{whose} {self.channel}: {self.target}"

    @classmethod
    @transaction.atomic
    def put(
        cls,
        channel: str,
        target: float,
        *,
        by: CanAct,
        brand: Brand | None = None,
        inbox: Inbox | None = None,
    ) -> Threshold:
        """Ask for this share on a channel; of one brand, or of every brand that asks for nothing of its own.

        inbox  a mailbox, instead of a brand: what holds for the mail that comes there, whatever its brand asks for
        Raises NotOffered for a channel or a share that is not among CHANNELS and OFFERED, and for a mailbox's chat.
        """
        if channel not in CHANNELS or target not in OFFERED or (inbox and channel != "mail"):
            raise NotOffered(f"{target} on {channel!r} can't be chosen; shares are {OFFERED}.")
        known = cls.objects.filter(brand=brand, inbox=inbox, channel=channel).first()
        before = known.target if known else None
        if known and before == target:
            return known
        held: Threshold = known or cls(brand=brand, inbox=inbox, channel=channel)
        held.target = target
        held.save()
        record("threshold.put", held, by=by, **held._whose(), target=target, before=before)
        IndexState.move()
        return held

    @transaction.atomic
    def drop(self, *, by: CanAct) -> None:
        """Go back to what holds otherwise: a mailbox's to its brand's, a brand's to that of all, that to the product's."""
        record("threshold.dropped", self, by=by, **self._whose(), before=self.target)
        self.delete()
        IndexState.move()

    def _whose(self) -> dict[str, Any]:
        whose = {"channel": self.channel, "brand": self.brand_id}
        return whose | {"inbox": self.inbox_id} if self.inbox_id else whose


def target_for(channel: str, brand: int | None, *, stamp: str, inbox: int | None = None) -> float:
    """The share asked for: the mailbox's own, else the brand's, else that of all brands, else what comes with the product.

    stamp  of the index: each change moves it, so no question but the first after one reads the table
    """
    # Before the first article there is no stamp to keep anything under.
    held = _held(stamp) if stamp else _held.__wrapped__(stamp)
    own = [(None, inbox, channel)] if inbox else []
    keys = [*own, (brand, None, channel), (None, None, channel)]
    return next((held[key] for key in keys if key in held), bands.target_of(channel))


@lru_cache(maxsize=2)
def _held(stamp: str) -> dict[Key, float]:
    rows = Threshold.objects.values_list("brand_id", "inbox_id", "channel", "target")
    return {(brand, inbox, channel): target for brand, inbox, channel, target in rows}
