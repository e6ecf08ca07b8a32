"""Trait: who answers at the moment, the bot or people. One writer at a time; a person never waits on the bot."""

from __future__ import annotations

from django.db import models, transaction

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class Holder(models.TextChoices):
    BOT = "bot"
    PEOPLE = "people"


class Held(models.Model):
    held_by = models.CharField(max_length=6, choices=Holder.choices, default=Holder.PEOPLE)
    automatic_turns = models.PositiveSmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    # What the customer asked, was shown and read before a person came: [{"kind": "asked"|"shown"|"read", ...}]
    tried = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    @transaction.atomic
    def hand_over(self, *, reason: str, by: CanAct) -> bool:
        """From the bot to people, once; first act wins. False: people had it already.

        reason  a code: asked, no_answer, turns, silent, answered, taken, merged
        """
        from handrail.core import clock

        taken = type(self).objects.filter(pk=self.pk, held_by=Holder.BOT)  # type: ignore[attr-defined]
        if not taken.update(held_by=Holder.PEOPLE, handed_over_at=clock.now()):
            return False
        self.held_by, self.handed_over_at = Holder.PEOPLE, clock.now()
        record("conversation.handed_over", self, by=by, reason=reason, whose_time="waiting")
        return True

    def step_in(self, *, reason: str, by: CanAct) -> bool:
        """Hand over where it is a colleague who acts: whoever answers or takes a chat has it, and the bot is silent.

        reason  a code: answered, taken
        """
        acts_for_us = by.as_actor().kind == "staff" and self.held_by == Holder.BOT
        return acts_for_us and self.hand_over(reason=reason, by=by)

    @transaction.atomic
    def add_tried(self, *entries: dict[str, object]) -> None:
        """Remember what was tried, newest last, at most fifty. What stands there already is not told twice, and a mail
        without words asked nothing."""
        known = {_told(entry) for entry in self.tried}
        fresh = {
            _told(entry): entry for entry in entries if says_something(entry) and _told(entry) not in known
        }
        self.tried = [*self.tried, *fresh.values()][-50:]
        self.save(update_fields=["tried"])


def says_something(entry: dict[str, object]) -> bool:
    """Whether an entry of `tried` is worth a line: a question has words."""
    return entry.get("kind") != "asked" or bool(str(entry.get("text") or "").strip())


def _told(entry: dict[str, object]) -> tuple[object, ...]:
    """What makes two entries the same to a reader: the kind, and the article or the words."""
    words = " ".join(str(entry.get("text") or "").split()).casefold()
    return (entry.get("kind"), entry.get("article") or words)
