"""The contact form: an enquiry with what was tried before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.answers.models import Ask
from handrail.channels.models import Inbox
from handrail.contacts.identify import identify, known_as, normal
from handrail.contacts.models import Person
from handrail.contacts.zones import learn_zone
from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Field
from handrail.conversations.forms import RequestForm
from handrail.conversations.opening import open_by_saying
from handrail.conversations.values import fill
from handrail.core.actors import SYSTEM
from handrail.core.files.models import StoredFile
from handrail.intake.routing import team_about
from handrail.knowledge.models import Article


@dataclass(frozen=True)
class Enquiry:
    """What a form holds. `client_id` is the form's own random id, so that a double press sends once; `values` are what
    filling.fill read; `brand` is the id of the one whose page it stood on, the inbox's without; `zone` is what their browser
    says, "" where it hides it."""

    subject: str
    text: str
    client_id: str
    address: str = ""
    name: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    tried: Sequence[dict[str, object]] = ()
    files: Sequence[StoredFile] = ()
    form: RequestForm | None = None
    values: Mapping[Field, list[str]] = field(default_factory=dict)
    brand: int | None = None
    zone: str = ""


@transaction.atomic
def send(enquiry: Enquiry, viewer: Viewer, *, inbox: Inbox) -> Conversation:
    """Open a conversation from a form; the same `client_id` finds the one already opened.

    The address of someone who is not signed in is a claim: answers go to it, but its owner's history stays shut.
    Raises OwnAddress for one of ours, and leaves nothing behind.
    """
    if known := find(enquiry, viewer):
        return known
    person, address = _who(enquiry, viewer)
    claimed = "" if viewer.is_signed_in else address
    learn_zone(person, enquiry.zone, address=claimed, assurance=viewer.assurance, by=SYSTEM)
    message = open_by_saying(
        enquiry.text,
        inbox,
        requester=person,
        by=person,
        subject=enquiry.subject,
        channel="form",
        team=(enquiry.form.team if enquiry.form else None) or team_about(enquiry.about) or inbox.team,
        form=enquiry.form,
        brand_id=enquiry.brand or inbox.brand_for_new.pk,
        address=address,
        locale=viewer.locale,
        chat_key=viewer.begins_as,
        tried=list(enquiry.tried)[:20],
        about={**enquiry.about, "client_id": enquiry.client_id, "assurance": viewer.assurance},
        files=enquiry.files,
        said={
            "client_id": enquiry.client_id,
            "is_verified": viewer.assurance >= 2,
            "author_name": enquiry.name,
        },
    )
    if enquiry.values:
        fill(message.conversation, enquiry.values, by=person)
    return message.conversation


def find(enquiry: Enquiry, viewer: Viewer) -> Conversation | None:
    """The conversation this form opened before, if it was sent already."""
    if viewer.person_id and viewer.is_signed_in:
        requester: int | None = viewer.person_id
    else:
        named = known_as("email", enquiry.address)
        requester = named.person_id if named else None
    if requester is None:
        return None  # nobody we have met, so nothing of theirs is here
    opened = Conversation.objects.filter(about__client_id=enquiry.client_id)
    return opened.filter(requester=requester).first()


def sender(enquiry: Enquiry, viewer: Viewer) -> Person:
    """Who sends it: the person who is signed in, else whoever the address names, as a claim."""
    return _who(enquiry, viewer)[0]


@transaction.atomic
def solved_by(
    article: Article, question: str, viewer: Viewer, *, locale: str, brand: int | None = None
) -> None:
    """Beside the form of a brand an answer was enough: nothing is opened, and the question is kept as solved by `article`."""
    result = answer(question or "", viewer, locale=locale, channel="form", brand=brand)
    if ask := Ask.objects.filter(key=result.ask).first():
        ask.solve(article, by=viewer)


def _who(enquiry: Enquiry, viewer: Viewer) -> tuple[Person, str]:
    if viewer.person_id and viewer.is_signed_in:
        person = Person.objects.get(pk=viewer.person_id)
        return person, person.email or normal("email", enquiry.address)
    address = normal("email", enquiry.address)
    return identify("email", address, by=SYSTEM, name=enquiry.name, locale=viewer.locale), address
