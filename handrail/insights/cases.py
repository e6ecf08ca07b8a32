"""Cases: each time that somebody did not get what they asked for, or got a reply that was written by hand."""

from __future__ import annotations

from django.db import models

from handrail.answers.asks import Ask
from handrail.conversations.models import Conversation, Message
from handrail.core import clock
from handrail.insights.gaps import Gap
from handrail.knowledge.audiences import Audience
from handrail.knowledge.models import Article, Feedback
from handrail.workspace.locales import LocaleField


class Case(models.Model):
    """`key` names what it was made from, so that nothing counts twice; `asker` one person, as far as we can tell."""

    class Source(models.TextChoices):
        NOTHING = "nothing"  # there was nothing to offer
        ABSTAINED = "abstained"  # something came close, not close enough to be said
        REFUSED = "refused"  # "none of these"
        CONTACTED = "contacted"  # asked a person afterwards
        DISLIKED = "disliked"  # said of the article it led to that it did not help
        AGAIN = "again"  # answered, and asked again in other words
        NOT_MY_QUESTION = "not_mine"  # a reader's verdict on an article, in words
        REPLY = "reply"  # written by a colleague

    gap = models.ForeignKey(Gap, null=True, on_delete=models.SET_NULL, related_name="cases")
    source = models.CharField(max_length=9, choices=Source.choices)
    key = models.CharField(max_length=40, unique=True)
    text = models.CharField(
        max_length=1000, help_text="masked; empty for a reply, which stays in its message"
    )
    text_key = models.BigIntegerField()
    locale = LocaleField()
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    asker = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)
    # The article that came nearest, was read or was voted on.
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    ask = models.ForeignKey(Ask, null=True, on_delete=models.CASCADE, related_name="+")
    feedback = models.ForeignKey(Feedback, null=True, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["gap", "-at"], name="cases_of_gap"),
            models.Index(fields=["id"], condition=models.Q(gap=None), name="cases_waiting"),
            models.Index(fields=["text_key", "locale"], name="cases_of_wording"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.text[:60]}"
