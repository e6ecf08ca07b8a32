"""Trait: the organisation a person belongs to, and as what."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy

from handrail.contacts.organisations import Organisation, Sharing, end_streams
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.events.models import Event


class Part(models.TextChoices):
    """As what somebody belongs to their organisation."""

    MEMBER = "member", gettext_lazy("Member")
    MANAGER = "manager", gettext_lazy("Manager")


class Belonging(models.Model):
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    organisation_part = models.CharField(max_length=8, choices=Part.choices, default=Part.MEMBER)
    # Counts where the organisation shares with those it names.
    is_named = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def join(self, organisation: Organisation, *, by: CanAct, how: str = "hand") -> None:
        """Belong to this organisation from now on, as a member, and to no other.

        how  address: by one that was proved; hand: a colleague said so
        """
        old = self.organisation_id
        if old == organisation.pk:
            return
        self._stand(organisation)
        record("person.joined", self, by=by, organisation=organisation.pk, old=old, how=how)

    @transaction.atomic
    def leave(self, *, by: CanAct) -> None:
        """Belong to no organisation; what was asked as its member stays with it."""
        old = self.organisation_id
        if old is None:
            return
        self._stand(None)
        record("person.left", self, by=by, organisation=old)

    @transaction.atomic
    def stand(self, part: str, *, is_named: bool, by: CanAct) -> None:
        """Be a member or a manager, and one of those named to read along or not."""
        old = (self.organisation_part, self.is_named)
        self.organisation_part, self.is_named = Part(part), is_named
        if (self.organisation_part, self.is_named) == old:
            return
        self.save(update_fields=["organisation_part", "is_named"])
        record("person.stands", self, by=by, part=self.organisation_part, is_named=is_named)
        end_streams([self])  # type: ignore[list-item]

    def has_left(self, organisation: Organisation) -> bool:
        """Whether they once belonged there and no longer do."""
        told: Any = Event.objects.about(self).filter(verb__in=("person.left", "person.joined"))
        return any(
            data.get("organisation") == organisation.pk
            if verb == "person.left"
            else data.get("old") == organisation.pk
            for verb, data in told.values_list("verb", "data")
        )

    @property
    def reads_organisation(self) -> int | None:
        """The organisation whose requests they read along, by the mode it has now."""
        one = self.organisation
        if one is None:
            return None
        let_in = {
            Sharing.NOBODY: False,
            Sharing.ROLE: self.organisation_part == Part.MANAGER,
            Sharing.NAMED: self.is_named,
            Sharing.EVERYONE: True,
        }
        return one.pk if let_in.get(Sharing(one.sharing), False) else None

    def _stand(self, organisation: Organisation | None) -> None:
        self.organisation = organisation
        self.organisation_part, self.is_named = Part.MEMBER, False
        self.save(update_fields=["organisation", "organisation_part", "is_named"])
        end_streams([self])  # type: ignore[list-item]
