"""How a brand's mails look: its name or published logo, and its colour made dark enough for words."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from handrail.channels.mail.render import Look
from handrail.channels.models import MailTemplate
from handrail.core.colour import Oklch, hex_of, readable
from handrail.workspace.models import Brand
from handrail.workspace.portal import shown

WHITE = Oklch(1, 0, 0)
TEXT_CONTRAST = 5.0  # as on pages (web/ui/theme.py)


def look_of(brand: Brand, *, locale: str, is_framed: bool = True) -> Look:
    """As the help centre is published now: the same colour, the same logo; in the brand's own frame where it has one.

    is_framed  False for mails to colleagues, which bear the look alone
    """
    design = shown(brand)
    logo = f"{brand.site}/hc/logo/{quote(design.logo)}" if design.logo else ""
    frame = MailTemplate.frame_of(brand, locale) if is_framed else None
    return Look(brand.name(locale), ink_of(design.hue), logo, brand.site, frame)


@lru_cache(maxsize=400)
def ink_of(hue: int) -> str:
    """#rrggbb of the hue, readable on white."""
    return hex_of(readable(hue, on=[WHITE], ratio=TEXT_CONTRAST, start=0.56, step=-0.005, chroma_max=0.115))
