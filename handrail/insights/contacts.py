"""Who asked a person although they had read an article, or had been quoted it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from handrail.conversations.models import Conversation, Message
from handrail.core import clock
from handrail.knowledge.models import Article
from handrail.workspace.locales import LocaleField

READ = ("read", "no_help")


class ReadContact(models.Model):
    """One conversation with a person after one article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    locale = LocaleField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "conversation"], name="a_contact_after_reading_once")
        ]
        indexes = [
            models.Index(fields=["article", "at"], name="contacts_after_article"),
            models.Index(fields=["at"], name="contacts_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} -> #{self.conversation_id}"


def note_contacts(numbers: Iterable[int]) -> int:
    """Note for conversations that people now have which articles came before. Safe to run twice. Returns new rows."""
    conversations = list(Conversation.objects.filter(pk__in=list(numbers)))
    read: dict[int, set[int]] = {each.pk: _read(each.tried, each.about) for each in conversations}
    said = Message.objects.filter(conversation__in=conversations, author_kind="bot")
    for number, data in said.values_list("conversation", "data"):
        if isinstance(quoted := (data.get("answer") or {}).get("article"), int):
            read[number].add(quoted)
    wanted = {article for articles in read.values() for article in articles}
    known = set(Article.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    rows = [
        ReadContact(
            article_id=article,
            conversation=each,
            locale=each.locale,
            at=each.handed_over_at or each.created_at,
        )
        for each in conversations
        for article in sorted(read[each.pk] & known)
    ]
    before = ReadContact.objects.count()
    ReadContact.objects.bulk_create(rows, ignore_conflicts=True)
    return ReadContact.objects.count() - before


def _read(tried: list[Any], about: dict[str, Any]) -> set[int]:
    found = {entry.get("article") for entry in tried if isinstance(entry, dict) and entry.get("kind") in READ}
    found.add(about.get("article"))
    return {article for article in found if isinstance(article, int)}
