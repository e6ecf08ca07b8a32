"""The orders in which lists are read all day stand in indexes, and what is counted in a mailbox is read off its index alone.

No transaction of its own: PostgreSQL would keep writers out until the last index is built, and so only while each is. Every
step can be gone through again where a run was broken off.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Func, Index, Q

LISTED = Q(deleted_at__isnull=True, side_of__isnull=True)
LATEST = (F("listed_at").desc(), F("number").desc())


def ranked(column: str, values: list[str]) -> Func:
    cases = " ".join(f"WHEN '{value}' THEN {at}" for at, value in enumerate(values))
    template = f"CASE %(expressions)s {cases} ELSE {len(values)} END"
    return Func(F(column), template=template, output_field=models.SmallIntegerField())


def or_none(column: str) -> Func:
    return Func(F(column), template="COALESCE(%(expressions)s, 0)", output_field=models.BigIntegerField())


URGENT_FIRST = ranked("priority", ["low", "normal", "high", "urgent"]).desc()
ORDERS = {
    "urgent": ("shelf", URGENT_FIRST),
    "urgent_of": ("assignee", "shelf", URGENT_FIRST),
    "urgent_of_team": ("team", "shelf", URGENT_FIRST),
    "urgent_in_box": ("lies_in", "shelf", URGENT_FIRST),
    "per_status": ("shelf", ranked("status", ["new", "open", "pending", "on_hold", "solved", "closed"])),
    "per_channel": ("shelf", ranked("channel", ["chat", "mail", "form", "phone"])),
    "per_assignee": ("shelf", or_none("assignee_id")),
    "per_team": ("shelf", or_none("team_id")),
}


class AddIndexOnce(migrations.AddIndex):
    """Nothing where a run that was broken off has added it."""

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        table = after.apps.get_model(app_label, self.model_name)._meta.db_table
        with editor.connection.cursor() as cursor:
            there = editor.connection.introspection.get_constraints(cursor, table)
        if self.index.name not in there:
            super().database_forwards(app_label, editor, before, after)


class RemoveIndexOnce(migrations.RemoveIndex):
    """Nothing where a run that was broken off has removed it."""

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        table = before.apps.get_model(app_label, self.model_name)._meta.db_table
        with editor.connection.cursor() as cursor:
            there = editor.connection.introspection.get_constraints(cursor, table)
        if self.name in there:
            super().database_forwards(app_label, editor, before, after)


def added(index: Index) -> AddIndexOnce:
    return AddIndexOnce("conversation", index)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("conversations", "0037_addresses_others_used")]

    operations = [
        *(
            added(Index(*first, *LATEST, condition=LISTED, name=f"conversations_{name}"))
            for name, first in ORDERS.items()
        ),
        added(Index(fields=["shelf", "number"], condition=LISTED, name="conversations_as_opened")),
        added(
            Index(
                fields=[
                    *("lies_in", "shelf", "-listed_at", "-number"),
                    *("team", "last_seq", "last_message_from"),
                ],
                condition=LISTED,
                name="conversations_lying_in_mailbox",
            )
        ),
        RemoveIndexOnce("conversation", "conversations_shelf_of_mailbox"),
    ]
