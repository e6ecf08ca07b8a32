"""How a help centre looks and what it holds: drawn by a manager as a draft, published as a version, shown from the brand's row.

A design is JSON: {"hue": 0..360, "logo": file name or "", "welcome": TEXTS, "blocks": [{"code", "on",
"heading": TEXTS}], "menu": [{"place", "url", "text": TEXTS}], "depth": "simple" or "deep", "css": rules of its own}, TEXTS being {"ko": str, "en": str}; an empty heading means the usual words.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.brand import Brand
from handrail.workspace.locales import LOCALES, fallbacks

Document = dict[str, Any]
BLOCKS = (
    "search", "products", "questions", "news", "troubleshooters", "tutorials", "videos", "faq", "topics", "requests", "contact",
)  # fmt: skip
# Where an item of the menu may lead: a page of ours, with the block it belongs to ("" for none), or an address of its own.
PLACES = {
    "home": "", "news": "news", "troubleshooters": "troubleshooters", "tutorials": "tutorials", "videos": "videos", "requests": "requests",
    "contact": "contact", "chat": "contact", "url": "",
}  # fmt: skip
MENU_MAX = 6


def texts(given: Any) -> dict[str, str]:
    found = given if isinstance(given, dict) else {}
    return {code: str(found.get(code, "")) for code in LOCALES}


@dataclass(frozen=True)
class Block:
    code: str
    on: bool
    heading: dict[str, str]


@dataclass(frozen=True)
class MenuItem:
    place: str
    url: str
    text: dict[str, str]

    def name(self, locale: str) -> str:
        return said(self.text, locale)


@dataclass(frozen=True)
class Design:
    """A design, read: whatever a stored one lacks is as it is at first."""

    hue: int
    logo: str
    welcome: dict[str, str]
    blocks: list[Block]
    menu: list[MenuItem]
    depth: str  # what articles open on
    css: str = ""  # as it was written (web/ui/own_css.py says what of it holds)

    @classmethod
    def read(cls, document: Document, *, hue: int) -> Design:
        """hue: the brand's, for a design that names none."""
        given = {str(each.get("code")): each for each in document.get("blocks", [])}
        order = [code for code in given if code in BLOCKS] + [code for code in BLOCKS if code not in given]
        return cls(
            hue=int(document.get("hue", hue)),
            logo=str(document.get("logo", "")),
            welcome=texts(document.get("welcome")),
            blocks=[
                Block(
                    code, bool(given.get(code, {}).get("on", True)), texts(given.get(code, {}).get("heading"))
                )
                for code in order
            ],
            menu=[
                MenuItem(each["place"], str(each.get("url", "")), texts(each.get("text")))
                for each in document.get("menu", [])
                if each.get("place") in PLACES
            ],
            depth="simple" if document.get("depth") == "simple" else "deep",
            css=str(document.get("css", "")),
        )

    def as_json(self) -> Document:
        return {
            "hue": self.hue,
            "logo": self.logo,
            "welcome": self.welcome,
            "blocks": [{"code": each.code, "on": each.on, "heading": each.heading} for each in self.blocks],
            "menu": [{"place": each.place, "url": each.url, "text": each.text} for each in self.menu],
            "depth": self.depth,
            "css": self.css,
        }

    @property
    def off(self) -> frozenset[str]:
        """Codes of the blocks that are switched off: nothing may lead to what they hold."""
        return frozenset(block.code for block in self.blocks if not block.on)

    def has(self, code: str) -> bool:
        return code not in self.off

    def heading(self, code: str, locale: str) -> str:
        """A block's own heading, "" for the usual words."""
        return next((block.heading.get(locale, "") for block in self.blocks if block.code == code), "")


def said(given: dict[str, str], locale: str) -> str:
    return next((given[code] for code in fallbacks(locale) if given.get(code)), "")


def shown(brand: Brand) -> Design:
    """What visitors see now. Asks nothing: it stands in the brand's row."""
    return Design.read(brand.portal, hue=brand.hue)


class PortalDraft(models.Model):
    """What a manager is drawing; nobody else sees it."""

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, related_name="portal_draft")
    document = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"draft of {self.brand}"

    @classmethod
    def of(cls, brand: Brand) -> PortalDraft:
        """The brand's draft: what is shown, until somebody draws."""
        found = cls.objects.filter(brand=brand).first()
        return found or cls(brand=brand, document=shown(brand).as_json())

    @property
    def design(self) -> Design:
        return Design.read(self.document, hue=self.brand.hue)

    @property
    def is_changed(self) -> bool:
        return self.design != shown(self.brand)

    @transaction.atomic
    def draw(self, document: Document, *, by: CanAct) -> None:
        self.document, self.edition = deepcopy(document), self.edition + 1
        self.save()
        record("portal.drawn", self.brand, by=by)

    @transaction.atomic
    def publish(self, *, by: CanAct) -> PortalVersion:
        """Show the draft to visitors, from their next request on."""
        brand = Brand.objects.select_for_update().get(pk=self.brand_id)
        last = PortalVersion.objects.filter(brand=brand).aggregate(last=models.Max("number"))["last"] or 0
        if last == 0:
            # What stood before anybody drew can be brought back too.
            PortalVersion.keep(brand, shown(brand).as_json(), number=1, by=by)
            last = 1
        version = PortalVersion.keep(brand, self.design.as_json(), number=last + 1, by=by)
        brand.portal, brand.hue = version.document, self.design.hue
        brand.save(update_fields=["portal", "hue"])
        record("portal.published", brand, by=by, version=version.number)
        # A block switched off must be gone at once, not a moment later.
        brand.restamp(taken_back=True)
        self.brand = brand
        return version

    def restore(self, version: PortalVersion, *, by: CanAct) -> PortalVersion:
        """Show an earlier version again: one press."""
        with transaction.atomic():
            self.draw(version.document, by=by)
            return self.publish(by=by)


class PortalVersion(models.Model):
    """A design as visitors saw it. Never changed once written."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="portal_versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    author_kind = models.CharField(max_length=12)
    author_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["brand", "number"], name="portal_versions_count_up")]

    def __str__(self) -> str:
        return f"{self.brand_id} v{self.number}"

    @classmethod
    def keep(cls, brand: Brand, document: Document, *, number: int, by: CanAct) -> PortalVersion:
        author = by.as_actor()
        return cls.objects.create(
            brand=brand, number=number, document=document, author_kind=author.kind, author_id=author.id
        )
