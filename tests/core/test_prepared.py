"""SQL kept for questions in which only values differ."""

from __future__ import annotations

import pytest

from handrail.contacts.identify import identify, known_as
from handrail.contacts.models import Identity
from handrail.conversations.models import Conversation
from handrail.core.actors import SYSTEM
from handrail.core.prepared import rows_of, sql_with


def test_each_time_its_own_values_are_asked_for(db):
    for name in ("a@example.com", "b@example.com"):
        identify("email", name, by=SYSTEM)

    found = [known_as("email", name) for name in ("b@example.com", "a@example.com", "c@example.com")]

    assert [each.value if each else None for each in found] == ["b@example.com", "a@example.com", None]


def test_text_is_never_part_of_the_statement(db):
    build = lambda value: Identity.objects.filter(value=value).values_list("pk")  # noqa: E731

    assert rows_of(*sql_with("by value", build, "' OR 1=1 --")) == []
    assert "OR 1=1" not in sql_with("by value", build, "' OR 1=1 --")[0]


def test_a_value_that_does_not_stand_in_the_query_as_it_is_is_refused(db):
    with pytest.raises(ValueError, match="does not hold"):
        sql_with("in json", lambda value: Conversation.objects.filter(about__client_id=value), "x")
