"""Facts of an article as sentences, made when they are shown and in the reader's language. Plain text, no HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.core.events.models import Event
from handrail.knowledge.articles import Article
from handrail.workspace import formats


@dataclass(frozen=True)
class Told:
    """One fact for a reader. `locale` and `revision` name the state of which text it tells of, where it does."""

    id: int
    verb: str
    at: datetime
    who: str
    text: str
    locale: str = ""
    revision: int | None = None


def history(article: Article, *, most: int = 200) -> list[Told]:
    """What happened to an article, newest first: at most two queries."""
    return tell(Event.objects.about(article).order_by("-pk")[:most])


def tell(events: Iterable[Event]) -> list[Told]:
    """Each fact as a sentence, in their order. A fact that only readers make (a vote) is left out."""
    facts = [event for event in events if event.verb in SENTENCES]
    names = _names(facts)
    return [_told(event, names) for event in facts]


def _told(event: Event, names: dict[int, str]) -> Told:
    who = _actor(event, names)
    values = {"who": who, "language": _language(event.data.get("locale", "")), **_values(event, names)}
    text = SENTENCES[event.verb](event) % values
    revision = event.data.get("new") if event.verb == "article.restored" else event.data.get("revision")
    return Told(event.pk, event.verb, event.at, who, text, event.data.get("locale", ""), revision)


def _values(event: Event, names: dict[int, str]) -> dict[str, Any]:
    data = event.data
    if event.verb == "article.given":
        return {"new": names.get(data.get("new") or 0, ""), "old": names.get(data.get("old") or 0, "")}
    return {
        "number": data.get("revision") or data.get("old") or "",
        "new": data.get("new") or "",
        "old": data.get("old") or "",
        "moment": _moment(data.get("at", "")),
    }


def _moment(written: str) -> str:
    """An ISO moment as the reader of the page writes it, in their zone."""
    if not written:
        return ""
    locale, zone = (get_language() or "ko").split("-")[0], timezone.get_current_timezone_name()
    return formats.day_and_time(datetime.fromisoformat(written), locale=locale, zone=zone)


def _names(events: list[Event]) -> dict[int, str]:
    wanted = {event.actor_id for event in events if event.actor_kind == "staff"}
    for event in events:
        if event.verb == "article.given":
            wanted |= {event.data.get("old"), event.data.get("new")}
    return dict(User.objects.filter(pk__in=[pk for pk in wanted if pk]).values_list("pk", "name"))


def _actor(event: Event, names: dict[int, str]) -> str:
    if event.actor_kind == "staff":
        return names.get(event.actor_id or 0) or _("Somebody who left")
    return {"clock": _("The clock"), "bot": _("The assistant")}.get(event.actor_kind, _("The system"))


def _language(locale: str) -> str:
    return {"ko": _("Korean"), "en": _("English")}.get(locale, locale)


def _changed(event: Event) -> str:
    return {
        "audience": _("%(who)s changed for whom it is written"),
        "topic": _("%(who)s moved it to another topic or place"),
        "kind": _("%(who)s changed its kind"),
        "related": _("%(who)s chose other related articles"),
        "is_pinned": _("%(who)s changed whether it stands first"),
    }.get(event.data.get("field", ""), _("%(who)s changed its settings"))


def _check_due(event: Event) -> str:
    # Until owners were told in earnest, the fact said no more than this.
    if "is_due" not in event.data:
        return _("Its check date came near")
    if event.data["is_due"]:
        return _("The owner was told that the day to check it by had come")
    return _("The owner was told that it should be checked")


SENTENCES: dict[str, Callable[[Event], str]] = {
    "article.started": lambda _e: _("%(who)s began the article"),
    "article.written": lambda _e: _("%(who)s wrote version %(number)s in %(language)s"),
    "article.restored": lambda _e: _("%(who)s restored version %(old)s as version %(new)s in %(language)s"),
    "article.review_asked": lambda _e: _("%(who)s asked for a review of version %(number)s in %(language)s"),
    "article.changes_asked": lambda _e: _("%(who)s asked for changes to version %(number)s in %(language)s"),
    "article.approved": lambda _e: _("%(who)s approved version %(number)s in %(language)s"),
    "article.scheduled": lambda _e: _("%(who)s scheduled %(language)s for %(moment)s"),
    "article.unscheduled": lambda _e: _("%(who)s cancelled the schedule of %(language)s"),
    "article.published": lambda _e: _("%(who)s published version %(number)s in %(language)s"),
    "article.withdrawn": lambda _e: _("%(who)s took %(language)s back from readers"),
    "article.archived": lambda _e: _("%(who)s archived the article"),
    "article.brought_back": lambda _e: _("%(who)s brought the article back"),
    "article.given": lambda event: (
        _("%(who)s made %(new)s its owner")
        if event.data.get("new")
        else _("%(who)s left it without an owner")
    ),
    "article.check_planned": lambda event: (
        _("%(who)s wants it checked by %(new)s")
        if event.data.get("new")
        else _("%(who)s took its check date away")
    ),
    "article.check_due": _check_due,
    "article.checked": lambda _e: _("%(who)s checked it: what it says is true"),
    "article.outdated": lambda _e: _("%(language)s is out of date: the original moved on"),
    "article.translation_held": lambda _e: _("%(who)s says that %(language)s is still right"),
    "article.changed": _changed,
    "article.file_attached": lambda _e: _("%(who)s added a file"),
}
