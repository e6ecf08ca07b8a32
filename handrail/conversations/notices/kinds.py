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
    MAILBOX = "mailbox", _("A mailbox fails, or a mail came in that could not be read")


class Way(models.TextChoices):
    APP = "app", pgettext_lazy("way of notifying", "In the desk")
    MAIL = "mail", pgettext_lazy("way of notifying", "Mail")
    PUSH = "push", pgettext_lazy("way of notifying", "Push")


RANK = {kind.value: place for place, kind in enumerate(Kind)}
# Kinds that only some roles can be told of.
NEEDS = {Kind.MAILBOX.value: "console.inbound"}
# Before anybody chooses. A push needs a browser that was allowed to show it; nobody's letter box is filled unasked.
QUIET_KINDS = {Kind.TEAM.value, Kind.FOLLOWED.value, Kind.MAILBOX.value}
DEFAULTS: dict[str, tuple[str, ...]] = {
    kind.value: (Way.APP.value,) if kind.value in QUIET_KINDS else (Way.APP.value, Way.PUSH.value)
    for kind in Kind
}


def kinds_for(rights: frozenset[str]) -> list[Kind]:
    """The kinds that somebody with these rights can be told of."""
    return [kind for kind in Kind if NEEDS.get(kind.value, "conversations.read") in rights]
