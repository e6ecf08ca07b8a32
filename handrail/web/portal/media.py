"""Pictures, films and captions of articles, for whoever may read the article."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from handrail.accounts.viewer import Viewer
from handrail.core.files.keeping import read
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.audiences import Audience
from handrail.web.edge.ranges import Outside, slice_of
from handrail.web.files import send


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """GET /hc/files/<name>: the bytes, or the range of them a player asks for; 404 for whoever may not see them.

    Asked of the article each time, so that a link handed on opens nothing its holder may not read.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = ArticleFile.objects.visible_to(viewer).named(name).first()
    if found is None or (found.audience == Audience.AGENTS and not viewer.is_staff):
        raise Http404
    if found.is_download:
        return cast(HttpResponse, send(request, found.file, cache="private, no-cache"))
    if is_known(request, found.file.sha256):
        return HttpResponse(status=304, headers={"ETag": f'"{found.file.sha256[:32]}"'})
    content = read(found.file)
    try:
        part = slice_of(request.headers.get("Range", "").encode(), len(content))
    except Outside:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    start, stop = part or (0, len(content))
    response = HttpResponse(content[start:stop], status=206 if part else 200, content_type=found.content_type)
    if part:
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{len(content)}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = content_disposition_header(False, found.file.title) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    # A name is never given to other bytes, but an audience may grow narrower: a browser asks each time.
    is_public = found.audience == Audience.PUBLIC
    response["Cache-Control"] = "private, no-cache" if is_public else "private, no-store"
    response["ETag"] = f'"{found.file.sha256[:32]}"'
    return response


def is_known(request: HttpRequest, sha256: str) -> bool:
    """Whether the browser holds these very bytes and only asks if it may still show them."""
    return f'"{sha256[:32]}"' in request.headers.get("If-None-Match", "").replace("W/", "")
