"""What stands in a conversation's fields: kept typed, found by search, and changed with a fact for each change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Field, Required
from handrail.conversations.filling import is_required, shown
from handrail.conversations.forms import Place, RequestForm
from handrail.conversations.status import ConversationIsClosed
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.typed import Value, folded, read
from handrail.workspace.typed import shown as shown_as
from handrail.workspace.typed_fields import Kind

WORD_MOST = 120


class FieldValue(models.Model):
    """One row a value, one for each chosen of several. `word` is what a search compares; number and day for their kinds."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="values")
    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="values")
    text = models.TextField()
    word = models.CharField(max_length=WORD_MOST)
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "field", "word"], name="a_value_once_in_a_field")
        ]
        indexes = [
            models.Index(fields=["field", "word"], name="conversations_by_word"),
            models.Index(
                fields=["field", "number"], condition=Q(number__isnull=False), name="conversations_by_number"
            ),
            models.Index(
                fields=["field", "day"], condition=Q(day__isnull=False), name="conversations_by_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field_id} of #{self.conversation_id}: {self.text[:40]}"


def values_of(conversation: Conversation) -> dict[int, Value]:
    """field's id -> its value, of fields that have one. One query."""
    found: dict[int, Value] = {}
    for field, text in conversation.values.order_by("pk").values_list("field_id", "text"):
        found.setdefault(field, []).append(text)
    return found


def seen_by(viewer: Viewer, conversation: Conversation) -> list[tuple[Field, Value]]:
    """What stands in the fields this viewer may see, in their order. One query."""
    rows = conversation.values.filter(field__in=Field.objects.visible_to(viewer))
    said: dict[Field, Value] = {}
    for row in rows.select_related("field").order_by("field__position", "field_id", "pk"):
        said.setdefault(row.field, []).append(row.text)
    return list(said.items())


def values_on(numbers: Sequence[int], fields: Sequence[Field]) -> dict[tuple[int, int], Value]:
    """(number, field's id) -> what stands there, for the rows of a list. One query, none without rows or fields."""
    if not numbers or not fields:
        return {}
    rows = FieldValue.objects.filter(conversation__in=numbers, field__in=fields).order_by("pk")
    found: dict[tuple[int, int], Value] = {}
    for number, field, text in rows.values_list("conversation_id", "field_id", "text"):
        found.setdefault((number, field), []).append(text)
    return found


def told(conversation: Conversation, *, locale: str) -> list[tuple[str, str]]:
    """(name, words) of what stands in public fields, as its customer reads it; `locale` must be active. One query."""
    rows = conversation.values.filter(field__is_public=True).select_related("field").order_by("pk")
    said: dict[Field, Value] = {}
    for row in rows:
        said.setdefault(row.field, []).append(row.text)
    by_place = sorted(said.items(), key=lambda each: (each[0].position, each[0].pk))
    return [(field.name(locale), shown_as(field, value, locale)) for field, value in by_place]


@transaction.atomic
def set_values(
    conversation: Conversation, typed: Mapping[Field, Sequence[str]], *, by: CanAct
) -> list[Field]:
    """Put these into its fields, [] for nothing; a fact for each field that changed. Returns those.

    Raises ConversationIsClosed, and typed.Unfit for what is no value of its field, with nothing changed.
    """
    conversation.refresh_from_db(
        fields=["status", "custom_status", "closed_at"],
        from_queryset=Conversation.objects.select_for_update(),
    )
    if conversation.is_closed:
        raise ConversationIsClosed(f"Conversation {conversation.pk} is closed.")
    before = values_of(conversation)
    wanted = {field: read(field, said, also=before.get(field.pk, ())) for field, said in typed.items()}
    changed = {field: value for field, value in wanted.items() if value != before.get(field.pk, [])}
    if not changed:
        return []
    conversation.values.filter(field__in=changed).delete()
    FieldValue.objects.bulk_create(_rows(conversation, changed))
    conversation.updated_at = clock.now()
    conversation.save(update_fields=["updated_at"])
    for field, value in changed.items():
        old = before.get(field.pk, [])
        record("conversation.field_set", conversation, by=by, field=field.pk, old=old, new=value)
    return list(changed)


@transaction.atomic
def fill(conversation: Conversation, values: Mapping[Field, Value], *, by: CanAct) -> None:
    """What a form brought, into a conversation that has just been opened: one fact for all that it keeps, and one for the
    priority that was chosen."""
    for field, value in values.items():
        if field.kind == Kind.PRIORITY and value:
            conversation.set_priority(value[0], by=by)
    values = {field: value for field, value in values.items() if field.kind != Kind.PRIORITY}
    if not values:
        return
    FieldValue.objects.bulk_create(_rows(conversation, values))
    fields = {str(field.pk): value for field, value in values.items()}
    record("conversation.filled", conversation, by=by, fields=fields)


@transaction.atomic
def copy_values(before: Conversation, after: Conversation, *, by: CanAct) -> None:
    """What goes on from another conversation knows what was said in its fields."""
    known = values_of(before)
    if known:
        fields = Field.objects.active().kept().filter(pk__in=known)
        fill(after, {field: known[field.pk] for field in fields}, by=by)


@transaction.atomic
def choose_form(conversation: Conversation, form: RequestForm | None, *, by: CanAct) -> None:
    """Ask for what another form asks. What stands in fields stays. Raises ConversationIsClosed."""
    if conversation.is_closed:
        raise ConversationIsClosed(f"Conversation {conversation.pk} is closed.")
    old = conversation.form_id
    if old == (form.pk if form else None):
        return
    conversation.form, conversation.updated_at = form, clock.now()
    conversation.save(update_fields=["form", "updated_at"])
    record("conversation.form_chosen", conversation, by=by, old=old, new=form.pk if form else None)


def missing_to_end(conversation: Conversation) -> list[Field]:
    """Fields required before it is solved and empty: of its form those that are shown, and those of every conversation.
    Three queries at most."""
    places = list(Place.objects.holding_for(conversation.form_id))
    always = list(Field.objects.active().filter(required=Required.ALWAYS))
    if not always and not any(is_required(place, Required.SOLVE) for place in places):
        return []
    values = values_of(conversation)
    of_form = [place.field for place in shown(places, values) if is_required(place, Required.SOLVE)]
    return [each for each in dict.fromkeys([*of_form, *always]) if not values.get(each.pk)]


def _rows(conversation: Conversation, values: Mapping[Field, Value]) -> Iterable[FieldValue]:
    for field, value in values.items():
        for text in value:
            yield FieldValue(
                conversation=conversation,
                field=field,
                text=text,
                word=folded(text)[:WORD_MOST],
                number=Decimal(text) if field.kind == Kind.NUMBER else None,
                day=date.fromisoformat(text) if field.kind == Kind.DAY else None,
            )
