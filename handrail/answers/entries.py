"""What can be found: one row for each wording of each article, and one vector for each wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from handrail.accounts.viewer import Viewer
from handrail.answers.encoder import is_foreign
from handrail.core import ids
from handrail.core.prepared import sql_of
from handrail.knowledge.audiences import KEY_LENGTH_MAX, keys_of
from handrail.knowledge.models import Article, Product
from handrail.workspace.locales import LocaleField


class IndexState(models.Model):
    """One row: which state the index is in, and the sums that scores need."""

    # Random, so that a restored backup or a rolled-back change never looks like a state seen before.
    stamp = models.CharField(max_length=23, default=ids.random_id)
    entries = models.PositiveIntegerField(default=0)
    word_terms = models.PositiveBigIntegerField(default=0)
    gram_terms = models.PositiveBigIntegerField(default=0)
    letter_terms = models.PositiveBigIntegerField(default=0)
    # Where questions asked from a page were solved: kind of page -> counts (asked_from.count_habits).
    habits = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.stamp

    @classmethod
    def now(cls) -> IndexState:
        """The state as committed; an unsaved empty one before the first article."""
        found = cls.objects.raw(*sql_of("state of the index", lambda: cls.objects.order_by("pk")[:1]))
        return next(iter(found), None) or cls(stamp="")

    @classmethod
    def move(
        cls,
        *,
        entries: int = 0,
        terms: tuple[int, int, int] = (0, 0, 0),
        habits: dict[str, list[int]] | None = None,
    ) -> None:
        """Add to the sums, put the habits if given, and give the index a new stamp, in the caller's transaction."""
        state, _made = cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=state.pk).update(
            stamp=ids.random_id(),
            **({} if habits is None else {"habits": habits}),
            entries=models.F("entries") + entries,
            word_terms=models.F("word_terms") + terms[0],
            gram_terms=models.F("gram_terms") + terms[1],
            letter_terms=models.F("letter_terms") + terms[2],
        )

    def mean_lengths(self) -> tuple[float, float, float]:
        """Terms a row, for word, gram and letter; never zero."""
        rows = max(1, self.entries)
        sums = (self.word_terms, self.gram_terms, self.letter_terms)
        return tuple(max(1.0, total / rows) for total in sums)  # type: ignore[return-value]


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, viewer: Viewer) -> EntryQuerySet:
        """Rows of articles the viewer may read, learned wordings only where the viewer may know them."""
        return self.read_with(keys_of(viewer))

    def read_with(self, keys: frozenset[str]) -> EntryQuerySet:
        """As `visible_to`, of a viewer whose `keys_of` are known already."""
        return self.filter(audience__in=keys)

    def scoped(self, product: Product | int | None) -> EntryQuerySet:
        """Rows below one product, and past questions that nothing answers; all without one."""
        if product is None:
            return self
        return self.filter(models.Q(product=product) | models.Q(article=None))

    def with_meaning(self, model: str) -> EntryQuerySet:
        """Rows that have a vector of this model once the worker came by: to somebody else's server no passage is sent."""
        return self.exclude(kind=Entry.Kind.PASSAGE) if is_foreign(model) else self

    def of_other_analysis(self, analyser: str) -> EntryQuerySet:
        """Rows whose terms were made by another analyser than this."""
        return self.exclude(analyser=analyser)


@dataclass(frozen=True)
class Within:
    """Which rows a question is asked of.

    keys     audience keys of who asks (audiences.keys_of)
    product  only rows below it; all without one
    without  a text hash whose rows are left out, so that a past question can't find itself when we measure
    """

    keys: frozenset[str]
    product: int | None = None
    without: str = ""

    def rows(self) -> EntryQuerySet:
        return self.of(self.without)

    def of(self, without: str) -> EntryQuerySet:
        """The rows with another hash left out: for SQL that is kept, in which it is a value."""
        return Entry.objects.read_with(self.keys).scoped(self.product).exclude(text_hash=without)

    @property
    def shape(self) -> tuple[frozenset[str], int | None]:
        """What the SQL of `of` depends on."""
        return self.keys, self.product


class Entry(models.Model):
    """One wording that leads to an article, in one language, with its terms."""

    class Kind(models.TextChoices):
        TITLE = "title"
        ALIAS = "alias"
        QUESTION = "question"
        HEADING = "heading"
        PASSAGE = "passage"

    # Empty only for past questions that no article answers: they teach when to stay silent.
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(Product, null=True, on_delete=models.CASCADE, related_name="+")
    label = models.ForeignKey("Label", null=True, on_delete=models.CASCADE, related_name="entries")
    locale = LocaleField()
    audience = models.CharField(max_length=KEY_LENGTH_MAX, help_text="knowledge.audiences.key_of")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    position = models.PositiveIntegerField(default=0)
    text = models.TextField(help_text="as people read it")
    below = models.TextField(default="", help_text="of a passage: the title and the heading it stands below")
    text_hash = models.CharField(max_length=32, help_text="of `whole`")
    terms = models.BinaryField(help_text="analysis/terms.py, pack")
    analyser = models.CharField(max_length=40)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["text_hash"], name="entries_of_text"),
            models.Index(fields=["analyser"], name="entries_of_analyser"),
            models.Index(fields=["article", "locale"], name="entries_of_article"),
        ]
        constraints = [
            models.CheckConstraint(
                name="only_a_past_question_lacks_an_article",
                condition=models.Q(article__isnull=False) | models.Q(kind="question"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text[:40]}"

    @property
    def whole(self) -> str:
        """The text that its meaning is read of: a passage says what it is about only below its headings."""
        return f"{self.below}\n{self.text}" if self.below else self.text


class VectorQuerySet(models.QuerySet["Vector"]):
    def by(self, model: str) -> VectorQuerySet:
        return self.filter(model=model)


class Vector(models.Model):
    """The meaning of one wording and of its pieces (encoder.py), kept by what was written, whoever wrote it."""

    text_hash = models.CharField(max_length=32)
    model = models.CharField(max_length=60)
    numbers = models.BinaryField(help_text="in half precision")
    pieces = models.BinaryField(default=bytes, help_text="encoder.py, pieces_from")

    objects = VectorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text_hash", "model"], name="one_vector_a_text_and_model")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.text_hash}"


def wanting(model: str) -> models.QuerySet[Any]:
    """Rows without a vector of this model."""
    known = Vector.objects.by(model).filter(text_hash=models.OuterRef("text_hash"))
    return Entry.objects.with_meaning(model).filter(~models.Exists(known))
