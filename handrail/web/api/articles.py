"""Articles for programs: what the caller may read, each with the number of the version pages show."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from handrail.accounts.viewer import Viewer
from handrail.knowledge.models import Article
from handrail.knowledge.reading import read
from handrail.web.api.answers import admitted
from handrail.web.api.errors import Error
from handrail.web.brands import site_asked
from handrail.workspace.locales import LOCALES

PAGE_ROWS = 30
ID_MAX = (1 << 63) - 1
REFUSED = {401: Error, 422: Error, 429: Error}
router = Router(tags=["articles"])


class Summary(Schema):
    id: int
    title: str
    locale: str = Field(description="The language of this text.")
    locales: list[str] = Field(description="The languages it is published in.")
    version: int = Field(description="The number of the published version, as its page names it.")
    kind: str
    audience: str = Field(
        description="Who may read it: public, signed_in, segment:<id>, employees or agents."
    )
    product: int
    topic: int
    labels: list[str]
    updated_at: datetime | None
    url: str = Field(description="Where it can be read.")


class Whole(Summary):
    body: str = Field(description="Clean HTML.")


class Page(Schema):
    articles: list[Summary]
    next_page: int | None = Field(description="Ask for it with page=; null at the end.")


class Asked(Schema):
    locale: Literal["ko", "en"] = "ko"
    product: int | None = Field(default=None, ge=1, le=ID_MAX)
    topic: int | None = Field(default=None, ge=1, le=ID_MAX)
    label: str = Field(default="", max_length=40)
    page: int = Field(default=1, ge=1, le=100_000)


class Read(Schema):
    locale: Literal["ko", "en"] = "ko"


@router.get("/articles", response={200: Page, **REFUSED}, summary="List articles")
def articles(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> dict[str, Any]:
    """What the caller may read, in the order it stands. Without a token: what is public."""
    viewer = admitted(request, response)
    rows = Article.objects.visible_to(viewer).listed().with_published().prefetch_related("labels")
    if asked.product:
        rows = rows.filter(topic__product=asked.product)
    if asked.topic:
        rows = rows.filter(topic=asked.topic)
    if asked.label:
        rows = rows.filter(labels__name=asked.label.replace("\0", ""))
    start = (asked.page - 1) * PAGE_ROWS
    ordered = rows.order_by("topic__product__position", "topic__position", "position", "pk")
    found = list(ordered[start : start + PAGE_ROWS + 1])
    is_more = len(found) > PAGE_ROWS
    told = [summary(one, asked.locale, site_asked(request)) for one in found[:PAGE_ROWS]]
    return {"articles": told, "next_page": asked.page + 1 if is_more else None}


@router.get("/articles/{article}", response={200: Whole, 404: Error, **REFUSED}, summary="Read one article")
def article(request: HttpRequest, response: HttpResponse, article: int, asked: Query[Read]) -> dict[str, Any]:
    """Its text in the language asked for, else in another, which `locale` names."""
    viewer = admitted(request, response)
    if not 0 < article <= ID_MAX:
        raise Http404
    one = Article.objects.visible_to(viewer).with_published().filter(pk=article).first()
    if one is None:
        raise Http404
    return summary(one, asked.locale, site_asked(request)) | {"body": body(one, viewer, asked.locale)}


def summary(one: Article, locale: str, site: str) -> dict[str, Any]:
    text = one.published(locale)
    assert text is not None and text.published is not None  # visible_to asks for a published text
    return {
        "id": one.pk,
        "title": text.published.title,
        "locale": text.locale,
        "locales": [code for code in LOCALES if any(each.locale == code for each in one.translations.all())],
        "version": text.published.number,
        "kind": one.kind,
        "audience": one.audience_key,
        "product": one.topic.product_id,
        "topic": one.topic_id,
        "labels": [label.name for label in one.labels.all()],
        "updated_at": text.updated_at,
        "url": f"{site}/hc/{locale}/articles/{one.pk}-{quote(text.slug)}",
    }


def body(one: Article, viewer: Viewer, locale: str) -> str:
    """The words the viewer reads."""
    text = one.published(locale)
    return read(text.published, viewer, locale=locale) if text and text.published else ""
