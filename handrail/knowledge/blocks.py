"""Reusable blocks: written once, standing in any number of articles, changed everywhere at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.contacts.segments import Segment
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.audiences import Audience, Audienced, from_key, key_of, readable_by
from handrail.knowledge.block_review import ReviewedBlock
from handrail.knowledge.stages import OutOfOrder
from handrail.knowledge.wording import Wording, worded
from handrail.workspace.locales import LocaleField, best

NAME_CHARS_MAX = 120


class BlockInItself(ValueError):
    """A block would stand in itself, at once or by way of others; the message says by which, to its author."""


class BlockQuerySet(models.QuerySet["Block"]):
    def visible_to(self, viewer: Viewer) -> BlockQuerySet:
        """Blocks with a published text whose audience the viewer belongs to."""
        published = BlockText.objects.filter(block=OuterRef("pk"), published__isnull=False)
        return self.filter(readable_by(viewer), Exists(published))

    def editable_by(self, viewer: Viewer) -> BlockQuerySet:
        """Every block, unpublished ones too, for those who write; none for anybody else."""
        return self if "knowledge.write" in viewer.rights else self.none()

    def named(self, words: str) -> BlockQuerySet:
        """Those whose name has these words in it."""
        return self.filter(name__icontains=words) if words else self

    def with_places(self) -> BlockQuerySet:
        """Counts as `places` the texts it stands in now, published or as a draft."""
        from handrail.knowledge.translations import Translation

        articles, blocks = (_holding(rows.objects.order_by()) for rows in (Translation, BlockText))
        return self.annotate(places=Coalesce(articles, 0) + Coalesce(blocks, 0))

    def with_texts(self) -> BlockQuerySet:
        return self.prefetch_related("texts__published", "texts__draft")


def _holding(texts: models.QuerySet[Any]) -> Subquery:
    """How many of these texts hold the block of the outer query."""
    held = Q(published__block_uses__block=OuterRef("pk")) | Q(draft__block_uses__block=OuterRef("pk"))
    counted = texts.filter(held).annotate(one=Value(1)).values("one").annotate(n=Count("pk", distinct=True))
    return Subquery(counted.values("n"))


class Block(Audienced):
    """A piece of text many articles show. Its name is for authors; readers see its words alone."""

    name = models.CharField(max_length=NAME_CHARS_MAX, unique=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = BlockQuerySet.as_manager()

    class Meta(Audienced.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def start(cls, name: str, *, by: CanAct, audience: str = Audience.PUBLIC) -> Block:
        """Begin a block without text. Raises django.db.IntegrityError where another has this name."""
        block = cls.objects.create(name=name.strip()[:NAME_CHARS_MAX], audience=Audience(audience))
        record("block.started", block, by=by)
        return block

    @transaction.atomic
    def write(self, locale: str, *, html: str, by: CanAct, document: str | None = None) -> BlockRevision:
        """Write a new draft in one language; articles show the published one until this is published.

        Raises BlockInItself where the block would come to stand in itself.
        """
        from handrail.knowledge.article_files import claim
        from handrail.knowledge.block_uses import blocks_in, note_uses, path_back

        columns = worded(html, document)
        held = blocks_in(columns["whole_html"] or columns["html"])
        if way := path_back(self, held):
            names = " → ".join(block.name for block in way)
            raise BlockInItself(
                _("This block would stand in itself: %(way)s. Take it out there first.") % {"way": names}
            )
        text, _made = self.texts.get_or_create(locale=locale)
        last = text.revisions.aggregate(last=models.Max("number"))["last"] or 0
        actor = by.as_actor()
        revision = text.revisions.create(
            number=last + 1, author_kind=actor.kind, author_id=actor.id, **columns
        )
        note_uses(revision, held)
        claim(self, revision.whole)
        text.draft, text.is_returned = revision, False
        text.save(update_fields=["draft", "is_returned"])  # what is published meanwhile stays so
        record("block.written", self, by=by, locale=locale, revision=revision.number)
        return revision

    @transaction.atomic
    def show_to(self, audience: str, *, by: CanAct, segment: Segment | None = None) -> None:
        """Change who reads it, at once and in every article; `segment` with Audience.SEGMENT and with no other."""
        old, self.audience, self.segment = self.audience_key, Audience(audience), segment
        self.save(update_fields=["audience", "segment"])
        self._drop_wishes()
        record("block.changed", self, by=by, field="audience", old=old, new=self.audience_key)
        self._tell_articles(by=by, taken_back=True)

    @transaction.atomic
    def wish_for(self, audience: str, *, locale: str, by: CanAct, segment: Segment | None = None) -> None:
        """Let it wait as part of the draft in `locale` that others read it; in place of what was wished before.

        Where there is no draft, the published words become one. Raises OutOfOrder where nothing is written in `locale`.
        """
        text = self.texts.select_related("draft", "published").filter(locale=locale).first()
        newest = text.newest if text else None
        if newest is None:
            raise OutOfOrder(f"{self} has no text in {locale} that could be published to more people.")
        old = self.wanted_audience
        self._drop_wishes()
        # A state of its own, so that nobody publishes it who read the draft before the wish.
        self.write(locale, html=newest.whole, document=newest.document, by=by)
        key = key_of(Audience(audience), segment.pk if segment else None)
        self.texts.filter(locale=locale).update(wanted_audience=key)
        record("block.changed", self, by=by, field="wanted_audience", old=old, new=key)

    @transaction.atomic
    def take_wish_back(self, *, by: CanAct) -> None:
        """Leave it read by those who read it now. Nothing happens where nothing was wished."""
        if old := self.wanted_audience:
            self._drop_wishes()
            record("block.changed", self, by=by, field="wanted_audience", old=old, new="")

    @property
    def wanted_audience(self) -> str:
        """The key of the audience a draft of it wishes for; "" for none."""
        wishes = self.texts.exclude(wanted_audience="").values_list("wanted_audience", flat=True)
        return wishes.first() or ""

    def _drop_wishes(self) -> None:
        for text in self.texts.exclude(wanted_audience="").select_related("draft", "published"):
            text.wanted_audience = ""
            if text.draft and text.published and text.draft.whole == text.published.whole:
                text.draft, text.is_returned = None, False  # the wish was all there was to it
            text.save()

    @transaction.atomic
    def rename(self, name: str, *, by: CanAct) -> None:
        """Call it something else; articles know it by its number. Raises IntegrityError for a name that is taken."""
        old, self.name = self.name, name.strip()[:NAME_CHARS_MAX]
        self.save(update_fields=["name"])
        record("block.changed", self, by=by, field="name", old=old, new=self.name)

    def published(self, locale: str) -> BlockText | None:
        """The published text for a reader of `locale`, in another language if it must be; None if nothing is."""
        return best([text for text in self.texts.all() if text.published_id], locale)

    def _tell_articles(self, *, by: CanAct, taken_back: bool = False) -> None:
        """Every article that shows it has changed: search is brought up to date and pages are made anew."""
        from handrail.knowledge.block_places import articles_showing

        brands = {}
        for article in articles_showing(self).select_related("topic__product__brand"):
            record("article.changed", article, by=by, field="block", block=self.pk)
            brands[article.topic.product.brand_id] = article.topic.product.brand
        for brand in brands.values():
            brand.touch(taken_back=taken_back)


class BlockText(ReviewedBlock):
    """A block in one language: what articles show of it, and what is being written."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="texts")
    locale = LocaleField()
    published = models.ForeignKey(
        "BlockRevision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    draft = models.ForeignKey(
        "BlockRevision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["block", "locale"], name="a_block_text_a_language")]

    def __str__(self) -> str:
        return f"{self.block_id} ({self.locale})"

    @property
    def newest(self) -> BlockRevision | None:
        """What an author goes on writing: the draft, else what is published."""
        return self.draft or self.published

    @transaction.atomic
    def publish(self, *, by: CanAct, updated_at: datetime | None = None) -> None:
        """Show the draft in every article that has the block, to whom it wishes for. Without a draft, nothing happens.

        updated_at  when the text last changed, where that was before it came here; now if None
        """
        if self.draft is None:
            return
        self.published, self.draft, self.updated_at = self.draft, None, updated_at or clock.now()
        wish, self.is_returned, self.wanted_audience = self.wanted_audience, False, ""
        self.save()
        self._fulfil(wish, by=by)
        record("block.published", self.block, by=by, locale=self.locale, revision=self.published.number)
        # What the old words said may have been wrong or secret, so no page made before shows them again.
        self.block._tell_articles(by=by, taken_back=True)

    def _fulfil(self, wish: str, *, by: CanAct) -> None:
        try:
            audience, segment = from_key(wish) if wish else ("", None)
        except ValueError:
            return  # a segment that is gone meanwhile: nobody else reads it
        if audience:
            self.block.show_to(audience, segment=segment, by=by)

    @transaction.atomic
    def withdraw(self, *, by: CanAct) -> None:
        """Take the text back; no article shows it when this commits."""
        if self.published is None:
            return
        self.draft, self.published = self.draft or self.published, None
        self.save()
        record("block.withdrawn", self.block, by=by, locale=self.locale)
        self.block._tell_articles(by=by, taken_back=True)


class BlockRevision(Wording):
    """One state of one block's text. Never changed once written."""

    of = models.ForeignKey(BlockText, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    author_kind = models.CharField(max_length=12)
    author_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="block_revisions_count_up")]

    def __str__(self) -> str:
        return f"{self.of} r{self.number}"
