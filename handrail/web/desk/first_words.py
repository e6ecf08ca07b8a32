"""What our first mail takes along, before there is a conversation: macros, articles and files, and what stops it once."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.automation.article_links import beside, closed_to
from handrail.automation.changes import words
from handrail.automation.macros import Macro, own
from handrail.automation.refusals import Refused
from handrail.automation.runs import start
from handrail.channels.models import Inbox
from handrail.contacts.calling import is_number
from handrail.contacts.identify import known_as
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.outgoing import send
from handrail.conversations.placeholders import filled, unfilled
from handrail.core.files.models import StoredFile
from handrail.web.desk.hours import hour_of

ANSWERS = ("closed", "as_is")  # the buttons that send all the same


@dataclass(frozen=True)
class Along:
    """What goes along with the first words: a macro that changes something, and files of the macros one may use."""

    macro: Macro | None = None
    files: list[StoredFile] = field(default_factory=list)

    def changes(self, locale: str) -> list[str]:
        """What the macro changes, in words."""
        return [words(change, locale=locale) for change in self.macro.steps] if self.macro else []


class NotSentYet(ValueError):
    """Something must be seen first: `closed` names articles the customer can't read, `unfilled` placeholders without words."""

    def __init__(self, *, closed: list[str], unfilled: list[str]) -> None:
        super().__init__("The first mail is not sent yet.")
        self.closed, self.unfilled = closed, unfilled


def imagined(request: HttpRequest) -> Conversation:
    """The conversation that the form would open, as far as it says who and about what; it is never stored.

    GET requester, name, subject, team: as the form holds them now.
    """
    said = request.GET
    person = _person(said)
    typed = said.get("name", "").strip()[:120]
    if typed and not person.name:
        person.name = typed
    team = Team.objects.filter(pk=said["team"]).first() if said.get("team", "").isdigit() else None
    brand = request.brand  # type: ignore[attr-defined]
    inbox = Inbox.objects.mail_for(brand, team)
    return Conversation(
        requester=person,
        locale=person.locale,
        subject=said.get("subject", "").strip()[:255],
        brand_id=inbox.brand_id if inbox else brand.pk,
    )


def _person(said: QueryDict) -> Person:
    reached = said.get("requester", "").replace("\0", "").strip()[:254]
    if not reached:
        return Person()
    known = None if is_number(reached) else known_as("email", reached)
    return known.person.root if known else Person()


def along(request: HttpRequest) -> Along:
    """POST macro (what changes with the words) and kept (files that need no upload), of the macros one may use."""
    macros = Macro.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    pk = request.POST.get("macro", "")
    wanted = [int(each) for each in request.POST.getlist("kept")[:40] if each.isdigit() and len(each) < 16]
    files = StoredFile.objects.filter(macros__in=macros, pk__in=wanted).distinct().order_by("pk")
    macro = macros.filter(pk=pk).first() if pk.isdigit() and len(pk) < 16 else None
    return Along(macro, list(files) if wanted else [])


def say_first(
    conversation: Conversation, text: str, files: list[StoredFile], *, request: HttpRequest
) -> None:
    """Send our first words, placeholders filled. Raises NotSentYet, and ValueError for an hour that is none."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    text = filled(text, conversation, agent=user)
    empty = [] if "as_is" in request.POST else unfilled(text)
    closed = [] if "closed" in request.POST else closed_to(conversation, text, viewer=viewer)
    if empty or closed:
        raise NotSentYet(closed=closed, unfilled=empty)
    send(
        conversation,
        text,
        by=user,
        at=hour_of(request.POST, conversation.requester.zone) if request.POST.get("at") else None,
        files=files,
        client_id=request.POST.get("client_id", "")[:64],
        data=beside(conversation, text),
    )


def take_along(conversation: Conversation, taken: Along, *, by: User) -> list[StoredFile]:
    """Change what the macro changes; returns the copies of its files. Raises Refused for a change that cannot be made."""
    changes = taken.macro.steps if taken.macro else []
    if changes:
        if reason := start([conversation.pk], by=by, changes=changes).steps.get().reason:
            raise Refused(reason)
        conversation.refresh_from_db()
    return [own(each, by=by) for each in taken.files]
