"""Who is asking: everything the desk knows about the person of a conversation, without another click."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Identity, Person, Record, called
from handrail.conversations.claims import with_word_of_colleagues
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint, Participant
from handrail.conversations.links import Linked, linked
from handrail.conversations.merging import may_be_unmerged
from handrail.conversations.messages import Message, Note
from handrail.conversations.queries import earlier_of
from handrail.core.alphabetical import Alphabetical
from handrail.web.desk.belongings import Company, Thing, company, things
from handrail.web.desk.fields import FieldsPanel, Returned, fields_panel
from handrail.web.desk.frame import has_brands

RECORDS_SHOWN = 8


@dataclass(frozen=True)
class Panel:
    """The requester with what proves who they are and what they have with us; others who read along.

    brand        its name; "" where there is only one
    said_in      how many messages and notes stand in each of `merged`, by its number as "#1095"
    unmergeable  of `merged` those whose merge can still be taken back
    """

    person: Person
    called: str
    identities: list[Identity]
    records: list[Thing]
    company: Company | None
    earlier: list[Conversation]
    copied: list[Participant]
    endpoints: list[Endpoint]
    submitter: str
    follow_ups: list[int]
    merged: list[int]
    unmergeable: list[int]
    said_in: dict[str, int]
    linked: list[Linked]
    followers: list[tuple[int, str]]
    fields: FieldsPanel
    brand: str

    @property
    def mailed(self) -> list[Endpoint]:
        """Whom a reply reaches by mail, and where: the requester first."""
        mails = [each for each in self.endpoints if each.inbox.kind == "mail"]
        return sorted(mails, key=lambda each: not self._is_theirs(each))

    @property
    def more(self) -> int:
        """How many people get a reply by mail besides the requester; 0 where it goes to several addresses of one, or not to them."""
        people = {each.person_id for each in self.mailed}
        is_one_each = len(people) == len(self.mailed) and any(map(self._is_theirs, self.mailed))
        return len(people) - 1 if is_one_each else 0

    def _is_theirs(self, window: Endpoint) -> bool:
        return self.person.pk in (window.person_id, window.person.merged_into_id)

    @property
    def is_called(self) -> bool:
        """Whether a phone number is all that names them: nothing can be sent to them."""
        return {each.kind for each in self.identities} == {Identity.Kind.PHONE}


def panel(conversation: Conversation, *, viewer: Viewer, returned: Returned | None = None) -> Panel:
    """The side panel, in sixteen queries at most. `returned`: what a refused change of its fields brings back."""
    person = conversation.requester.root
    same = Person.objects.same_as(person.pk).values("pk")
    identities = list(
        with_word_of_colleagues(Identity.objects.filter(person__in=same)).order_by("-assurance", "pk")
    )
    copied = conversation.participants.filter(left_at=None, role=Participant.Role.COPIED)
    seen = Conversation.objects.visible_to(viewer)
    led_here = seen.filter(Q(follows=conversation) | Q(merged_into=conversation))
    led_here = led_here.annotate(messages_in=_counted(Message), notes_in=_counted(Note))
    others = list(led_here.select_related("brand").order_by("pk"))
    merged = [each for each in others if each.merged_into_id == conversation.pk]
    return Panel(
        person=person,
        called=person.name or called({each.kind: each.value for each in reversed(identities)}),
        identities=identities,
        records=things(Record.objects.filter(person__in=same).order_by("-at")[:RECORDS_SHOWN]),
        company=company(person, conversation.pk, viewer=viewer),
        earlier=earlier_of(conversation, viewer=viewer),
        copied=list(copied.select_related("person").prefetch_related("person__identities")),
        endpoints=list(
            conversation.endpoints.filter(is_active=True).select_related("inbox", "person").order_by("pk")
        ),
        submitter=_submitter(conversation),
        follow_ups=[each.pk for each in others if each not in merged],
        merged=[each.pk for each in merged],
        said_in={f"#{each.pk}": each.messages_in + each.notes_in for each in merged},
        unmergeable=[each.pk for each in merged if may_be_unmerged(each)],
        linked=linked(conversation, viewer=viewer),
        followers=list(
            conversation.followers.order_by(Alphabetical("user__name")).values_list("user", "user__name")
        ),
        fields=fields_panel(conversation, locale=viewer.locale, returned=returned),
        brand=conversation.brand.name(viewer.locale) if has_brands() else "",
    )


def _counted(model: type[Message] | type[Note]) -> Coalesce:
    """How many there are in the conversation of the row."""
    inside = model._default_manager.filter(conversation=OuterRef("pk")).order_by().values("conversation")
    return Coalesce(Subquery(inside.annotate(n=Count("pk")).values("n")), 0)


def _submitter(conversation: Conversation) -> str:
    """The name of a colleague who opened this for the customer; "" when the customer did."""
    if conversation.submitter_kind != "staff" or not conversation.submitter_id:
        return ""
    return User.objects.filter(pk=conversation.submitter_id).values_list("name", flat=True).first() or ""
