"""Mail that was kept aside and deleted: after the set days it is gone for good; only that it came is known."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from handrail.channels.inbound import InboundRaw
from handrail.core import clock
from handrail.core.actors import CLOCK
from handrail.core.events.ledger import record

AT_ONCE = 500


def forget_deleted() -> int:
    """Empty every mail deleted longer ago than it can be brought back. Returns how many there were, AT_ONCE at most."""
    past = clock.now() - timedelta(days=settings.DELETED_DAYS)
    due = InboundRaw.objects.deleted().filter(deleted_at__lt=past).order_by("deleted_at")
    return sum(_forget(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _forget(pk: int) -> int:
    # Its id stays, so that the same mail brought again is known and comes in no more.
    still = InboundRaw.objects.filter(pk=pk, deleted_at__isnull=False)
    if not still.update(deleted_at=None, body=b"", envelope_from="", envelope_to=[]):
        return 0  # brought back a moment ago
    record("inbound.forgotten", InboundRaw.objects.defer("body").get(pk=pk), by=CLOCK)
    return 1
