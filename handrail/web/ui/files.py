"""Built files, where nothing in front of Django serves them."""

from __future__ import annotations

import mimetypes
import re

from django.http import FileResponse, Http404, HttpRequest
from django.utils.http import http_date

from handrail.web.ui.stylesheet import DIST

ROOT = DIST.parent
HASHED = re.compile(r"\.[0-9a-f]{10}\.\w+$")


def show(request: HttpRequest, name: str) -> FileResponse:
    """GET /static/<path>: a file below ui/static. A name with a hash in it never changes."""
    path = (ROOT / name).resolve()
    if not path.is_relative_to(ROOT.resolve()) or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Last-Modified"] = http_date(path.stat().st_mtime)
    response["Cache-Control"] = "public, max-age=31536000, immutable" if HASHED.search(path.name) else "no-cache"
    return response
