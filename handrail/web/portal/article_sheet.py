"""What an article's page shows that does not depend on who reads it, gathered and drawn as one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from handrail.accounts.viewer import Viewer
from handrail.answers.related import like
from handrail.core.html import to_text
from handrail.knowledge.feedback import helped_lately
from handrail.knowledge.models import Article, Translation, Troubleshooter
from handrail.knowledge.reading import read
from handrail.knowledge.troubleshooting.tree import said
from handrail.web.portal import addresses, depth, structured
from handrail.web.portal.embeds import players_in
from handrail.web.portal.films import told
from handrail.web.portal.page import Frame, around
from handrail.web.portal.paper import is_offered
from handrail.web.portal.reading import laid_out, lead
from handrail.web.portal.scope import chosen
from handrail.web.portal.sheets import Sheet
from handrail.web.ui.jinja import query
from handrail.workspace.locales import LOCALES

RELATED_MAX = 5
STEPS = '<ol class="steps">'
WITH_STEPS = (Article.Kind.HOW_TO, Article.Kind.TROUBLESHOOTING)


@dataclass(frozen=True)
class FirstQuestion:
    """choices: pairs of (answer, address of the next step)."""

    text: str
    choices: list[tuple[str, str]]


def gather(
    request: HttpRequest,
    locale: str,
    article: Article,
    text: Translation,
    *,
    stamp: int = 0,
    is_preview: bool = False,
) -> Sheet:
    """The sheet of a text for a reader of `locale`; `stamp` is the brand's, read before article and text were."""
    path = addresses.article(article, locale)
    product = article.topic.product
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    whole = told(read(text.published, viewer, locale=locale), viewer, locale=locale)  # type: ignore[arg-type]
    words = depth.shown_to(request, whole)
    frame = frame_of(article, text, locale, chosen(request, otherwise=product))
    framed = around(request, frame, locale=locale) | {"is_unpublished": is_preview}
    trail = trail_of(article, text, locale)
    own = {
        "article": article,
        "text": text,
        "trail": trail,
        "depths": depth.switch(request, whole, path),
        "data": [
            structured.breadcrumb(trail, path, locale, request.brand),  # type: ignore[attr-defined]
            structured.article(text, path, request.brand),  # type: ignore[attr-defined]
        ],
        "summary": lead(_as_read(words, text)),
    }
    parts = {
        "title": text.title,
        "head": drawn("head", framed | own),
        "content": drawn("text", framed | own | inner(article, text, words, viewer, locale)),
    }
    return Sheet(path, MappingProxyType(framed | parts), players_in(words), stamp)


def _as_read(words: str, text: Translation) -> str:
    """The article's text as this reader has it: no part that is kept from them, none of the depth they do not read."""
    published = text.published
    return published.text if published and words == published.html else to_text(words)


def drawn(part: str, context: dict[str, Any]) -> Markup:
    return Markup(render_to_string(f"portal/article_{part}.html", context))  # noqa: S704  (a template escapes by itself)


def inner(article: Article, text: Translation, words: str, viewer: Viewer, locale: str) -> dict[str, object]:
    """What only the middle of the page shows; `words` are the text as this viewer reads it."""
    body, headings = laid_out(words)
    return {
        "body": body,
        "headings": headings,
        "may_have_changed": article.needs_checking(),
        "first_question": first_question(article, locale),
        "has_steps": article.kind in WITH_STEPS or STEPS in words,
        "related": related(article, text.title, viewer, locale),
        "has_pdf": is_offered(),
        "downloads": list(article.files.downloads()),
        "labels": [(label.name, *label.said(locale)) for label in article.labels.all()],
        "helped": helped_lately([article.pk]).get(article.pk, 0),
    }


def trail_of(article: Article, text: Translation, locale: str) -> list[tuple[str, str]]:
    """(name, address) from the product down to the article itself, which needs none."""
    product, topics = article.topic.product, (*article.topic.above(), article.topic)
    return [
        (product.name(locale), addresses.product(product, locale)),
        *((topic.name(locale), addresses.topic(topic, locale)) for topic in topics),
        (text.title, ""),
    ]


def first_question(article: Article, locale: str) -> FirstQuestion | None:
    """Where the article is the face of a troubleshooter: its first question, to be answered right there."""
    if article.kind != Article.Kind.TROUBLESHOOTING:
        return None
    one = (
        Troubleshooter.objects.filter(article=article, published__isnull=False)
        .select_related("published")
        .first()
    )
    start = one.shown.walk([]).at if one else None
    if one is None or start is None:
        return None
    path = addresses.troubleshooter(one, locale)
    choices = [
        (said(choice.text, locale), query(path, a=choice.key)) for choice in start.choices if choice.to
    ]
    return FirstQuestion(said(start.text, locale), choices)


def frame_of(article: Article, text: Translation, locale: str, scope: object) -> Frame:
    """Canonical where the text is written; alternates only where a translation is published."""
    published = {each.locale for each in article.translations.all()}
    everywhere = {code: addresses.article(article, code) for code in LOCALES}
    return Frame(
        path=everywhere[text.locale],
        languages={code: path for code, path in everywhere.items() if code in published},
        switch=everywhere,
        scope=scope,  # type: ignore[arg-type]
        carry={"article": article.pk},
        robots="" if article.audience == "public" else "noindex",
    )


def related(article: Article, title: str, viewer: Viewer, locale: str) -> list[Article]:
    """Chosen by the author first, then what is nearest by words and meaning, then neighbours in the same topic."""
    visible = Article.objects.visible_to(viewer).listed().exclude(pk=article.pk)
    wanted = list(article.related.values_list("pk", flat=True))
    if len(wanted) < RELATED_MAX:
        wanted += like(article, title, viewer, locale=locale, at_most=RELATED_MAX)
    found = visible.filter(pk__in=wanted).with_published().in_bulk()
    picked = [found[pk] for pk in dict.fromkeys(wanted) if pk in found][:RELATED_MAX]
    if len(picked) < RELATED_MAX:
        near = visible.filter(topic=article.topic_id).exclude(pk__in=wanted).with_published()
        picked += near[: RELATED_MAX - len(picked)]
    return picked
