"""The list of articles: every one there is, by state, language, place and owner, or by what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.knowledge import shelf
from handrail.knowledge.models import Article, Product, Topic
from handrail.web.console.frame import show
from handrail.web.console.standing import Standing, standing
from handrail.workspace.locales import LOCALES, best

VIEWS = {
    "": gettext_lazy("All"),
    "draft": gettext_lazy("Being written"),
    "review": gettext_lazy("In review"),
    "approved": gettext_lazy("Approved"),
    "scheduled": gettext_lazy("Scheduled"),
    "published": gettext_lazy("Published"),
    "checking": gettext_lazy("Needs checking"),
    "outdated": gettext_lazy("Translation out of date"),
    "archived": gettext_lazy("Archived"),
}


@dataclass(frozen=True)
class Line:
    """One article of the list: its title in the reader's language if it can be, and how each language stands."""

    article: Article
    title: str
    locale: str
    texts: list[tuple[str, Standing | None]]


def articles(request: HttpRequest) -> HttpResponse:
    """GET /console/articles?state=&locale=&lacks=&product=&owner=&query=&after="""
    viewer: Viewer = request.viewer
    filters = filters_of(request.GET)
    after = request.GET.get("after", "")
    found = shelf.page(viewer, filters, after=after)
    counted = shelf.counts(viewer, filters)
    return show(
        request,
        "console/articles.html",
        here="articles",
        lines=[_line(article, viewer.locale) for article in found.articles],
        after=found.after,
        is_first=not after,
        filters=filters,
        asked=_asked(filters),
        views=[(code, name, counted[code or "all"]) for code, name in VIEWS.items()],
        topics=topics_of(filters, viewer.locale),
        **choices(viewer.locale),
    )


def topics_of(filters: shelf.Filters, locale: str) -> list[tuple[int, str]]:
    """(id, name) of the topics the list can be narrowed to: those of its product, or the one it is narrowed to."""
    if filters.product is None and filters.topic is None:
        return []
    beside = Q(product=filters.product) if filters.product else Q(product__topics=filters.topic)
    topics = Topic.objects.filter(beside | Q(pk=filters.topic)).with_texts().distinct()
    return [(topic.pk, topic.name(locale)) for topic in topics]


def choices(locale: str) -> dict[str, Any]:
    """What the filters and the form of a new article offer."""
    products = Product.objects.with_texts()
    return {
        "products": sorted((product.pk, product.name(locale)) for product in products),
        "staff": [("0", _("Nobody")), *User.objects.staff().values_list("pk", "name")],
        "locales": [(code, language(code)) for code in LOCALES],
    }


def language(code: str) -> str:
    """The name of a language in the page's own."""
    return {"ko": _("Korean"), "en": _("English")}[code]


def filters_of(asked: QueryDict) -> shelf.Filters:
    """What the address narrows the list to; a value nobody knows narrows nothing."""
    return shelf.Filters(
        state=_one_of(asked.get("state", ""), shelf.STATES),
        locale=_one_of(asked.get("locale", ""), LOCALES),
        lacks=_one_of(asked.get("lacks", ""), LOCALES),
        product=_number(asked.get("product", "")),
        topic=_number(asked.get("topic", "")),
        owner=_number(asked.get("owner", "")),
        query=asked.get("query", "").replace("\0", "")[:200].strip(),
    )


def _line(article: Article, locale: str) -> Line:
    texts = {text.locale: text for text in article.translations.all()}
    shown = texts.get(article.original_locale) or best(texts.values(), locale)
    # The reader's own language first, where it says anything.
    shown = texts.get(locale) or shown
    return Line(
        article,
        (shown.newest.title if shown and shown.newest else "") or _("(no title)"),
        shown.locale if shown else article.original_locale,
        [(code, standing(texts[code]) if code in texts else None) for code in LOCALES],
    )


def _asked(filters: shelf.Filters) -> dict[str, Any]:
    fields = ("locale", "lacks", "product", "topic", "owner", "query")
    return {name: getattr(filters, name) for name in fields if getattr(filters, name) not in ("", None)}


def _one_of(value: str, known: Any) -> str:
    return value if value in known else ""


def _number(value: str) -> int | None:
    return int(value) if value.isdigit() and len(value) < 10 else None
