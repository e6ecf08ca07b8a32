"""What colleagues can be told of, and by which ways, in the order of the table where they choose."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """The strongest first: of one fact a colleague is told once, under the first of these that fits them."""

    MENTIONED = "mentioned", _("A colleague mentions me in a note")
    ASSIGNED = "assigned", _("A conversation is assigned to me")
    STOPPED = "stopped", _("A reply I set for later is stopped")
    REPLIED = "replied", _("A customer writes in a conversation of mine")
    ASIDE = "aside", _("An answer comes in a side conversation of mine")
    UNDELIVERED = "undelivered", _("A mail of mine did not arrive")
    TEAM = "team", _("A conversation without an assignee comes to my team")
    FOLLOWED = "followed", _("Something is written in what I follow, or by a colleague in what is mine")
    REVIEW = "review", _("My review of an article is asked for")
    CHANGES = "changes", _("Changes are asked for in an article of mine")
    APPROVED = "approved", _("An article of mine is approved")
    CHECK = "check", _("An article of mine should be checked")
    WEEKLY = "weekly", _("What there is for me to write and mend, every Monday morning")
    MAILBOX = "mailbox", _("A mailbox fails, or a mail came in that could not be read")


class Way(models.TextChoices):
    APP = "app", pgettext_lazy("way of notifying", "In the desk")
    MAIL = "mail", pgettext_lazy("way of notifying", "Mail")
    PUSH = "push", pgettext_lazy("way of notifying", "Push")


RANK = {kind.value: place for place, kind in enumerate(Kind)}
# Kinds that only some roles can be told of.
NEEDS = {
    Kind.REVIEW.value: "knowledge.review",
    Kind.CHANGES.value: "knowledge.write",
    Kind.APPROVED.value: "knowledge.write",
    Kind.CHECK.value: "knowledge.write",
    Kind.WEEKLY.value: "knowledge.write",
    Kind.MAILBOX.value: "console.inbound",
}
QUIET_KINDS = {Kind.TEAM.value, Kind.FOLLOWED.value}
ARTICLE_KINDS = {Kind.REVIEW.value, Kind.CHANGES.value, Kind.APPROVED.value, Kind.CHECK.value}


def _default(kind: str) -> tuple[str, ...]:
    if kind == Kind.WEEKLY.value:
        return (Way.MAIL.value,)
    if kind in ARTICLE_KINDS:
        # Who writes articles may not open the desk for days.
        return (Way.APP.value, Way.MAIL.value)
    return (Way.APP.value,) if kind in QUIET_KINDS else (Way.APP.value, Way.PUSH.value)


# Before anybody chooses. A push needs a browser that was allowed to show it; of conversations no mail comes unasked.
DEFAULTS: dict[str, tuple[str, ...]] = {kind.value: _default(kind.value) for kind in Kind}


def ways_of(kind: str) -> tuple[str, ...]:
    """The ways there are for a kind: what is gathered over a week is a mail and nothing else."""
    return (Way.MAIL.value,) if kind == Kind.WEEKLY.value else tuple(Way.values)


def kinds_for(rights: frozenset[str]) -> list[Kind]:
    """The kinds that somebody with these rights can be told of."""
    return [kind for kind in Kind if NEEDS.get(kind.value, "conversations.read") in rights]
