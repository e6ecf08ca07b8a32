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
UNMERGING = range(1, 91)  # days
# How long the bot may go on, a solved conversation may reopen, and a merging can be taken back.
RULES = {"automatic_turns_max": TURNS, "reopens_days": REOPENING, "unmerges_days": UNMERGING}


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
    unmerges_days = models.PositiveSmallIntegerField(
        default=7, help_text="the merging of two conversations can be taken back for so long"
    )

    def __str__(self) -> str:
        return self.name_en

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    @property
    def reopens_within(self) -> timedelta:
        return timedelta(days=self.reopens_days)

    @property
    def unmerges_within(self) -> timedelta:
        return timedelta(days=self.unmerges_days)

    @transaction.atomic
    def rule(self, *, by: CanAct, **numbers: int) -> None:
        """Set what holds for conversations from now on: numbers of RULES by name, those left out as they are.

        Raises OutOfRange for what none of them may be. The same numbers again are no change.
        """
        for name, number in numbers.items():
            if number not in RULES[name]:
                raise OutOfRange(
                    f"{name} can't be {number}: {RULES[name][0]} to {RULES[name][-1]} can be set."
                )
        old = {name: getattr(self, name) for name in numbers}
        if numbers == old:
            return
        for name, number in numbers.items():
            setattr(self, name, number)
        self.save(update_fields=list(numbers))
        record("brand.ruled", self, by=by, old=old, new=numbers)

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
