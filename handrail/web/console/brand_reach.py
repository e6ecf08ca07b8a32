"""What putting a brand away touches, said before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from handrail.accounts.viewer import Viewer
from handrail.channels.models import Inbox
from handrail.conversations.models import Conversation
from handrail.knowledge.models import Subscription
from handrail.workspace.models import Brand, PortalDraft


@dataclass(frozen=True)
class Reach:
    """What a brand is tied to, and so what becomes of it.

    unsolved, every  its conversations, of those the viewer may see
    followers        addresses that are told of articles in its name
    """

    own: Brand | None
    host: str
    site: str
    addresses: list[str]
    unsolved: int
    every: int
    followers: int
    has_draft: bool

    @classmethod
    def of(cls, brand: Brand, viewer: Viewer) -> Reach:
        conversations = Conversation.objects.visible_to(viewer).filter(brand=brand)
        return cls(
            own=Brand.objects.own(),
            host=brand.host,
            site=settings.BASE_URL,
            addresses=list(Inbox.objects.mail().filter(brand=brand).values_list("address", flat=True)),
            unsolved=conversations.unsolved().count(),
            every=conversations.count(),
            followers=Subscription.objects.standing().filter(brand=brand).values("email").distinct().count(),
            has_draft=PortalDraft.of(brand).is_changed,
        )
