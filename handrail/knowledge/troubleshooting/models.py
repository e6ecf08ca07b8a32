"""A troubleshooter, the draft its author draws, and every version people were shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.html import escape

from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.events.models import Event
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.products import Topic
from handrail.knowledge.troubleshooting import drawing
from handrail.knowledge.troubleshooting.checks import Problem, problems
from handrail.knowledge.troubleshooting.tree import Tree
from handrail.workspace.locales import LOCALES

ASKED = "troubleshooter.review_asked"
ENDS_ASKING = ("troubleshooter.drawn", "troubleshooter.published", "troubleshooter.withdrawn")


class NotReady(ValueError):
    """It can't be shown to people yet; `problems` says why."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(", ".join(sorted({problem.code for problem in found})))
        self.problems = found


class Overtaken(ValueError):
    """Somebody else saved since this draft was opened."""


class TroubleshooterQuerySet(models.QuerySet["Troubleshooter"]):
    def visible_to(self, viewer: Viewer) -> TroubleshooterQuerySet:
        """Those whose article the viewer may read and that were published."""
        readable = Article.objects.visible_to(viewer)
        return self.filter(published__isnull=False, article__in=readable).select_related(
            "published", "article__topic__product"
        )

    def listed(self) -> TroubleshooterQuerySet:
        """Without those of a product that was put away."""
        return self.filter(article__topic__product__put_away_at=None)

    def editable_by(self, viewer: Viewer) -> TroubleshooterQuerySet:
        """All of them for authors, none for others."""
        if "knowledge.write" not in viewer.rights:
            return self.none()
        return self.select_related("published", "article__topic__product__brand")

    def asked(self) -> TroubleshooterQuerySet:
        """Those a reviewer was asked to publish as they are drawn now."""
        facts = Event.objects.filter(subject_type=self.model._meta.label_lower)
        later = facts.filter(verb__in=ENDS_ASKING, subject_id=OuterRef("subject_id"), pk__gt=OuterRef("pk"))
        asking = facts.filter(~Exists(later), verb=ASKED, subject_id=OuterRef("pk"))
        return self.filter(Exists(asking), article__archived_at=None)


