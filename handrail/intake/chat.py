"""Chat in the portal: what a visitor says, presses and asks for, as verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import of_others, refuse_own
from handrail.contacts.identify import identify
from handrail.contacts.models import PROVED, Person
from handrail.conversations.claims import is_denied
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.messages import Message
from handrail.conversations.opening import open_conversation
from handrail.core.actors import SYSTEM
from handrail.core.files.models import StoredFile
from handrail.intake.escalate import escalate
from handrail.intake.last_ask import last_ask
from handrail.intake.pleasantries import pleasantry
from handrail.intake.routing import team_about
from handrail.intake.watching import watch
from handrail.knowledge.models import Article


@transaction.atomic
def begin(
    viewer: Viewer,
    *,
    inbox: Inbox,
    about: dict[str, Any] | None = None,
    tried: Sequence[dict[str, object]] = (),
) -> Conversation:
    """Open a chat that the bot holds first.

    about  {"product": id, "article": id} where the visitor was
    tried  what they asked and read before; the person who may take over sees it

    Raises ValueError for a viewer with neither a person nor a browser key.
    """
    person = asker(viewer)
    conversation = open_conversation(
        inbox,
        requester=person,
        by=person,
        channel="chat",
        team=team_about(about) or inbox.team,
        locale=viewer.locale,
        held_by="bot",
        chat_key=viewer.begins_as,
        # A guest link proves an address for one conversation; what the bot may quote in another stays public.
        about={**(about or {}), "assurance": viewer.assurance if viewer.only is None else 0},
        tried=list(tried)[:20],
    )
    reach_by_mail(conversation, viewer, person)
    return conversation


def reach_by_mail(conversation: Conversation, viewer: Viewer, person: Person) -> None:
    """Whoever is signed in and leaves hears what they did not read, at the address that is shown to be theirs.

    A guest is not: the link they hold may be somebody else's.
    """
    if not viewer.is_signed_in or viewer.only is not None:
        return
    proved = person.identities.filter(kind="email", assurance__gte=PROVED).order_by("-assurance", "pk")
    address = next(iter(of_others(proved.values_list("value", flat=True))), "")
    mail = Inbox.objects.mail_for(conversation.brand, conversation.team)
    if address and mail:
        conversation.attach_endpoint(mail, address, person=person, by=person, is_fallback=True)


@transaction.atomic
def say(
    conversation: Conversation,
    text: str,
    *,
    by: Person,
    client_id: str,
    files: Sequence[StoredFile] = (),
    **data: Any,
) -> Message:
    """A visitor's words. The first that are no greeting name the conversation; the bot answers after the commit."""
    if not conversation.subject and not pleasantry(text):
        conversation.subject = " ".join(text.split())[:120]
        conversation.save(update_fields=["subject"])
    asks_nothing = not files and pleasantry(text) == "thanks"
    message = conversation.receive(
        text, by=by, client_id=client_id, files=files, data=data, asks_nothing=asks_nothing
    )
    watch(message)
    return message


@transaction.atomic
def choose(conversation: Conversation, article: Article, *, by: Person, client_id: str) -> Message:
    """One of the choices offered: its title is what the visitor says, and the bot answers with its words."""
    text = article.published(conversation.locale)
    if ask := last_ask(conversation):
        ask.open(article, by=by)
    return say(
        conversation, text.title if text else str(article), by=by, client_id=client_id, choice=article.pk
    )


@transaction.atomic
def choose_none(conversation: Conversation, *, by: Person, client_id: str) -> Message:
    """None of the choices. It counts as a question without an answer, so a second one brings a person."""
    if ask := last_ask(conversation):
        ask.refuse(by=by)
    with translation.override(conversation.locale):
        return say(conversation, _("None of these"), by=by, client_id=client_id, refused=True)


@transaction.atomic
def ask_for_person(conversation: Conversation, *, by: Person) -> bool:
    """The button "Talk to a person": one press, and people have it. False: they had it already."""
    return escalate(conversation, reason="asked", by=by)


class AddressDenied(ValueError):
    """Whoever has this address does not want what is answered here."""


@transaction.atomic
def leave_address(conversation: Conversation, address: str, *, mail: Inbox, by: Person) -> None:
    """Let answers reach a mail address too. It is a claim: it opens no history, and links to nobody.

    Whoever proves that they have it reads this conversation, whose answers they get anyway, as a guest.

    Raises OwnAddress for one of ours, AddressDenied for one whose owner said that they did not ask here.
    """
    refuse_own(address)
    if is_denied(conversation, address):
        raise AddressDenied(address)
    owner = identify("email", address, by=by, locale=conversation.locale)
    conversation.attach_endpoint(mail, address.strip().lower(), person=owner, by=by)


@transaction.atomic
def correct_address(
    conversation: Conversation, wrong: Endpoint, address: str, *, mail: Inbox, by: Person
) -> None:
    """Let answers reach this address instead of one that was left here before. Raises as `leave_address`, with nothing changed."""
    leave_address(conversation, address, mail=mail, by=by)
    if wrong.address != address.strip().lower():
        conversation.close_endpoint(wrong, by=by)


@transaction.atomic
def solved(conversation: Conversation, *, by: Person) -> None:
    """The visitor says that this solved it; if the bot's answer did, the question is kept as solved by that article."""
    if conversation.held_by == "bot":
        conversation.tag("self-solved", by=by)
        shown = (
            conversation.messages.filter(author_kind="bot")
            .order_by("-seq")
            .values_list("data", flat=True)
            .first()
        )
        article = Article.objects.filter(pk=((shown or {}).get("answer") or {}).get("article") or 0).first()
        if article and (ask := last_ask(conversation)):
            ask.solve(article, by=by)
    conversation.set_status("solved", by=by)


def asker(viewer: Viewer) -> Person:
    """The person a viewer is, or the nameless one their browser stands for."""
    if viewer.person_id:
        return Person.objects.get(pk=viewer.person_id)
    if not viewer.chat_key:
        raise ValueError("A chat needs a person or a browser key.")
    person = identify("web", viewer.chat_key, by=SYSTEM, locale=viewer.locale)
    if person.zone != viewer.zone:
        person.zone = viewer.zone
        person.save(update_fields=["zone"])
    return person
