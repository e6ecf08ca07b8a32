"""Gaps: what people asked in vain, put together by meaning, and replies that are written again and again.

A gap is open until an author begins an article for it (in work), says why none is wanted (dismissed), or its questions are
answered (closed). It comes back by itself where people go on asking in vain.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.events.models import Event
from handrail.knowledge.audiences import Audience
from handrail.knowledge.models import Article
from handrail.workspace.locales import LocaleField

ASKED_BY_AT_LEAST = 2  # people; what one asked once is no gap yet
SENT_AT_LEAST = 3  # conversations that got nearly the same reply
WEEKS = 8  # of the trend
ACTS = ("gap.begun", "gap.dismissed", "gap.closed")
AGAIN = 2  # people who ask in vain once more bring a closed gap back


class GapQuerySet(models.QuerySet["Gap"]):
    def visible_to(self, viewer: Viewer) -> GapQuerySet:
        """Gaps an author may know of: never what private teams reply, employees' questions as their articles."""
        if "knowledge.write" not in viewer.rights:
            return self.none()
        return self.filter(Q(team=None) | Q(team__is_private=False), audience__in=viewer.audiences)

    def worth_showing(self) -> GapQuerySet:
        """Where enough people asked, or enough conversations got a reply with words in common."""
        return self.filter(
            Q(kind=Gap.Kind.QUESTION, people__gte=ASKED_BY_AT_LEAST)
            | Q(kind=Gap.Kind.REPLY, people__gte=SENT_AT_LEAST) & ~Q(title="")
        )

    def ranked(self) -> GapQuerySet:
        """Whatever most people miss now comes first."""
        return self.order_by("-score", "-last_at", "-pk")


class Gap(models.Model):
    """`people` counts who asked, or conversations that got the reply; `weeks` the same by week, the newest last."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        REPLY = "reply"

    class State(models.TextChoices):
        OPEN = "open", _("Not begun")
        IN_WORK = "in_work", _("In work")
        CLOSED = "closed", _("Answered now")
        DISMISSED = "dismissed", _("Dismissed")

    class Reason(models.TextChoices):
        NOT_OURS = "not_ours", _("Nothing to do with us")
        IN_PERSON = "in_person", _("People should answer this")
        KNOWN = "known", _("Already covered elsewhere")
        NOISE = "noise", _("No real question")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=9, choices=Reason.choices, blank=True)
    locale = LocaleField()
    audience = models.CharField(max_length=10, choices=Audience.choices)
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    people = models.PositiveIntegerField(default=0)
    cases_counted = models.PositiveIntegerField(default=0)
    lately = models.PositiveIntegerField(default=0, help_text="people of the last 28 days")
    weeks = models.JSONField(default=list)
    score = models.FloatField(default=0.0)
    first_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    people_when_decided = models.PositiveIntegerField(default=0)
    # The sum of the vectors of its questions and how many they are (grouping.py), or what marks a reply (replies.py).
    center = models.BinaryField(null=True)
    vectors = models.PositiveIntegerField(default=0)
    model = models.CharField(max_length=120, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-score"], name="gaps_by_rank")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="dismissed") ^ Q(reason=""), name="what_is_dismissed_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title[:60]}"

    @transaction.atomic
    def begin(self, article: Article, *, by: CanAct) -> None:
        """An article is to answer it: from now on the gap is in work."""
        self._become(self.State.IN_WORK, article=article)
        record("gap.begun", self, by=by, article=article.pk, people=self.people)

    @transaction.atomic
    def dismiss(self, reason: str, *, by: CanAct) -> None:
        """No article is wanted, for this reason. Raises ValueError for a reason that is none."""
        self._become(self.State.DISMISSED, reason=self.Reason(reason))
        record("gap.dismissed", self, by=by, reason=reason, people=self.people)

    @transaction.atomic
    def close(self, article: Article | None, *, by: CanAct) -> None:
        """Its questions are answered now."""
        self._become(self.State.CLOSED, article=article)
        record("gap.closed", self, by=by, article=article.pk if article else None)

    @transaction.atomic
    def reopen(self, *, by: CanAct) -> None:
        """It waits for somebody again."""
        self._become(self.State.OPEN, article=self.article)
        record("gap.reopened", self, by=by, people=self.people)

    def _become(self, state: str, *, article: Article | None = None, reason: str = "") -> None:
        self.state, self.article, self.reason = state, article, reason
        self.decided_at, self.people_when_decided = clock.now(), self.people
        self.save(update_fields=["state", "article", "reason", "decided_at", "people_when_decided"])


def acted_on(viewer: Viewer, *, since: date) -> tuple[int, int]:
    """Of the gaps first seen since then that are worth showing: on how many a person acted, and how many there are.

    What the clock alone closed was acted on by nobody; what somebody opened again waits like every other.
    """
    raised = Gap.objects.visible_to(viewer).worth_showing().filter(first_at__date__gte=since)
    person = Event.objects.filter(
        subject_type=Gap._meta.label_lower,
        subject_id=models.OuterRef("pk"),
        verb__in=ACTS,
        actor_kind="staff",
    )
    by_people = Q(was_acted_on=True) & ~Q(state=Gap.State.OPEN)
    counted = raised.annotate(was_acted_on=models.Exists(person)).aggregate(
        acted=models.Count("pk", filter=by_people), raised=models.Count("pk")
    )
    return counted["acted"], counted["raised"]


def come_back(gaps: list[int], *, by: CanAct) -> int:
    """Reopen those closed gaps that people went on asking about in vain. Returns how many."""
    closed = Gap.objects.filter(
        pk__in=gaps, state=Gap.State.CLOSED, people__gte=F("people_when_decided") + AGAIN
    )
    found = list(closed)
    for gap in found:
        gap.reopen(by=by)
    return len(found)


LATELY = timedelta(days=28)