class Troubleshooter(models.Model):
    """A tree of questions. Its article is its face: title, words to find it by, topic, audience and address."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="troubleshooter")
    draft = models.JSONField(help_text="troubleshooting/tree.py says its shape")
    edition = models.PositiveIntegerField(default=1, help_text="how often the draft was saved")
    published = models.ForeignKey(
        "TroubleshooterVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TroubleshooterQuerySet.as_manager()

    class Meta:
        ordering = ["article__topic__product__position", "article__position", "pk"]

    def __str__(self) -> str:
        return f"troubleshooter {self.pk}"

    @classmethod
    @transaction.atomic
    def start(
        cls, topic: Topic, *, names: dict[str, str], by: CanAct, audience: str = Audience.PUBLIC
    ) -> Troubleshooter:
        """Begin a tree with its first question; nobody but authors sees it until it is published."""
        article = Article.start(topic, by=by, kind=Article.Kind.TROUBLESHOOTING, audience=audience)
        made = cls.objects.create(article=article, draft=drawing.empty(names))
        record("troubleshooter.started", made, by=by)
        return made

    @classmethod
    @transaction.atomic
    def begin_for(cls, article: Article, document: dict[str, Any], *, by: CanAct) -> Troubleshooter:
        """Begin the tree of an article that is here already, such as one that came in with its texts."""
        made = cls.objects.create(article=article, draft=document)
        record("troubleshooter.started", made, by=by)
        return made

    @property
    def drawn(self) -> Tree:
        return Tree.read(self.draft)

    @property
    def shown(self) -> Tree:
        """The tree people see. Raises ValueError where none was published."""
        if self.published is None:
            raise ValueError(f"troubleshooter {self.pk} was never published")
        return Tree.read(self.published.document)

    @property
    def is_changed(self) -> bool:
        """Whether the draft says something else than what people see."""
        return self.published is None or self.published.document != self.draft

    def problems(self) -> list[Problem]:
        """What is wrong with the draft, for those who may read it."""
        found = problems(self.drawn, audience=self.article.audience, segment=self.article.segment_id)
        return [Problem("archived"), *found] if self.article.archived_at else found

    @transaction.atomic
    def draw(self, document: dict[str, Any], *, by: CanAct, seen: int | None = None) -> None:
        """Keep a draft.

        seen  the edition its author began from; None where nobody else can have written

        Raises Overtaken where another edition was saved since; nothing is kept then.
        """
        edition = Troubleshooter.objects.select_for_update().values_list("edition", flat=True).get(pk=self.pk)
        if seen is not None and seen != edition:
            raise Overtaken(str(edition))
        self.draft, self.edition = document, edition + 1
        self.save(update_fields=["draft", "edition"])
        record("troubleshooter.drawn", self, by=by, edition=self.edition)

    @property
    def is_asked(self) -> bool:
        """Whether a reviewer was asked to publish the draft as it is."""
        return Troubleshooter.objects.filter(pk=self.pk).asked().exists()

    @transaction.atomic
    def ask_for_review(self, *, by: CanAct) -> None:
        """Hand the draft to whoever may publish it; drawing on takes it back from them. Raises NotReady as `publish` does."""
        self._be_ready()
        record(ASKED, self, by=by, edition=self.edition)

    @transaction.atomic
    def publish(self, *, by: CanAct) -> TroubleshooterVersion:
        """Show the draft to the article's readers. Raises NotReady where a check forbids it."""
        self._be_ready()
        version = self._shown_since(clock.now(), by)
        self._write_article(by)
        record("troubleshooter.published", self, by=by, version=version.number)
        self.article.topic.product.brand.touch()
        return version

    @transaction.atomic
    def publish_as_elsewhere(self, *, at: datetime | None, by: CanAct) -> TroubleshooterVersion:
        """Show the draft, whose article came in with its own texts.

        at  when it was published there; now if None

        Raises NotReady as `publish` does, and not for an archived article, which nobody is shown.
        """
        self._be_ready(even_if="archived")
        version = self._shown_since(at or clock.now(), by)
        record("troubleshooter.published", self, by=by, version=version.number)
        self.article.topic.product.brand.touch()
        return version

    @transaction.atomic
    def withdraw(self, *, by: CanAct) -> None:
        """Take it back from every page, search and answer; draft and versions stay."""
        for text in self.article.translations.all():
            text.withdraw(by=by)
        self.published = None
        self.save(update_fields=["published"])
        record("troubleshooter.withdrawn", self, by=by)
        self.article.topic.product.brand.touch(taken_back=True)

    def restore(self, version: TroubleshooterVersion, *, by: CanAct) -> None:
        """Make an earlier version the draft again; people see it once it is published."""
        self.draw(version.document, by=by)

    @transaction.atomic
    def solved(self, step: str, *, locale: str, by: CanAct) -> None:
        """Somebody says that the fix at `step` solved it."""
        record("troubleshooter.solved", self, by=by, step=step, locale=locale)

    def _be_ready(self, *, even_if: str = "") -> None:
        found = [each for each in self.problems() if each.is_blocking and each.code != (even_if or None)]
        if found:
            raise NotReady(found)

    def _shown_since(self, at: datetime, by: CanAct) -> TroubleshooterVersion:
        last = self.versions.aggregate(last=models.Max("number"))["last"] or 0
        author = by.as_actor()
        self.published = self.versions.create(
            number=last + 1,
            document=self.draft,
            author_kind=author.kind,
            author_id=author.id,
            published_at=at,
        )
        self.save(update_fields=["published"])
        return self.published

    def _write_article(self, by: CanAct) -> None:
        tree = self.drawn
        for locale in LOCALES:
            paragraphs = [line.strip() for line in tree.intro[locale].splitlines() if line.strip()]
            self.article.write(
                locale,
                title=tree.name[locale],
                html="".join(f"<p>{escape(line)}</p>" for line in paragraphs),
                aliases=tree.wordings[locale],
                by=by,
            )
            self.article.translations.get(locale=locale).publish(by=by)


class TroubleshooterVersion(models.Model):
    """A tree as people were shown it. Never changed once written."""

    troubleshooter = models.ForeignKey(Troubleshooter, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    author_kind = models.CharField(max_length=12)
    author_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["troubleshooter", "number"], name="troubleshooter_versions_count_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.troubleshooter_id} v{self.number}"
