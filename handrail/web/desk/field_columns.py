"""Fields as columns of a saved view: which can be chosen, and what stands in them row by row."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.accounts.viewer import Viewer
from handrail.conversations.fields import Field
from handrail.conversations.values import values_on
from handrail.conversations.views import FIELD
from handrail.workspace.typed import shown

CELL_MOST = 80
Cells = dict[int, dict[str, tuple[str, str]]]


def offered(viewer: Viewer) -> list[tuple[str, str]]:
    """(column, name) of the fields in use that the viewer may see."""
    fields = Field.objects.visible_to(viewer).active().kept()
    return [(FIELD + field.key, field.name(viewer.locale)) for field in fields]


def cells(columns: Sequence[str], numbers: Sequence[int], *, viewer: Viewer) -> Cells:
    """number -> column -> (the field's name, what stands in it). Two queries where a field is a column, else none.

    A field nobody may see any more, or that was taken away, is no column.
    """
    keys = [name.removeprefix(FIELD) for name in columns if name.startswith(FIELD)]
    if not keys or not numbers:
        return {}
    fields = list(Field.objects.visible_to(viewer).filter(key__in=keys))
    said = values_on(numbers, fields)
    found: Cells = {number: {} for number in numbers}
    for field in fields:
        name = field.name(viewer.locale)
        for number in numbers:
            words = shown(field, said.get((number, field.pk), []), viewer.locale)
            found[number][FIELD + field.key] = (name, " ".join(words.split())[:CELL_MOST])
    return found
