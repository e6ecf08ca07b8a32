"""The whole room in one file: every row with its number, every revision, every file. Another installation reads it.

What a higher room ties to articles goes along where that room says so (`along`).

    manifest.json          format, and how many rows and files there are
    rows/<table>.jsonl     a row a line, columns by name; what points outside the room is written by name
    files/<name>           the bytes, under the name the articles know them by

It is written the same way each time: the same knowledge makes the same bytes.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from handrail.accounts.models import Team, User
from handrail.contacts.segments import Segment
from handrail.core.files.keeping import read
from handrail.core.files.models import StoredFile
from handrail.knowledge import segment_rows
from handrail.knowledge.articles import Article
from handrail.knowledge.importing.report import Entry
from handrail.workspace.models import Brand

FORMAT = 1
MANIFEST = "manifest.json"
# What this installation did, what somebody is typing just now, and who read what: readers do not travel with the texts.
LEFT_OUT = {"transfer", "scratch", "personreading"}
ALONG: dict[type[Model], Callable[[], list[Entry]] | None] = {}
MOMENT = (1980, 1, 1, 0, 0, 0)  # of every entry, so that only what is said makes a difference


def export(target: Path, *, brand: Brand) -> int:
    """Write the archive, whole or not at all; returns how many articles it holds. One brand's site has one room."""
    del brand
    counts: dict[str, int] = {}
    unfinished = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as sheet:
        for model in tables():
            lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows_of(model)]
            counts[model._meta.model_name or ""] = len(lines)
            _put(
                sheet, f"rows/{model._meta.model_name}.jsonl", "".join(f"{line}\n" for line in lines).encode()
            )
        kept = [_file_row(file) for file in _files()]
        _put(
            sheet,
            "rows/file.jsonl",
            "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in kept).encode(),
        )
        for file in _files():
            _put(sheet, f"files/{file.name}", read(file))
        _put(
            sheet,
            "rows/segment.jsonl",
            "".join(
                json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in segment_rows.rows()
            ).encode(),
        )
        said = {"handrail_archive": FORMAT, "rows": counts, "files": len(kept)}
        _put(sheet, MANIFEST, json.dumps(said, sort_keys=True, indent=1).encode())
    unfinished.replace(target)
    return Article.objects.count()


def along(model: type[Model], *, checked_by: Callable[[], list[Entry]] | None = None) -> None:
    """Let a table of a higher room leave and come in with the archive. Its foreign keys lead to this room.

    checked_by  says what a person should look at once its rows came in
    """
    ALONG[model] = checked_by


def remarks() -> list[Entry]:
    """What a person should look at after an archive came in."""
    return [entry for check in ALONG.values() if check for entry in check()]


def tables() -> list[type[Model]]:
    """Every table that is in the archive, those between two others too, in the order of their names."""
    found = apps.get_app_config("knowledge").get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.model_name not in LEFT_OUT]
    return sorted([*kept, *ALONG], key=lambda model: model._meta.model_name or "")


def rows_of(model: type[Model]) -> Iterator[dict[str, Any]]:
    """Each row by the names of its columns, in the order of its number."""
    fields = model._meta.concrete_fields
    outside = {field.name: _names(field) for field in fields if _leads_outside(field)}
    for row in model._default_manager.order_by("pk").iterator():
        yield {field.name: _value(row, field, outside.get(field.name)) for field in fields}


def key_field(model: type[Model]) -> str:
    """The column a row of another room is known by: what two installations agree on."""
    return {Brand: "", User: "email", Team: "slug", StoredFile: "name", Segment: "slug"}[model]  # type: ignore[index]


def _leads_outside(field: Field[Any, Any]) -> bool:
    return field.is_relation and field.related_model._meta.app_label != "knowledge"  # type: ignore[union-attr]


def _names(field: Field[Any, Any]) -> dict[int, str]:
    model: type[Model] = field.related_model  # type: ignore[assignment]
    key = key_field(model)
    # There is one brand, whatever it is called there.
    return dict(model._default_manager.values_list("pk", key)) if key else {}


def _value(row: Model, field: Field[Any, Any], names: dict[int, str] | None) -> Any:
    value = getattr(row, field.attname)
    if field.name == "author_id" and getattr(row, "author_kind", "") == "staff":
        # Colleagues have other numbers elsewhere, and the same address.
        return User.objects.filter(pk=value).values_list("email", flat=True).first()
    if names is not None:
        return names.get(value) if value is not None else None
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return field.value_to_string(row)


def _files() -> list[StoredFile]:
    from handrail.knowledge.article_files import ArticleFile

    return list(StoredFile.objects.filter(pk__in=ArticleFile.objects.values("file")).order_by("name"))


def _file_row(file: StoredFile) -> dict[str, Any]:
    names = ("name", "title", "content_type", "size", "sha256", "is_inline")
    return {name: getattr(file, name) for name in names} | {"kept_at": file.kept_at.isoformat()}


def _put(sheet: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    sheet.writestr(entry, content)
