"""Organisations: by which domains their people are known, and who of them reads the others' requests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.contacts.public_mail import PUBLIC_MAIL
from handrail.core import bus
from handrail.core.actors import SYSTEM, CanAct
from handrail.core.events.ledger import record
from handrail.core.legible import legible
from handrail.workspace.korean import filled

if TYPE_CHECKING:
    from handrail.contacts.models import Person

NAME_CHARS = 120
DOMAIN = re.compile(r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")


class NoDomain(ValueError):
    """What was written names no domain, one of public mail, or one that is another organisation's. The words say which."""


class Sharing(models.TextChoices):
    """Which members read the requests of the others."""

    NOBODY = "nobody", gettext_lazy("Nobody: each sees their own")
    ROLE = "role", gettext_lazy("Its managers")
    NAMED = "named", gettext_lazy("The members named below")
    EVERYONE = "everyone", gettext_lazy("Every member")


class Organisation(models.Model):
    """`sharing` decides who reads along; `may_reply`, whether they may answer there too."""

    name = models.CharField(max_length=NAME_CHARS, unique=True)
    sharing = models.CharField(max_length=8, choices=Sharing.choices, default=Sharing.NOBODY)
    may_reply = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def make(cls, name: str, *, by: CanAct) -> Organisation:
        """An organisation of this name. Raises IntegrityError where there is one."""
        made = cls.objects.create(name=_one_line(name))
        record("organisation.made", made, by=by)
        return made

    @transaction.atomic
    def rename(self, name: str, *, by: CanAct) -> None:
        """Raises IntegrityError where another is called so."""
        old, self.name = self.name, _one_line(name)
        if self.name != old:
            self.save(update_fields=["name"])
            record("organisation.renamed", self, by=by, old=old, new=self.name)

    @transaction.atomic
    def share(self, sharing: str, *, may_reply: bool, by: CanAct) -> None:
        """Choose who reads along, from their next look on; pages that are open learn it at once."""
        old = (self.sharing, self.may_reply)
        self.sharing, self.may_reply = Sharing(sharing), may_reply
        if (self.sharing, self.may_reply) == old:
            return
        self.save(update_fields=["sharing", "may_reply"])
        record("organisation.shared", self, by=by, old=old[0], new=self.sharing, may_reply=may_reply)
        end_streams(self.people.all())

    @transaction.atomic
    def know_by(self, name: str, *, by: CanAct) -> int:
        """Whoever has proved an address of this domain joins, now and later. Returns how many joined now.

        Raises NoDomain, with what is wrong.
        """
        domain = readable_domain(name)
        row, made = Domain.objects.get_or_create(name=domain, defaults={"organisation": self})
        if row.organisation_id != self.pk:
            raise NoDomain(
                _("%(domain)s already leads to %(other)s.") % {"domain": domain, "other": row.organisation}
            )
        if made:
            record("organisation.domain_added", self, by=by, domain=domain)
        return sum(join_by_address(person, f"@{domain}", by=by) for person in _proved_at(domain))

    @transaction.atomic
    def forget_domain(self, name: str, *, by: CanAct) -> None:
        """Nobody joins by this domain any more; who is there stays."""
        gone, _rows = self.domains.filter(name=name).delete()
        if gone:
            record("organisation.domain_dropped", self, by=by, domain=name)


class Domain(models.Model):
    """What stands behind the @ of an organisation's addresses: exactly this, no domain below it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def readable_domain(text: str) -> str:
    """The domain somebody wrote, as it is kept. Raises NoDomain."""
    name = text.strip().lower().rpartition("@")[2].rstrip(".")
    try:
        name = name.encode("idna").decode()
    except UnicodeError:
        name = ""
    if not DOMAIN.fullmatch(name):
        raise NoDomain(
            filled(
                _("“%(text)s” is no domain. Write what stands behind the @, such as namubooks.com."),
                {"text": text[:60]},
            )
        )
    if name in PUBLIC_MAIL:
        raise NoDomain(
            _("Anybody can have an address at %(domain)s, so it cannot stand for an organisation.")
            % {"domain": name}
        )
    return name


def join_by_address(person: Person, address: str, *, by: CanAct) -> bool:
    """Let who has just proved an address join the organisation its domain names; whether they did.

    Who belongs somewhere stays there, and who left or was taken out does not come back by this.
    """
    if person.organisation_id is not None:
        return False
    domain = address.rpartition("@")[2]
    known = Domain.objects.filter(name=domain).select_related("organisation").first()
    if known is None or person.has_left(known.organisation):
        return False
    person.join(known.organisation, how="address", by=SYSTEM if by is person else by)
    return True


def end_streams(people: Iterable[Person]) -> None:
    """Close what these have open, so that each asks anew for what they may see."""
    for person in people:
        bus.publish("revoke", viewer=f"person:{person.signs_in_as_id or person.pk}", channels=[])


def _proved_at(domain: str) -> list[Person]:
    from handrail.contacts.models import Identity, Person

    proved = Identity.objects.filter(kind=Identity.Kind.EMAIL, assurance__gte=2, value__endswith=f"@{domain}")
    return list(Person.objects.filter(Q(pk__in=proved.values("person")), organisation=None))


def _one_line(text: str) -> str:
    return legible(text)[:NAME_CHARS]
