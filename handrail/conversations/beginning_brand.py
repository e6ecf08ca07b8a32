"""Of which brand a conversation is that a colleague begins: no page and no mail says it."""

from __future__ import annotations

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.channels.models import Inbox
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.workspace.models import Brand


def brand_for(person: Person, *, team: Team | None, viewer: Viewer) -> Brand | None:
    """The brand of the mailbox it is sent from where the team has one; else that of the person's last conversation the
    viewer may see; else the site's own. None before there is a brand.

    A team with mailboxes of several brands writes for the one the person knows, if it is among them. Brands put away
    begin nothing.
    """
    known = _last(person, viewer)
    mailboxes = (
        Inbox.objects.mail().filter(team=team, brand__put_away_at=None) if team else Inbox.objects.none()
    )
    brands = [inbox.brand for inbox in mailboxes.select_related("brand")]
    if not brands or known in brands:
        return known or Brand.objects.own()
    return brands[0]


def _last(person: Person, viewer: Viewer) -> Brand | None:
    same = Person.objects.same_as(person.root.pk).values("pk")
    theirs = Conversation.objects.visible_to(viewer).filter(requester__in=same, brand__put_away_at=None)
    last = theirs.select_related("brand").order_by("-created_at").first()
    return last.brand if last else None
