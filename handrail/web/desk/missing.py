"""Nothing is at this address of the desk, or nothing for whoever looks: both look the same."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.web.desk.frame import show, spoken


def page(request: HttpRequest) -> HttpResponse:
    """The page in the colleague's language, with the desk's own ways on."""
    with spoken(request):
        # Without a stream: its token would make two answers differ.
        response = show(request, "desk/missing.html", status=404, bell_stream="")
    response.headers["Cache-Control"] = "no-store"
    return response
