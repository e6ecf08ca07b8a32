"""The first page: one question field, the products, the questions people have most, every topic, the news."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect

from handrail.accounts.viewer import Viewer
from handrail.knowledge.models import Product, Topic
from handrail.knowledge.queries import common_questions, latest_news
from handrail.web.portal import addresses, structured
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.workspace.locales import LOCALES

QUESTIONS_MAX = 8
NEWS_MAX = 4


@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>"""
    viewer = request.viewer  # type: ignore[attr-defined]
    path = addresses.home(locale)
    languages = in_every_locale(path, locale)
    return show(
        request,
        "portal/home.html",
        Frame(path=path, languages=languages, switch=languages),
        locale=locale,
        shelves=shelves(viewer),
        questions=common_questions(viewer, at_most=QUESTIONS_MAX),
        news=latest_news(viewer, at_most=NEWS_MAX),
        data=[structured.site(request.brand, locale)],  # type: ignore[attr-defined]
    )


def shelves(viewer: Viewer) -> list[tuple[Product, list[Topic]]]:
    """Each product with its topics, in their order."""
    topics: dict[int, list[Topic]] = defaultdict(list)
    for topic in Topic.objects.visible_to(viewer).topmost().with_texts():
        topics[topic.product_id].append(topic)
    return [(product, topics[product.pk]) for product in Product.objects.visible_to(viewer).with_texts()]


def front_door(request: HttpRequest) -> HttpResponse:
    """GET /: to the help centre in the language the browser asks for first, else the brand's own."""
    asked = request.headers.get("Accept-Language", "")
    wanted = next(
        (code[:2] for code in asked.lower().replace(" ", "").split(",") if code[:2] in LOCALES), None
    )
    brand = request.brand  # type: ignore[attr-defined]
    response = HttpResponseRedirect(addresses.home(wanted or brand.default_locale))
    response["Vary"] = "Accept-Language"
    return response


def without_slash(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/: the same page has one address."""
    return HttpResponsePermanentRedirect(addresses.home(locale))
