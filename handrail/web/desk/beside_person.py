"""What we know of a customer beside what they did, gathered: attributes of theirs and of their organisation, and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.contacts.attributes import Known, known_of, known_of_organisation
from handrail.contacts.models import Organisation, Person
from handrail.contacts.notes import TEXT_MOST, ContactNote
from handrail.web.asking import Box, plain_box

NOTES_SHOWN = 50


@dataclass(frozen=True)
class Refused:
    """What a refused change brings back: attribute's key -> what was typed, and the sentence about it."""

    of: str = ""
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """`theirs` and `organisations` are boxes to fill in; `notes` are those of the person and of who was merged into them, and
    `organisations_notes` those of the organisation they belong to."""

    person: Person
    theirs: list[Box]
    organisations: list[Box]
    notes: list[ContactNote]
    organisations_notes: list[ContactNote]
    refused: Refused
    may_change: bool
    may_remove: bool
    text_most: int = TEXT_MOST


def beside_of(person: Person, *, viewer: Viewer, refused: Refused | None = None) -> Beside:
    """In six queries at most."""
    back = refused or Refused()
    company = person.organisation
    notes = ContactNote.objects.visible_to(viewer).about(person.pk)[:NOTES_SHOWN]
    return Beside(
        person=person,
        theirs=boxes(known_of(person), viewer.locale, back if back.of == "person" else Refused()),
        organisations=of_organisation(company, viewer.locale, back) if company else [],
        notes=list(notes),
        organisations_notes=notes_on(company, viewer) if company else [],
        refused=back,
        may_change=can(viewer, "contacts.change"),
        may_remove=can(viewer, "conversations.delete"),
    )


def notes_on(organisation: Organisation, viewer: Viewer) -> list[ContactNote]:
    return list(ContactNote.objects.visible_to(viewer).about_organisation(organisation.pk)[:NOTES_SHOWN])


def of_organisation(organisation: Organisation, locale: str, refused: Refused | None = None) -> list[Box]:
    back = refused if refused and refused.of == "organisation" else Refused()
    return boxes(known_of_organisation(organisation), locale, back)


def boxes(known: Known, locale: str, back: Refused) -> list[Box]:
    """A box for each that is asked, and for one put away that says something."""
    return [
        plain_box(
            each,
            back.typed.get(each.key, value),
            locale=locale,
            error=back.problems.get(each.key, ""),
        )
        for each, value in known.items()
        if each.archived_at is None or value
    ]
