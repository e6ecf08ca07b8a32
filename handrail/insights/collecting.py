"""Collecting cases from what readers asked, said of articles and wrote, and from what colleagues replied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q

from handrail.answers import evidence
from handrail.answers.asks import Ask
from handrail.answers.normalise import mask
from handrail.conversations.models import Conversation, Message
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.insights.cases import Case
from handrail.insights.cursors import Cursor
from handrail.insights.journeys import Journey
from handrail.insights.searching import today
from handrail.insights.wordings import text_key
from handrail.insights.words import is_about_the_same
from handrail.knowledge.feedback import Feedback
from handrail.knowledge.models import Article

BATCH = 1_000
LOOKED_BACK = timedelta(days=90)
LOOKED_AGAIN = timedelta(days=1)
LETTERS_MIN = 2
REPLY_LETTERS_MIN = 40  # shorter ones are manners


def collect() -> int:
    """Keep a case for each thing that has none yet. Safe to run twice. Returns how many were new."""
    asked = from_questions() + from_dislikes() + from_asked_again()
    return asked + from_verdicts() + from_forms() + from_replies()


def from_questions() -> int:
    """Questions without an answer, refused, or taken to a person, of the last ninety days."""
    in_vain = Q(outcome=Ask.Outcome.HANDOVER) | Q(is_refused=True) | Q(is_contacted=True)
    known = Exists(Case.objects.filter(ask=OuterRef("ask")))
    rows = Journey.objects.filter(in_vain, ~known, day__gte=today() - LOOKED_BACK, is_solved=False)
    count = 0
    while found := list(rows.select_related("ask").order_by("pk")[:BATCH]):
        count += _keep(_of_question(journey) for journey in found)
    return count


def from_dislikes() -> int:
    """Questions that led to an article of which the asker then said that it did not help; their last word counts."""
    cursor = Cursor.at("dislikes")
    facts = Event.objects.filter(pk__gt=cursor.begin, verb="ask.rated").order_by("pk")
    rated = list(facts.values_list("pk", "subject_id", "data"))
    last = {ask: data.get("is_helpful") for _pk, ask, data in rated}
    disliked = [ask for ask, is_helpful in last.items() if is_helpful is False]
    # Rated within minutes, a question may have no journey yet (gathering.py): what was said of it is read again next time.
    # Looked up first: one that gets its journey meanwhile is read once too often rather than never.
    waiting = _without_journey()
    count = _keep_asked(disliked, Case.Source.DISLIKED)
    cursor.move(next((pk - 1 for pk, ask, _data in rated if ask in waiting), rated[-1][0] if rated else 0))
    return count


def _without_journey() -> set[int]:
    """The questions that will get a journey with the next gathering."""
    unread = Ask.objects.filter(pk__gt=Cursor.at("asks").begin)
    unread = unread.exclude(asker_kind="staff").exclude(Exists(Journey.objects.filter(ask=OuterRef("pk"))))
    return set(unread.values_list("pk", flat=True))


def from_asked_again() -> int:
    """Questions of the last day that were answered, and asked again in other words within ten minutes."""
    pairs = evidence.asked_on(since=clock.now() - LOOKED_AGAIN)
    asked = [before.pk for before, ask in pairs if is_about_the_same(before.text, ask.text)]
    return _keep_asked(asked, Case.Source.AGAIN)


def from_verdicts() -> int:
    """Readers who said in words that an article was not about their question."""
    cursor = Cursor.at("verdicts")
    said = Feedback.objects.filter(
        pk__gt=cursor.begin, is_helpful=False, reason=Feedback.Reason.NOT_MY_QUESTION
    )
    found = list(said.exclude(text="").order_by("pk"))
    count = _keep(_of_verdict(verdict) for verdict in found)
    cursor.move(found[-1].pk if found else 0)
    return count


def from_forms() -> int:
    """Enquiries by the form after reading, where no kept question led to them. Private teams' are nobody else's to read."""
    cursor = Cursor.at("forms")
    facts = Event.objects.filter(pk__gt=cursor.begin, verb="conversation.opened", data__channel="form")
    opened = list(facts.order_by("pk").values_list("pk", "subject_id"))
    numbers = [number for _pk, number in opened]
    rows = Conversation.objects.filter(Q(team=None) | Q(team__is_private=False), pk__in=numbers)
    read = [each for each in rows if not each.about.get("ask") and _read_in(each)]
    articles = set(
        Article.objects.filter(pk__in=[_read_in(each) for each in read]).values_list("pk", flat=True)
    )
    count = _keep(_of_form(each, articles) for each in read)
    cursor.move(opened[-1][0] if opened else 0)
    return count


def from_replies() -> int:
    """What colleagues wrote to customers, long enough to be a reply."""
    cursor = Cursor.at("replies")
    count, after = 0, cursor.begin
    sent = Message.objects.filter(
        direction="out", author_kind="staff", is_automatic=False, conversation__side_of=None
    )
    sent = sent.filter(
        Q(conversation__team=None) | Q(conversation__team__is_private=False), conversation__merged_into=None
    )
    sent = sent.annotate(language=F("conversation__locale"))
    while found := list(sent.filter(pk__gt=after).order_by("pk")[:BATCH]):
        after = found[-1].pk
        count += _keep(_of_reply(message) for message in found if len(message.text) >= REPLY_LETTERS_MIN)
    cursor.move(after)
    return count


def _keep_asked(asks: Sequence[int], source: str) -> int:
    """Keep a case for each of these questions that has none and was not solved."""
    count = 0
    for start in range(0, len(asks), BATCH):
        rows = Journey.objects.filter(ask__in=asks[start : start + BATCH], is_solved=False)
        count += _keep(_of_question(journey, source) for journey in rows.select_related("ask"))
    return count


def _of_question(journey: Journey, source: str = "") -> Case:
    ask = journey.ask
    # Of somebody unknown, the same words on one day are one person.
    unknown = f"?{journey.text_key:x}:{journey.day}"
    return Case(
        source=source or _why(journey),
        key=f"ask:{ask.pk}",
        text=ask.text,
        text_key=journey.text_key,
        locale=ask.locale,
        audience=journey.audience,
        asker=f"{ask.asker_kind}:{ask.asker_id}" if ask.asker_id else unknown,
        at=ask.at,
        article_id=journey.first_id,
        ask=ask,
        conversation_id=journey.conversation_id,
    )


def _why(journey: Journey) -> Case.Source:
    if journey.outcome == Ask.Outcome.HANDOVER:
        return Case.Source.ABSTAINED if journey.ask.offered else Case.Source.NOTHING
    return Case.Source.REFUSED if journey.is_refused else Case.Source.CONTACTED


def _of_verdict(verdict: Feedback) -> Case:
    text = mask(verdict.text)
    return Case(
        source=Case.Source.NOT_MY_QUESTION,
        key=f"feedback:{verdict.pk}",
        text=text,
        text_key=text_key(text),
        locale=verdict.locale,
        audience=_wide(verdict.article.audience),
        asker=f"reader:{verdict.reader}"[:40],
        at=verdict.at,
        article_id=verdict.article_id,
        feedback=verdict,
    )


def _of_form(conversation: Conversation, articles: set[int]) -> Case:
    text = mask(conversation.subject)
    read = _read_in(conversation)
    return Case(
        source=Case.Source.CONTACTED,
        key=f"form:{conversation.pk}",
        text=text,
        text_key=text_key(text),
        locale=conversation.locale,
        asker=f"person:{conversation.requester_id}",
        at=conversation.created_at,
        article_id=read if read in articles else None,
        conversation=conversation,
    )


def _of_reply(message: Message) -> Case:
    return Case(
        source=Case.Source.REPLY,
        key=f"message:{message.pk}",
        text_key=text_key(message.text),
        locale=message.language,  # type: ignore[attr-defined]
        asker=f"conversation:{message.conversation_id}",
        at=message.at,
        message=message,
        conversation_id=message.conversation_id,
    )


def _read_in(conversation: Conversation) -> int:
    """The article somebody read last before they wrote; 0 for none."""
    read = [
        entry.get("article")
        for entry in conversation.tried
        if isinstance(entry, dict) and entry.get("kind") == "read"
    ]
    found = read[-1] if read else conversation.about.get("article")
    return found if isinstance(found, int) else 0


def _wide(audience: str) -> str:
    """Whose words they are: employees' where an article is for them or for colleagues, else anybody's."""
    return "employees" if audience in ("employees", "agents") else "public"


def _keep(cases: Iterable[Case]) -> int:
    rows = list(cases)
    known = set(Case.objects.filter(key__in=[row.key for row in rows]).values_list("key", flat=True))
    fresh = [row for row in rows if row.key not in known]
    Case.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
