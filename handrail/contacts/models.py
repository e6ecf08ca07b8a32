"""People, their identities with the assurance behind each, and their records."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.contacts.belonging import Belonging
from handrail.contacts.organisations import Domain, Organisation, join_by_address
from handrail.core import clock
from handrail.core.actors import Actor, CanAct
from handrail.core.events.ledger import record
from handrail.core.legible import legible

MARK_CHARS = 6
PROVED = 2


def one_line(text: str) -> str:
    """A name as it may stand in a heading or a mail's header: no line breaks, single spaces, no marks unseen."""
    return legible(text)


def called(known: dict[str, str]) -> str:
    """What somebody without a name is called, by kind of identity -> value, in the current language.

    The mark of a nameless visitor begins what their browser is known by, so that a search for it finds them.
    """
    for kind in (Identity.Kind.EMAIL, Identity.Kind.PHONE):
        if known.get(kind):
            return known[kind]
    if mark := known.get(Identity.Kind.WEB, "")[:MARK_CHARS]:
        return _("Visitor %(mark)s") % {"mark": mark}
    return _("No name given")


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, viewer: Viewer) -> PersonQuerySet:
        """Everybody for staff who may read contacts, oneself for a person, nobody for a stranger."""
        if "contacts.read" in viewer.rights:
            return self
        return self.filter(pk=viewer.person_id) if viewer.person_id and viewer.only is None else self.none()

    def same_as(self, root: int) -> PersonQuerySet:
        """A person and every contact that was merged into them."""
        return self.filter(Q(pk=root) | Q(merged_into=root))

    def signing_in_as(self, person: int) -> PersonQuerySet:
        """Whose history opens to who signs in as this person: theirs, and what was merged with proof on both sides."""
        return self.filter(Q(pk=person) | Q(signs_in_as=person))


class Person(Belonging, models.Model):
    """A customer or an employee."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer"
        EMPLOYEE = "employee"

    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CUSTOMER)
    locale = models.CharField(max_length=5, default="ko")
    zone = models.CharField(max_length=40, default="Asia/Seoul")
    # Worked out from the merges that stand (merging.py): who the desk shows, and whom signing in leads to.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    signs_in_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="signers"
    )
    account = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    created_at = models.DateTimeField(default=clock.now)
    # Sessions that began before this moment are over, on every device.
    signed_out_at = models.DateTimeField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        # Of the few that have one: the whole index, counted with all that have none, looks worthless and is not used.
        indexes = [
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="people_merged"
            ),
            models.Index(
                fields=["signs_in_as"], condition=Q(signs_in_as__isnull=False), name="people_signing_in"
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    def as_actor(self) -> Actor:
        return Actor("person", self.pk)

    @property
    def root(self) -> Person:
        """Who the desk shows: themselves, or the one they were merged into."""
        return self.merged_into or self

    @property
    def reader_id(self) -> int:
        """Who they are once they have signed in."""
        return self.signs_in_as_id or self.pk

    @transaction.atomic
    def rename(self, name: str, *, by: CanAct) -> None:
        """Call the person by another name."""
        old, self.name = self.name, one_line(name)[:120]
        self.save(update_fields=["name"])
        record("person.changed", self, by=by, field="name", old=old, new=self.name)

    @transaction.atomic
    def describe(self, *, by: CanAct, **fields: Any) -> None:
        """Write what we know of the person: kind, organisation, locale, zone. What is the same is no change."""
        changed = {name: value for name, value in fields.items() if getattr(self, name) != value}
        for name, value in changed.items():
            setattr(self, name, value)
        if changed:
            self.save(update_fields=list(changed))
            record("person.changed", self, by=by, fields=sorted(changed))

    @transaction.atomic
    def prove(self, kind: str, value: str, *, assurance: int, by: CanAct) -> Identity:
        """Raise what we hold for one of the person's identities; it is never lowered by this."""
        identity = self.identities.get(kind=kind, value=value)
        if assurance > identity.assurance:
            identity.assurance, identity.proved_at = assurance, clock.now()
            identity.save(update_fields=["assurance", "proved_at"])
            record("identity.proved", self, by=by, identity=identity.pk, assurance=assurance)
            if kind == Identity.Kind.EMAIL and assurance >= PROVED:
                join_by_address(self, value, by=by)
        return identity

    @property
    def email(self) -> str:
        """The address with most behind it, or ""."""
        mails = [i for i in self.identities.all() if i.kind == Identity.Kind.EMAIL]
        return max(mails, key=lambda i: (i.assurance, -i.pk)).value if mails else ""


