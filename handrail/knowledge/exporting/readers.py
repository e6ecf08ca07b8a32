"""For whom an export is, by name: somebody of that audience and of no narrower one."""

from __future__ import annotations

from django.db.models import Q

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.contacts.models import Person
from handrail.contacts.segments import Segment
from handrail.knowledge.transfer_troubles import Stopped


def reader_of(name: str) -> Viewer | None:
    """The viewer an audience's name stands for; None for "", which means the operator.

    Raises ValueError for a name that is none, and for a segment nobody belongs to.
    """
    audience, _, slug = name.replace("_", "-").partition(":")
    plain = {
        "": None,
        "public": STRANGER,
        "signed-in": Viewer(person_id=0, assurance=3),
        "employees": Viewer(person_id=0, is_employee=True, assurance=3),
        "agents": Viewer(role="agent", assurance=3),
    }
    if audience in plain:
        return plain[audience]
    segment = Segment.objects.filter(slug=slug).first() if audience == "segment" else None
    if segment is None:
        raise Stopped("no_reader", name=name)
    for person in Person.objects.filter(Q(marks__isnull=False) | Q(organisation__isnull=False)).distinct():
        if Segment.objects.holding(person.pk).filter(pk=segment.pk).exists():
            return Viewer(person_id=person.pk, assurance=3)
    raise Stopped("nobody", slug=slug)
