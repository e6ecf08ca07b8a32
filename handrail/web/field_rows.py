"""Rows of a form that each put a value into a field: field=<key>, field_value=<what is put in>; macros and runs share them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from handrail.automation.changes import Change
from handrail.automation.field_changes import written
from handrail.conversations.fields import Field
from handrail.workspace.typed import TEXT_MOST, Unfit, Value, meant

ROWS_MOST = 6
Rows = list[tuple[str, str]]


def rows_of(sent: QueryDict) -> Rows:
    """(key, what is put in) of the rows that name a field."""
    pairs = zip(sent.getlist("field")[:ROWS_MOST], sent.getlist("field_value")[:ROWS_MOST], strict=False)
    return [(key, text.replace("\0", "").strip()[:TEXT_MOST]) for key, text in pairs if key]


def changes_of(rows: Rows) -> list[Change]:
    """What the rows change; nothing to put in empties the field. Raises Unfit."""
    return [Change("field", written(field, value)) for field, value in values_of(rows).items()]


def values_of(rows: Rows) -> dict[Field, Value]:
    """What the rows put in, [] for nothing. Raises Unfit."""
    keys = [key for key, _text in rows]
    fields = {field.key: field for field in Field.objects.active().kept().filter(key__in=keys)}
    if set(keys) - set(fields):
        raise Unfit(_("There is no such field any more."))
    return {fields[key]: meant(fields[key], text) if text else [] for key, text in rows}


def rows_from(steps: Sequence[Change]) -> Rows:
    """The rows of changes that were kept."""
    return [tuple(str(each.value).split("=", 1)) for each in steps if each.kind == "field"]  # type: ignore[misc]


def choices(locale: str) -> list[tuple[str, str]]:
    return [(field.key, field.name(locale)) for field in Field.objects.active().kept()]
