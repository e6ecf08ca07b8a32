"""Translations: an article's text in each language, what readers see of it and what is being written."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.following import Following
from handrail.knowledge.redirects import Redirect
from handrail.knowledge.revisions import Revision
from handrail.knowledge.scheduling import Scheduled
from handrail.knowledge.stages import OutOfOrder, Stage
from handrail.workspace.locales import LocaleField


class TranslationQuerySet(models.QuerySet["Translation"]):
    def due(self, *, at: datetime) -> TranslationQuerySet:
        """Drafts whose moment to be published has come."""
        return self.filter(stage=Stage.SCHEDULED, publish_at__lte=at).order_by("publish_at", "pk")

    def with_titles(self) -> TranslationQuerySet:
        """Loads what lists show: titles and numbers of what is written and published, without the long texts."""
        long = [
            f"{state}__{field}"
            for state in ("published", "draft")
            for field in ("html", "whole_html", "document", "text")
        ]
        return self.with_texts().defer(*long)

    def with_texts(self) -> TranslationQuerySet:
        return self.select_related("published", "draft", "article")


class Translation(Scheduled, Following):
    """An article's text in one language: which revision people see, and which one is being written."""

    article = models.ForeignKey("knowledge.Article", on_delete=models.CASCADE, related_name="translations")
    locale = LocaleField()
    slug = models.CharField(max_length=160)
    wanted_slug = models.CharField(max_length=160, blank=True)
    aliases = models.JSONField(default=list)
    published = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "locale"], name="one_text_a_language"),
            models.CheckConstraint(
                name="what_is_scheduled_has_a_moment",
                condition=~Q(stage="scheduled") | Q(publish_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_draft_has_a_stage", condition=Q(draft__isnull=True) | ~Q(stage="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["publish_at"], condition=Q(stage="scheduled"), name="translations_waiting_to_appear"
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.locale})"

    @property
    def title(self) -> str:
        return self.published.title if self.published else (self.draft.title if self.draft else self.slug)

    @property
    def public_since(self) -> datetime | None:
        """When it could first be read. A text from elsewhere was public before it came here, at the latest when it last
        changed there."""
        if self.published_at and self.updated_at:
            return min(self.published_at, self.updated_at)
        return self.published_at

    @property
    def newest(self) -> Revision | None:
        """What an author goes on writing: the draft, else what is published."""
        return self.draft or self.published

    @transaction.atomic
    def publish(self, *, by: CanAct, updated_at: datetime | None = None) -> None:
        """Show the draft to the article's audience. Without a draft, nothing happens.

        updated_at  when the text last changed, where that was before it came here; now if None

        Raises OutOfOrder for a text of an archived article.
        """
        if self.draft is None:
            return
        if self.article.archived_at:
            raise OutOfOrder(f"{self.article} is archived; bring it back before publishing.")
        if self.wanted_slug and self.wanted_slug != self.slug:
            Redirect.objects.update_or_create(
                path=f"{self.locale}/articles/{self.article_id}-{self.slug}",
                defaults={"article": self.article, "locale": self.locale},
            )
            self.slug = self.wanted_slug
        moment = clock.now()
        self.published, self.draft = self.draft, None
        self.stage, self.publish_at, self.reviewer = Stage.NONE, None, None
        self.published_from, self.draft_from = self.translated_from, None
        self.published_at, self.updated_at = self.published_at or moment, updated_at or moment
        self.save()
        record("article.published", self.article, by=by, locale=self.locale, revision=self.published.number)
        self.article.compare_translations(by=by)
        self.article.topic.product.brand.touch()

    @transaction.atomic
    def withdraw(self, *, by: CanAct) -> None:
        """Take the text back; it is gone from every page, search and answer when this commits."""
        if self.published is None:
            return
        if self.draft is None:
            # It was good enough to be published, so it may be published again as it is.
            self.draft, self.draft_from, self.stage = self.published, self.published_from, Stage.APPROVED
        self.published, self.published_from, self.outdated_at = None, None, None
        self.save()
        record("article.withdrawn", self.article, by=by, locale=self.locale)
        self.article.topic.product.brand.touch(taken_back=True)

    def keep_draft(self, revision: Revision) -> None:
        """Make a new revision the draft. An approval was for other words, so it and its schedule end; a review goes on."""
        self.draft = revision
        if self.stage not in {Stage.REVIEW, Stage.CHANGES}:
            self.stage, self.publish_at = Stage.DRAFT, None
        self.save()
