"""A mailbox at another server that we fetch from (IMAP), and how far we are in it."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q

from handrail.channels.inboxes import Inbox
from handrail.channels.servers import Server
from handrail.core import clock
from handrail.core.actors import CanAct

LEASE = timedelta(minutes=3)


class FetchingQuerySet(models.QuerySet["Fetching"]):
    def due(self) -> FetchingQuerySet:
        """Those of mailboxes in use that do not rest."""
        return (
            self.filter(inbox__is_active=True, inbox__is_paused=False).select_related("inbox").order_by("pk")
        )


class Fetching(Server):
    """The cursor is `uid` within `uid_validity` (RFC 3501, 2.3.1.1): every mail up to it is kept here.

    since       what the server received before is left alone, unless `takes_old`
    trusted_hop the authserv-id whose Authentication-Results is believed of fetched mail; empty: none is
    held_by     the process group that fetches it now, until `held_until`
    """

    purpose = "fetching"
    AIMED = ("host", "user", "tls")
    SETTINGS = (*Server.SETTINGS, "folder", "trusted_hop", "takes_old")
    CURSOR = ("since", "uid_validity", "uid", "stuck_uid", "stuck_tries")

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, related_name="fetching", primary_key=True)
    folder = models.CharField(max_length=120, default="INBOX")
    trusted_hop = models.CharField(max_length=253, blank=True, default="")
    takes_old = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    uid_validity = models.BigIntegerField(null=True)
    uid = models.BigIntegerField(default=0)
    stuck_uid = models.BigIntegerField(null=True)
    stuck_tries = models.PositiveSmallIntegerField(default=0)
    held_by = models.CharField(max_length=80, blank=True, default="")
    held_until = models.DateTimeField(null=True)

    objects = FetchingQuerySet.as_manager()

    @transaction.atomic
    def keep(self, *, by: CanAct) -> None:
        """Fetch from this server from now on. Another account or folder is begun anew."""
        before = Fetching.objects.filter(pk=self.pk).first()
        anew = before is None or any(
            getattr(before, name) != getattr(self, name) for name in ("host", "user", "folder", "takes_old")
        )
        if anew:
            self.since, self.uid_validity, self.uid = clock.now(), None, 0
            self.stuck_uid, self.stuck_tries = None, 0
        self._store(self.CURSOR if anew else (), by=by)

    def hold(self, holder: str) -> bool:
        """Whether `holder` alone may fetch it for the next minutes; asked again while it goes on."""
        free = Q(held_by__in=["", holder]) | Q(held_until=None) | Q(held_until__lt=clock.now())
        mine = Fetching.objects.filter(free, pk=self.pk)
        return bool(mine.update(held_by=holder, held_until=clock.now() + LEASE))

    def begin_at(self, uid: int, *, uid_validity: int) -> None:
        """The server numbers its mails anew, or we are new here: go on after `uid`."""
        self.uid_validity, self.uid, self.stuck_uid, self.stuck_tries = uid_validity, uid, None, 0
        self.save(update_fields=["uid_validity", "uid", "stuck_uid", "stuck_tries"])

    def moved_to(self, uid: int) -> None:
        """Everything up to `uid` is kept: in the transaction that keeps it. Somebody who is further stays so."""
        behind = Fetching.objects.filter(pk=self.pk, uid_validity=self.uid_validity, uid__lt=uid)
        behind.update(uid=uid)
        self.uid = uid

    def stuck_at(self, uid: int) -> int:
        """How often this one mail could not be fetched now, this time included."""
        self.stuck_tries = self.stuck_tries + 1 if self.stuck_uid == uid else 1
        self.stuck_uid = uid
        self.save(update_fields=["stuck_uid", "stuck_tries"])
        return self.stuck_tries
