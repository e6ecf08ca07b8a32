"""Codes and ids of facts turned into the words a reader knows: people, teams, statuses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from handrail.accounts.models import Team, User
from handrail.contacts.models import Identity, Person, called
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.fields import Field
from handrail.conversations.forms import RequestForm
from handrail.conversations.messages import Message
from handrail.conversations.status import Status
from handrail.core.events.models import Event
from handrail.workspace.formats import polite_name
from handrail.workspace.korean import with_particle
from handrail.workspace.typed import shown

Named = dict[str, tuple[str, ...]]
USER_FIELDS: Named = {
    "conversation.assigned": ("old", "new"),
    "conversation.team_changed": ("left",),
    "conversation.followed": ("user",),
    "conversation.unfollowed": ("user",),
    "colleague.mentioned": ("user",),
    "draft.taken_over": ("old",),
}
TEAM_FIELDS: Named = {"conversation.team_changed": ("old", "new")}
STATUS_FIELDS: Named = {"conversation.status_changed": ("old_custom", "new_custom")}
FORM_FIELDS: Named = {"conversation.form_chosen": ("old", "new")}
PERSON_FIELDS: Named = {
    "conversation.participant_added": ("person",),
    "conversation.participant_removed": ("person",),
    "conversation.requester_changed": ("old", "person"),
}
CAME_IN = ("message.received", "side.answered")


@dataclass(frozen=True)
class Sender:
    """The address of a mail that nobody vouched for, or of one that came from elsewhere than it was awaited from."""

    address: str
    is_vouched: bool
    is_elsewhere: bool


@dataclass
class Names:
    """The names some facts need, fetched together: at most one query a table.

    locale  the reader's language
    """

    locale: str
    users: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    addresses: dict[int, str] = field(default_factory=dict)  # of those without a name
    mails: dict[int, str] = field(default_factory=dict)  # of those who have one among them
    teams: dict[int, str] = field(default_factory=dict)
    forms: dict[int, str] = field(default_factory=dict)
    statuses: dict[int, str] = field(default_factory=dict)  # managers' own ones
    fields: dict[int, Field] = field(default_factory=dict)
    senders: dict[int, Sender] = field(default_factory=dict)  # of messages whose sender is in doubt

    @classmethod
    def of(cls, events: Iterable[Event], *, locale: str) -> Names:
        wanted: dict[str, set[int]] = defaultdict(set)
        for event in events:
            kind = {"staff": "users", "account": "users", "person": "people"}.get(event.actor_kind)
            if kind and event.actor_id:
                wanted[kind].add(event.actor_id)
            wanted["fields"].update(fields_of(event))
            if event.verb in CAME_IN and event.data.get("message"):
                wanted["messages"].add(event.data["message"])
            for name, keys in NAMED.items():
                for key in keys.get(event.verb, ()):
                    if event.data.get(key):
                        wanted[name].add(event.data[key])
        names = cls(locale)
        if wanted["users"]:
            names.users = dict(User.objects.filter(pk__in=wanted["users"]).values_list("pk", "name"))
        if wanted["teams"]:
            names.teams = {team.pk: team.name(locale) for team in Team.objects.filter(pk__in=wanted["teams"])}
        if wanted["people"]:
            names.people = dict(Person.objects.filter(pk__in=wanted["people"]).values_list("pk", "name"))
            nameless = _known_by(pk for pk, name in names.people.items() if not name)
            names.addresses = {pk: called(kinds) for pk, kinds in nameless.items()}
            names.mails = {pk: kinds["email"] for pk, kinds in nameless.items() if "email" in kinds}
        if wanted["forms"]:
            forms = RequestForm.objects.filter(pk__in=wanted["forms"])
            names.forms = {form.pk: form.name(locale) for form in forms}
        if wanted["statuses"]:
            own = CustomStatus.objects.filter(pk__in=wanted["statuses"])
            names.statuses = {status.pk: status.name(locale) for status in own}
        if wanted["fields"]:
            names.fields = Field.objects.in_bulk(wanted["fields"])
        if wanted["messages"]:
            names.senders = _doubted(wanted["messages"])
        return names

    def actor(self, event: Event) -> str:
        """Who did it, as one says it: a name, or what kind of machine it was; of a mail whose sender is in doubt its address."""
        if sender := self.sender(event):
            return sender.address
        if event.actor_kind in {"staff", "account"}:
            return self.user(event.actor_id)
        if event.actor_kind == "person":
            return self.mails.get(event.actor_id or 0) or self.person(event.actor_id)
        machines = {"bot": _("The assistant"), "rule": _("A rule"), "clock": _("The clock")}
        return machines.get(event.actor_kind, _("The system"))

    def subject(self, event: Event) -> str:
        """The actor as the subject of a sentence; in Korean with its particle."""
        name = self.actor(event)
        return with_particle(name, "이") if self.locale == "ko" else name

    def sender(self, event: Event) -> Sender | None:
        """Who a mail says that it is from, where that is in doubt."""
        return self.senders.get(event.data.get("message") or 0) if event.verb in CAME_IN else None

    def user(self, pk: Any) -> str:
        return polite_name(self.users[pk], locale=self.locale) if pk in self.users else _("Nobody")

    def person(self, pk: Any) -> str:
        name = self.people.get(pk) or ""
        return polite_name(name, locale=self.locale) if name else _("The customer")

    def whom(self, pk: Any) -> str:
        """A person as somebody among several: by name, else by what is known of them."""
        return self.addresses.get(pk) or self.person(pk)

    def team(self, pk: Any) -> str:
        return self.teams.get(pk) or _("No team")

    def form(self, pk: Any) -> str:
        return self.forms.get(pk) or _("No form")

    def status(self, code: Any, own: Any) -> str:
        """A status; where it was a manager's own one its name, and in brackets what it counts as."""
        usual = str(Status(code).label) if code in Status.values else str(code or "")
        return f"{self.statuses[own]} ({usual})" if own in self.statuses else usual

    def named(self, pk: Any) -> str:
        """A field's name."""
        return self.fields[pk].name(self.locale) if pk in self.fields else _("A field")

    def value(self, pk: Any, value: Sequence[str]) -> str:
        """What stood in a field, as people read it; "" for nothing."""
        return shown(self.fields[pk], value, self.locale) if pk in self.fields else ", ".join(value)


def _known_by(people: Iterable[int]) -> dict[int, dict[str, str]]:
    known: dict[int, dict[str, str]] = {pk: {} for pk in people}
    for each in Identity.objects.filter(person__in=known).order_by("-pk"):
        known[each.person_id][each.kind] = each.value
    return known


def _doubted(messages: Iterable[int]) -> dict[int, Sender]:
    doubted = Message.objects.filter(pk__in=messages, is_verified=False).exclude(from_address="")
    return {
        pk: Sender(address, bool(data.get("vouched")), bool(data.get("other_address")))
        for pk, address, data in doubted.values_list("pk", "from_address", "data")
    }


NAMED: dict[str, Named] = {
    "users": USER_FIELDS,
    "teams": TEAM_FIELDS,
    "people": PERSON_FIELDS,
    "forms": FORM_FIELDS,
    "statuses": STATUS_FIELDS,
}


def fields_of(event: Event) -> list[int]:
    """Ids of the fields a fact tells of."""
    told = event.data.get("fields") or (
        [event.data["field"]] if event.verb == "conversation.field_set" else []
    )
    return [int(each) for each in told] if event.verb.startswith("conversation.") else []
