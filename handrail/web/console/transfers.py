"""Taking articles out and in: asked for here, done by the worker, told here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.contacts.segments import Segment
from handrail.core.files.keeping import FileRefused
from handrail.core.files.keeping import keep as keep_file
from handrail.knowledge.transfers import Transfer
from handrail.web.console.frame import me, show
from handrail.web.files import send

SHOWN_MOST = 20
OUTWARD = (Transfer.Kind.MARKDOWN, Transfer.Kind.ZENDESK, Transfer.Kind.ARCHIVE)


def page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """GET /console/transfers"""
    locale = request.viewer.locale
    return show(
        request,
        "console/transfers.html",
        status=status,
        here="transfers",
        transfers=list(Transfer.objects.select_related("file")[:SHOWN_MOST]),
        readers=[
            ("", _("Everything, drafts too")),
            ("public", _("What everybody may read")),
            ("signed-in", _("What people who signed in may read")),
            *((f"segment:{each.slug}", each.name(locale)) for each in Segment.objects.all()),
            ("employees", _("What employees may read")),
        ],
        problem=problem,
    )


@require_POST
def take_out(request: HttpRequest) -> HttpResponse:
    """POST kind (markdown, zendesk, archive), reader."""
    kind = request.POST.get("kind", "")
    if kind not in OUTWARD:
        return page(request, problem=_("Choose what to write."), status=422)
    reader = request.POST.get("reader", "")[:80] if kind != Transfer.Kind.ARCHIVE else ""
    Transfer.ask(kind, brand=request.brand, by=me(request), locale=request.viewer.locale, reader=reader)
    return redirect("console:transfers")


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """POST file (a zip of a folder or of saved JSON, or an archive), audience of what names none, is_dry_run, overwrites."""
    sent = request.FILES.get("file")
    if sent is None:
        return page(request, problem=_("Choose a file first."), status=422)
    try:
        file = keep_file(sent.read(), name=sent.name or "articles.zip", by=me(request))
    except FileRefused as reason:
        return page(request, problem=str(reason), status=422)
    Transfer.ask(
        Transfer.Kind.IN, brand=request.brand, by=me(request), locale=request.viewer.locale, file=file,
        audience=request.POST.get("audience", ""), is_dry_run="is_dry_run" in request.POST,
        overwrites="overwrites" in request.POST,
    )  # fmt: skip
    return redirect("console:transfers")


def download(request: HttpRequest, transfer: int) -> HttpResponse:
    """GET /console/transfers/<id>/file: what came out."""
    row = get_object_or_404(Transfer.objects.select_related("file"), pk=transfer, kind__in=OUTWARD)
    if row.file is None:
        raise Http404
    return send(request, row.file)  # type: ignore[return-value]
