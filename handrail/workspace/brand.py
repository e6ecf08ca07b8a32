"""Brands."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils.text import slugify

from handrail.core import bus
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.hosts import Hosted
from handrail.workspace.putting_away import PutAway

NAME_CHARS_MAX = 80
TURNS = range(1, 51)  # automatic replies in one chat
REOPENING = range(366)  # days
UNMERGING = range(1, 91)  # days
# How long the bot may go on, a solved conversation may reopen, and a merging can be taken back.
RULES = {"automatic_turns_max": TURNS, "reopens_days": REOPENING, "unmerges_days": UNMERGING}


class OutOfRange(ValueError):
    """A number that no brand may have."""


class SitesOwn(ValueError):
    """The first brand answers at the site's address, for itself and for those put away; it stays."""


class NoName(ValueError):
    """A brand is called something in every language."""


class BrandQuerySet(models.QuerySet["Brand"]):
    def listed(self) -> BrandQuerySet:
        """In the order they were made, without those put away: nothing new is of them."""
        return self.filter(put_away_at=None).order_by("pk")

    def own(self) -> Brand | None:
        """The site's own, which was made first."""
        return self.order_by("pk").first()


class Brand(Hosted, PutAway):
    """A name customers know: one help centre, one look. The first one made is the site's own.

    Of one put away everything stays, in its row and in those that name it; what comes by its host name or its mailboxes
    from then on is of the site's own brand.
    """

    FACTS = "brand"

    slug = models.SlugField(unique=True)
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    hue = models.PositiveSmallIntegerField(default=32, help_text="0 to 360, OKLCH hue of the brand colour")
    mail_domain = models.CharField(max_length=120, default="handrail.test")
    default_locale = models.CharField(max_length=5, default="ko")
    # Raised in the transaction of every public change; cached pages name the stamp they were rendered under.
    content_stamp = models.PositiveBigIntegerField(default=1)
    # Pages rendered under a stamp below this one may not even be shown for a moment: something was taken back.
    withdrawn_stamp = models.PositiveBigIntegerField(default=0)
    # The help centre's published design (workspace/portal.py); here, so that no page asks for it.
    portal = models.JSONField(default=dict, blank=True)
    is_demo = models.BooleanField(default=False)
    # The bot says so much in one chat; then a person has it.
    automatic_turns_max = models.PositiveSmallIntegerField(default=12)
    reopens_days = models.PositiveSmallIntegerField(
        default=14,
        help_text="a reply to a solved conversation reopens it for so long; later it is a follow-up",
    )
    unmerges_days = models.PositiveSmallIntegerField(
        default=7, help_text="the merging of two conversations can be taken back for so long"
    )

    objects = BrandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host"], condition=~Q(host=""), name="a_host_leads_to_one_brand"),
        ]

    def __str__(self) -> str:
        return self.name_en

    @classmethod
    @transaction.atomic
    def make(cls, name_ko: str, name_en: str, *, by: CanAct) -> Brand:
        """One more brand, with the usual look. It has no place yet where it is reached. Raises NoName."""
        first = cls.objects.own()
        like = {"mail_domain": first.mail_domain, "default_locale": first.default_locale} if first else {}
        brand = cls(slug=cls._free_slug(name_en), **like)
        brand._call(name_ko, name_en)
        brand.save()
        record("brand.made", brand, by=by)
        return brand

    @transaction.atomic
    def rename(self, name_ko: str, name_en: str, *, by: CanAct) -> None:
        """Call it so from now on, on pages and in mails. Raises NoName. The same names again are no change."""
        old = {"name_ko": self.name_ko, "name_en": self.name_en}
        self._call(name_ko, name_en)
        new = {"name_ko": self.name_ko, "name_en": self.name_en}
        if new == old:
            return
        self.save(update_fields=list(new))
        record("brand.renamed", self, by=by, old=old, new=new)
        self.restamp(taken_back=True)

    def _call(self, name_ko: str, name_en: str) -> None:
        names = [" ".join(name.replace("\0", "").split())[:NAME_CHARS_MAX] for name in (name_ko, name_en)]
        if not all(names):
            raise NoName("A brand needs a name in Korean and in English.")
        self.name_ko, self.name_en = names

    @classmethod
    def _free_slug(cls, name: str) -> str:
        plain = slugify(name)[:40] or "brand"
        taken = set(cls.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
        tried = [plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3))]
        return next(slug for slug in tried if slug not in taken)

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    @property
    def reopens_within(self) -> timedelta:
        return timedelta(days=self.reopens_days)

    @property
    def unmerges_within(self) -> timedelta:
        return timedelta(days=self.unmerges_days)

    @transaction.atomic
    def rule(self, *, by: CanAct, **numbers: int) -> None:
        """Set what holds for conversations from now on: numbers of RULES by name, those left out as they are.

        Raises OutOfRange for what none of them may be. The same numbers again are no change.
        """
        for name, number in numbers.items():
            if number not in RULES[name]:
                raise OutOfRange(
                    f"{name} can't be {number}: {RULES[name][0]} to {RULES[name][-1]} can be set."
                )
        old = {name: getattr(self, name) for name in numbers}
        if numbers == old:
            return
        for name, number in numbers.items():
            setattr(self, name, number)
        self.save(update_fields=list(numbers))
        record("brand.ruled", self, by=by, old=old, new=numbers)

    @transaction.atomic
    def touch(self, *, taken_back: bool = False) -> None:
        """Say that public articles changed; with `taken_back`, that no page rendered before may be shown again.

        Every help centre shows all public articles, so it is said of each.
        """
        Brand.touch_every(taken_back=taken_back)

    @transaction.atomic
    def restamp(self, *, taken_back: bool = False) -> None:
        """The same where this help centre's own pages changed and no other's: its name or its look."""
        _stamp(Brand.objects.filter(pk=self.pk), taken_back=taken_back)

    def ask_to_go(self) -> None:
        """Raises SitesOwn."""
        if Brand.objects.own() == self:
            raise SitesOwn(str(self))

    def has_moved(self) -> None:
        self.restamp(taken_back=True)

    @classmethod
    @transaction.atomic
    def touch_every(cls, *, taken_back: bool = False) -> None:
        """Say that what every brand's pages show changed, such as a team's hours."""
        _stamp(cls.objects.order_by("pk"), taken_back=taken_back)


def _stamp(brands: QuerySet[Brand], *, taken_back: bool) -> None:
    brands.order_by().update(content_stamp=F("content_stamp") + 1)
    if taken_back:
        brands.order_by().update(withdrawn_stamp=F("content_stamp"))
    for brand, stamp, withdrawn in brands.values_list("pk", "content_stamp", "withdrawn_stamp"):
        bus.publish("stamp", brand=brand, stamp=stamp, withdrawn=withdrawn)
