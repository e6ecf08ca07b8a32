"""What a colleague chose: which ways for which kind, hours of quiet, mails at once or gathered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.conversations.notices.kinds import DEFAULTS
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

MAIL_WAIT = timedelta(minutes=2)  # what is read in the desk meanwhile needs no mail
DAILY_AT = time(9)


class Digest(models.TextChoices):
    ONCE = "once", _("One by one, as they come")
    HOURLY = "hourly", _("Gathered, every full hour")
    DAILY = "daily", _("Gathered, once a day at nine")


class NoticeChoices(models.Model):
    """Who has no row, or no word on a kind, has the defaults. `ways`: kind -> list of ways."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="notice_choices")
    ways = models.JSONField(default=dict, blank=True)
    quiet_from = models.TimeField(null=True, blank=True, help_text="in the colleague's own zone")
    quiet_until = models.TimeField(null=True, blank=True)
    digest = models.CharField(max_length=6, choices=Digest.choices, default=Digest.ONCE)
    # A device lies on tables and lights up before anybody: from the start it shows number and kind alone.
    hides_contents = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_has_beginning_and_end",
            )
        ]

    def __str__(self) -> str:
        return f"notices of {self.user_id}"

    @classmethod
    def of(cls, users: Iterable[User]) -> dict[int, NoticeChoices]:
        """User id -> what they chose, or the defaults unsaved; one query."""
        everyone = {user.pk: user for user in users}
        found: dict[int, NoticeChoices] = {
            row.user_id: row for row in NoticeChoices.objects.filter(user__in=everyone)
        }
        for pk, user in everyone.items():
            row = found.setdefault(pk, NoticeChoices(user=user))
            row.user = user
        return found

    @transaction.atomic
    def choose(self, *, by: CanAct, **chosen: object) -> None:
        """Keep some of ways, quiet_from, quiet_until, digest, hides_contents."""
        changed = sorted(name for name, value in chosen.items() if getattr(self, name) != value)
        if not changed and self.pk:
            return
        for name in changed:
            setattr(self, name, chosen[name])
        self.save()
        record("notices.chosen", self.user, by=by, fields=changed)

    def ways_for(self, kind: str) -> tuple[str, ...]:
        return tuple(self.ways.get(kind, DEFAULTS[kind]))

    def mail_at(self, moment: datetime) -> datetime:
        """When a mail about something that happens at `moment` may leave."""
        zone = ZoneInfo(self.user.zone)
        if self.digest == Digest.HOURLY:
            due = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        elif self.digest == Digest.DAILY:
            due = _next(DAILY_AT, moment, zone)
        else:
            due = moment + MAIL_WAIT
        return self.after_quiet(due)

    def after_quiet(self, moment: datetime) -> datetime:
        """`moment` itself, or the end of the quiet hours it lies in. At the very end they are over."""
        if self.quiet_from is None or self.quiet_until is None or self.quiet_from == self.quiet_until:
            return moment
        zone = ZoneInfo(self.user.zone)
        here = moment.astimezone(zone).time()
        if self.quiet_from < self.quiet_until:
            is_quiet = self.quiet_from <= here < self.quiet_until
        else:
            is_quiet = here >= self.quiet_from or here < self.quiet_until
        return _next(self.quiet_until, moment, zone) if is_quiet else moment


def _next(at: time, moment: datetime, zone: ZoneInfo) -> datetime:
    """The first `at` o'clock of the zone after `moment`, across a clock change too."""
    here = moment.astimezone(zone)
    due = datetime.combine(here.date(), at, tzinfo=zone)
    if due <= here:
        due = datetime.combine(here.date() + timedelta(days=1), at, tzinfo=zone)
    return due.astimezone(moment.tzinfo)
