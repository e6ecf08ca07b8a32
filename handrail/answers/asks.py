"""Every question asked, masked, with what we said: what the engine learns from and is judged by."""

from __future__ import annotations

from django.db import models, transaction

from handrail.channels.models import Inbox
from handrail.core import clock, ids
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.events.models import Event
from handrail.knowledge.models import Article, Product, Topic
from handrail.workspace.locales import LocaleField
from handrail.workspace.models import Brand


class Ask(models.Model):
    """One question and its outcome. The text holds no mail address, phone or order number."""

    class Outcome(models.TextChoices):
        ANSWER = "answer"
        CHOICES = "choices"
        HANDOVER = "handover"

    key = models.CharField(max_length=23, unique=True, default=ids.random_id)
    channel = models.CharField(max_length=20)
    locale = LocaleField()
    # Whose help centre, chat or mailbox it was asked in.
    brand = models.ForeignKey(Brand, null=True, on_delete=models.SET_NULL, related_name="+")
    inbox = models.ForeignKey(
        Inbox, null=True, on_delete=models.SET_NULL, related_name="+", help_text="of mail"
    )
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL, related_name="+")
    # The page it was asked from (asked_from.Page); the product above is what it was limited to.
    from_product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL, related_name="+")
    from_topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=1000)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    confidence = models.FloatField()
    is_provisional = models.BooleanField()
    # The articles offered, best first, with their confidences, and the measures behind the first.
    offered = models.JSONField(default=list)
    features = models.JSONField(default=dict)
    # Where several things were asked at once and each was answered: [article, its part of the question, masked].
    parts = models.JSONField(default=list)
    # The article from further down that stood in the place of the third choice, if one did (exploring.py).
    explored = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    solved_by = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    asker_kind = models.CharField(max_length=12)
    asker_id = models.BigIntegerField(null=True)
    # Fingerprints of the asker's browser or account and of the network it came from; "" where nobody can be told apart.
    asker_key = models.CharField(max_length=64, blank=True, default="")
    place = models.CharField(max_length=64, blank=True, default="")
    index_stamp = models.CharField(max_length=23, blank=True)
    fitting = models.ForeignKey("Fitting", null=True, on_delete=models.SET_NULL, related_name="+")
    models_used = models.CharField(max_length=120, blank=True)
    milliseconds = models.FloatField()
    # "" where no language model was asked, "said" where its words were shown, else why the quotation stood.
    phrasing = models.CharField(max_length=12, blank=True, default="")
    phrasing_milliseconds = models.FloatField(default=0.0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="asks_by_time"),
            models.Index(
                fields=["at"], condition=models.Q(explored__isnull=False), name="asks_that_explored"
            ),
            # Not of people alone: SQLite walks no partial index for a bound kind.
            models.Index(
                fields=["asker_id", "-at"], condition=models.Q(asker_id__isnull=False), name="asks_of_asker"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.text[:60]}"

    def wording_for(self, article: Article | None) -> str:
        """What of the question this article answers: its own part where there are several, else all of it."""
        number = article.pk if article else None
        return next((text for answered_by, text in self.parts if answered_by == number), self.text)

    @transaction.atomic
    def open(self, article: Article, *, by: CanAct) -> None:
        """The asker opened this article from what was offered. A second time changes nothing."""
        told = Event.objects.about(self).filter(verb="ask.opened")
        if article.pk not in [data.get("article") for data in told.values_list("data", flat=True)]:
            record("ask.opened", self, by=by, article=article.pk, channel=self.channel)

    @transaction.atomic
    def solve(self, article: Article, *, by: CanAct) -> None:
        """The asker says that this article solved it. A second time changes nothing."""
        if self.solved_by_id is not None:
            return
        self.solved_by = article
        self.save(update_fields=["solved_by"])
        record("ask.solved", self, by=by, article=article.pk, channel=self.channel)

    @transaction.atomic
    def rate(self, article: Article, *, is_helpful: bool, by: CanAct) -> None:
        """The asker says of an article that this question led to whether it helped."""
        record("ask.rated", self, by=by, article=article.pk, is_helpful=is_helpful, channel=self.channel)

    @transaction.atomic
    def refuse(self, *, by: CanAct) -> None:
        """The asker says that nothing offered helps. A second time changes nothing."""
        if Event.objects.about(self).filter(verb="ask.refused").exists():
            return
        record("ask.refused", self, by=by, channel=self.channel)
