"""Articles: one thing we know, where it stands and for whom. Its texts are in translations.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Prefetch, Q

from handrail.accounts.viewer import Viewer
from handrail.contacts.segments import Segment
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.archiving import Archived
from handrail.knowledge.audiences import Audience, Audienced, readable_by
from handrail.knowledge.block_uses import blocks_in, note_uses
from handrail.knowledge.checking import Checked
from handrail.knowledge.documents import Json
from handrail.knowledge.ending import Ending
from handrail.knowledge.films import Purposed
from handrail.knowledge.labelling import ArticleLabel, Labelled
from handrail.knowledge.products import Topic
from handrail.knowledge.revisions import Revision
from handrail.knowledge.slugs import slug_of
from handrail.knowledge.translations import Translation
from handrail.knowledge.wording import worded
from handrail.workspace.locales import LOCALES, LocaleField, best


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, viewer: Viewer) -> ArticleQuerySet:
        """Published articles whose audience the viewer belongs to. What is not here does not exist for them."""
        published = Translation.objects.filter(article=OuterRef("pk"), published__isnull=False)
        return self.filter(readable_by(viewer), Exists(published))

    def editable_by(self, viewer: Viewer) -> ArticleQuerySet:
        """Every article, drafts and archived ones too, for those who write; none for anybody else."""
        return self if "knowledge.write" in viewer.rights else self.none()

    def past_check(self, *, on: date) -> ArticleQuerySet:
        """Published articles whose check date has passed on this day."""
        return self.filter(check_by__lt=on, archived_at=None)

    def listed(self, at: datetime | None = None) -> ArticleQuerySet:
        """Without what has ended, now or at a moment: that keeps its address, and no list names it."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at or clock.now()))

    def with_published(self) -> ArticleQuerySet:
        """Loads what a page or list shows: published texts, topic and product with their names."""
        texts = Translation.objects.filter(published__isnull=False).select_related("published")
        texts = texts.defer("published__document")  # for authors alone, and as long as the text
        return self.prefetch_related(
            Prefetch("translations", texts), Prefetch("topic", Topic.objects.with_texts())
        )


class Article(Audienced, Checked, Archived, Ending, Labelled, Purposed):
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
    labels = models.ManyToManyField(ArticleLabel, blank=True, related_name="articles")
    original_locale = LocaleField(
        default=LOCALES[0], help_text="the language it is written in first; the others are translated from it"
    )
    created_at = models.DateTimeField(default=clock.now)
    written_at = models.DateTimeField(default=clock.now, help_text="when any of its texts was last written")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["topic", "audience"], name="articles_of_topic"),
            models.Index(fields=["-written_at", "-id"], name="articles_as_written"),
        ]
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
        original_locale: str = "",
    ) -> Article:
        """Begin an article without text; nobody but authors sees it until a translation is published.

        original_locale  the language it is written in first; the brand's own where empty
        """
        article = cls.objects.create(
            topic=topic,
            kind=kind,
            audience=audience,
            segment=segment,
            source=source,
            position=position,
            original_locale=original_locale or topic.product.brand.default_locale,
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
        translated_from: Revision | None = None,
        document: str | Json | None = None,
    ) -> Revision:
        """Write a new draft in one language; what is published stays as it is.

        html             cleaned here and stored clean; Markdown where there is no tag in it
        slug             made from the title if empty
        aliases          other wordings of the title's question; None keeps those there are
        translated_from  the state of the original that was translated; None keeps what was known, and a first
                         translation is taken to be of the newest
        document         JSON of the editor's document; dropped if it says something else than the HTML
        """
        translation, made = self.translations.get_or_create(
            locale=locale, defaults={"slug": slug or slug_of(title)}
        )
        translation.article = self
        if made and self.translations.count() == 1 and self.original_locale != locale:
            # Whatever language it is begun in is what others are translated from.
            self.original_locale = locale
            self.save(update_fields=["original_locale"])
        if aliases is not None:
            translation.aliases = aliases
        translation.wanted_slug = slug or translation.slug
        last = translation.revisions.aggregate(last=models.Max("number"))["last"] or 0
        revision = translation.revisions.create(
            number=last + 1,
            title=title.strip(),
            author_kind=by.as_actor().kind,
            author_id=by.as_actor().id,
            **worded(html, document),
        )
        _note_what_it_shows(self, revision)
        self.written_at = revision.written_at
        self.save(update_fields=["written_at"])
        translation.follow(translated_from)
        translation.keep_draft(revision)
        record("article.written", self, by=by, locale=locale, revision=revision.number)
        return revision

    def published(self, locale: str) -> Translation | None:
        """The published text for a reader of `locale`, in another language if it must be; None if nothing is."""
        return best([t for t in self.translations.all() if t.published_id], locale)

    def title_in(self, locale: str) -> str:
        """Its title as colleagues know it, published or not: in `locale` where it has one; "" where nothing is written yet."""
        texts = self.translations.select_related("published", "draft")
        text = best([text for text in texts if text.newest], locale)
        return text.title if text else ""

    def newest_of_original(self) -> Revision | None:
        """What a translator should translate: what is published of the original, else its draft."""
        texts = self.translations.filter(locale=self.original_locale).select_related("published", "draft")
        original = texts.first()
        return (original.published or original.draft) if original else None

    def compare_translations(self, *, by: CanAct) -> None:
        """Mark the published translations that the published original has moved on from."""
        texts = list(self.translations.select_related("published", "published_from", "draft"))
        original = next((text.published for text in texts if text.locale == self.original_locale), None)
        for text in texts:
            if original and text.locale != self.original_locale:
                text.article = self
                text.compare_with_original(original, by=by)

    @transaction.atomic
    def restore(self, revision: Revision, *, by: CanAct) -> Revision:
        """Make a draft that says again what one of its revisions said. Raises ValueError for another article's."""
        text = revision.translation
        if text.article_id != self.pk:
            raise ValueError(f"{revision} is no revision of {self}.")
        written = self.write(
            text.locale,
            title=revision.title,
            html=revision.whole,
            document=revision.document,
            slug=text.slug,
            by=by,
        )
        record("article.restored", self, by=by, locale=text.locale, old=revision.number, new=written.number)
        return written

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


def _note_what_it_shows(article: Article, revision: Revision) -> None:
    from handrail.knowledge.article_files import claim

    note_uses(revision, blocks_in(revision.whole))
    claim(article, revision.whole)
