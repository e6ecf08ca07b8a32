"""One article: its words, what to do with them, and the way on when they were not enough."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from handrail.accounts.viewer import Viewer
from handrail.answers.related import like
from handrail.knowledge.feedback import helped_lately
from handrail.knowledge.models import Article, Redirect, Translation, Troubleshooter
from handrail.knowledge.reading import read
from handrail.knowledge.troubleshooting.tree import said
from handrail.web.portal import addresses, embeds, missing, structured
from handrail.web.portal.films import told
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, show
from handrail.web.portal.paper import is_offered
from handrail.web.portal.reading import laid_out, lead
from handrail.web.portal.scope import chosen
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


@in_locale
def page(request: HttpRequest, locale: str, id: int, slug: str = "") -> HttpResponse:
    """GET /hc/<locale>/articles/<id>-<slug>; 410 for what was public once and was taken back."""
    try:
        article, text = found(request, locale, id)
    except Http404:
        if not was_public(id):
            raise
        return missing.page(request, status=410)
    path = addresses.article(article, locale)
    if redirect := addresses.put_right(request, path):
        return redirect
    return shown(request, locale, article, text)


@in_locale
def preview(request: HttpRequest, locale: str, id: int) -> HttpResponse:
    """GET /hc/<locale>/articles/<id>/preview: the newest text in this very language as readers would see it."""
    editable = Article.objects.editable_by(request.viewer).select_related("topic__product")  # type: ignore[attr-defined]
    article = (
        editable.prefetch_related("translations__published", "translations__draft").filter(pk=id).first()
    )
    text = (
        next((each for each in article.translations.all() if each.locale == locale), None)
        if article
        else None
    )
    if article is None or text is None or text.newest is None:
        raise Http404
    text.published = text.newest
    response = shown(request, locale, article, text, is_preview=True)
    response["Cache-Control"] = "no-store"
    return response


def shown(
    request: HttpRequest, locale: str, article: Article, text: Translation, *, is_preview: bool = False
) -> HttpResponse:
    """The page of a text for a reader of `locale`."""
    path = addresses.article(article, locale)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    words = told(read(text.published, viewer, locale=locale), viewer, locale=locale)  # type: ignore[arg-type]
    body, headings = laid_out(words)
    product = article.topic.product
    trail = [
        (product.name(locale), addresses.product(product, locale)),
        *(
            (topic.name(locale), addresses.topic(topic, locale))
            for topic in (*article.topic.above(), article.topic)
        ),
        (text.title, ""),
    ]
    response = show(
        request,
        "portal/article.html",
        frame_of(article, text, locale, chosen(request, otherwise=product)),
        locale=locale,
        article=article,
        text=text,
        is_preview=is_preview,
        may_have_changed=article.needs_checking(),
        body=body,
        headings=headings,
        trail=trail,
        first_question=first_question(article, locale),
        has_steps=article.kind in WITH_STEPS or STEPS in words,
        related=related(article, text.title, viewer, locale),
        has_pdf=is_offered(),
        downloads=list(article.files.downloads()),
        labels=list(article.labels.values_list("name", flat=True)),
        helped=helped_lately([article.pk]).get(article.pk, 0),
        summary=lead(text.published.text),  # type: ignore[union-attr]
        data=[
            structured.breadcrumb(trail, path, locale),
            structured.article(text, path, request.brand),  # type: ignore[attr-defined]
        ],
    )
    return embeds.admitted(response, words)


def found(request: HttpRequest, locale: str, id: int) -> tuple[Article, Translation]:
    """The article and the text a reader of `locale` gets. Raises Http404 for what the viewer may not read."""
    visible = Article.objects.visible_to(request.viewer).with_published()  # type: ignore[attr-defined]
    article = visible.filter(pk=id).first()
    text = article.published(locale) if article else None
    if article is None or text is None:
        raise Http404
    return article, text


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


def was_public(id: int) -> bool:
    """Whether strangers could read the article once and nothing of it is published now."""
    once = Article.objects.filter(pk=id, audience="public", translations__published_at__isnull=False)
    return once.exclude(translations__published__isnull=False).exists()


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


@in_locale
def moved(request: HttpRequest, locale: str, rest: str) -> HttpResponse:
    """Any other address below the help centre: where an import says it used to lead, for good."""
    old = Redirect.objects.filter(path__in=[f"{locale}/{rest}", f"hc/{locale}/{rest}"]).first()
    if old is None:
        raise Http404
    article, _text = found(request, old.locale, old.article_id)
    return HttpResponsePermanentRedirect(addresses.article(article, old.locale))
