"""Topics below topics, in an order somebody chose by hand.

Addresses name a topic by its number, so that moving one breaks no link; of one that was dissolved, `Dissolved` says
where its readers go now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

if TYPE_CHECKING:
    from handrail.knowledge.products import Product, Topic

LEVELS_MAX = 3  # topic, subtopic, and one below that

Row = TypeVar("Row", bound=models.Model)


class CannotStandThere(ValueError):
    """A topic cannot go where somebody wants it. The message says why, in the reader's language."""


class Nested(models.Model):
    """Trait of a topic: its place among those beside it, and what stands above (`parent`) and below it."""

    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def above(self) -> list[Topic]:
        """The topics this one stands below, the topmost first."""
        found: list[Any] = []
        topic = self.parent  # type: ignore[attr-defined]
        while topic is not None:
            found.insert(0, topic)
            topic = topic.parent
        return found

    def subtree(self) -> list[Topic]:
        """The topic itself and all below it."""
        found: list[Any] = [self]
        for topic in found:
            found += topic.below.all()
        return found

    @transaction.atomic
    def put(
        self,
        *,
        by: CanAct,
        parent: Topic | None = None,
        product: Product | None = None,
        before: Topic | None = None,
    ) -> None:
        """Put the topic, with all below it, under `parent`, or at the top of `product` (its own without one).

        before  the topic it comes to stand before; last without one

        Raises CannotStandThere for a place below itself, too deep, or where its slug is taken.
        """
        topic: Any = self
        target = parent.product if parent else product or topic.product
        moved = self.subtree()
        self._check(moved, parent, target)
        old = (topic.product_id, topic.parent_id)
        topic.parent, topic.product = parent, target
        topic.save(update_fields=["parent", "product"])
        type(topic).objects.filter(pk__in=[one.pk for one in moved]).update(product=target)
        beside = type(topic).objects.filter(product=target, parent=parent).exclude(pk=topic.pk)
        set_order(placed(list(beside), topic, before))
        record("topic.moved", topic, by=by, old=list(old), new=[target.pk, parent.pk if parent else None])
        if old[0] != target.pk:
            _tell_articles(moved, by=by)
        target.brand.touch()

    @transaction.atomic
    def dissolve(self, *, into: Topic, by: CanAct) -> None:
        """Give what the topic holds to another one and remove it; its address leads there from now on."""
        topic: Any = self
        if into in self.subtree():
            raise CannotStandThere(_("A topic cannot go into itself or into one below it."))
        for below in topic.below.all():
            below.put(parent=into, by=by)
        for article in topic.articles.order_by("position", "pk"):
            article.move(into, by=by, position=into.articles.count() + 1)
        Dissolved.objects.filter(topic=topic).update(topic=into)
        Dissolved.objects.create(number=topic.pk, topic=into)
        record("topic.dissolved", topic, by=by, into=into.pk, slug=topic.slug)
        topic.delete()
        into.product.brand.touch(taken_back=True)

    def _check(self, moved: Sequence[Topic], parent: Topic | None, product: Product) -> None:
        if parent in moved:
            raise CannotStandThere(_("A topic cannot go into itself or into one below it."))
        depth = max(len(one.above()) for one in moved) - len(self.above()) + 1
        if (len(parent.above()) + 1 if parent else 0) + depth > LEVELS_MAX:
            raise CannotStandThere(_("Topics go three levels deep. Choose a place further up."))
        others = type(moved[0]).objects.filter(product=product).exclude(pk__in=[one.pk for one in moved])
        taken = others.filter(slug__in=[one.slug for one in moved]).values_list("slug", flat=True).first()
        if taken:
            raise CannotStandThere(
                _("There already is a topic “%(slug)s” in that product. Rename one of the two first.")
                % {"slug": taken}
            )


class Dissolved(models.Model):
    """The number of a topic that is no more, and the topic its readers find its articles in."""

    number = models.PositiveBigIntegerField(unique=True)
    topic = models.ForeignKey("knowledge.Topic", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.number} -> {self.topic_id}"


def placed(others: Sequence[Row], one: Row, before: Row | None) -> list[Row]:
    """`others` in their order with `one` among them: before `before`, or last."""
    at = others.index(before) if before is not None and before in others else len(others)
    return [*others[:at], one, *others[at:]]


def set_order(rows: Sequence[models.Model]) -> None:
    """Number the rows from one on, in the order they come in."""
    for position, row in enumerate(rows, start=1):
        row.position = position  # type: ignore[attr-defined]
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, ["position"])


def _tell_articles(topics: Sequence[Topic], *, by: CanAct) -> None:
    """What is asked for by product finds an article below its new one."""
    for topic in topics:
        for article in topic.articles.all():
            record("article.changed", article, by=by, field="product", new=topic.product_id)
