"""The conversation: one need of one person, composed of small traits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Organisation, Person
from handrail.conversations.assignment import Assignable
from handrail.conversations.deleting import Deletable
from handrail.conversations.endpoints import Participant
from handrail.conversations.forms import RequestForm
from handrail.conversations.holding import Held, Holder
from handrail.conversations.labels import Labelled
from handrail.conversations.participation import Participation, refuse_ours
from handrail.conversations.ranking import RANK, SINCE
from handrail.conversations.snoozing import Snoozing
from handrail.conversations.sorting import HELD_ORDERS, LISTED
from handrail.conversations.status import SETTABLE, UNSOLVED, HasStatus, Status
from handrail.conversations.talking import Talking
from handrail.conversations.turning import Turning
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.ids import random_id
from handrail.workspace.arranged import KEY_MOST
from handrail.workspace.models import Brand


class Shelf(models.TextChoices):
    """Where a conversation lies for those who answer: in the queue, put aside for a while, still with the bot, or over."""

    QUEUE = "queue"
    SNOOZED = "snoozed"
    BOT = "bot"
    OVER = "over"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, viewer: Viewer) -> ConversationQuerySet:
        """What this viewer may see; everything else does not exist for them. Side conversations are in nobody's lists.

        Staff: all but other private teams'. A guest link: its one conversation. A person whose address is
        proved: those they take part in, what their organisation shares with them, and one that a guest link opened
        meanwhile; one that was only claimed in their name not before it is confirmed. A visitor's browser: besides these, those it began. Nobody: a deleted one.
        """
        return self.filter(LISTED)._seen_by(viewer)

    def open_to(self, viewer: Viewer) -> ConversationQuerySet:
        """What is visible, and for colleagues the side conversations of these (see sides.py)."""
        seen = Conversation.objects.visible_to(viewer)
        if "conversations.read" not in viewer.rights:
            return self.filter(seen.contain("pk"))
        return self.filter(Q(seen.contain("pk")) | Q(seen.contain("side_of")))

    def contain(self, row: str) -> Exists:
        """Whether the conversation that a row names is one of these; `row` is the row's field, for `filter`.

        Asked of each row. `IN (SELECT …)` has SQLite list all conversations before it looks at the first.
        """
        return Exists(self.filter(pk=OuterRef(row)))

    def their_own(self, viewer: Viewer) -> ConversationQuerySet:
        """Of these the ones a customer sees as theirs, and not by their organisation's sharing."""
        return self.visible_to(replace(viewer, reads_organisations=frozenset()))

    def shared_with(self, viewer: Viewer) -> ConversationQuerySet:
        """Of these the ones they see by their organisation's sharing alone."""
        if not viewer.reads_organisations:
            return self.none()
        own = Conversation.objects.their_own(viewer)
        return self.visible_to(viewer).exclude(own.contain("pk"))

    def deleted(self, viewer: Viewer) -> ConversationQuerySet:
        """Those that were deleted and can be restored, for who may."""
        if "conversations.delete" not in viewer.rights:
            return self.none()
        return self.filter(deleted_at__isnull=False, side_of=None)._seen_by(viewer)

    def _seen_by(self, viewer: Viewer) -> ConversationQuerySet:
        if "conversations.read" in viewer.rights:
            return self._outside(viewer)
        if viewer.is_staff:
            return self.none()
        every = Conversation.objects
        theirs: list[models.QuerySet[Any, Any]] = []
        if viewer.only is not None:
            theirs.append(every.filter(pk=viewer.only).values("pk"))
        elif viewer.person_id and viewer.assurance >= 2:
            theirs.append(_taken_part_in(viewer.person_id))
            if viewer.beside is not None:
                theirs.append(every.filter(pk=viewer.beside).values("pk"))
            if viewer.reads_organisations:
                theirs.append(every.filter(organisation__in=viewer.reads_organisations).values("pk"))
        if viewer.chat_key:
            theirs.append(every.of_browser(viewer.chat_key).values("pk"))
        # Each by its own index. One condition with OR between them reads all conversations.
        return self.filter(pk__in=theirs[0].union(*theirs[1:]) if theirs[1:] else theirs[0] if theirs else [])

    def _outside(self, viewer: Viewer) -> ConversationQuerySet:
        """All but those of private teams the viewer is not in."""
        if viewer.hidden_team_ids is None:
            return self.filter(Q(team=None) | Q(team__is_private=False) | Q(team__in=viewer.team_ids))
        if not viewer.hidden_team_ids:
            return self
        return self.filter(Q(team=None) | ~Q(team__in=viewer.hidden_team_ids))

    def unsolved(self) -> ConversationQuerySet:
        """Not solved, not closed, not put aside, and with people rather than with the bot."""
        return self.filter(shelf=Shelf.QUEUE)

    def queued(self) -> ConversationQuerySet:
        """Those that wait for a first word of a person of ours and that nobody has taken."""
        return self.filter(queue_rank__isnull=False)

    def unassigned(self) -> ConversationQuerySet:
        return self.filter(assignee=None)

    def of_browser(self, key: str) -> ConversationQuerySet:
        """Begun in this browser. That the key is none that is empty is said too: the index is of the others."""
        return self.filter(chat_key=key).exclude(chat_key="")

    def of(self, user_id: int) -> ConversationQuerySet:
        return self.filter(assignee=user_id)

    def before(self, at: datetime, number: int) -> ConversationQuerySet:
        """Those after (at, number) in a list that shows first what last asked for attention."""
        # The first term alone is a range of the index; the second only settles ties.
        return self.filter(listed_at__lte=at).filter(Q(listed_at__lt=at) | Q(number__lt=number))

    def following(self, at: datetime, number: int) -> ConversationQuerySet:
        """As `before`, in a list that shows last what last asked for attention."""
        return self.filter(listed_at__gte=at).filter(Q(listed_at__gt=at) | Q(number__gt=number))

    def oldest_first(self) -> ConversationQuerySet:
        return self.order_by("listed_at", "number")

    def newest_first(self) -> ConversationQuerySet:
        return self.order_by("-listed_at", "-number")


