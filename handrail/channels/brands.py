"""One more brand, reached at once where nothing has to be set up: by the chat of its help centre."""

from __future__ import annotations

from django.db import transaction

from handrail.channels.models import Inbox
from handrail.core.actors import CanAct
from handrail.workspace.models import Brand


@transaction.atomic
def open_brand(name_ko: str, name_en: str, *, by: CanAct) -> Brand:
    """Make a brand whose chats come to the team of the first brand's. Mail to it waits for a mailbox. Raises NoName."""
    brand = Brand.make(name_ko, name_en, by=by)
    chats = Inbox.objects.filter(kind=Inbox.Kind.CHAT, is_active=True).select_related("team")
    known = chats.order_by("brand", "pk").first()
    Inbox.objects.create(
        kind=Inbox.Kind.CHAT,
        brand=brand,
        address=f"portal-{brand.slug}",
        name="portal",
        team=known.team if known else None,
        locale=brand.default_locale,
    )
    return brand
