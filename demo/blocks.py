"""Reusable blocks of the demo, set into the articles that show them."""

from __future__ import annotations

from demo.data import load
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from handrail.knowledge.blocks import Block
from handrail.workspace.locales import LOCALES


def write_all(articles: dict[str, Article]) -> int:
    """Write and publish the blocks of blocks.yaml and set them into their articles. Returns how many."""
    said = load("blocks.yaml")
    for one in said:
        block = Block.start(one["name"], by=SYSTEM)
        for locale in LOCALES:
            block.write(locale, html=one[locale], by=SYSTEM)
            block.texts.get(locale=locale).publish(by=SYSTEM)
        for name in one["articles"]:
            _set_in(articles[name], block)
    return len(said)


def _set_in(article: Article, block: Block) -> None:
    """The block at the end of each language of the article, which stays as old as it was."""
    texts = {text.locale: text for text in article.translations.select_related("published")}
    original = None
    for locale in sorted(texts, key=lambda code: code != article.original_locale):
        text = texts[locale]
        assert text.published is not None  # the demo publishes everything it shows
        html = f'{text.published.whole}<div data-block="{block.pk}"></div>'
        written = article.write(
            locale, title=text.published.title, html=html, slug=text.slug, translated_from=original, by=SYSTEM
        )
        article.translations.get(locale=locale).publish(by=SYSTEM, updated_at=text.updated_at)
        original = original or written
