"""What we said of our own accord to whom, so that nobody can make us say it again and again."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models

from handrail.channels.mail.addresses import untagged
from handrail.core import clock
from handrail.intake.suggesting import Suggestion
from handrail.intake.wording import AcknowledgementText

__all__ = ["Acknowledgement", "AcknowledgementText", "Suggestion"]

VOUCHED_AN_HOUR = 3
NEUTRAL_A_DAY = 1


class Acknowledgement(models.Model):
    """One automatic mail to an address, kept without its "+tag": however tagged, it is one mailbox."""

    address = models.CharField(max_length=254)
    is_neutral = models.BooleanField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["address", "-at"], name="acknowledged_lately")]

    def __str__(self) -> str:
        return self.address

    @classmethod
    def refused(cls, address: str, *, is_vouched: bool) -> str:
        """Why no more may go to an address now: "address" or "everywhere"; "" where one may.

        At most three an hour to an address its domain vouches for; to any other one neutral one a day, and to all
        such together settings.NEUTRAL_MAILS_AN_HOUR: whoever has a list of other people's addresses and our form may not
        make us write to all of them.
        """
        hour, day = clock.now() - timedelta(hours=1), clock.now() - timedelta(days=1)
        lately = cls.objects.filter(address=untagged(address))
        if is_vouched:
            return "address" if lately.filter(at__gt=hour).count() >= VOUCHED_AN_HOUR else ""
        if lately.filter(at__gt=day).count() >= NEUTRAL_A_DAY:
            return "address"
        neutral = cls.objects.filter(is_neutral=True, at__gt=hour)
        return "everywhere" if neutral.count() >= settings.NEUTRAL_MAILS_AN_HOUR else ""

    @classmethod
    def keep(cls, address: str, *, is_vouched: bool) -> None:
        """Remember that one goes out now."""
        cls.objects.create(address=untagged(address), is_neutral=not is_vouched)
