"""Fields as pages ask them, the same for customers and for colleagues: what the template ui/asked.html draws."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from handrail.conversations.fields import Field
from handrail.conversations.forms import Place
from handrail.workspace.typed import LINE_MOST, TEXT_MOST, Unfit, quoted, read, shown
from handrail.workspace.typed_fields import Kind, TypedField

PREFIX = "field_"
CHARS_MOST = TEXT_MOST + 1000  # past it nobody typed
ROWS_MOST = 60
ASIDE_MOST = 200


@dataclass(frozen=True)
class Box:
    """One field on a page. `when` is the name of the input that decides whether it is shown, with `when_values`; `when_words`
    says so where no script can."""

    key: str
    label: str
    hint: str
    kind: str
    value: Sequence[str]
    options: Sequence[tuple[str, str]]
    error: str = ""
    is_required: bool = False
    is_private: bool = False
    words: str = ""
    when: str = ""
    when_values: Sequence[str] = ()
    when_words: str = ""

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.key}"

    @property
    def first(self) -> str:
        return self.value[0] if self.value else ""

    @property
    def longest(self) -> int:
        return TEXT_MOST if self.kind == Kind.TEXT else LINE_MOST


def box(
    field: Field, value: Sequence[str], *, locale: str, error: str = "", is_required: bool = False
) -> Box:
    """value  codes, or what was typed and refused"""
    plain = plain_box(field, value, locale=locale, error=error)
    return replace(plain, is_required=is_required, is_private=not field.is_public)


def plain_box(field: TypedField, value: Sequence[str], *, locale: str, error: str = "") -> Box:
    """As `box`, of whatever is typed."""
    return Box(
        key=field.key,
        label=field.name(locale),
        hint=field.help(locale),
        kind=field.kind,
        value=list(value),
        options=field.offered(locale, also=value),
        error=error,
        words="" if error else _in_words(field, value, locale),
    )


def _in_words(field: TypedField, value: Sequence[str], locale: str) -> str:
    """What stands in the field as people read it; "" while it is nothing, or half of something."""
    try:
        return shown(field, read(field, value, also=value), locale)
    except Unfit:
        return ""


def box_of(
    place: Place, value: Sequence[str], *, locale: str, error: str = "", is_required: bool = False
) -> Box:
    """A field as a form asks it, with its condition."""
    plain = box(place.field, value, locale=locale, error=error, is_required=is_required)
    if place.when is None:
        return plain
    names = dict(place.when.offered(locale, also=place.when_values))
    wanted = quoted(names.get(code, code) for code in place.when_values)
    words = _("Only where “%(field)s” is %(values)s.") % {"field": place.when.name(locale), "values": wanted}
    return replace(
        plain, when=f"{PREFIX}{place.when.key}", when_values=list(place.when_values), when_words=words
    )


def typed_aside(sent: QueryDict, asked: Container[str]) -> list[tuple[str, str]]:
    """(name, text) of what was typed into fields whose key is not among those `asked` now: it goes along, so that it stands
    there again if they are."""
    said = typed(sent)
    keys = [name.removeprefix(PREFIX) for name in sent if name.startswith(PREFIX)]
    rows = [(f"{PREFIX}{key}", text) for key in keys if key not in asked for text in said(key) if text]
    return rows[:ASIDE_MOST]


def typed(sent: QueryDict) -> Callable[[str], list[str]]:
    """What was sent for a field, by its key."""

    def of(key: str) -> list[str]:
        return [text[:CHARS_MOST] for text in sent.getlist(f"{PREFIX}{key}")[:ROWS_MOST]]

    return of
