"""One article: its words, what to do with them, and the way on when they were not enough."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string

from handrail.knowledge.models import Article, Redirect, Translation
from handrail.web.portal import addresses, embeds, missing
from handrail.web.portal.along import with_what_was_asked
from handrail.web.portal.article_sheet import gather
from handrail.web.portal.locale import in_locale
from handrail.web.portal.sheets import Sheet, sheet_of


@in_locale
def page(request: HttpRequest, locale: str, id: int, slug: str = "") -> HttpResponse:
    """GET /hc/<locale>/articles/<id>-<slug>; 410 for what was public once and was taken back."""
    try:
        sheet = sheet_of(
            request,
            locale,
            id,
            lambda stamp: gather(request, locale, *found(request, locale, id), stamp=stamp),
        )
    except Http404:
        if not was_public(id):
            raise
        return missing.page(request, status=410)
    return addresses.put_right(request, sheet.path) or drawn(request, sheet, article=id)


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
    response = drawn(request, gather(request, locale, article, text, is_preview=True), article=id)
    response["Cache-Control"] = "no-store"
    return response


def drawn(request: HttpRequest, sheet: Sheet, *, article: int) -> HttpResponse:
    """The page: the frame drawn around a sheet, and what this reader asked in its ways on."""
    # A copy: the template engine puts the request and its form token into what it is given.
    context = dict(sheet.context)
    page = render_to_string("portal/article.html", context, request=request)
    response = HttpResponse(with_what_was_asked(page, request, article=article))
    return embeds.admitted(response, sheet.players)


def found(request: HttpRequest, locale: str, id: int) -> tuple[Article, Translation]:
    """The article and the text a reader of `locale` gets. Raises Http404 for what the viewer may not read."""
    visible = Article.objects.visible_to(request.viewer).with_published()  # type: ignore[attr-defined]
    article = visible.filter(pk=id).first()
    text = article.published(locale) if article else None
    if article is None or text is None:
        raise Http404
    return article, text


def was_public(id: int) -> bool:
    """Whether strangers could read the article once and nothing of it is published now."""
    once = Article.objects.filter(pk=id, audience="public", translations__published_at__isnull=False)
    return once.exclude(translations__published__isnull=False).exists()


@in_locale
def moved(request: HttpRequest, locale: str, rest: str) -> HttpResponse:
    """Any other address below the help centre: where an import says it used to lead, for good."""
    old = Redirect.objects.filter(path__in=[f"{locale}/{rest}", f"hc/{locale}/{rest}"]).first()
    if old is None:
        raise Http404
    article, _text = found(request, old.locale, old.article_id)
    return HttpResponsePermanentRedirect(addresses.article(article, old.locale))
