"""Up to three answers beside a form: what is quoted first, then what else may be meant."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.answers.asked_from import Page
from handrail.answers.chosen import glimpses
from handrail.answers.results import Hit
from handrail.knowledge.models import Article
from handrail.web.portal import addresses
from handrail.web.portal.reading import lead

OFFERS_MAX = 3


@dataclass(frozen=True)
class Offer:
    """An article that may answer. `text` is the passage, what comes near, or how it begins; `locale` its language."""

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
    text: str = "",
    locale: str,
    page: Page | None = None,
    brand: int | None = None,
    without: Collection[int] = (),
) -> list[Offer]:
    """What the engine would say now, without keeping the question: its writer is not done yet.

    text  what stands below it, as in a mail: both are read as one, then the question alone
    page  what the reader was looking at, or picked as what it is about: preferred, as people pick wrongly
    without  articles they have before them already
    """
    found: dict[int, tuple[Hit, bool]] = {}
    near: dict[int, str] = {}
    for asked in dict.fromkeys(filter(None, (f"{question}\n{text}".strip(), question))):
        result = answer(asked, viewer, locale=locale, page=page, channel="form", brand=brand, remember=False)
        for hit in (*result.answers, *result.choices):
            if hit.article not in without:
                found.setdefault(hit.article, (hit, result.is_provisional))
        near = glimpses(result, viewer) | near
    # Whatever is sure enough to be quoted comes first, from whichever reading.
    wanted = sorted(found, key=lambda article: not found[article][0].text)[:OFFERS_MAX]
    articles = Article.objects.visible_to(viewer).filter(pk__in=wanted).with_published().in_bulk()
    rows = [(found[pk], articles[pk]) for pk in wanted if pk in articles]
    made = [
        _offer(hit, near.get(article.pk, ""), article, locale, provisional)
        for (hit, provisional), article in rows
    ]
    return [offer for offer in made if offer]


def _offer(hit: Hit, near: str, article: Article, locale: str, is_provisional: bool) -> Offer | None:
    text = article.published(locale)
    if text is None or text.published is None:
        return None
    words = hit.text or near or lead(text.published.text)
    address = addresses.article(article, locale) + hit.fragment
    return Offer(article.pk, text.title, address, words, text.locale, is_provisional)
