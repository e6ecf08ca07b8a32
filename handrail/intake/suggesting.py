"""Which request forms a customer is offered, and which of them first: what they look at suggests some."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.viewer import Viewer
from handrail.conversations.forms import RequestForm
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.models import Product, Topic


class Suggestion(models.Model):
    """Who asks about this product or topic is offered that form first."""

    form = models.ForeignKey(RequestForm, on_delete=models.CASCADE, related_name="suggestions")
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="suggestions"
    )
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="suggestions"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(product=None, topic__isnull=False) | Q(product__isnull=False, topic=None),
                name="a_suggestion_names_a_product_or_a_topic",
            ),
            models.UniqueConstraint(fields=["form", "product"], name="a_product_suggests_a_form_once"),
            models.UniqueConstraint(fields=["form", "topic"], name="a_topic_suggests_a_form_once"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} for {self.product_id or self.topic_id}"


@transaction.atomic
def suggest(
    form: RequestForm, *, products: Iterable[Product] = (), topics: Iterable[Topic] = (), by: CanAct
) -> None:
    """Let these, and no others, suggest the form."""
    before = set(Suggestion.objects.filter(form=form).values_list("product", "topic"))
    wanted = {(each.pk, None) for each in products} | {(None, each.pk) for each in topics}
    if before == wanted:
        return
    Suggestion.objects.filter(form=form).delete()
    Suggestion.objects.bulk_create(
        Suggestion(form=form, product_id=product, topic_id=topic)
        for product, topic in sorted(wanted, key=str)
    )
    record("form.suggested", form, by=by)


def offered(
    viewer: Viewer, *, product: Product | None = None, topic: Topic | None = None
) -> list[RequestForm]:
    """The forms in use: first what the topic suggests, then what the product does, then the default, then in order.

    Two queries; one where nothing is looked at.
    """
    suggested = _suggested(product, topic) if product or topic else {}
    forms = RequestForm.objects.visible_to(viewer).active().select_related("team")
    return sorted(forms, key=lambda form: (suggested.get(form.pk, 2), not form.is_default))


def _suggested(product: Product | None, topic: Topic | None) -> dict[int, int]:
    """form -> 0 where the topic suggests it, 1 where the product does."""
    looked_at = Q(topic=topic.pk if topic else None, topic__isnull=False)
    looked_at |= Q(product=product.pk if product else None, product__isnull=False)
    rows = Suggestion.objects.filter(looked_at).values_list("form", "topic")
    return {form: 0 if its_topic else 1 for form, its_topic in rows}
