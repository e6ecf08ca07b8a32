"""Fetching a kept file: by a link made for the one who is looking, and never as a page of ours."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import content_disposition_header

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Attachment
from handrail.core.files.keeping import open_stored
from handrail.core.files.links import open_link
from handrail.core.files.models import StoredFile
from handrail.core.files.programs import is_program
from handrail.core.files.small import SMALL_TYPE, open_small
from handrail.web.edge.ranges import Outside, slice_of
from handrail.web.failing import HUE
from handrail.web.language import language_asked
from handrail.web.policy import public

UNKNOWN = "application/octet-stream"
SAFE_TYPES = {
    "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain",
    "video/mp4", "video/webm", "text/vtt",
}  # fmt: skip
PART_BYTES_MAX = 2 * 1_048_576  # a player asks on for the rest


@public
def file(request: HttpRequest, token: str) -> HttpResponse:
    """GET /files/<token>?anyway=1: the bytes behind a signed link; of a program only after a page that says what it is.

    Whoever it was not made for gets what a wrong link gets.
    """
    found = open_link(token, viewer=request.viewer.key)  # type: ignore[attr-defined]
    if found is None or not _still_seen(found, request.viewer):  # type: ignore[attr-defined]
        raise Http404
    if is_program(found.title, found.content_type) and request.GET.get("anyway") != "1":
        return _warned(request, found)
    return cast(HttpResponse, send(request, found))


def _warned(request: HttpRequest, found: StoredFile) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = language_asked(request.COOKIES, request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    locale = viewer.locale if viewer.is_staff or viewer.person_id else asked
    named = {"locale": locale, "surface": "portal", "hue": HUE, "file": found}
    with translation.override(locale):
        response = HttpResponse(render_to_string("ui/program.html", named))
    response["Cache-Control"] = "private, no-store"
    return response


@public
def small(request: HttpRequest, token: str) -> HttpResponse:
    """GET /files/<token>/small: a picture's small form, for whom the link was made."""
    found = open_link(token, viewer=request.viewer.key)  # type: ignore[attr-defined]
    if found is None or not _still_seen(found, request.viewer):  # type: ignore[attr-defined]
        raise Http404
    try:
        picture = open_small(found)
    except FileNotFoundError as lost:
        raise Http404 from lost
    if picture is None:
        raise Http404
    response = FileResponse(picture, content_type=SMALL_TYPE)
    response["Content-Disposition"] = "inline"
    return cast(HttpResponse, _guarded(response))


def _still_seen(stored: StoredFile, viewer: Viewer) -> bool:
    """A link outlives by minutes what let a customer see the conversation its file lies in; the file does not."""
    if viewer.is_staff or not viewer.person_id:
        return True
    held = Attachment.objects.filter(file=stored)
    numbers = [
        number for pair in held.values_list("message__conversation", "note__conversation") for number in pair
    ]
    return not numbers or Conversation.objects.visible_to(viewer).filter(pk__in=numbers).exists()


def send(request: HttpRequest, stored: StoredFile, *, cache: str = "private, no-store") -> HttpResponseBase:
    """A kept file as an answer, or the part of it a player asks for. The caller decided who may have it.

    Shown in place only when it was painted here; a film plays in a page's own player all the same. Raises Http404
    when storage has lost the bytes.
    """
    try:
        response: HttpResponseBase = _part(request, stored) or FileResponse(open_stored(stored))
    except FileNotFoundError as lost:
        raise Http404 from lost
    content_type = stored.content_type if stored.content_type in SAFE_TYPES else UNKNOWN
    response["Content-Type"] = (
        f"{content_type}; charset=utf-8" if content_type.startswith("text/") else content_type
    )
    response["Content-Disposition"] = (
        content_disposition_header(not stored.is_inline, stored.title) or "attachment"
    )
    response["Accept-Ranges"] = "bytes"
    return _guarded(response, cache=cache)


def _guarded(response: HttpResponseBase, *, cache: str = "private, no-store") -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-site"
    response["Cache-Control"] = cache
    return response


def _part(request: HttpRequest, stored: StoredFile) -> HttpResponse | None:
    try:
        part = slice_of(request.headers.get("Range", "").encode("latin-1", "replace"), stored.size)
    except Outside:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    if part is None:
        return None
    start, stop = part[0], min(part[1], part[0] + PART_BYTES_MAX)
    with open_stored(stored) as source:
        source.seek(start)
        body = source.read(stop - start)
    return HttpResponse(
        body, status=206, headers={"Content-Range": f"bytes {start}-{stop - 1}/{stored.size}"}
    )
