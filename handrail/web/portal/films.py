"""The film library, and what is said in the films of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from handrail.accounts.viewer import Viewer
from handrail.knowledge.articles import ArticleQuerySet
from handrail.knowledge.films import captions_in, purposes, with_words, words_of
from handrail.knowledge.models import Article, ArticleFile, Product
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.topics import summary
from handrail.web.ui.jinja import query

FILMS_MOST = 200


@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/videos?product=<number>&purpose=choosing|using|storing; what is neither narrows nothing."""
    films = list(of_everything(request.viewer)[:FILMS_MOST])  # type: ignore[attr-defined]
    products = list(dict.fromkeys(film.topic.product for film in films))
    product = next((one for one in products if str(one.pk) == request.GET.get("product", "")), None)
    purpose = request.GET.get("purpose", "")
    if purpose not in purposes():
        purpose = ""
    shown = [
        film
        for film in films
        if (not product or film.topic.product == product) and (not purpose or film.purpose == purpose)
    ]
    path = addresses.videos(locale)
    languages = in_every_locale(path, locale)
    return show(
        request,
        "portal/videos.html",
        Frame(path=path, languages=languages, switch=languages, scope=product),
        locale=locale,
        films=list(_tiles(shown, request.viewer, locale)),  # type: ignore[attr-defined]
        by_product=list(_choices(path, products, product, purpose, locale)),
        by_purpose=list(_purposes(path, purpose, product)),
        everything=path if product or purpose else "",
    )


def of_everything(viewer: Viewer) -> ArticleQuerySet:
    """The films this viewer may watch, product by product."""
    films = Article.objects.visible_to(viewer).listed().filter(kind=Article.Kind.VIDEO).with_published()
    films = films.filter(topic__product__put_away_at=None)
    return films.order_by("topic__product__position", "topic__position", "position", "pk")


def told(words: str, viewer: Viewer, *, locale: str) -> str:
    """The HTML of a text with what is said in each of its films below it. Films without captions stay as they are."""
    named = captions_in(words, locale)
    if not named:
        return words
    said = words_of([each.name for each in named], ArticleFile.objects.visible_to(viewer))
    for each in reversed(named):
        if cues := said.get(each.name):
            moments = [(cue.at, clock_of(cue.at), cue.text) for cue in cues]
            context = {"name": each.name, "cues": moments, "locale": each.locale, "page": locale}
            below = render_to_string("portal/transcript.html", context)
            words = words[: each.end] + below + words[each.end :]
    return words


def clock_of(seconds: float) -> str:
    """75.2 -> "1:15", 3675 -> "1:01:15"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _tiles(films: Sequence[Article], viewer: Viewer, locale: str) -> Iterator[tuple[Article, str, str, bool]]:
    """Film, its first words, what it is for, and whether what is said in it stands below it in writing."""
    texts = [film.published(locale) for film in films]
    htmls = [text.published.html if text and text.published else "" for text in texts]
    written = with_words(htmls, locale, ArticleFile.objects.visible_to(viewer))
    for film, has_words in zip(films, written, strict=True):
        yield film, summary(film, locale), purposes().get(film.purpose, ""), has_words


def _choices(
    path: str, products: list[Product], chosen: Product | None, purpose: str, locale: str
) -> Iterator[tuple[str, str, bool]]:
    for one in products:
        yield (
            one.name(locale),
            query(path, product="" if one == chosen else one.pk, purpose=purpose),
            one == chosen,
        )


def _purposes(path: str, chosen: str, product: Product | None) -> Iterator[tuple[str, str, bool]]:
    for code, name in purposes().items():
        where = query(path, product=product.pk if product else "", purpose="" if code == chosen else code)
        yield name, where, code == chosen
