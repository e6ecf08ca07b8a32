"""Answers and suggestions: the same engine, and the same JSON, as `handrail ask --json`."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.answers.asked_from import Page
from handrail.answers.suggest import suggest
from handrail.knowledge.models import Article, Product
from handrail.web.api.caller import caller, counted
from handrail.web.api.errors import Error
from handrail.web.brands import site_asked

QUERY_CHARS_MAX = 1_000
REFUSED = {400: Error, 401: Error, 422: Error, 429: Error}
router = Router(tags=["answers"])


class Choice(Schema):
    article: int = Field(description="The article's id.")
    title: str
    url: str = Field(description="Where it can be read.")
    locale: str = Field(
        description="The language of its text; not the asker's where it exists in another alone."
    )
    product: str = Field(description="The name of its product.")
    version: int = Field(
        ge=0, description="The number of the text's version; every surface names the same one."
    )
    confidence: float = Field(ge=0, le=1, description="How likely it is the right one.")


class Answer(Choice):
    article: int | None = Field(  # type: ignore[assignment]
        description="The article's id; null where it is the opening hours that answer."
    )
    text: str = Field(
        description="The passage that answers, word for word; or what a language model made of it, if one is set."
    )
    quoted: str = Field(description="The passage, word for word, in any case.")
    provisional: bool = Field(description="True until this site has measured how often it is right; say so.")


class Part(Answer):
    question: str = Field(description="The part of the question that this answers.")


class Answered(Schema):
    """One of three: an answer with its source, choices, or neither, and then a person is the way on."""

    outcome: Literal["answer", "choices", "handover"]
    answer: Answer | None
    parts: list[Part] = Field(
        description="Where several things were asked at once: each with its answer, the first one being `answer`. Else empty."
    )
    choices: list[Choice]
    ms: float = Field(description="What the engine took, in milliseconds.")
    locale: str
    repaired: str = Field(
        description="The question as it was meant, where it was typed in the wrong keyboard layout or misspelled."
    )
    missing: list[str] = Field(description="Models that could not be asked: morphs, vectors, embeddings.")
    starting: bool = Field(
        description="The models are still being loaded: asked again in a minute it may be found better."
    )
    ask: str = Field(description="Key of the kept question; empty where it was not kept.")
    wants_person: bool = Field(
        description="The words ask for a person (“talk to a human”): offer the way to one before anything else."
    )
    hours: str = Field(
        description="When people are there, where that was asked: what `answer` says, or the first of `parts`. Else empty."
    )
    contact: str = Field(description="Where one writes to a person, if that is the way on; else empty.")


class Suggestion(Schema):
    title: str
    url: str
    note: str = ""
    version: int = 0


class Suggested(Schema):
    suggestions: list[Suggestion]


class Asked(Schema):
    query: str = Field(
        min_length=1, max_length=QUERY_CHARS_MAX, description="The question, in the asker's own words."
    )
    locale: Literal["ko", "en"] = Field(default="ko", description="The language of the asker.")
    product: int | None = Field(
        default=None, ge=1, le=(1 << 63) - 1, description="Only what stands below this product."
    )
    from_article: int | None = Field(
        default=None,
        ge=1,
        le=(1 << 63) - 1,
        description="The article the asker is reading: what stands near it is preferred, nothing is left out.",
    )
    from_product: int | None = Field(
        default=None,
        ge=1,
        le=(1 << 63) - 1,
        description="The product whose page the asker is on: a preference too.",
    )


@router.get("/answers", response={200: Answered, **REFUSED}, summary="Answer a question")
def answers(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> dict[str, Any]:
    """Answers from what the caller may read, or offers choices, or leaves it to a person. Without a token: what is public."""
    viewer = admitted(request, response)
    question = asked.query.replace("\0", "")
    product, brand = _product(asked.product, viewer), request.brand.pk  # type: ignore[attr-defined]
    result = answer(
        question,
        viewer,
        locale=asked.locale,
        product=product,
        channel="api",
        brand=brand,
        page=_page(asked, viewer),
    )
    return result.as_json(site=site_asked(request))


@router.get(
    "/suggestions", response={200: Suggested, **REFUSED}, summary="Suggest articles while somebody types"
)
def suggestions(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> dict[str, Any]:
    """Articles by the beginning of a word, by initial consonants (ㅎㅂ), in either keyboard layout. Nothing is kept."""
    viewer = admitted(request, response)
    typed = asked.query.replace("\0", "")
    found = suggest(typed, viewer, locale=asked.locale, product=_product(asked.product, viewer))
    return {
        "suggestions": [
            {"title": hit.title, "url": hit.path, "note": "", "version": hit.version} for hit in found
        ]
    }


def admitted(request: HttpRequest, response: HttpResponse) -> Viewer:
    viewer = caller(request)
    for name, value in counted(request, viewer).items():
        response[name] = value
    response["Cache-Control"] = "private, no-store"
    return viewer


def _product(number: int | None, viewer: Viewer) -> Product | None:
    return Product.objects.visible_to(viewer).filter(pk=number).first() if number else None


def _page(asked: Asked, viewer: Viewer) -> Page | None:
    """Where it was asked, as far as the caller may see that place."""
    seen = Article.objects.visible_to(viewer).select_related("topic")
    article = seen.filter(pk=asked.from_article).first() if asked.from_article else None
    return Page.of(article, _product(asked.from_product, viewer))
