"""What is on the ledger about a person, as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.accounts.models import User
from handrail.contacts.models import Organisation, Person
from handrail.core.events.models import Event
from handrail.workspace.formats import polite_name
from handrail.workspace.korean import with_particle

ASSURED = {
    0: gettext_lazy("Claimed"),
    1: gettext_lazy("Said by the channel"),
    2: gettext_lazy("Proved"),
    3: gettext_lazy("Signed in"),
}
Sentence = Callable[[Event, "Named"], str]


class Named:
    """The names some facts need: at most one query a table."""

    def __init__(self, facts: Iterable[Event], *, locale: str) -> None:
        self.locale = locale
        users = {fact.actor_id for fact in facts if fact.actor_kind in {"staff", "account"}}
        people = {fact.data.get(key) for fact in facts for key in ("into", "other")}
        people |= {fact.actor_id for fact in facts if fact.actor_kind == "person"}
        places = {fact.data.get("organisation") for fact in facts} | {
            fact.data.get("old") for fact in facts if fact.verb == "person.joined"
        }
        self.users = _names(User.objects, users)
        self.people = _names(Person.objects, people)
        self.organisations = _names(Organisation.objects, places)

    def actor(self, fact: Event) -> str:
        """Who did it, as the subject of a sentence; in Korean with its particle."""
        name = _("The system")
        if fact.actor_kind in {"staff", "account"}:
            name = polite_name(self.users.get(fact.actor_id, ""), locale=self.locale) or _(
                "A former colleague"
            )
        elif fact.actor_kind == "person":
            name = polite_name(self.people.get(fact.actor_id, ""), locale=self.locale) or _("The customer")
        return with_particle(name, "이") if self.locale == "ko" else name

    def organisation(self, pk: Any) -> str:
        return self.organisations.get(pk) or _("an organisation that is gone")

    def person(self, pk: Any) -> str:
        return self.people.get(pk) or _("contact %(number)s") % {"number": pk}


def told(facts: list[Event], *, locale: str) -> list[tuple[Event, str, str]]:
    """Each fact with its sentence and the page it leads to ("" where there is none)."""
    if not facts:
        return []
    named = Named(facts, locale=locale)
    return [(fact, SENTENCES[fact.verb](fact, named), _page(fact)) for fact in facts]


def _page(fact: Event) -> str:
    if fact.verb in {"person.joined", "person.left"} and fact.data.get("organisation"):
        return reverse("desk:organisation", args=[fact.data["organisation"]])
    other = fact.data.get("other") or fact.data.get("into")
    return (
        reverse("desk:person", args=[other])
        if other and fact.verb in {"person.released", "person.unmerged"}
        else ""
    )


def _names(rows: Any, wanted: set[Any]) -> dict[Any, str]:
    numbers = {pk for pk in wanted if isinstance(pk, int)}
    return dict(rows.filter(pk__in=numbers).values_list("pk", "name")) if numbers else {}


def _changed(fact: Event, named: Named) -> str:
    data = fact.data
    if data.get("field") == "name":
        words = _("%(who)s changed the name from %(old)s to %(new)s")
        return words % {
            "who": named.actor(fact),
            "old": data.get("old") or "–",
            "new": data.get("new") or "–",
        }
    return _("%(who)s changed the profile") % {"who": named.actor(fact)}


def _joined(fact: Event, named: Named) -> str:
    place = named.organisation(fact.data.get("organisation"))
    if fact.data.get("old"):
        words = _("%(who)s moved them from %(old)s to %(new)s")
        return words % {
            "who": named.actor(fact), "old": named.organisation(fact.data["old"]), "new": place,
        }  # fmt: skip
    if fact.data.get("how") == "address":
        return _("Joined %(organisation)s by their proved address") % {"organisation": place}
    return _("%(who)s added them to %(organisation)s") % {"who": named.actor(fact), "organisation": place}


def _assured(fact: Event, words: str) -> str:
    return words % {"assurance": ASSURED.get(fact.data.get("assurance", 0), "")}


def _marked(fact: Event, named: Named) -> str:
    said = ": ".join(part for part in (fact.data.get("name", ""), fact.data.get("value", "")) if part)
    words = (
        _("%(who)s removed “%(mark)s”") if fact.verb == "person.unmarked" else _("%(who)s noted “%(mark)s”")
    )
    return words % {"who": named.actor(fact), "mark": said}


def _by(words: Any) -> Sentence:
    return lambda fact, named: str(words) % {"who": named.actor(fact)}


def _about(words: Any) -> Sentence:
    def sentence(fact: Event, named: Named) -> str:
        other = fact.data.get("other") or fact.data.get("into")
        return str(words) % {"who": named.actor(fact), "other": named.person(other)}

    return sentence


SENTENCES: dict[str, Sentence] = {
    "person.met": lambda fact, _named: _assured(fact, _("First met (%(assurance)s)")),
    "identity.proved": lambda fact, _named: _assured(fact, _("An address was proved (%(assurance)s)")),
    "identity.added": lambda fact, _named: _assured(fact, _("An address was added (%(assurance)s)")),
    "person.changed": _changed,
    "person.marked": _marked,
    "person.unmarked": _marked,
    "person.password_set": _by(gettext_lazy("A password was set")),
    "person.account_linked": _by(gettext_lazy("A sign-in account was linked")),
    "person.signed_out": _by(gettext_lazy("Signed out everywhere")),
    "person.joined": _joined,
    "person.left": lambda fact, named: (
        _("%(who)s took them out of %(organisation)s")
        % {"who": named.actor(fact), "organisation": named.organisation(fact.data.get("organisation"))}
    ),
    "person.stands": _by(gettext_lazy("%(who)s changed their part in the organisation")),
    "person.merged": _about(gettext_lazy("%(who)s merged this into %(other)s")),
    "person.absorbed": _about(gettext_lazy("%(who)s merged %(other)s into this")),
    "person.unmerged": _about(gettext_lazy("%(who)s separated this from %(other)s")),
    "person.released": _about(gettext_lazy("%(who)s separated %(other)s from this")),
}
MERGED = ("person.merged", "person.absorbed", "person.unmerged", "person.released")
LIFE = tuple(verb for verb in SENTENCES if verb not in MERGED)