def _taken_part_in(person: int) -> models.QuerySet[Participant, Any]:
    """Numbers of conversations of a person who is signed in: what was claimed in their name only where a colleague copied them."""
    people = Person.objects.signing_in_as(person).values("pk")
    asked = Q(conversation__is_claimed=False) | Q(role=Participant.Role.COPIED)
    return Participant.objects.filter(asked, person__in=people, left_at=None).values("conversation")


class Conversation(
    Talking, Deletable, Snoozing, Turning, HasStatus, Assignable, Labelled, Held, Participation, models.Model
):
    """`number` is what people quote (#1042); `public_id` is what links and streams carry. Neither is a permission."""

    number = models.BigAutoField(primary_key=True)
    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="conversations")
    channel = models.CharField(max_length=8, help_text="where it began: mail, chat or form")
    locale = models.CharField(max_length=5, default="ko")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conversations")
    # Whose members it may be shared with: the requester's when they asked, as far as it was shown that they did.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    submitter_kind = models.CharField(max_length=12)
    submitter_id = models.BigIntegerField(null=True)
    chat_key = models.CharField(
        max_length=64, blank=True, help_text="fingerprint of the browser that began it"
    )
    form = models.ForeignKey(
        RequestForm, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    # What it is about, as codes the rooms above understand: {"product": 3, "article": 12}.
    about = models.JSONField(default=dict, blank=True)
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    merged_at = models.DateTimeField(null=True, blank=True)
    status_before = models.CharField(
        max_length=KEY_MOST, blank=True, help_text="of a merged one, to go back to; as set_status takes it"
    )
    # A side conversation hangs on its ticket; `side_news_at` is an answer in it that nobody has read (see sides.py).
    side_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="sides", db_index=False
    )
    side_news_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    # One equality for the lists, because neither database walks a partial index for a bound list of statuses.
    shelf = models.GeneratedField(
        expression=Case(
            When(~Q(status__in=UNSOLVED), then=Value(Shelf.OVER.value)),
            When(snoozed_until__isnull=False, then=Value(Shelf.SNOOZED.value)),
            When(held_by=Holder.BOT.value, then=Value(Shelf.BOT.value)),
            default=Value(Shelf.QUEUE.value),
        ),
        output_field=models.CharField(max_length=7, choices=Shelf.choices),
        db_persist=True,
    )
    # The order of the queue (ranking.py): none for who does not wait for a first word of ours.
    queue_rank = models.GeneratedField(
        expression=RANK, output_field=models.SmallIntegerField(null=True), db_persist=True
    )
    queued_at = models.GeneratedField(expression=SINCE, output_field=models.DateTimeField(), db_persist=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["status", "-listed_at", "-number"], name="conversations_by_status"),
            models.Index(
                fields=["assignee", "status", "-listed_at", "-number"], name="conversations_of_agent"
            ),
            # Of those that lists show, so that their counts are read off the index alone.
            models.Index(
                fields=["shelf", "-listed_at", "-number"], condition=LISTED, name="conversations_on_shelf"
            ),
            models.Index(
                fields=["assignee", "shelf", "-listed_at", "-number"],
                condition=LISTED,
                name="conversations_shelf_of",
            ),
            models.Index(
                fields=["team", "shelf", "-listed_at", "-number"],
                condition=LISTED,
                name="conversations_shelf_of_team",
            ),
            # With all that counting in a mailbox asks of a row (per_mailbox.py), so that no row is read for it.
            models.Index(
                fields=[
                    *("lies_in", "shelf", "-listed_at", "-number"),
                    *("team", "last_seq", "last_message_from"),
                ],
                condition=LISTED,
                name="conversations_lying_in_mailbox",
            ),
            models.Index(
                fields=["snoozed_until"],
                condition=Q(snoozed_until__isnull=False),
                name="conversations_to_wake",
            ),
            models.Index(
                fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="conversations_deleted"
            ),
            models.Index(
                fields=["queue_rank", "queued_at", "number"],
                condition=Q(queue_rank__isnull=False),
                name="conversations_in_queue",
            ),
            models.Index(
                fields=["team", "queue_rank", "queued_at", "number"],
                condition=Q(queue_rank__isnull=False),
                name="conversations_in_queue_of_team",
            ),
            # A whole index would be taken for the lists, which ask for those that hang on nothing.
            models.Index(fields=["side_of"], condition=Q(side_of__isnull=False), name="conversations_aside"),
            # Of the few that have one: the whole index, counted with all that have none, looks worthless and is not used.
            models.Index(
                fields=["follows"], condition=Q(follows__isnull=False), name="conversations_following_one"
            ),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="conversations_merged"
            ),
            models.Index(
                fields=["-side_news_at"],
                condition=Q(side_news_at__isnull=False),
                name="conversations_with_side_news",
            ),
            models.Index(
                fields=["organisation", "-created_at"],
                condition=Q(organisation__isnull=False),
                name="conversations_of_organisation",
            ),
            models.Index(
                fields=["custom_status", "-listed_at", "-number"],
                condition=Q(custom_status__isnull=False),
                name="conversations_by_own_status",
            ),
            models.Index(fields=["requester", "-created_at"], name="conversations_of_person"),
            models.Index(fields=["chat_key"], condition=~Q(chat_key=""), name="conversations_of_browser"),
            *HELD_ORDERS,
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | Q(closed_at__isnull=False),
                name="closed_conversation_has_date",
            ),
            models.CheckConstraint(
                condition=Q(custom_status=None) | Q(status__in=SETTABLE),
                name="only_a_settable_status_has_one_of_ours",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @transaction.atomic
    def give_to(self, person: Person, *, by: CanAct) -> None:
        """Make another person the requester: they read and write here from now on, the former one no longer does.

        Whoever is in copy stays. Raises OwnAddress for who has one of ours.
        """
        old = self.requester
        if old.pk == person.pk:
            return
        refuse_ours(person)
        self.participants.filter(person=old).update(left_at=clock.now(), role="copied")
        self.endpoints.filter(person=old).update(is_active=False)
        self.participants.update_or_create(person=person, defaults={"role": "requester", "left_at": None})
        # The browser that began it belongs to whoever asked before.
        self.requester, self.chat_key, self.organisation = person, "", person.organisation
        # Whoever moves it says whose it is.
        self.is_claimed = False
        self.save(update_fields=["requester", "chat_key", "organisation", "is_claimed"])
        record("conversation.requester_changed", self, by=by, old=old.pk, person=person.pk)

    @property
    def takes_replies(self) -> bool:
        """As of its traits; a side conversation for as long as its ticket is there."""
        if self.side_of is not None:
            return self.side_of.deleted_at is None
        return super().takes_replies

    @property
    def holds_code(self) -> bool:
        """Whether a mail in it seems to bring a code or link that proves an address."""
        return self.messages.filter(direction="in", data__code=True).exists()

    @property
    def survivor(self) -> Conversation:
        """Itself, or the conversation it was merged into."""
        return self.merged_into.survivor if self.merged_into else self
