"""A mail as it was sent, for a frame that runs nothing; and attachments, by a link made when it is followed."""

from __future__ import annotations

import re
from html import escape, unescape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Attachment, Message
from handrail.core.files.links import link, small_link
from handrail.core.files.models import StoredFile
from handrail.core.html import clean

# allow-same-origin, because without it the page around could not measure the mail, and the pictures that came with it would
# be fetched without the reader's session and refused. Measuring from inside would need allow-scripts instead, which is
# worse: as it is no script runs in the frame at all, and nothing else in it can use the origin. Never put both here.
POLICY = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src {pictures}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
PAGE = """<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>
:root {{ color-scheme: light }} body {{ display: flow-root; margin: 12px; font: 14px/1.6 system-ui, sans-serif; background: #fff; color: #222;
overflow-wrap: anywhere }} img {{ max-width: 100%; height: auto }} table {{ max-width: 100% }}
</style></head><body>{body}</body></html>"""
CID = re.compile(r'src="cid:([^"]+)"', re.IGNORECASE)


@xframe_options_sameorigin
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /desk/messages/<id>/body: the cleaned HTML. ?pictures=1 lets remote pictures load, for this look only."""
    seen = Conversation.objects.open_to(request.viewer)  # type: ignore[attr-defined]
    message = get_object_or_404(Message, seen.contain("conversation"), pk=pk)
    with_pictures = request.GET.get("pictures") == "1"
    # Cleaned when it came in; cleaned again, because this is the one place where it is shown as markup.
    html = _own_pictures(clean(message.html, profile="mail"), message)
    if with_pictures:
        html = html.replace(' data-remote-src="', ' src="')
    response = HttpResponse(PAGE.format(body=html))
    response["Content-Security-Policy"] = POLICY.format(
        pictures="'self' data: https: http:" if with_pictures else "'self' data:"
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /desk/files/<attachment>: a fresh link to the file, for whoever may see the conversation it belongs to."""
    return redirect(link(_seen_file(request, pk), viewer=request.viewer.key))  # type: ignore[attr-defined]


def small(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /desk/files/<attachment>/small: a fresh link to a picture's small form, for the same ones."""
    return redirect(small_link(_seen_file(request, pk), viewer=request.viewer.key))  # type: ignore[attr-defined]


def _seen_file(request: HttpRequest, pk: int) -> StoredFile:
    seen = Conversation.objects.open_to(request.viewer)  # type: ignore[attr-defined]
    attachment = get_object_or_404(Attachment.objects.select_related("file", "message", "note"), pk=pk)
    holder = attachment.message or attachment.note
    get_object_or_404(seen, pk=holder.conversation_id if holder else 0)
    return attachment.file


def _own_pictures(html: str, message: Message) -> str:
    """Pictures that came with the mail, from our own storage; others of their kind are left without a source."""
    files = {each.cid.strip("<>"): each.pk for each in message.attachments.exclude(cid="")}

    def source(match: re.Match[str]) -> str:
        pk = files.get(unescape(match[1]).strip("<>"))
        return f'src="{escape(reverse("desk:file", args=[pk]))}"' if pk else ""

    return CID.sub(source, html)
