"""A field as something a macro or a run puts a value into: "order_number=ON123", several of a choice between commas."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Field
from handrail.conversations.values import set_values, values_of
from handrail.workspace.typed import Unfit, Value, meant, shown
from handrail.workspace.typed_fields import Kind


def written(field: Field, value: Value) -> str:
    return f"{field.key}={','.join(value)}"


def read(text: str) -> tuple[Field, Value]:
    """The field and its value, [] to empty it. Raises Unfit for a field that is not there, or no value of it."""
    key, _sign, said = text.partition("=")
    field = Field.objects.active().kept().filter(key=key).first()
    if field is None:
        raise Unfit(_("There is no such field any more."))
    return field, meant(field, said) if said.strip() else []


def put(conversation: Conversation, text: str, *, by: User) -> str | None:
    """Put the value in; returns what puts the former one back, None where nothing changed. Raises Unfit."""
    field, value = read(text)
    before = values_of(conversation).get(field.pk, [])
    return written(field, before) if set_values(conversation, {field: value}, by=by) else None


def stands(conversation: Conversation, text: str) -> bool:
    """Whether the field still says that."""
    try:
        field, value = read(text)
    except Unfit:
        return False
    return values_of(conversation).get(field.pk, []) == value


def words(text: str, locale: str) -> tuple[str, str]:
    """The field's name and the value as people read them; `locale` must be the active language."""
    key, _sign, said = text.partition("=")
    field = Field.objects.filter(key=key).first()
    if field is None:
        return key, said
    try:
        value = meant(field, said) if said.strip() else []
    except Unfit:
        value = [said] if field.kind in (Kind.LINE, Kind.TEXT, Kind.ORDER) else []
    return field.name(locale), shown(field, value, locale) or _("empty")
