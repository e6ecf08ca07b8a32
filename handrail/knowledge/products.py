"""Products and services, and the topics below them."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Prefetch

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.nesting import Nested, placed, set_order
from handrail.workspace.locales import LocaleField, best
from handrail.workspace.models import Brand
from handrail.workspace.putting_away import PutAway


class Named(models.Model):
    """A trait: name and description in each language, from the rows in `texts`."""

    class Meta:
        abstract = True

    def text(self, locale: str) -> NamedText | None:
        """The row to show a reader of `locale`."""
        return best(self.texts.all(), locale)  # type: ignore[attr-defined]

    def name(self, locale: str) -> str:
        text = self.text(locale)
        return text.name if text else self.slug  # type: ignore[attr-defined]

    def description(self, locale: str) -> str:
        text = self.text(locale)
        return text.description if text else ""

    def keep_names(self, names: dict[str, str], descriptions: dict[str, str]) -> None:
        """Write name and description in each language given; the others stay as they are."""
        for locale, name in names.items():
            row = {"name": name[:120], "description": descriptions.get(locale, "")[:300]}
            self.texts.update_or_create(locale=locale, defaults=row)  # type: ignore[attr-defined]


class NamedText(models.Model):
    locale = LocaleField()
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class SlugTaken(ValueError):
    """Another product of the brand has this name in its address."""


class ProductQuerySet(models.QuerySet["Product"]):
    def visible_to(self, viewer: Viewer) -> ProductQuerySet:
        """Products that hold something this viewer may read; all for authors."""
        if "knowledge.read_all" in viewer.rights:
            return self
        from handrail.knowledge.articles import Article

        return self.filter(pk__in=Article.objects.visible_to(viewer).values("topic__product"))

    def listed(self) -> ProductQuerySet:
        """Without what was put away: that keeps its page, and no list names it."""
        return self.filter(put_away_at=None)

    def with_texts(self) -> ProductQuerySet:
        return self.prefetch_related("texts")


class Product(Named, PutAway):
    """A thing or service people come about; everything below it can be scoped to it.

    Of one put away page, topics and articles keep their addresses, and articles are still found by search.
    """

    FACTS = "product"

    class Kind(models.TextChoices):
        PRODUCT = "product"
        SERVICE = "service"

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="products")
    slug = models.SlugField(max_length=80, allow_unicode=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PRODUCT)
    icon = models.CharField(max_length=40, default="package")
    position = models.PositiveIntegerField(default=0)
    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="products",
        help_text="who answers what is about it; empty: whoever the inbox belongs to",
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["brand", "slug"], name="a_product_slug_once_a_brand")]

    def __str__(self) -> str:
        return self.slug

    @classmethod
    @transaction.atomic
    def offer(
        cls,
        brand: Brand,
        slug: str,
        *,
        names: dict[str, str],
        by: CanAct,
        descriptions: dict[str, str] | None = None,
        **fields: Any,
    ) -> Product:
        """The brand's product of this slug, made or brought up to date.

        names, descriptions  locale -> text
        fields               kind, icon, position, team
        """
        product, _made = cls.objects.update_or_create(brand=brand, slug=slug, defaults=fields)
        product.keep_names(names, descriptions or {})
        record("product.offered", product, by=by, slug=slug)
        brand.touch()
        return product

    def has_moved(self) -> None:
        self.brand.touch(taken_back=self.is_away)

    @transaction.atomic
    def change(
        self, *, names: dict[str, str], by: CanAct, descriptions: dict[str, str] | None = None, **fields: Any
    ) -> None:
        """Say it in other words. Its number leads to it, so links under an old slug go on to the new one.

        names, descriptions  locale -> text
        fields               slug, kind, icon

        Raises SlugTaken for the slug of another product of the brand.
        """
        beside = Product.objects.filter(brand=self.brand).exclude(pk=self.pk)
        if beside.filter(slug=fields.get("slug", self.slug)).exists():
            raise SlugTaken(fields["slug"])
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
        self.keep_names(names, descriptions or {})
        record("product.offered", self, by=by, slug=self.slug)
        self.brand.touch()

    @transaction.atomic
    def give_to(self, team: Team | None, *, by: CanAct) -> None:
        """Let a team answer what is about it; None for whoever the inbox belongs to."""
        if team == self.team:
            return
        old, self.team = self.team_id, team
        self.save(update_fields=["team"])
        record("product.given", self, by=by, old=old, new=team.pk if team else None)

    @transaction.atomic
    def put(self, *, by: CanAct, before: Product | None = None) -> None:
        """Show the product before another one, or last."""
        beside = list(Product.objects.filter(brand=self.brand).exclude(pk=self.pk))
        set_order(placed(beside, self, before))
        record("product.moved", self, by=by, position=self.position)
        self.brand.touch()


class ProductText(NamedText):
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="texts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "locale"], name="a_product_text_a_language")
        ]

    def __str__(self) -> str:
        return self.name


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, viewer: Viewer) -> TopicQuerySet:
        """Topics that hold something this viewer may read, in themselves or below; all for authors."""
        if "knowledge.read_all" in viewer.rights:
            return self
        from handrail.knowledge.articles import Article

        visible = Article.objects.visible_to(viewer).order_by()
        holding = models.Q(pk__in=visible.values("topic"))
        above = models.Q(pk__in=visible.filter(topic__parent__isnull=False).values("topic__parent"))
        way = "topic__parent__parent"
        topmost = models.Q(pk__in=visible.filter(**{f"{way}__isnull": False}).values(way))
        return self.filter(holding | above | topmost)

    def listed(self) -> TopicQuerySet:
        """Without those of a product that was put away."""
        return self.filter(product__put_away_at=None)

    def topmost(self) -> TopicQuerySet:
        """Topics that stand directly below their product."""
        return self.filter(parent=None)

    def with_texts(self) -> TopicQuerySet:
        return self.prefetch_related("texts", Prefetch("product", Product.objects.with_texts()))


class Topic(Named, Nested):
    """A section of one product (on screen: 주제 / Topic)."""

    class Role(models.TextChoices):
        """Where the topic stands on its product's page."""

        START = "start"
        PROBLEM = "problem"
        OTHER = "other"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="topics")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")
    slug = models.SlugField(max_length=80, allow_unicode=True)
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.OTHER)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "slug"], name="a_topic_slug_once_a_product")
        ]

    def __str__(self) -> str:
        return self.slug

    @classmethod
    @transaction.atomic
    def offer(
        cls,
        product: Product,
        slug: str,
        *,
        names: dict[str, str],
        by: CanAct,
        descriptions: dict[str, str] | None = None,
        **fields: Any,
    ) -> Topic:
        """The product's topic of this slug, made or brought up to date; arguments as for Product.offer, and `role`, `parent`."""
        topic, _made = cls.objects.update_or_create(product=product, slug=slug, defaults=fields)
        topic.keep_names(names, descriptions or {})
        record("topic.offered", topic, by=by, slug=slug)
        product.brand.touch()
        return topic


class TopicText(NamedText):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "locale"], name="a_topic_text_a_language")]

    def __str__(self) -> str:
        return self.name
