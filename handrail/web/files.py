"""Attachments: a link is signed for one viewer and one file, lives ten minutes, and still asks who is looking."""

from __future__ import annotations

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Attachment
from handrail.core.files.keeping import UNKNOWN, shown_inline
from handrail.core.files.models import StoredFile
from handrail.web.policy import public
from handrail.web.viewer import visitor_of

SALT = "handrail.web.files"
LIVES_SECONDS = 600


def link(file: StoredFile, viewer: Viewer) -> str:
    """The file's address for this viewer, good for ten minutes. Make it after `visible_to` showed them the file's place."""
    said = signing.dumps({"f": file.name, "v": viewer.key}, salt=SALT)
    return reverse("file", args=[said, file.title])


@never_cache
def show(request: HttpRequest, signed: str, title: str) -> HttpResponse:
    """GET /files/<signed>/<title>. Expired, altered, another viewer's, no longer theirs: 404, all alike."""
    try:
        said = signing.loads(signed, salt=SALT, max_age=LIVES_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    file = StoredFile.objects.filter(name=said["f"]).first()
    looking = (request.viewer, visitor_of(request))  # type: ignore[attr-defined]
    viewer = next((viewer for viewer in looking if viewer.key == said["v"]), None)
    if file is None or viewer is None or not is_visible(file, viewer):
        raise Http404
    return served(file)


def is_visible(file: StoredFile, viewer: Viewer) -> bool:
    """Whether a message the viewer may read holds the file; a note's only for staff who read conversations."""
    mine = Conversation.objects.visible_to(viewer).values("pk")
    held = Attachment.objects.filter(file=file)
    if held.filter(message__conversation__in=mine).exists():
        return True
    return "conversations.note" in viewer.rights and held.filter(note__conversation__in=mine).exists()


def served(file: StoredFile) -> HttpResponse:
    """The bytes, such that a browser runs none of them."""
    from django.core.files.storage import default_storage

    try:
        opened = default_storage.open(file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    inline = shown_inline(file)
    response = FileResponse(
        opened,
        as_attachment=not inline,
        filename=file.title,
        content_type=file.content_type if inline else UNKNOWN,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; img-src 'self'; media-src 'self'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


urlpatterns = [path("files/<str:signed>/<path:title>", public(show), name="file")]
