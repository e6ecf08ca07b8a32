"""Who is asking: everything the desk knows about the person of a conversation, without another click."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Identity, Person, Record, called
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint, Participant
from handrail.conversations.links import Linked, linked
from handrail.conversations.queries import earlier_of
from handrail.web.desk.fields import FieldsPanel, Returned, fields_panel
from handrail.web.desk.frame import has_brands

RECORDS_SHOWN = 8


@dataclass(frozen=True)
class Panel:
    """The requester with what proves who they are and what they have with us; others who read along.

    brand  its name; "" where there is only one
    """

    person: Person
    called: str
    identities: list[Identity]
    records: list[Record]
    earlier: list[Conversation]
    copied: list[Participant]
    endpoints: list[Endpoint]
    submitter: str
    follow_ups: list[int]
    merged: list[int]
    linked: list[Linked]
    followers: list[tuple[int, str]]
    fields: FieldsPanel
    brand: str

    @property
    def is_called(self) -> bool:
        """Whether a phone number is all that names them: nothing can be sent to them."""
        return {each.kind for each in self.identities} == {Identity.Kind.PHONE}


def panel(conversation: Conversation, *, viewer: Viewer, returned: Returned | None = None) -> Panel:
    """The side panel, in eleven queries at most. `returned`: what a refused change of its fields brings back."""
    person = conversation.requester.root
    same = Person.objects.same_as(person.pk).values("pk")
    identities = list(Identity.objects.filter(person__in=same).order_by("-assurance", "pk"))
    copied = conversation.participants.filter(left_at=None, role=Participant.Role.COPIED)
    seen = Conversation.objects.visible_to(viewer)
    led_here = seen.filter(Q(follows=conversation) | Q(merged_into=conversation))
    others = list(led_here.values_list("pk", "merged_into"))
    return Panel(
        person=person,
        called=person.name or called({each.kind: each.value for each in reversed(identities)}),
        identities=identities,
        records=list(Record.objects.filter(person__in=same).order_by("-at")[:RECORDS_SHOWN]),
        earlier=earlier_of(conversation, viewer=viewer),
        copied=list(copied.select_related("person").prefetch_related("person__identities")),
        endpoints=list(conversation.endpoints.filter(is_active=True).select_related("inbox", "person")),
        submitter=_submitter(conversation),
        follow_ups=[pk for pk, into in others if into != conversation.pk],
        merged=[pk for pk, into in others if into == conversation.pk],
        linked=linked(conversation, viewer=viewer),
        followers=list(conversation.followers.order_by("user__name").values_list("user", "user__name")),
        fields=fields_panel(conversation, locale=viewer.locale, returned=returned),
        brand=conversation.brand.name(viewer.locale) if has_brands() else "",
    )


def _submitter(conversation: Conversation) -> str:
    """The name of a colleague who opened this for the customer; "" when the customer did."""
    if conversation.submitter_kind != "staff" or not conversation.submitter_id:
        return ""
    return User.objects.filter(pk=conversation.submitter_id).values_list("name", flat=True).first() or ""
