"""From a fact to rows and jobs, in one transaction: killed anywhere, it is done once, when it is done again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.accounts.viewer import Viewer, staff_viewer
from handrail.channels.push.subscriptions import PushSubscription
from handrail.conversations.conversation import Conversation
from handrail.conversations.live import staff_channel
from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.notices.kinds import RANK, Way, kinds_for
from handrail.conversations.notices.mailing import gather_mail
from handrail.conversations.notices.notice import Notice, State
from handrail.conversations.notices.pushing import gather_push
from handrail.conversations.notices.sending import enqueue
from handrail.conversations.notices.whom import Concern, concern_of
from handrail.conversations.presence import STILL_HERE, Presence
from handrail.core import bus, clock
from handrail.core.events.models import Event


def tell_staff(event: Event) -> int:
    """Tell those whom the fact concerns. Returns how many were told something new."""
    return tell(concern_of(event), event)


@transaction.atomic
def tell(concern: Concern, event: Event) -> int:
    """Tell those of `concern` who may see it and did not do it themselves. Returns how many were told something new.

    A room above that knows whom its own facts concern tells of them by this (insights/telling.py).
    """
    if not concern.whom:
        return 0
    before = _before(event)
    doers = {each.actor_id for each in (event, *before[-1:]) if each.actor_kind == "staff"}
    users = User.objects.staff().filter(pk__in=set(concern.whom) - doers)
    found = [user for user in users if _may_know(user, concern)]
    if not found:
        return 0
    concern.who = concern.who or _name_of(event)
    key = _key(concern, event, before)
    looking = _looking(concern.conversation)
    choices = NoticeChoices.of(found)
    return sum(
        _tell(concern, key, choices[user.pk], is_looking=user.pk in looking, at=event.at) for user in found
    )


def may_see(viewer: Viewer, conversation: Conversation | None) -> bool:
    """Asked when something is told, and again when it is sent: between the two a team may have become private."""
    if conversation is None:
        return True
    return Conversation.objects.visible_to(viewer).filter(pk=conversation.pk).exists()


def _may_know(user: User, concern: Concern) -> bool:
    if concern.whom[user.pk] not in kinds_for(rights_of(user.role)):
        return False
    return may_see(staff_viewer(user), concern.conversation)


def _tell(concern: Concern, key: str, choices: NoticeChoices, *, is_looking: bool, at: datetime) -> bool:
    """One colleague. A stronger reason to tell the same fact adds ways that were not used yet, and no second row."""
    kind = concern.whom[choices.user_id]
    ways = choices.ways_for(kind)
    notice = Notice.objects.select_for_update().filter(user=choices.user, key=key).first()
    if notice and RANK[notice.kind] <= RANK[kind]:
        return False
    if notice is None:
        notice = Notice(user=choices.user, key=key, conversation=concern.conversation, at=at, is_shown=False)
        if is_looking:
            notice.read_at = clock.now()
    notice.kind, notice.who, notice.data = kind, concern.who[:120], concern.data
    notice.is_shown = notice.is_shown or Way.APP.value in ways
    if notice.read_at is None:
        _plan(notice, ways, choices)
    notice.save()
    # Jobs of the same transaction: what is to be sent and who sends it are there together or not at all.
    if notice.mail == State.WAITING:
        enqueue(gather_mail, notice, Way.MAIL)
    if notice.push == State.WAITING:
        enqueue(gather_push, notice, Way.PUSH)
    if notice.is_shown and notice.read_at is None:
        bus.publish("stream", channels=[staff_channel(choices.user_id)], event="noticed", data={})
    return True


def _plan(notice: Notice, ways: tuple[str, ...], choices: NoticeChoices) -> None:
    has_mail = choices.user_id in notice.data.get("mailed", ())
    if Way.MAIL.value in ways and not notice.mail and not has_mail:
        notice.mail, notice.mail_at = State.WAITING, choices.mail_at(clock.now())
    wants_push = Way.PUSH.value in ways and not notice.push
    if wants_push and PushSubscription.objects.filter(user=choices.user).exists():
        notice.push, notice.push_at = State.WAITING, choices.after_quiet(clock.now())


def _before(event: Event) -> list[Event]:
    """What the fact follows from, the nearest first."""
    chain = []
    while event.cause is not None:
        event = event.cause
        chain.append(event)
    return chain


def _key(concern: Concern, event: Event, before: list[Event]) -> str:
    """Names the fact, so that what follows from it (a rule that assigns what just came in) is the same news."""
    fact = concern.fact or f"event:{before[-1].pk if before else event.pk}"
    for each in before:
        for name in ("message", "note"):
            if name in each.data:
                fact = f"{name}:{each.data[name]}"
    return f"{concern.conversation.pk if concern.conversation else 0}:{fact}"


def _name_of(event: Event) -> str:
    if event.actor_kind != "staff":
        return ""
    return User.objects.filter(pk=event.actor_id or 0).values_list("name", flat=True).first() or ""


def _looking(conversation: Conversation | None) -> set[int]:
    if conversation is None:
        return set()
    here = Presence.objects.filter(conversation=conversation, seen_at__gte=clock.now() - STILL_HERE)
    return set(here.values_list("user", flat=True))
