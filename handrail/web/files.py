"""Fetching a kept file: by a link made for the one who is looking, and never as a page of ours."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from handrail.core.files.keeping import read
from handrail.core.files.links import open_link
from handrail.web.policy import public

SAFE_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"}


@public
def file(request: HttpRequest, token: str) -> HttpResponse:
    """The bytes behind a signed link. Whoever it was not made for gets what a wrong link gets."""
    found = open_link(token, viewer=request.viewer.key)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    content_type = found.content_type if found.content_type in SAFE_TYPES else "application/octet-stream"
    response = HttpResponse(read(found), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(not found.is_inline, found.title)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-site"
    response["Cache-Control"] = "private, no-store"
    return response
