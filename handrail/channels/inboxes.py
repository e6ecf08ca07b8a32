"""Where messages come in: an address or place of a brand, the names it writes by and who looks after it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.channels.mail.mailboxes import normalise
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.models import Brand


class InboxQuerySet(models.QuerySet["Inbox"]):
    def all_mail(self) -> InboxQuerySet:
        """Those reached by mail, and those that were until they were closed."""
        return self.filter(kind=Inbox.Kind.MAIL)

    def mail(self) -> InboxQuerySet:
        """Those reached by mail and not closed; one that rests comes after those that don't."""
        return self.all_mail().filter(is_active=True).order_by("is_paused", "pk")

    def visible_to(self, viewer: Viewer) -> InboxQuerySet:
        """Those a colleague may know of: all but other private teams'. Nobody else knows of any."""
        if "conversations.read" not in viewer.rights:
            return self.none()
        return self.filter(Q(team=None) | Q(team__is_private=False) | Q(team__in=viewer.team_ids))

    def mail_for(self, brand: Brand, team: Team | None = None) -> Inbox | None:
        """The address a need is written from and answered at: the team's own, else the brand's first that is active.

        A brand without a mailbox of its own borrows the site's first. None where nobody can be reached by mail.
        """
        every = self.mail().select_related("team__hours", "brand")
        ours = every.filter(brand=brand)
        own = ours.filter(team=team).first() if team else None
        return own or ours.first() or every.order_by("brand", "is_paused", "pk").first()

    def known_as(self, addresses: Collection[str]) -> list[tuple[Inbox, str]]:
        """Mail inboxes that have one of these (normalised) addresses, closed ones too, each with the one it has.

        Its own address comes before one it also goes by.
        """
        wanted = set(addresses)
        if not wanted:
            return []
        ours = self.all_mail().filter(Q(address__in=wanted) | Q(aliases__address__in=wanted))
        rows = ours.annotate(also=models.F("aliases__address")).order_by("pk", "also")
        pairs = [(inbox, inbox.address) for inbox in rows] + [(inbox, inbox.also or "") for inbox in rows]  # type: ignore[attr-defined]
        found = {(inbox.pk, address): (inbox, address) for inbox, address in pairs if address in wanted}
        return list(found.values())


class Inbox(models.Model):
    """One address or place at which a brand can be reached."""

    class Kind(models.TextChoices):
        MAIL = "mail"
        CHAT = "chat"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="inboxes")
    address = models.CharField(max_length=254, help_text="mail: help@example.com; chat: the portal's name")
    name = models.CharField(max_length=80)
    locale = models.CharField(max_length=5, default="ko")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="inboxes")
    is_active = models.BooleanField(default=True)
    # Below the mails people of ours write from here, with placeholders, unless they have their own.
    signature = models.CharField(max_length=1000, blank=True)
    quotes_history = models.BooleanField(default=False, help_text="replies repeat the message they answer")
    sender_ko = models.CharField(
        max_length=80, blank=True, help_text="the name mails come from; empty: the brand's"
    )
    sender_en = models.CharField(max_length=80, blank=True)
    is_paused = models.BooleanField(default=False, help_text="mail waits outside, and what leaves waits here")
    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="told when it fails; nobody: the administrators",
    )

    objects = InboxQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="an_address_is_one_inbox")]

    def __str__(self) -> str:
        return self.address

    @classmethod
    @transaction.atomic
    def open_mailbox(
        cls, address: str, *, brand: Brand, name: str, team: Team | None, locale: str, by: CanAct
    ) -> Inbox:
        """One more address at which a brand is reached by mail. Raises NoAddress and AddressTaken."""
        plain = normalise(address)
        if not plain or "+" in plain:
            raise NoAddress(address)
        if taken := cls.objects.known_as({plain}):
            raise AddressTaken(plain, taken[0][0])
        inbox = cls.objects.create(
            kind=cls.Kind.MAIL, address=plain, brand=brand, name=name, team=team, locale=locale
        )
        record("inbox.opened", inbox, by=by)
        return inbox

    @property
    def brand_for_new(self) -> Brand:
        """Whose what comes here is: its brand's, or the site's own while that is put away."""
        own = Brand.objects.own() if self.brand.is_away else None
        return own or self.brand

    def sender_name(self, locale: str, *, brand: Brand | None = None) -> str:
        """The name its mails come from, in one language; the brand's where it has none of its own.

        brand  for which it writes: another brand's name stands alone, as nothing of this mailbox's is theirs
        """
        if brand is not None and brand.pk != self.brand_id:
            return brand.name(locale)
        own = self.sender_ko if locale == "ko" else self.sender_en
        return own or self.brand.name(locale)

    @transaction.atomic
    def set_up(self, *, by: CanAct, **wanted: Any) -> None:
        """How mails from here look and where they go: name, signature, quotes_history, sender_ko, sender_en, team, owner,
        brand. What comes from now on is of that brand; conversations there are keep theirs.

        Nothing that came or left changes. Raises KeyError for another field.
        """
        if unknown := set(wanted) - OWN:
            raise KeyError(f"{sorted(unknown)} are not set up here.")
        changed = sorted(field for field, value in wanted.items() if getattr(self, field) != value)
        for field in changed:
            setattr(self, field, wanted[field])
        if changed:
            self.save(update_fields=changed)
            record("inbox.changed", self, by=by, fields=changed)

    @transaction.atomic
    def go_by(self, addresses: Collection[str], *, by: CanAct) -> None:
        """Also take what comes to these addresses, and to no others but its own. Raises NoAddress and AddressTaken."""
        plain = {address: normalise(address) for address in addresses}
        if wrong := [address for address, found in plain.items() if not found or "+" in found]:
            raise NoAddress(wrong[0])
        wanted = set(plain.values()) - {self.address}
        for inbox, address in Inbox.objects.known_as(wanted):
            if inbox.pk != self.pk:
                raise AddressTaken(address, inbox)
        had = set(self.aliases.values_list("address", flat=True))
        self.aliases.filter(address__in=had - wanted).delete()
        InboxAlias.objects.bulk_create(InboxAlias(inbox=self, address=each) for each in sorted(wanted - had))
        if wanted != had:
            record("inbox.changed", self, by=by, fields=["aliases"])

    @transaction.atomic
    def pause(self, *, by: CanAct) -> None:
        """Let mail wait where it is: nothing is fetched or taken in, and nothing leaves, until it is resumed."""
        self._rest(True, by=by)

    @transaction.atomic
    def resume(self, *, by: CanAct) -> None:
        self._rest(False, by=by)

    def _rest(self, is_paused: bool, *, by: CanAct) -> None:
        if self.is_paused != is_paused:
            self.is_paused = is_paused
            self.save(update_fields=["is_paused"])
            record("inbox.paused" if is_paused else "inbox.resumed", self, by=by)


OWN = frozenset({"name", "signature", "quotes_history", "sender_ko", "sender_en", "team", "owner", "brand"})


class InboxAlias(models.Model):
    """Another address whose mail comes to an inbox. What is answered is answered from the inbox's own."""

    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="aliases")
    address = models.CharField(max_length=254, unique=True)

    class Meta:
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address


class NoAddress(ValueError):
    """It is no plain mail address; one with a "+" neither: what stands after that is ours to sign."""


class AddressTaken(ValueError):
    """`address` comes to another inbox already."""

    def __init__(self, address: str, inbox: Inbox) -> None:
        super().__init__(f"{address} comes to {inbox}.")
        self.address, self.inbox = address, inbox
