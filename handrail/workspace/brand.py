"""Brands."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.db.models import F

from handrail.core import bus
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

TURNS = range(1, 51)  # automatic replies in one chat
REOPENING = range(366)  # days


class OutOfRange(ValueError):
    """A number that no brand may have."""


class Brand(models.Model):
    """A name customers know: one help centre, one look."""

    slug = models.SlugField(unique=True)
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    hue = models.PositiveSmallIntegerField(default=32, help_text="0 to 360, OKLCH hue of the brand colour")
    mail_domain = models.CharField(max_length=120, default="handrail.test")
    default_locale = models.CharField(max_length=5, default="ko")
    # Raised in the transaction of every public change; cached pages name the stamp they were rendered under.
    content_stamp = models.PositiveBigIntegerField(default=1)
    # Pages rendered under a stamp below this one may not even be shown for a moment: something was taken back.
    withdrawn_stamp = models.PositiveBigIntegerField(default=0)
    # The help centre's published design (workspace/portal.py); here, so that no page asks for it.
    portal = models.JSONField(default=dict, blank=True)
    is_demo = models.BooleanField(default=False)
    # The bot says so much in one chat; then a person has it.
    automatic_turns_max = models.PositiveSmallIntegerField(default=12)
    reopens_days = models.PositiveSmallIntegerField(
        default=14,
        help_text="a reply to a solved conversation reopens it for so long; later it is a follow-up",
    )

    def __str__(self) -> str:
        return self.name_en

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    @property
    def reopens_within(self) -> timedelta:
        return timedelta(days=self.reopens_days)

    @transaction.atomic
    def rule(self, *, automatic_turns_max: int, reopens_days: int, by: CanAct) -> None:
        """Set how long the bot may go on and how long a solved conversation may reopen, from the next message on.

        Raises OutOfRange beyond TURNS and REOPENING. The same numbers again are no change.
        """
        if automatic_turns_max not in TURNS or reopens_days not in REOPENING:
            raise OutOfRange(
                f"{automatic_turns_max} automatic replies and {reopens_days} days can't be set: "
                f"{TURNS[0]} to {TURNS[-1]} and {REOPENING[0]} to {REOPENING[-1]} can."
            )
        if (self.automatic_turns_max, self.reopens_days) == (automatic_turns_max, reopens_days):
            return
        old = {"automatic_turns_max": self.automatic_turns_max, "reopens_days": self.reopens_days}
        self.automatic_turns_max, self.reopens_days = automatic_turns_max, reopens_days
        self.save(update_fields=["automatic_turns_max", "reopens_days"])
        new = {"automatic_turns_max": automatic_turns_max, "reopens_days": reopens_days}
        record("brand.ruled", self, by=by, old=old, new=new)

    @transaction.atomic
    def touch(self, *, taken_back: bool = False) -> None:
        """Say that public pages changed; with `taken_back`, that none rendered before may be shown again."""
        Brand.objects.filter(pk=self.pk).update(content_stamp=F("content_stamp") + 1)
        if taken_back:
            Brand.objects.filter(pk=self.pk).update(withdrawn_stamp=F("content_stamp"))
        stamp, withdrawn = Brand.objects.values_list("content_stamp", "withdrawn_stamp").get(pk=self.pk)
        bus.publish("stamp", brand=self.pk, stamp=stamp, withdrawn=withdrawn)

    @classmethod
    @transaction.atomic
    def touch_every(cls, *, taken_back: bool = False) -> None:
        """The same for all brands: what changed is shown by each, such as a team's hours."""
        for brand in cls.objects.order_by("pk"):
            brand.touch(taken_back=taken_back)
