"""Who read an article: people who are signed in, once a day each, for those who answer them. Of anybody else nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Person
from handrail.core import clock
from handrail.knowledge.articles import Article


class PersonReading(models.Model):
    """`at` is when they opened it first on that day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "article", "day"], name="a_person_reads_an_article_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["person", "-at"], name="articles_read_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.article_id} {self.day}"


def note_reader(article: Article, *, viewer: Viewer) -> None:
    """Put down that this person opened the article today. Nothing for a colleague, a guest of one conversation, or somebody who
    is not signed in. A count of days, not a fact: nothing is recorded on the ledger."""
    is_guest = viewer.only is not None or not viewer.is_signed_in
    if viewer.is_staff or is_guest or viewer.person_id is None:
        return
    today = clock.now().date()
    PersonReading.objects.get_or_create(person_id=viewer.person_id, article=article, day=today)


def read_by(people: Iterable[int]) -> models.QuerySet[PersonReading]:
    """What these contacts read, the latest first."""
    return PersonReading.objects.filter(person__in=people).order_by("-at", "-pk")
