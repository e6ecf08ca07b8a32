"""SQL kept for questions in which only values differ."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handrail.contacts.identify import identify, known_as
from handrail.contacts.models import Identity
from handrail.conversations.models import Conversation
from handrail.core import clock
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


def test_a_list_finds_what_it_names_whatever_its_length(db):
    people = [identify("email", f"p{number}@example.com", by=SYSTEM) for number in range(6)]
    build = lambda ids: Identity.objects.filter(pk__in=ids).order_by("pk").values_list("pk")  # noqa: E731
    known = sorted(Identity.objects.values_list("pk", flat=True))

    for count in (1, 2, 3, 5, 6, 4):
        assert [pk for (pk,) in rows_of(*sql_with("some", build, known[:count]))] == known[:count]
    assert rows_of(*sql_with("some", build, [])) == []
    assert len(people) == len(known)


def test_a_value_may_stand_in_several_places_beside_a_moment(db):
    identify("email", "a@example.com", by=SYSTEM)

    def build(value, kinds, at):
        found = Identity.objects.filter(value=value, created_at__lte=at, pk__in=kinds)
        return found.filter(pk__in=Identity.objects.filter(value=value)).values_list("value")

    ids = list(Identity.objects.values_list("pk", flat=True))
    now = clock.now()
    assert rows_of(*sql_with("moment", build, "a@example.com", ids, now)) == [("a@example.com",)]
    assert rows_of(*sql_with("moment", build, "a@example.com", ids, now - timedelta(days=1))) == []
