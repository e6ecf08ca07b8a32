"""Everything a person did with us, newest first, from every room by its own rules of who may see what.

A page costs the same number of queries however much there is. Each kind gives its newest few before the place where
the page before ended; the newest of all these are the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import CharField, Prefetch, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.accounts.models import SignInLink
from handrail.accounts.viewer import Viewer
from handrail.answers.models import Ask
from handrail.contacts.models import Identity, Person, Record
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import called
from handrail.conversations.messages import Message
from handrail.core.events.models import Event
from handrail.knowledge.feedback import Feedback
from handrail.knowledge.models import Article, Translation
from handrail.knowledge.readers import read_by
from handrail.web.desk.life import LIFE, MERGED, told

PAGE = 30
CURSOR = re.compile(r"(-?\d{1,17})-(\d)-(\d{1,18})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WORDS_SHOWN = 240
# Code -> what it is called; in the order in which things of one moment stand.
KINDS = {
    "asked": gettext_lazy("Questions"),
    "read": gettext_lazy("Articles read"),
    "voted": gettext_lazy("Verdicts"),
    "talked": gettext_lazy("Conversations"),
    "owned": gettext_lazy("Orders and the like"),
    "account": gettext_lazy("Sign-in and addresses"),
    "merged": gettext_lazy("Merging"),
}
ICONS = {
    "asked": "search",
    "read": "book-open",
    "voted": "thumbs-up",
    "talked": "message-square",
    "owned": "package",
    "account": "key-round",
    "merged": "git-merge",
}
# What is asked inside a conversation stands there, for those who may see it.
ASKED_ELSEWHERE = ("chat", "mail", "desk")
OPENED = ("ask.opened", "ask.solved")


@dataclass(frozen=True)
class Item:
    """One thing that happened. `article` is filled in with its title once it is known who may read it; `is_claimed` where nobody vouched that it was they."""

    at: datetime
    kind: str
    pk: int
    title: str = ""
    text: str = ""
    url: str = ""
    note: str = ""
    meaning: str = ""
    article: int = 0
    icon: str = ""
    is_claimed: bool = False

    @property
    def place(self) -> tuple[datetime, int, int]:
        return self.at, -list(KINDS).index(self.kind), self.pk


@dataclass(frozen=True)
class Whose:
    """The contacts that are one person, and who looks at them."""

    root: Person
    people: Sequence[int]
    identities: Sequence[Identity]
    viewer: Viewer


@dataclass(frozen=True)
class Timeline:
    """`older` is where the next page begins; "" at the end."""

    items: list[Item]
    older: str = ""

    @property
    def days(self) -> list[tuple[date, list[Item]]]:
        """The items by day, in the zone of who looks."""
        by_day = groupby(self.items, key=lambda item: timezone.localtime(item.at).date())
        return [(day, list(items)) for day, items in by_day]


Place = tuple[datetime, int, int]
Source = Callable[[Whose, Place | None, int], list[Item]]


def timeline(
    whose: Whose, *, kinds: Iterable[str] = tuple(KINDS), after: str = "", rows: int = PAGE
) -> Timeline:
    """One page of these kinds. `after` is what a page before gave as `older`; a broken one shows the first page."""
    place = _read(after)
    found: list[Item] = []
    for kind in kinds:
        found += SOURCES[kind](whose, place, rows + 1)
    found.sort(key=lambda item: item.place, reverse=True)
    shown = found[:rows]
    older = _write(shown[-1]) if len(found) > rows else ""
    return Timeline(_with_articles(shown, whose.viewer), older)


def _before(kind: str, place: Place | None, column: str = "at") -> Q:
    """What of a kind comes after a place of the list."""
    if place is None:
        return Q()
    at, rank, pk = place
    own = -list(KINDS).index(kind)
    if own < rank:
        return Q(**{f"{column}__lte": at})
    earlier = Q(**{f"{column}__lt": at})
    return earlier | Q(**{column: at, "pk__lt": pk}) if own == rank else earlier


def _asked(whose: Whose, place: Place | None, most: int) -> list[Item]:
    theirs = Ask.objects.filter(_before("asked", place), asker_kind="person", asker_id__in=whose.people)
    asks = theirs.exclude(channel__in=ASKED_ELSEWHERE).order_by("-at", "-pk")[:most]
    return [_ask(ask) for ask in asks]


def _ask(ask: Ask) -> Item:
    outcomes = {
        Ask.Outcome.ANSWER: (_("Answered"), "good"),
        Ask.Outcome.CHOICES: (_("Choices offered"), "info"),
        Ask.Outcome.HANDOVER: (_("No answer"), "waiting"),
    }
    note, meaning = outcomes[Ask.Outcome(ask.outcome)]
    if ask.solved_by_id:
        note, meaning = _("Solved"), "good"
    first = ask.offered[0] if ask.offered and ask.outcome != Ask.Outcome.HANDOVER else None
    article = ask.solved_by_id or _number(first)
    return Item(ask.at, "asked", ask.pk, title=ask.text, note=note, meaning=meaning, article=article)


def _number(offered: Any) -> int:
    named = offered.get("article") if isinstance(offered, dict) else offered
    return int((named[0] if isinstance(named, list) else named) or 0)


def _read_articles(whose: Whose, place: Place | None, most: int) -> list[Item]:
    """What they opened from an answer, and what they read by themselves while signed in; both in one query."""
    asks = Ask.objects.filter(asker_kind="person", asker_id__in=whose.people)
    opened = Event.objects.filter(
        _before("read", place),
        subject_type=Ask._meta.label_lower,
        subject_id__in=asks.exclude(channel__in=ASKED_ELSEWHERE).values("pk"),
        verb__in=OPENED,
    ).annotate(number=KT("data__article"))
    read = read_by(whose.people).filter(_before("read", place))
    read = read.annotate(verb=Value("", CharField()), number=Cast("article", CharField()))
    both = [each.order_by().values_list("at", "pk", "verb", "number") for each in (opened, read)]
    notes = {
        "": ("", ""),
        "ask.opened": (_("Opened from an answer"), ""),
        "ask.solved": (_("It solved the question"), "good"),
    }
    return [
        Item(at, "read", pk, article=int(number or 0), note=notes[verb][0], meaning=notes[verb][1])
        for at, pk, verb, number in both[0].union(both[1], all=True).order_by("-at", "-pk")[:most]
    ]


def _voted(whose: Whose, place: Place | None, most: int) -> list[Item]:
    readers = [f"person-{pk}" for pk in whose.people]
    said = Feedback.objects.filter(_before("voted", place), reader__in=readers).order_by("-at", "-pk")[:most]
    return [
        Item(
            each.at, "voted", each.pk, text=each.text[:WORDS_SHOWN], article=each.article_id,
            note=_("It helped") if each.is_helpful else _("It did not help"),
            meaning="good" if each.is_helpful else "waiting",
            icon="thumbs-up" if each.is_helpful else "thumbs-down",
        )
        for each in said
    ]  # fmt: skip


def _talked(whose: Whose, place: Place | None, most: int) -> list[Item]:
    seen = Conversation.objects.visible_to(whose.viewer).filter(requester__in=whose.people)
    before = _before("talked", place, "created_at")
    found = list(seen.filter(before).order_by("-created_at", "-pk").only(*CONVERSATION)[:most])
    first = dict(
        Message.objects.filter(conversation__in=[each.pk for each in found], seq=1).values_list(
            "conversation", "text"
        )
    )
    return [
        Item(
            each.created_at, "talked", each.pk,
            title=f"#{each.pk} {each.subject or _('(no subject)')}",
            text=" ".join(first.get(each.pk, "").split())[:WORDS_SHOWN],
            url=reverse("desk:conversation", args=[each.pk]),
            note=called(each.status, each.custom_status_id, whose.viewer.locale),
            icon="mail" if each.channel == "mail" else "message-square",
            is_claimed=each.is_claimed,
        )
        for each in found
    ]  # fmt: skip


CONVERSATION = ("number", "subject", "status", "custom_status", "channel", "created_at", "is_claimed")


def _owned(whose: Whose, place: Place | None, most: int) -> list[Item]:
    rows = Record.objects.filter(_before("owned", place), person__in=whose.people).order_by("-at", "-pk")
    return [
        Item(
            row.at, "owned", row.pk,
            title=f"{row.title(whose.viewer.locale)} · {row.number}", note=row.status_label,
        )
        for row in rows[:most]
    ]  # fmt: skip


def _account(whose: Whose, place: Place | None, most: int) -> list[Item]:
    """What is on the ledger of these people, and when a link that was sent to an address of theirs was used."""
    mails = [each.value for each in whose.identities if each.kind == Identity.Kind.EMAIL]
    links = SignInLink.objects.filter(
        _before("account", place, "redeemed_at"), email__in=mails, redeemed_at__isnull=False
    ).order_by("-redeemed_at", "-pk")[:most]
    used = [
        Item(
            link.redeemed_at,
            "account",
            link.pk,
            title=_("Signed in by a link"),
            text=link.email,
            icon="log-in",
        )
        for link in links
        if link.redeemed_at
    ]
    return _told("account", LIFE, whose, place, most) + used


def _merged(whose: Whose, place: Place | None, most: int) -> list[Item]:
    return _told("merged", MERGED, whose, place, most)


def _told(kind: str, verbs: Iterable[str], whose: Whose, place: Place | None, most: int) -> list[Item]:
    facts = Event.objects.filter(
        _before(kind, place),
        subject_type=Person._meta.label_lower,
        subject_id__in=whose.people,
        verb__in=verbs,
    )
    if kind == "merged":
        # A merge is told on both contacts; once is enough where both are this person.
        own = Q(verb__in=("person.absorbed", "person.released")) | Q(subject_id=whose.root.pk)
        facts = facts.filter(own)
    rows = list(facts.order_by("-at", "-pk")[:most])
    return [
        Item(fact.at, kind, fact.pk, title=words, url=url)
        for fact, words, url in told(rows, locale=whose.viewer.locale)
    ]


def _with_articles(items: list[Item], viewer: Viewer) -> list[Item]:
    """Titles of the articles the viewer may read; one that is gone is said to be."""
    numbers = {item.article for item in items if item.article}
    if not numbers:
        return items
    texts = Translation.objects.filter(published__isnull=False).with_titles()
    seen = Article.objects.visible_to(viewer).filter(pk__in=numbers)
    found = {
        article.pk: text
        for article in seen.prefetch_related(Prefetch("translations", texts))
        if (text := article.published(viewer.locale))
    }
    return [_with_article(item, found) for item in items]


def _with_article(item: Item, found: dict[int, Translation]) -> Item:
    if not item.article:
        return item
    text = found.get(item.article)
    title = text.title if text else _("An article that is gone")
    url = reverse("portal:article", args=[text.locale, item.article, text.slug]) if text else ""
    if item.kind == "asked":
        return replace(item, text=title, url=url)
    return replace(item, title=title, url=url)


def _write(item: Item) -> str:
    at, rank, pk = item.place
    return f"{(at - EPOCH) // timedelta(microseconds=1)}-{-rank}-{pk}"


def _read(text: str) -> Place | None:
    match = CURSOR.fullmatch(text)
    if match is None or int(match[2]) >= len(KINDS):
        return None
    try:
        at = EPOCH + timedelta(microseconds=int(match[1]))
    except OverflowError:
        return None
    return at, -int(match[2]), int(match[3])


SOURCES: dict[str, Source] = {
    "asked": _asked,
    "read": _read_articles,
    "voted": _voted,
    "talked": _talked,
    "owned": _owned,
    "account": _account,
    "merged": _merged,
}
