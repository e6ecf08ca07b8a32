"""Reading an archive into an installation whose knowledge base is empty: every row under its own number.

Into one that already holds this very archive nothing is written; into one that holds anything else it does not go,
because numbers, and with them addresses, would be taken. A folder of Markdown goes into any.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from django.db.models import Field, Model

from handrail.accounts.models import User
from handrail.core.actors import CanAct
from handrail.core.events.ledger import of_the_past, record
from handrail.core.files.keeping import check
from handrail.core.files.models import StoredFile
from handrail.knowledge import segment_rows
from handrail.knowledge.articles import Article
from handrail.knowledge.exporting.archive import FORMAT, MANIFEST, key_field, rows_of, tables
from handrail.knowledge.transfer_troubles import Stopped
from handrail.workspace.models import Brand

ROW_BYTES_MAX = 20 * 1024 * 1024
BATCH = 500


class NotRestored(Stopped):
    """The archive cannot come in. The message says why and what to do, in the reader's language."""


def restore(source: Path, *, brand: Brand, by: CanAct) -> dict[str, int]:
    """Bring in a whole archive, or nothing of it. Returns table -> rows written; nothing where it stands here already.

    Raises NotRestored.
    """
    try:
        with zipfile.ZipFile(source) as sheet:
            _check(sheet)
            if _stands_here(sheet):
                return {}
            if any(model._default_manager.exists() for model in tables()):
                raise NotRestored("not_empty")
            _keep_files(sheet)
            return _write(sheet, brand, by=by)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError, UnicodeDecodeError, IntegrityError) as error:
        raise NotRestored("damaged", error=str(error)[:200]) from None


def is_archive(source: Path) -> bool:
    """Whether a file is an archive of ours."""
    if not source.is_file() or not zipfile.is_zipfile(source):
        return False
    with zipfile.ZipFile(source) as sheet:
        return MANIFEST in sheet.namelist()


def _check(sheet: zipfile.ZipFile) -> None:
    said = json.loads(sheet.read(MANIFEST))
    if said.get("handrail_archive") != FORMAT:
        raise NotRestored("newer")
    unknown = set(said["rows"]) - {model._meta.model_name for model in tables()}
    if unknown:
        raise NotRestored("unknown_tables", names=", ".join(sorted(unknown)))


def _stands_here(sheet: zipfile.ZipFile) -> bool:
    """Whether every row of the archive is here already, word for word, and no other."""
    return all(
        list(_rows(sheet, model._meta.model_name or "")) == list(_plain(model)) for model in tables()
    ) and (Article.objects.exists())


def _plain(model: type[Model]) -> Iterator[dict[str, Any]]:
    return (json.loads(json.dumps(row)) for row in rows_of(model))


def _rows(sheet: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    if f"rows/{name}.jsonl" not in sheet.namelist():
        return
    with sheet.open(f"rows/{name}.jsonl") as lines:
        while line := lines.readline(ROW_BYTES_MAX):
            yield json.loads(line)


def _keep_files(sheet: zipfile.ZipFile) -> None:
    """The bytes first, each as it was: they were painted when they first came. A row without bytes would be a lie."""
    for said in _rows(sheet, "file"):
        content = sheet.read(f"files/{said['name']}")
        check(content, name=said["title"])
        row = StoredFile(**said)
        if not StoredFile.objects.filter(name=row.name).exists():
            if not default_storage.exists(row.path):
                default_storage.save(row.path, ContentFile(content))
            row.save()


@transaction.atomic
def _write(sheet: zipfile.ZipFile, brand: Brand, *, by: CanAct) -> dict[str, int]:
    for said in _rows(sheet, "segment"):
        segment_rows.define(said, by=by)
    counts: dict[str, int] = {}
    for model in tables():
        reader = _Reader(model, brand)
        found = [reader.row(said) for said in _rows(sheet, model._meta.model_name or "")]
        model._default_manager.bulk_create(found, batch_size=BATCH)
        counts[model._meta.model_name or ""] = len(found)
    _count_on()
    with of_the_past():
        # History to everybody but the search rows, which must agree with what is here.
        for article in Article.objects.filter(translations__published__isnull=False).distinct():
            record("article.published", article, by=by, restored=True)
    brand.touch(taken_back=True)
    return counts


class _Reader:
    """Rows of one table from what an archive says; what is outside the room is looked up by its name here."""

    def __init__(self, model: type[Model], brand: Brand) -> None:
        self.model, self.brand = model, brand
        self.authors = dict(User.objects.values_list("email", "pk"))
        self.known = {
            field.name: self._known(field)
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model._meta.app_label != "knowledge"  # type: ignore[union-attr]
        }

    def row(self, said: dict[str, Any]) -> Model:
        values: dict[str, Any] = {}
        for field in self.model._meta.concrete_fields:
            # An archive of before the column was there leaves it as a new row has it.
            value = said.get(field.name, field.get_default())
            if field.name in self.known:
                is_brand = field.related_model is Brand
                value = self.brand.pk if is_brand else self.known[field.name].get(value or "")
            elif field.name == "author_id" and isinstance(value, str):
                value = self.authors.get(value)
            elif isinstance(value, str) and not field.is_relation:
                value = field.to_python(value)
            values[field.attname] = value
        return self.model(**values)

    def _known(self, field: Field[Any, Any]) -> dict[str, int]:
        model: type[Model] = field.related_model  # type: ignore[assignment]
        key = key_field(model)
        return dict(model._default_manager.values_list(key, "pk")) if key else {}


def _count_on() -> None:
    """New rows get numbers above those that came in."""
    statements = connection.ops.sequence_reset_sql(no_style(), tables())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
