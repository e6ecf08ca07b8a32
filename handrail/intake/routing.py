"""Whose need is it? The team that looks after what it is about, and the address it is answered from."""

from __future__ import annotations

from typing import Any

from handrail.accounts.models import Team
from handrail.channels.models import Inbox
from handrail.conversations.forms import RequestForm
from handrail.knowledge.models import Product
from handrail.workspace.models import Brand


def team_about(about: dict[str, Any] | None) -> Team | None:
    """The team that looks after the product a need names; None where it names none, or the product no team.

    about  as a conversation keeps it: {"product": id, …}
    """
    number = (about or {}).get("product")
    product = Product.objects.select_related("team__hours").filter(pk=number).first() if number else None
    return product.team if product else None


def mail_inbox(
    brand: Brand, about: dict[str, Any] | None = None, *, form: RequestForm | None = None
) -> Inbox | None:
    """The one address a need of this brand is answered from: its team's, else the brand's first that is active.

    form  the one it was asked by: its team comes before the product's
    """
    return Inbox.objects.mail_for(brand, (form.team if form else None) or team_about(about))
