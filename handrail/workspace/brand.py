"""Brands."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import F

from handrail.core import bus


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
    automatic_turns_max = models.PositiveSmallIntegerField(default=12)

    def __str__(self) -> str:
        return self.name_en

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

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
