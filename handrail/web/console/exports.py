"""What a page shows, as a file: CSV that a spreadsheet opens, or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

FORMATS = ("csv", "json")
# A spreadsheet takes a cell that begins like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def wanted(request: HttpRequest) -> str:
    """`csv` or `json` where the address asks for a file (as=), else ""."""
    asked = request.GET.get("as", "")
    return asked if asked in FORMATS else ""


def as_file(
    request: HttpRequest, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> HttpResponse:
    """The rows in the form that was asked for. name: of the file, without its ending."""
    if wanted(request) == "json":
        return JsonResponse(
            {"columns": list(columns), "rows": [dict(zip(columns, row, strict=True)) for row in rows]},
            json_dumps_params={"ensure_ascii": False},
        )
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    # The mark at the beginning lets Excel read Hangul.
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
