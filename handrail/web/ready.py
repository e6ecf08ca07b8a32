"""`/readyz`: whether this process can do its work, asked through Django and the database."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from handrail.web.policy import public


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503. Says nothing more to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("not ready\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")
