"""An article as a PDF, for those who hand it on or file it. Offered where the extra `pdf` is installed.

Set from the same words as its page, in a Hangul font of the machine; a picture is read through the same permission, and
nothing is fetched from anywhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache

from handrail.accounts.viewer import Viewer
from handrail.core.files.keeping import read
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.reading import read as read_text
from handrail.web.limits import address_of, take
from handrail.web.portal import addresses
from handrail.web.portal.articles import found
from handrail.web.portal.depth import shown_to
from handrail.web.portal.locale import in_locale
from handrail.web.portal.paper import is_offered
from handrail.web.portal.reading import laid_out

SET_A_MINUTE = 20  # setting one takes about as long as twenty pages
FILES = "/hc/files/"
PAPER = Path(__file__).with_name("paper.css")


@never_cache
@in_locale
def article(request: HttpRequest, locale: str, id: int, slug: str = "") -> HttpResponse:
    """GET /hc/<locale>/articles/<id>-<slug>.pdf, for whoever may read the article."""
    one, text = found(request, locale, id)
    if not is_offered() or text.published is None:
        raise Http404
    path = addresses.article(one, locale)
    if redirect := addresses.put_right(request, f"{path}.pdf"):
        return redirect
    allowance = take(f"{SET_A_MINUTE}/minute", "pdf", address_of(request))
    if not allowance.is_allowed:
        return HttpResponse(status=429, headers={"Retry-After": str(allowance.seconds)})
    words = read_text(text.published, request.viewer, locale=text.locale)  # type: ignore[attr-defined]
    body, _headings = laid_out(shown_to(request, words))
    brand = request.brand  # type: ignore[attr-defined]
    html = render_to_string(
        "portal/pdf.html",
        {
            "locale": text.locale,
            "title": text.title,
            "text": text,
            "body": body,
            "brand": brand.name(text.locale),
            "address": addresses.absolute(path, brand),
            "trail": f"{one.topic.product.name(text.locale)} › {one.topic.name(text.locale)}",
        },
    )
    response = HttpResponse(typeset(html, request.viewer), content_type="application/pdf")  # type: ignore[attr-defined]
    response["Content-Disposition"] = content_disposition_header(False, f"{text.slug}.pdf") or "inline"
    response["X-Robots-Tag"] = "noindex"
    return response


def typeset(html: str, viewer: Viewer) -> bytes:
    """The PDF of a page; pictures are those of articles the viewer may read, the others are left out."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Pictures(URLFetcher):  # type: ignore[misc]
        """Reads no address but a kept picture's, and that through the viewer's own permission."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            content, content_type = picture(url, viewer)
            return URLFetcherResponse(url, content, {"Content-Type": content_type})

    document = HTML(string=html, base_url="https://handrail.invalid/", url_fetcher=Pictures())
    return bytes(document.write_pdf(stylesheets=[CSS(filename=PAPER)]) or b"")


def picture(url: str, viewer: Viewer) -> tuple[bytes, str]:
    """The bytes and type of a picture of ours. Raises ValueError for anything else."""
    path = urlsplit(url).path
    if not path.startswith(FILES):
        raise ValueError("Only an article's own pictures are set.")
    file = ArticleFile.objects.visible_to(viewer).named(unquote(path.removeprefix(FILES))).first()
    if file is None or not file.content_type.startswith("image/"):
        raise ValueError("No such picture for this reader.")
    return read(file.file), file.content_type
