"""One of each who may read, and what each may, written down here once more and not taken from the code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.test import Client

from handrail.accounts.models import Role, User
from handrail.accounts.viewer import STRANGER, Viewer, staff_viewer
from handrail.contacts.models import Organisation, Person
from handrail.contacts.segments import Rule, Segment, mark
from handrail.core.actors import SYSTEM
from handrail.web.viewer import GUEST_KEY, PERSON_KEY
from tests.worlds.small import World

EVERYTHING = frozenset({"public", "signed_in", "segment", "employees", "agents"})
MAY_READ = {
    "stranger": {"public"},
    "guest link": {"public"},
    "customer": {"public", "signed_in"},
    "member": {"public", "signed_in", "segment"},
    "employee": {"public", "signed_in", "employees"},
    "author": EVERYTHING,
    "agent": EVERYTHING,
}


@dataclass(frozen=True)
class Reader:
    """A browser and the viewer behind it; `person` for those contacts knows."""

    name: str
    client: Client
    viewer: Viewer
    person: Person | None = None

    @property
    def may_read(self) -> frozenset[str]:
        return frozenset(MAY_READ[self.name])


def readers(world: World) -> tuple[dict[str, Reader], Segment]:
    """Everybody, and the segment the member alone belongs to: two rules, of which one holds."""
    books = Organisation.objects.create(name="나무책방")
    segment = Segment.define(
        "partners",
        names={"ko": "협력사", "en": "Partners"},
        rules=[Rule(organisation=books), Rule(mark="plan", value="business")],
        by=SYSTEM,
    )
    found = {"stranger": Reader("stranger", Client(), STRANGER)}
    for name in ("customer", "member", "employee"):
        found[name] = _known(world, name)
    member, customer = found["member"].person, found["customer"].person
    assert member and customer
    member.describe(organisation=books, by=SYSTEM)
    mark(customer, "plan", "basic", by=SYSTEM)
    found["guest link"] = _guest(world, member)
    for role in (Role.AUTHOR, Role.AGENT):
        user = world.staff(f"{role.value}@leaks.test", role.value, role)
        found[role.value] = Reader(role.value, _as(user), staff_viewer(user))
    return found, segment


def _known(world: World, name: str) -> Reader:
    person = world.person(f"{name}@example.com", name, assurance=2)
    if name == "employee":
        person.describe(kind="employee", by=SYSTEM)
    client = Client()
    session = client.session
    session[PERSON_KEY] = {"id": person.pk, "assurance": 2, "at": 4_102_444_800.0}
    session.save()
    viewer = Viewer(person_id=person.pk, is_employee=name == "employee", assurance=2)
    return Reader(name, client, viewer, person)


def _guest(world: World, person: Person) -> Reader:
    """A link that opens one conversation of the member's, and none of what the member may read."""
    conversation = world.conversation(person)
    client = Client()
    session = client.session
    session[GUEST_KEY] = {"number": conversation.pk, "person": person.pk, "at": 4_102_444_800.0}
    session.save()
    viewer = replace(STRANGER, person_id=person.pk, assurance=2, only=conversation.pk)
    return Reader("guest link", client, viewer)


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
