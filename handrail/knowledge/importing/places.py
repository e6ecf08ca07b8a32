"""The products and topics an import needs: found by their slugs, made where they are missing."""

from __future__ import annotations

from handrail.core.actors import CanAct
from handrail.knowledge.importing.draft import Draft, Place
from handrail.knowledge.products import Product, Topic
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand


class Places:
    """Names are written only for places made here: a name somebody gave a topic by hand stays."""

    def __init__(self, brand: Brand, drafts: list[Draft], *, by: CanAct) -> None:
        self.brand, self.drafts, self.by = brand, drafts, by
        self.products = {product.slug: product for product in Product.objects.filter(brand=brand)}
        self.topics = {
            (topic.product.slug, topic.slug): topic
            for topic in Topic.objects.filter(product__brand=brand).select_related("product__brand")
        }

    def topic_of(self, draft: Draft) -> Topic:
        """The draft's topic."""
        slug = (draft.product.slug, draft.topic.slug)
        if slug not in self.topics:
            place = _together(
                [one.topic for one in self.drafts if (one.product.slug, one.topic.slug) == slug]
            )
            self._make(self._product_of(draft), place)
        return self.topics[slug]

    def _make(self, product: Product, place: Place) -> Topic:
        topic = Topic.offer(
            product, place.slug, names=_names(place), descriptions=place.descriptions,
            position=place.position, by=self.by,
        )  # fmt: skip
        self.topics[product.slug, place.slug] = topic
        if place.parent:
            above = self.topics.get((product.slug, place.parent.slug)) or self._make(product, place.parent)
            topic.put(parent=above, by=self.by)
        return topic

    def _product_of(self, draft: Draft) -> Product:
        slug = draft.product.slug
        if slug not in self.products:
            place = _together([one.product for one in self.drafts if one.product.slug == slug])
            self.products[slug] = Product.offer(
                self.brand, slug, names=_names(place), descriptions=place.descriptions,
                position=place.position or len(self.products) + 1, by=self.by,
            )  # fmt: skip
        return self.products[slug]


def _together(places: list[Place]) -> Place:
    """One place from what several drafts say of it; the first that says something counts."""
    whole = Place(places[0].slug)
    for place in places:
        whole.names = place.names | whole.names
        whole.descriptions = place.descriptions | whole.descriptions
        whole.position = whole.position or place.position
        whole.parent = whole.parent or place.parent
    return whole


def _names(place: Place) -> dict[str, str]:
    return place.names or dict.fromkeys(LOCALES, place.slug.replace("-", " ").capitalize())
