"""What the editor asks while somebody writes: files kept, articles and blocks found, Markdown read and written."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from handrail.core.fetch.client import FetchError, fetch
from handrail.core.files.captions import as_webvtt
from handrail.core.files.keeping import FileRefused, read
from handrail.core.files.pictures import size_of
from handrail.core.html import clean
from handrail.core.markdown import to_html
from handrail.core.markdown_writing import from_html
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.models import Article, Block
from handrail.knowledge.reading import read as as_read
from handrail.web.console.for_whom import audiences
from handrail.web.console.frame import me
from handrail.workspace.locales import LOCALES, best

FOUND_MAX = 12
PICTURE_BYTES_MAX = 10 * 1024 * 1024
TEXT_CHARS_MAX = 1_000_000


@require_POST
def files(request: HttpRequest) -> HttpResponse:
    """POST file, or the address of a picture; ?article= or ?block= says whose -> {"src", "type", "width", "height"}.

    Without either it waits for the article to be saved. 422 with {"error"}: a sentence for the author.
    """
    try:
        content, name = _sent(request)
        kept = ArticleFile.attach(_owner(request), as_webvtt(content) or content, title=name, by=me(request))
        size = size_of(read(kept.file)) if kept.content_type.startswith("image/") else (0, 0)
        if size is None:
            raise FileRefused(
                _("The picture “%(name)s” cannot be opened. Save it anew and try again.")
                % {"name": name[:80]}
            )
    except FileRefused as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    said: dict[str, Any] = {"src": kept.path, "type": kept.content_type}
    if kept.content_type.startswith("image/"):
        said["width"], said["height"] = size
    return JsonResponse(said)


@require_GET
def articles(request: HttpRequest) -> HttpResponse:
    """GET ?query= -> {"rows": [{"id", "title", "note"}]}: articles to link to, by the words of their titles."""
    words = request.GET.get("query", "").replace("\0", "").strip()[:100]
    found = Article.objects.editable_by(request.viewer)
    if words:
        found = found.filter(
            Q(translations__published__title__icontains=words)
            | Q(translations__draft__title__icontains=words)
        )
    ids = found.order_by("-written_at", "-pk").values_list("pk", flat=True).distinct()[:FOUND_MAX]
    shown = Article.objects.filter(pk__in=list(ids)).prefetch_related(
        "translations__published", "translations__draft", "topic__texts", "topic__product__texts"
    )
    return JsonResponse({"rows": [_article_row(one, request.viewer.locale) for one in shown]})


@require_GET
def blocks(request: HttpRequest) -> HttpResponse:
    """GET ?query= -> {"rows": [{"id", "title", "note"}]}: reusable blocks by name."""
    words = request.GET.get("query", "").replace("\0", "").strip()[:100]
    names = dict(audiences())
    found = Block.objects.editable_by(request.viewer).named(words).with_texts()[:FOUND_MAX]
    rows = [{"id": one.pk, "title": one.name, "note": _block_note(one, names)} for one in found]
    return JsonResponse({"rows": rows})


@require_GET
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """GET -> {"name", "html", "edit", "audience"}: the block as an author sees it in a text; audience "" for everybody."""
    one = get_object_or_404(Block.objects.editable_by(request.viewer).with_texts(), pk=pk)
    locale = request.GET.get("locale", request.viewer.locale)
    text = best(list(one.texts.all()), locale if locale in LOCALES else request.viewer.locale)
    shown = text.published or text.draft if text else None
    return JsonResponse(
        {
            "name": one.name,
            "html": as_read(shown, request.viewer, locale=request.viewer.locale) if shown else "",
            "edit": reverse("console:block", args=[one.pk, text.locale if text else request.viewer.locale]),
            "audience": "" if one.audience == "public" else dict(audiences()).get(one.audience_key, ""),
        }
    )


@require_POST
def markdown(request: HttpRequest) -> HttpResponse:
    """POST markdown -> {"html"}, or html -> {"markdown"}. Nothing is kept."""
    given = request.POST.get("markdown")
    if given is not None:
        return JsonResponse({"html": to_html(given.replace("\0", "")[:TEXT_CHARS_MAX], profile="article")})
    html = clean(request.POST.get("html", "").replace("\0", "")[:TEXT_CHARS_MAX], profile="article")
    return JsonResponse({"markdown": from_html(html)})


def _owner(request: HttpRequest) -> Article | Block | None:
    article, block = request.GET.get("article", ""), request.GET.get("block", "")
    wanted = article or block
    if not wanted:
        return None
    if not wanted.isdigit() or len(wanted) > 15:
        raise Http404
    if article:
        return get_object_or_404(Article.objects.editable_by(request.viewer), pk=article)
    return get_object_or_404(Block.objects.editable_by(request.viewer), pk=block)


def _sent(request: HttpRequest) -> tuple[bytes, str]:
    """The bytes and their name. Raises FileRefused for a picture that cannot be fetched and where there is none."""
    if upload := request.FILES.get("file"):
        return upload.read(), upload.name or ""
    address = request.POST.get("address", "").strip()
    name = urlsplit(address).path.rsplit("/", 1)[-1] if address else ""
    try:
        fetched = fetch(address, most=PICTURE_BYTES_MAX, redirects=3) if address else None
    except FetchError:
        fetched = None
    if fetched is None or fetched.status != 200:
        raise FileRefused(
            _("The picture “%(name)s” could not be fetched. Save it and drop it here instead.")
            % {"name": name[:80]}
        )
    return fetched.body, name


def _article_row(article: Article, locale: str) -> dict[str, Any]:
    text = best(list(article.translations.all()), locale)
    place = f"{article.topic.product.name(locale)} › {article.topic.name(locale)}"
    is_out = any(each.published_id for each in article.translations.all())
    return {
        "id": article.pk,
        "title": text.title if text else str(article),
        "note": place if is_out else _("%(place)s · not published yet") % {"place": place},
    }


def _block_note(one: Block, names: dict[str, str]) -> str:
    is_out = any(text.published_id for text in one.texts.all())
    for_whom = str(names.get(one.audience_key, ""))
    return for_whom if is_out else _("%(place)s · not published yet") % {"place": for_whom}
