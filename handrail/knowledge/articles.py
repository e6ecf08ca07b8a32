"""Articles: one thing we know, its text in each language, and every revision of each text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Prefetch

from handrail.accounts.viewer import Viewer
from handrail.contacts.segments import Segment
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.html import VERSION as CLEANER_VERSION
from handrail.core.html import clean, to_text
from handrail.knowledge.audiences import Audience, Audienced, readable_by
from handrail.knowledge.products import Topic
from handrail.workspace.locales import LocaleField, best


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, viewer: Viewer) -> ArticleQuerySet:
        """Published articles whose audience the viewer belongs to. What is not here does not exist for them."""
        published = Translation.objects.filter(article=OuterRef("pk"), published__isnull=False)
        return self.filter(readable_by(viewer), Exists(published))

    def with_published(self) -> ArticleQuerySet:
        """Loads what a page or list shows: published texts, topic and product with their names."""
        texts = Translation.objects.filter(published__isnull=False).select_related("published")
        return self.prefetch_related(
            Prefetch("translations", texts), Prefetch("topic", Topic.objects.with_texts())
        )


class Article(Audienced):
    """One thing we know. Its texts are translations; where and for whom it stands is here."""

    class Kind(models.TextChoices):
        FAQ = "faq"
        HOW_TO = "how-to"
        TROUBLESHOOTING = "troubleshooting"
        VIDEO = "video"
        NEWS = "news"
        POLICY = "policy"

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="articles")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.HOW_TO)
    is_pinned = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    source = models.CharField(
        max_length=300, blank=True, help_text="where an import found it; a second run finds it again"
    )
    related = models.ManyToManyField("self", symmetrical=False, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["topic", "audience"], name="articles_of_topic")]
        constraints = [
            *Audienced.Meta.constraints,
            models.UniqueConstraint(
                fields=["source"], condition=~models.Q(source=""), name="an_import_source_is_one_article"
            ),
        ]

    def __str__(self) -> str:
        return f"article {self.pk}"

    @classmethod
    @transaction.atomic
    def start(
        cls,
        topic: Topic,
        *,
        by: CanAct,
        kind: str = Kind.HOW_TO,
        audience: str = Audience.PUBLIC,
        segment: Segment | None = None,
        source: str = "",
        position: int = 0,
    ) -> Article:
        """Begin an article without text; nobody but authors sees it until a translation is published."""
        article = cls.objects.create(
            topic=topic, kind=kind, audience=audience, segment=segment, source=source, position=position
        )
        record("article.started", article, by=by)
        return article

    @transaction.atomic
    def write(
        self,
        locale: str,
        *,
        title: str,
        html: str,
        by: CanAct,
        slug: str = "",
        aliases: list[str] | None = None,
    ) -> Revision:
        """Write a new draft in one language; what is published stays as it is.

        html     cleaned here and stored clean
        slug     made from the title if empty
        aliases  other wordings of the title's question; None keeps those there are
        """
        translation, _made = self.translations.get_or_create(
            locale=locale, defaults={"slug": slug or slug_of(title)}
        )
        if aliases is not None:
            translation.aliases = aliases
        translation.wanted_slug = slug or translation.slug
        cleaned = clean(html, profile="article")
        last = translation.revisions.aggregate(last=models.Max("number"))["last"] or 0
        revision = translation.revisions.create(
            number=last + 1,
            title=title.strip(),
            html=cleaned,
            text=to_text(cleaned),
            cleaner=CLEANER_VERSION,
            author_kind=by.as_actor().kind,
            author_id=by.as_actor().id,
        )
        translation.draft = revision
        translation.save()
        record("article.written", self, by=by, locale=locale, revision=revision.number)
        return revision

    def published(self, locale: str) -> Translation | None:
        """The published text for a reader of `locale`, in another language if it must be; None if nothing is."""
        return best([t for t in self.translations.all() if t.published_id], locale)

    @transaction.atomic
    def show_to(self, audience: str, *, by: CanAct, segment: Segment | None = None) -> None:
        """Change the audience, at once and everywhere; `segment` with Audience.SEGMENT and with no other."""
        old = self.audience_key
        self.audience, self.segment = audience, segment
        self.save(update_fields=["audience", "segment"])
        record("article.changed", self, by=by, field="audience", old=old, new=self.audience_key)
        self.topic.product.brand.touch(taken_back=True)

    @transaction.atomic
    def move(self, topic: Topic, *, by: CanAct, position: int | None = None) -> None:
        """Put under another topic, or at another position in it."""
        old, self.topic = self.topic_id, topic
        self.position = self.position if position is None else position
        self.save(update_fields=["topic", "position"])
        record("article.changed", self, by=by, field="topic", old=old, new=topic.pk)
        topic.product.brand.touch()

    @transaction.atomic
    def change_kind(self, kind: str, *, by: CanAct) -> None:
        """Call it another kind of article. Raises ValueError for a kind that is none."""
        old, self.kind = self.kind, self.Kind(kind)
        self.save(update_fields=["kind"])
        record("article.changed", self, by=by, field="kind", old=old, new=kind)
        self.topic.product.brand.touch()

    @transaction.atomic
    def relate(self, others: Iterable[Article], *, by: CanAct) -> None:
        """Name the articles to read next, in place of those named before."""
        old = sorted(self.related.values_list("pk", flat=True))
        self.related.set([other for other in others if other.pk != self.pk])
        new = sorted(self.related.values_list("pk", flat=True))
        if old != new:
            record("article.changed", self, by=by, field="related", old=old, new=new)
            self.topic.product.brand.touch()

    @transaction.atomic
    def pin(self, is_pinned: bool = True, *, by: CanAct) -> None:
        """Show first among its product's common questions, or no longer."""
        self.is_pinned = is_pinned
        self.save(update_fields=["is_pinned"])
        record("article.changed", self, by=by, field="is_pinned", old=not is_pinned, new=is_pinned)
        self.topic.product.brand.touch()


