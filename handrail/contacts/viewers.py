"""The viewer a person is once they have signed in."""

from __future__ import annotations

from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Person

# What `viewer_for` needs of a person, fetched with them.
SEEN_WITH = ("organisation", "signs_in_as__organisation")


def viewer_for(
    person: Person, *, assurance: int, chat_key: str = "", scopes: frozenset[str] | None = None
) -> Viewer:
    """A merged person is the one they were merged into, where both had proved their addresses.

    person  fetched with SEEN_WITH, or each of these costs a query
    """
    reader = person.signs_in_as or person
    along = {reader.reads_organisation, person.reads_organisation} - {None}
    return Viewer(
        person_id=reader.pk,
        is_employee=reader.kind == Person.Kind.EMPLOYEE,
        assurance=assurance,
        locale=reader.locale,
        zone=reader.zone,
        chat_key=chat_key,
        scopes=scopes,
        reads_organisations=frozenset(pk for pk in along if pk is not None),
    )
