"""Facts cannot be edited: every way to change one raises, and the ways that may forget words are called where that is done."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest
from django.db import transaction

from handrail.core.actors import SYSTEM
from handrail.core.events.ledger import record
from handrail.core.events.models import Event, FactsStand
from handrail.core.jobs.models import Job
from tests.architecture.house import PACKAGE, sources

TABLE = Event._meta.db_table
# Who may call what changes a fact's row.
MAY_CHANGE = {
    "mark_dispatched": {"core/events/ledger.py"},
    "redact": {"conversations/redaction.py"},
    "purge": {"conversations/purging.py"},
}
PAST_THE_GUARD = {"_base_manager", "_default_manager", "_update", "_raw_delete"}


def changes(source: str, file: str) -> list[str]:
    """What in a file would change facts, and is not known to: calls by name, ways past the guard, SQL on their table."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and _begins_with_event(node):
            if node.attr in PAST_THE_GUARD or file not in MAY_CHANGE.get(node.attr, {file}):
                found.append(ast.unparse(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and TABLE in node.value:
            found.append(node.value)
    return found


def _begins_with_event(node: ast.AST) -> bool:
    """Whether a chain of attributes and calls begins with Event: `Event.objects.about(each).purge`."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return isinstance(node, ast.Name) and node.id == "Event"


def everywhere() -> Iterable[tuple[str, str]]:
    for path in sources():
        yield path.read_text(encoding="utf-8"), str(path.relative_to(PACKAGE))


def test_nothing_but_purging_and_redacting_changes_what_a_fact_says():
    assert [found for source, file in everywhere() for found in changes(source, file)] == []


@pytest.mark.parametrize(
    "line",
    [
        "Event.objects.about(row).purge()",
        "Event.objects.filter(pk=1).redact({})",
        "Event.objects.waiting().mark_dispatched()",
        "Event._base_manager.filter(pk=1).update(data={})",
        "Event.objects.filter(pk=1)._raw_delete('default')",
        f"cursor.execute('UPDATE {TABLE} SET data = 1')",
    ],
)
def test_a_change_elsewhere_is_noticed(line):
    assert changes(line, "knowledge/feedback.py")
    assert not changes("Event.objects.about(row).purge()", "conversations/purging.py")


@pytest.fixture
def fact(db) -> Event:
    with transaction.atomic():
        return record("thing.happened", Job(pk=1), by=SYSTEM, words="as it was")


@pytest.mark.parametrize(
    "edit",
    [
        lambda fact: Event.objects.filter(pk=fact.pk).update(data={}),
        lambda fact: Event.objects.bulk_update([fact], ["data"]),
        lambda fact: Event.objects.update_or_create(pk=fact.pk, defaults={"data": {}}),
        lambda fact: fact.save(),
        lambda fact: fact.save(update_fields=["data"]),
        lambda fact: Event.objects.get(pk=fact.pk).save(),
        lambda fact: fact.delete(),
        lambda fact: Event.objects.filter(pk=fact.pk).delete(),
    ],
)
def test_a_fact_that_stands_cannot_be_edited_or_deleted(fact, edit):
    fact.data = {"words": "as one would like it"}

    with pytest.raises(FactsStand), transaction.atomic():
        edit(fact)

    assert Event.objects.get(pk=fact.pk).data == {"words": "as it was"}
