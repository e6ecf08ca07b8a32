"""All news, the newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.knowledge.queries import latest_news
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.scope import chosen
from handrail.web.portal.topics import summary
from handrail.web.ui.jinja import query

ON_A_PAGE = 30


@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/news?product=<number>&skip=<how many newer ones>"""
    product, skip = chosen(request), _skip(request)
    found = latest_news(request.viewer, product=product, at_most=ON_A_PAGE + 1, skip=skip)  # type: ignore[attr-defined]
    path, number = addresses.news(locale), product.pk if product else None
    languages = in_every_locale(path, locale)
    return show(
        request,
        "portal/news.html",
        Frame(
            path=path, languages=languages, switch=languages, scope=product, robots="noindex" if skip else ""
        ),
        locale=locale,
        news=[(article, summary(article, locale)) for article in found[:ON_A_PAGE]],
        product=product,
        newer=_at(path, number, max(skip - ON_A_PAGE, 0)) if skip else "",
        older=_at(path, number, skip + ON_A_PAGE) if len(found) > ON_A_PAGE else "",
    )


def _skip(request: HttpRequest) -> int:
    said = request.GET.get("skip", "")
    return int(said) if said.isdecimal() and len(said) < 6 else 0


def _at(path: str, product: int | None, skip: int) -> str:
    return query(path, product=product or "", skip=skip or "")
