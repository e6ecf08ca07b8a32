"""What leaves: everything there is, or what one viewer may read."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.accounts.viewer import Viewer
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.articles import Article
from handrail.knowledge.faq import FaqSet
from handrail.knowledge.labelling import ArticleLabel
from handrail.knowledge.products import Product, Topic
from handrail.knowledge.reading import read, written_out
from handrail.knowledge.wording import Wording
from handrail.workspace.models import Brand


@dataclass(frozen=True)
class Chosen:
    """`viewer` None: for the operator, drafts and archived articles too.

    form  what a folder of that form has words for (shelves.FORMAT); 1 had none for what `has_all` tells
    """

    brand: Brand
    viewer: Viewer | None = None
    reader: str = ""
    form: int = 1

    def articles(self) -> list[Article]:
        """In an order that does not depend on this installation's numbers."""
        rows = Article.objects.filter(topic__product__brand=self.brand)
        if self.viewer is not None:
            rows = rows.filter(pk__in=Article.objects.visible_to(self.viewer).values("pk"))
        loaded = rows.select_related(
            "topic__product", "segment", "owner", "troubleshooter__published"
        ).prefetch_related(
            "translations__published", "translations__draft", "labels", "related", "redirects", "files__file"
        )
        return sorted(
            loaded, key=lambda one: (one.topic.product.slug, one.topic.slug, one.position, one.source, one.pk)
        )

    def products(self) -> list[Product]:
        rows = Product.objects.filter(brand=self.brand)
        return list((rows.visible_to(self.viewer) if self.viewer else rows).with_texts())

    def topics(self, product: Product) -> list[Topic]:
        rows = Topic.objects.filter(product=product).select_related("parent").prefetch_related("texts")
        return list(rows.visible_to(self.viewer) if self.viewer else rows)

    def faq_sets(self) -> list[FaqSet]:
        rows = FaqSet.objects.filter(brand=self.brand).select_related("product", "segment")
        return list(
            (rows.visible_to(self.viewer) if self.viewer else rows).prefetch_related("texts", "entries")
        )

    def labels(self) -> list[ArticleLabel]:
        """Those front matter does not say whole: they have names of their own, or no article carries them."""
        rows = ArticleLabel.objects.all()
        if self.viewer is None:
            found = rows.exclude(names={}) | rows.filter(articles=None)
        else:
            carried = Article.objects.visible_to(self.viewer).filter(topic__product__brand=self.brand)
            found = rows.exclude(names={}).filter(articles__in=carried)
        # Databases put letters in orders of their own.
        return sorted(found.distinct(), key=lambda label: label.name)

    def files(self, articles: list[Article]) -> dict[str, ArticleFile]:
        """Name -> file, of these articles and of the blocks that may stand in them."""
        of_blocks = ArticleFile.objects.filter(block__isnull=False).select_related("file")
        if self.viewer is not None:
            of_blocks = of_blocks.visible_to(self.viewer)
        own = [file for article in articles for file in article.files.all()]
        return {file.file.name: file for file in [*of_blocks, *own]}

    def words(self, wording: Wording, locale: str) -> str:
        """The text as it leaves: everything that was written, or what the viewer reads of it."""
        if self.has_all:
            return wording.whole  # blocks leave as blocks
        if self.viewer is None:
            return written_out(wording, locale=locale)
        return read(wording, self.viewer, locale=locale)

    @property
    def for_whom(self) -> str:
        """The reader's name, said in what leaves, so that nobody takes a part for the whole; "" for everything."""
        return "" if self.is_whole else self.reader or "somebody"

    @property
    def has_drafts(self) -> bool:
        return self.is_whole

    @property
    def has_all(self) -> bool:
        """What is the site's own leaves too: who answers for an article, and until when it counts as checked."""
        return self.is_whole and self.form > 1

    @property
    def is_whole(self) -> bool:
        """Everything leaves, not what one reader may read."""
        return self.viewer is None
