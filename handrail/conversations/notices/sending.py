"""Taking what waits to be sent: each notice by each way once, and only while it is still wanted."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from handrail.accounts.models import User
from handrail.accounts.viewer import staff_viewer
from handrail.conversations.notices.kinds import Way
from handrail.conversations.notices.notice import Notice, State
from handrail.conversations.presence import STILL_HERE, Presence
from handrail.core import clock
from handrail.core.jobs.backend import LeaseTask


@transaction.atomic
def take(user_id: int, way: Way) -> list[Notice]:
    """What is due by this way to one colleague, oldest first, marked as given in the caller's transaction."""
    field = way.value
    due = Notice.objects.select_for_update().filter(
        **{"user": user_id, field: State.WAITING, f"{field}_at__lte": clock.now()}
    )
    found = list(due.order_by("at", "pk"))
    wanted = {notice.pk for notice in still_wanted(user_id, [notice.pk for notice in found])}
    for notice in found:
        setattr(notice, field, State.GIVEN if notice.pk in wanted else State.DROPPED)
    Notice.objects.bulk_update(found, [field])
    return [notice for notice in found if notice.pk in wanted]


def still_wanted(user_id: int, numbers: Sequence[int]) -> list[Notice]:
    """Those the colleague may still see, has not read, and is not looking at; asked again at the moment of sending."""
    user = User.objects.staff().filter(pk=user_id).first()
    if user is None:
        return []
    seen = Notice.objects.visible_to(staff_viewer(user)).unread().filter(pk__in=numbers)
    looked = Presence.objects.filter(user=user, seen_at__gte=clock.now() - STILL_HERE).values("conversation")
    rows = seen.select_related("user", "conversation__brand", "conversation__team").order_by("at", "pk")
    looking = set(looked.values_list("conversation", flat=True))
    return [notice for notice in rows if notice.conversation_id not in looking]


def users_left(way: Way) -> list[int]:
    """Colleagues for whom something is due that its own job has not taken."""
    due = Notice.objects.filter(**{way.value: State.WAITING, f"{way.value}_at__lte": clock.now()})
    return list(due.order_by().values_list("user", flat=True).distinct()[:500])


def enqueue(task: LeaseTask[[int], int], notice: Notice, way: Way) -> None:
    """The job that takes it, in the transaction of its row."""
    key = f"notice-{way.value}:{notice.pk}"
    task.using(dedupe_key=key, run_after=getattr(notice, f"{way.value}_at")).enqueue(notice.user_id)
