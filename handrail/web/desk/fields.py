"""What stands in a conversation's fields, in the side panel: shown, changed in place, and asked for where it is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.automation.refusals import still_to_do
from handrail.conversations.conversation import Conversation
from handrail.conversations.ending import NotOver
from handrail.conversations.fields import Field, Required
from handrail.conversations.forms import RequestForm
from handrail.conversations.sheet import Line, Sheet, sheet
from handrail.web.asking import Box, box, box_of
from handrail.web.desk.frame import KEPT_SECONDS
from handrail.workspace.typed import quoted, shown


@dataclass(frozen=True)
class Returned:
    """What a refused change brings back: field's key -> what was typed, and the sentences about it; keys of those missing."""

    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    missing: Sequence[str] = ()


@dataclass(frozen=True)
class FieldsPanel:
    """`was` holds what the page was drawn with, by key, so that only what somebody changed is changed. `told` are fields
    nobody is asked for any more, and `reasons` those every conversation must say, as (name, words)."""

    form: int
    forms: list[tuple[int, str]]
    asked: list[Box]
    kept: list[Box]
    more: list[Box]
    told: list[tuple[str, str]]
    was: dict[str, Sequence[str]]
    focus: str
    reasons: list[tuple[str, str]]

    @property
    def boxes(self) -> list[Box]:
        return [*self.asked, *self.kept, *self.more]

    @property
    def is_empty(self) -> bool:
        """Nothing is filled in, and nobody is asked to: neither by what was refused nor by a form of its own."""
        return not self.focus and not self.form and not self.told and not any(box.first for box in self.boxes)


def fields_panel(conversation: Conversation, *, locale: str, returned: Returned | None = None) -> FieldsPanel:
    """In one query. `locale` must be the active language."""
    back = returned or Returned()
    found = sheet(conversation)

    def boxed(line: Line) -> Box:
        key = line.field.key
        missing = _("This is needed before it can be solved.") if key in back.missing else ""
        error = back.problems.get(key, "") or missing
        value = back.typed.get(key, line.value)
        if line.place is None:
            return box(line.field, value, locale=locale, error=error, is_required=line.is_needed)
        return box_of(line.place, value, locale=locale, error=error, is_required=line.is_needed)

    lines = [line for line in found if line.field.archived_at is None]
    gone = [line for line in found.kept if line.field.archived_at is not None]
    wrong = [*back.problems, *back.missing]
    return FieldsPanel(
        form=conversation.form_id or 0,
        forms=request_forms(locale),
        asked=[boxed(line) for line in in_order(found)],
        kept=[boxed(line) for line in found.kept if line.field.archived_at is None],
        more=[boxed(line) for line in found.more],
        told=[(line.field.name(locale), shown(line.field, line.value, locale)) for line in gone],
        was={line.field.key: line.value for line in lines},
        reasons=[
            (line.field.name(locale), shown(line.field, line.value, locale) if line.value else "")
            for line in lines
            if line.field.required == Required.ALWAYS
        ],
        focus=next((line.field.key for line in lines if line.field.key in wrong), ""),
    )


def in_order(found: Sheet) -> list[Line]:
    """What is asked as the form has it, with what it asks for other values; then what every conversation is asked."""
    of_form = [*(line for line in found.asked if line.place), *found.may_be]
    of_form.sort(key=lambda line: (line.place.position, line.place.pk) if line.place else (0, 0))
    return [*of_form, *(line for line in found.asked if line.place is None)]


def request_forms(locale: str) -> list[tuple[int, str]]:
    """(id, name) of the forms in use, in order; at most half a minute old."""

    def read() -> list[tuple[int, str]]:
        return [(form.pk, form.name(locale)) for form in RequestForm.objects.active()]

    return cache.get_or_set(f"desk:forms:{locale}", read, KEPT_SECONDS) or []


def must_wait(waiting: NotOver, *, locale: str) -> str:
    """Why it cannot be solved yet, and what to do."""
    said = []
    if waiting.children:
        numbers = ", ".join(f"#{number}" for number in waiting.children)
        words = _("Solve %(numbers)s first: this conversation needs it before it can be over.")
        said.append(words % {"numbers": numbers})
    if waiting.steps:
        said.append(still_to_do([step.get(locale) or step["ko"] for step in waiting.steps]))
    if waiting.fields:
        said.append(fill_first(waiting.fields, locale=locale))
    return " ".join(said)


def fill_first(fields: Sequence[Field], *, locale: str) -> str:
    names = quoted(each.name(locale) for each in fields)
    words = ngettext(
        "Fill in %(names)s first: it is needed before this can be solved.",
        "Fill in %(names)s first: they are needed before this can be solved.",
        len(fields),
    )
    return words % {"names": names}


def missing(waiting: NotOver) -> dict[str, Any]:
    """What a page needs to show which fields are waited for."""
    return {"returned": Returned(missing=[each.key for each in waiting.fields])} if waiting.fields else {}
