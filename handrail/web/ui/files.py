"""Our own files, where no edge stands in front of Django: tests, and `handrail runserver`."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date

from handrail.web.ui.stylesheet import WEB

ROOTS = sorted(WEB.glob("*/static"))
HASHED = re.compile(r"\.[0-9a-f]{10}\.\w+$")


def show(request: HttpRequest, name: str) -> HttpResponse:
    """GET /static/<path>: a file below a surface's static folder. A name with a hash in it never changes."""
    path = next((found for root in ROOTS if (found := _inside(root.resolve(), name))), None)
    if path is None:
        raise Http404
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = HttpResponse(path.read_bytes(), content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Last-Modified"] = http_date(path.stat().st_mtime)
    response["Cache-Control"] = (
        "public, max-age=31536000, immutable" if HASHED.search(path.name) else "no-cache"
    )
    return response


def _inside(root: Path, name: str) -> Path | None:
    path = (root / name).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None
