"""One question and what came of it: what was said, what was opened, whether a person was needed after all."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Coalesce

from handrail.accounts.viewer import Viewer
from handrail.answers.asks import Ask
from handrail.conversations.models import Conversation
from handrail.knowledge.audiences import Audience
from handrail.knowledge.models import Article, Product
from handrail.workspace.locales import LocaleField
from handrail.workspace.models import Brand


class JourneyQuerySet(models.QuerySet["Journey"]):
    def visible_to(self, viewer: Viewer) -> JourneyQuerySet:
        """Questions an author may know of: an employee's only where employees' articles may be read."""
        if "knowledge.write" not in viewer.rights:
            return self.none()
        return self.filter(audience__in=viewer.audiences)

    def leading_to(self, article: int) -> JourneyQuerySet:
        """Questions of which this article was opened, or quoted where none was opened."""
        return self.filter(Q(opened=article) | Q(opened=None, outcome=Ask.Outcome.ANSWER, first=article))

    def led(self) -> dict[int, int]:
        """article -> how many of these questions led to it."""
        quoted = Case(When(outcome=Ask.Outcome.ANSWER, then=F("first")))
        rows = self.order_by().values_list(Coalesce("opened", quoted)).annotate(n=Count("pk"))
        return {article: count for article, count in rows if article is not None}

    def between(self, first: date, last: date) -> JourneyQuerySet:
        """Asked on these days of the site's zone, both included."""
        return self.filter(day__gte=first, day__lte=last)


class Journey(models.Model):
    """Built from an Ask and the facts that followed it; the words stay with the Ask."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="journey")
    day = models.DateField(help_text="of the site's zone")
    channel = models.CharField(max_length=20)
    locale = LocaleField()
    audience = models.CharField(max_length=10, choices=Audience.choices)
    brand = models.ForeignKey(Brand, null=True, on_delete=models.SET_NULL, related_name="+")
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL, related_name="+")
    text_key = models.BigIntegerField(help_text="wordings.text_key")
    outcome = models.CharField(max_length=8, choices=Ask.Outcome.choices)
    # The article the engine put first, shown or not.
    first = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    opened = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="+")
    is_contacted = models.BooleanField(default=False)
    is_solved = models.BooleanField(default=False)
    is_refused = models.BooleanField(default=False)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        indexes = [
            # Holds all that the lists of questions group and filter by, so that they read the index alone.
            models.Index(
                fields=[
                    *("day", "locale", "channel", "brand", "audience"),
                    *("outcome", "is_contacted", "text_key", "ask"),
                ],
                name="journeys_by_day_and_brand",
            ),
            models.Index(fields=["text_key", "day"], name="journeys_of_wording"),
            models.Index(fields=["first", "day"], name="journeys_to_article"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}"
