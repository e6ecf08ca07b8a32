"""Reading on in the questions and in the ledger: new asks become journeys, and facts say what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from handrail.answers.asks import Ask
from handrail.contacts.models import Person
from handrail.conversations.models import Conversation, Message
from handrail.core.events.models import Event
from handrail.insights.contacts import note_contacts
from handrail.insights.counting import recount
from handrail.insights.cursors import Cursor
from handrail.insights.journeys import Journey
from handrail.insights.wordings import text_key
from handrail.knowledge.audiences import Audience
from handrail.knowledge.models import Article

BATCH = 2_000
FOLLOWED = ("ask.opened", "ask.solved", "ask.refused", "conversation.opened", "conversation.handed_over")


def gather() -> int:
    """Bring journeys and counts up to what has been asked and has happened. Safe to run twice. Returns new journeys."""
    made, days = take_in_asks()
    days |= follow_facts()
    if days:
        recount(days)
    return made


def take_in_asks() -> tuple[int, set[date]]:
    """A journey for each new question of somebody who is no colleague; how many, and on which days."""
    made, days = 0, set()
    cursor = Cursor.at("asks")
    after = cursor.begin
    while asks := list(Ask.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        after = asks[-1].pk
        with transaction.atomic():
            known = set(
                Journey.objects.filter(ask__gte=asks[0].pk, ask__lte=after).values_list("ask", flat=True)
            )
            fresh = [ask for ask in asks if ask.pk not in known and ask.asker_kind != "staff"]
            rows = _journeys(fresh)
            Journey.objects.bulk_create(rows)
            cursor.move(after)
        made += len(rows)
        days |= {row.day for row in rows}
    cursor.move(after)
    return made, days


def _journeys(asks: Sequence[Ask]) -> list[Journey]:
    people = {ask.asker_id for ask in asks if ask.asker_kind == "person" and ask.asker_id}
    employees = set(
        Person.objects.filter(pk__in=people, kind=Person.Kind.EMPLOYEE).values_list("pk", flat=True)
    )
    firsts = {ask.pk: ask.offered[0][0] for ask in asks if ask.offered}
    articles = set(Article.objects.filter(pk__in=set(firsts.values())).values_list("pk", flat=True))
    zone = ZoneInfo(settings.TIME_ZONE)
    return [
        Journey(
            ask=ask,
            day=ask.at.astimezone(zone).date(),
            channel=ask.channel,
            locale=ask.locale,
            audience=Audience.EMPLOYEES if ask.asker_id in employees else Audience.PUBLIC,
            brand_id=ask.brand_id,
            product_id=ask.product_id,
            text_key=text_key(ask.text),
            outcome=ask.outcome,
            first_id=firsts.get(ask.pk) if firsts.get(ask.pk) in articles else None,
            is_solved=ask.solved_by_id is not None,
        )
        for ask in asks
    ]


def follow_facts() -> set[date]:
    """What became of questions since the last look; the days on which those were asked."""
    cursor = Cursor.at("facts")
    after, end = cursor.begin, Event.objects.aggregate(last=Max("pk"))["last"] or 0
    days: set[date] = set()
    while after < end:
        until = min(after + 10 * BATCH, end)
        facts = Event.objects.filter(pk__gt=after, pk__lte=until, verb__in=FOLLOWED).order_by("pk")
        with transaction.atomic():
            days |= _follow(list(facts))
            cursor.move(until)
        after = until
    cursor.move(end)
    return days


def _follow(facts: list[Event]) -> set[date]:
    by_verb: dict[str, list[Event]] = defaultdict(list)
    for fact in facts:
        by_verb[fact.verb].append(fact)
    touched: set[int] = set()
    for fact in by_verb["ask.opened"]:
        article = Article.objects.filter(pk=fact.data.get("article") or 0).first()
        touched |= _mark([fact.subject_id], opened=None, then={"opened": article}) if article else set()
    touched |= _mark(_subjects(by_verb["ask.solved"]), is_solved=False, then={"is_solved": True})
    touched |= _mark(_subjects(by_verb["ask.refused"]), is_refused=False, then={"is_refused": True})
    forms = [fact.subject_id for fact in by_verb["conversation.opened"] if fact.data.get("channel") == "form"]
    with_people = [*forms, *_subjects(by_verb["conversation.handed_over"])]
    note_contacts(with_people)
    for number, asks in _asks_of(with_people).items():
        touched |= _mark(asks, is_contacted=False, then={"is_contacted": True, "conversation_id": number})
    return set(Journey.objects.filter(pk__in=touched).values_list("day", flat=True))


def _mark(asks: Iterable[int], *, then: dict[str, object], **still: object) -> set[int]:
    """Change the journeys of these asks that are `still` as they were; their ids."""
    rows = Journey.objects.filter(ask__in=list(asks), **still)
    touched = set(rows.values_list("pk", flat=True))
    Journey.objects.filter(pk__in=touched).update(**then)
    return touched


def _subjects(facts: list[Event]) -> list[int]:
    return [fact.subject_id for fact in facts]


def _asks_of(numbers: list[int]) -> dict[int, list[int]]:
    """conversation -> the asks that led to it: brought along from a page, or answered in it by the bot."""
    keys: dict[str, int] = {}
    for number, about in Conversation.objects.filter(pk__in=numbers).values_list("pk", "about"):
        if key := about.get("ask"):
            keys[str(key)] = number
    said = Message.objects.filter(conversation__in=numbers, author_kind="bot")
    for number, data in said.values_list("conversation", "data"):
        if key := data.get("ask"):
            keys[str(key)] = number
    found: dict[int, list[int]] = defaultdict(list)
    for pk, key in Ask.objects.filter(key__in=keys).values_list("pk", "key"):
        found[keys[key]].append(pk)
    return found