class Translation(models.Model):
    """An article's text in one language: which revision people see, and which one is being written."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="translations")
    locale = LocaleField()
    slug = models.CharField(max_length=160)
    wanted_slug = models.CharField(max_length=160, blank=True)
    aliases = models.JSONField(default=list)
    published = models.ForeignKey(
        "Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    draft = models.ForeignKey("Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "locale"], name="one_text_a_language")]

    def __str__(self) -> str:
        return f"{self.slug} ({self.locale})"

    @property
    def title(self) -> str:
        return self.published.title if self.published else (self.draft.title if self.draft else self.slug)

    @transaction.atomic
    def publish(self, *, by: CanAct, updated_at: datetime | None = None) -> None:
        """Show the draft to the article's audience. Without a draft, nothing happens.

        updated_at  when the text last changed, where that was before it came here; now if None
        """
        if self.draft is None:
            return
        if self.wanted_slug and self.wanted_slug != self.slug:
            Redirect.objects.update_or_create(
                path=f"{self.locale}/articles/{self.article_id}-{self.slug}",
                defaults={"article": self.article, "locale": self.locale},
            )
            self.slug = self.wanted_slug
        moment = clock.now()
        self.published, self.draft = self.draft, None
        self.published_at, self.updated_at = self.published_at or moment, updated_at or moment
        self.save()
        record("article.published", self.article, by=by, locale=self.locale, revision=self.published.number)
        self.article.topic.product.brand.touch()

    @transaction.atomic
    def withdraw(self, *, by: CanAct) -> None:
        """Take the text back; it is gone from every page, search and answer when this commits."""
        if self.published is None:
            return
        self.draft, self.published = self.draft or self.published, None
        self.save()
        record("article.withdrawn", self.article, by=by, locale=self.locale)
        self.article.topic.product.brand.touch(taken_back=True)


class Revision(models.Model):
    """One state of one text. Never changed once written."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    html = models.TextField()
    text = models.TextField(help_text="the same without markup, for search and quotation")
    cleaner = models.PositiveSmallIntegerField(default=0, help_text="version of the cleaner that made `html`")
    author_kind = models.CharField(max_length=12)
    author_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "number"], name="revisions_count_up")]

    def __str__(self) -> str:
        return f"{self.title} r{self.number}"


class Redirect(models.Model):
    """A path below the help centre that used to lead to an article: `ko/articles/12-old-slug`."""

    path = models.CharField(max_length=300, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="redirects")
    locale = LocaleField()

    def __str__(self) -> str:
        return self.path


def slug_of(title: str) -> str:
    """Words joined by hyphens, Hangul kept: "환불 신청하는 방법" -> "환불-신청하는-방법"."""
    text = unicodedata.normalize("NFC", title).lower()
    return re.sub(r"[^\w]+", "-", text).strip("-")[:120] or "article"
