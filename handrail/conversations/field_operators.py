"""What the search asks of fields: field.order_number:ON123, 항목.주문번호:ON123, field.amount>=10000, field.reason:none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.conversations.fields import Field
from handrail.conversations.operator_slips import or_rather
from handrail.conversations.values import WORD_MOST, FieldValue
from handrail.workspace.typed import Unfit, folded, meant
from handrail.workspace.typed_fields import Kind

PREFIXES = ("field.", "항목.")
NOTHING = {"none", "없음"}
ANYTHING = {"any", "있음"}
SIGNS = {":": "exact", ">": "gt", ">=": "gte", "<": "lt", "<=": "lte"}
NAMED_MOST = 12


class NoSuch(ValueError):
    """Nothing can be asked so; the message says what can, in the reader's language."""


def of_field(name: str, value: str, sign: str) -> Q:
    """The conversations whose field says that; `name` is its key, or its name in any language without spaces.

    Short and long texts fit where they hold what was typed, everything else where it is the same. One query. Raises NoSuch.
    """
    field = _called(name)
    rows = FieldValue.objects.filter(field=field)
    if value.lower() in NOTHING | ANYTHING and sign == ":":
        there = Q(pk__in=rows.values("conversation_id"))
        return there if value.lower() in ANYTHING else ~there
    if not value:
        raise NoSuch(_("Write a value after “%(name)s:”.") % {"name": f"{PREFIXES[0]}{field.key}"})
    if sign != ":" and field.kind not in (Kind.NUMBER, Kind.DAY):
        words = _("“%(name)s” takes a colon: %(name)s:…")
        raise NoSuch(words % {"name": f"{PREFIXES[0]}{field.key}"})
    return Q(pk__in=rows.filter(_fits(field, value, sign)).values("conversation_id"))


def _fits(field: Field, value: str, sign: str) -> Q:
    if field.kind in (Kind.LINE, Kind.TEXT):
        # Only rows of this field are looked through; the index has them together.
        if field.kind == Kind.TEXT:
            return Q(text__icontains=value)
        return Q(word__contains=folded(value))
    try:
        said = meant(field, value)
    except Unfit as unfit:
        raise NoSuch(_offer(field, str(unfit))) from None
    columns: dict[str, Callable[[str], Q]] = {
        Kind.NUMBER: lambda text: Q(**{f"number__{SIGNS[sign]}": Decimal(text)}),
        Kind.DAY: lambda text: Q(**{f"day__{SIGNS[sign]}": date.fromisoformat(text)}),
    }
    compare = columns.get(field.kind, lambda text: Q(word=folded(text)[:WORD_MOST]))
    fits = Q(pk__in=[])
    for text in said:
        fits |= compare(text)
    return fits


def _called(name: str) -> Field:
    fields = list(Field.objects.kept())
    wanted = folded(name).replace(" ", "")
    for field in fields:
        names = (field.key, field.name_ko, field.name_en)
        if wanted in {folded(each).replace(" ", "") for each in names}:
            return field
    if not fields:
        raise NoSuch(_("There are no fields yet, so nothing can be asked of “%(name)s”.") % {"name": name})
    known = ", ".join(f"{PREFIXES[0]}{field.key}" for field in fields[:NAMED_MOST])
    words = _("There is no field called “%(name)s”. There are: %(known)s.")
    every = [word for field in fields for word in (field.key, field.name_ko, field.name_en)]
    raise NoSuch(words % {"name": name, "known": known} + or_rather(name, every))


def _offer(field: Field, problem: str) -> str:
    if field.kind not in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO):
        return problem
    known = _("It can be: %(known)s.") % {"known": ", ".join(field.codes)}
    return f"{problem} {known}"