class Identity(models.Model):
    """Something that names a person: an address, a number, a browser. `value` is normalised (see identify)."""

    class Kind(models.TextChoices):
        EMAIL = "email"
        PHONE = "phone"
        WEB = "web"
        HOST = "host"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=254)
    assurance = models.PositiveSmallIntegerField(default=0)
    proved_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="an_identity_names_one_person"),
            models.CheckConstraint(condition=Q(assurance__lte=3), name="assurance_is_0_to_3"),
        ]

    def __str__(self) -> str:
        return self.value


class Record(models.Model):
    """Something a person has with us: an order, an invoice, a booking, an entitlement."""

    class Kind(models.TextChoices):
        ORDER = "order"
        INVOICE = "invoice"
        BOOKING = "booking"
        ENTITLEMENT = "entitlement"

    class Status(models.TextChoices):
        """The states we have words for; a connected system may send others, which are shown as they come."""

        PREPARING = "preparing", gettext_lazy("Being prepared")
        SHIPPED = "shipped", gettext_lazy("On its way")
        DELIVERED = "delivered", gettext_lazy("Delivered")
        RETURNED = "returned", gettext_lazy("Sent back")
        REFUNDED = "refunded", gettext_lazy("Refunded")
        CANCELLED = "cancelled", gettext_lazy("Cancelled")
        PAID = "paid", gettext_lazy("Paid")
        DUE = "due", gettext_lazy("To be paid")
        OVERDUE = "overdue", gettext_lazy("Payment overdue")
        VOID = "void", gettext_lazy("Taken back")
        CONFIRMED = "confirmed", gettext_lazy("Confirmed")
        COMPLETED = "completed", gettext_lazy("Completed")
        ACTIVE = "active", gettext_lazy("In force")
        EXPIRED = "expired", gettext_lazy("Run out")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.CharField(max_length=40)
    title_ko = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    amount = models.BigIntegerField(null=True, help_text="in the smallest unit; won have none smaller")
    currency = models.CharField(max_length=3, default="KRW")
    status = models.CharField(max_length=20)
    product = models.SlugField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="a_record_number_once_a_kind")]
        indexes = [models.Index(fields=["person", "-at"], name="records_of_person")]

    def __str__(self) -> str:
        return self.number

    @property
    def status_label(self) -> str:
        """The state in the reader's words; as it came where we have none."""
        return str(dict(self.Status.choices).get(self.status, self.status))

    def title(self, locale: str) -> str:
        return self.title_ko if locale == "ko" else self.title_en

    @classmethod
    @transaction.atomic
    def keep(cls, person: Person, kind: str, number: str, *, by: CanAct, **fields: Any) -> Record:
        """The person's record of this kind and number, made or brought up to date.

        fields  title_ko, title_en, amount, currency, status, product, at
        """
        row, _made = cls.objects.update_or_create(
            kind=kind, number=number, defaults={"person": person, **fields}
        )
        record("record.kept", row, by=by, kind=kind, status=row.status)
        return row


__all__ = ["Domain", "Identity", "Organisation", "Person", "Record", "called", "one_line"]

# These are made of people; Django finds the tables here.
import handrail.contacts.attributes  # noqa: E402
import handrail.contacts.browsers  # noqa: E402
import handrail.contacts.merging  # noqa: E402
import handrail.contacts.notes  # noqa: E402
import handrail.contacts.segments  # noqa: E402, F401
