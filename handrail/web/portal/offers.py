"""Up to three answers beside a form: what is quoted first, then what else may be meant."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.answers.asked_from import Page
from handrail.answers.results import Hit
from handrail.knowledge.models import Article
from handrail.web.portal import addresses
from handrail.web.portal.reading import lead

OFFERS_MAX = 3


@dataclass(frozen=True)
class Offer:
    """An article that may answer. `text` is the passage, or how it begins; `locale` the language it is in."""

    article: int
    title: str
    url: str
    text: str
    locale: str
    provisional: bool

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def offers(
    question: str,
    viewer: Viewer,
    *,
    locale: str,
    page: Page | None = None,
    brand: int | None = None,
    without: Article | None = None,
) -> list[Offer]:
    """What the engine would say now, without keeping the question: its writer is not done yet.

    page  what the reader was looking at, or picked as what it is about: preferred, as people pick wrongly
    """
    if not question:
        return []
    result = answer(question, viewer, locale=locale, page=page, channel="form", brand=brand, remember=False)
    hits: list[Hit] = [*result.answers, *result.choices]
    if without is not None:
        hits = [hit for hit in hits if hit.article != without.pk]
    wanted = [hit.article for hit in hits[:OFFERS_MAX]]
    articles = Article.objects.visible_to(viewer).filter(pk__in=wanted).with_published().in_bulk()
    found = [(hit, articles[hit.article]) for hit in hits[:OFFERS_MAX] if hit.article in articles]
    return [offer for hit, article in found if (offer := _offer(hit, article, locale, result.is_provisional))]


def _offer(hit: Hit, article: Article, locale: str, is_provisional: bool) -> Offer | None:
    text = article.published(locale)
    if text is None or text.published is None:
        return None
    words = hit.text or lead(text.published.text)
    return Offer(
        article.pk, text.title, addresses.article(article, locale), words, text.locale, is_provisional
    )
