"""Nothing is at this address: said at the desk to colleagues who stand there, in the help centre to everybody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.web.desk import missing as at_the_desk
from handrail.web.portal import missing as in_the_help_centre

OF_COLLEAGUES = ("/desk/", "/console/")


def page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.path.startswith(OF_COLLEAGUES) and request.viewer.is_staff:  # type: ignore[attr-defined]
        return at_the_desk.page(request)
    return in_the_help_centre.page(request, exception)
