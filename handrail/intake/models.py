"""What we said of our own accord to whom, so that nobody can make us say it again and again."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from handrail.core import clock

VOUCHED_AN_HOUR = 3
NEUTRAL_A_DAY = 1


class Acknowledgement(models.Model):
    """One automatic mail to an address."""

    address = models.CharField(max_length=254)
    is_neutral = models.BooleanField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["address", "-at"], name="acknowledged_lately")]

    def __str__(self) -> str:
        return self.address

    @classmethod
    def allowed(cls, address: str, *, is_vouched: bool) -> bool:
        """At most three an hour to an address its domain vouches for, one neutral one a day to any other."""
        lately = cls.objects.filter(address=address)
        if is_vouched:
            return lately.filter(at__gt=clock.now() - timedelta(hours=1)).count() < VOUCHED_AN_HOUR
        return lately.filter(at__gt=clock.now() - timedelta(days=1)).count() < NEUTRAL_A_DAY
