"""Translating side by side: the original on one side with what changed in it since, the translation on the other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from handrail.knowledge.block_uses import names_of_blocks
from handrail.knowledge.difference import difference, words
from handrail.knowledge.models import Article, Revision
from handrail.web.console.article_fetch import fetch, text_of
from handrail.web.console.article_page import frame_of
from handrail.web.console.frame import say_kept, show
from handrail.web.console.writing import Writing


def translation(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """GET /console/articles/<pk>/<locale>/translation; the original itself has none.

    ?begin=original  where nothing is written yet: the form holds the original, to be written over
    """
    article = fetch(request, pk)
    if locale == article.original_locale:
        return redirect("console:article", pk, locale)
    text, original = text_of(article, locale), article.newest_of_original()
    is_begun = text is not None and text.newest is not None
    if request.GET.get("begin") == "original" and original and not is_begun:
        return render(request, article, locale, writing=Writing.begun_from(original))
    return render(request, article, locale)


def render(
    request: HttpRequest,
    article: Article,
    locale: str,
    *,
    writing: Writing | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    """The two sides, with the form as it was sent where it was refused."""
    text = text_of(article, locale)
    original = article.newest_of_original()
    seen = text.translated_from if text else None
    before = seen if seen and original and not seen.says_the_same_as(original) else None
    # Compared with itself, the original is told block by block with nothing marked.
    states = ((before or original).whole, original.whole) if original else ("", "")
    rows = difference(*states, names=names_of_blocks(*states))
    return show(
        request,
        "console/translation.html",
        status=status,
        here="articles",
        **frame_of(article, locale),
        article=article,
        language=locale,
        text=text,
        original=original,
        before=before,
        heading=words((before or original).title, original.title)[1] if original else [],
        rows=rows,
        writing=writing or Writing.of(text),
        may_begin=bool(original) and writing is None and not (text and text.newest),
        trouble=trouble,
    )


@require_POST
def hold(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """POST: the translation is right for the original as it stands now."""
    article = fetch(request, pk)
    text = text_of(article, locale)
    if text is not None and not text.is_original:
        text.hold(by=request.user)  # type: ignore[arg-type]
        say_kept(request)
    return redirect("console:article", pk, locale)


def translated_from(request: HttpRequest, article: Article) -> Revision | None:
    """The state of the original that stood beside the form; None where none did."""
    sent = request.POST.get("translated_from", "")
    if not sent.isdigit() or len(sent) > 18:
        return None
    own = Revision.objects.filter(translation__article=article, translation__locale=article.original_locale)
    return own.filter(pk=sent).first()
