"""Teams, and who belongs to them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.text import slugify

from handrail.core import bus
from handrail.core.actors import CanAct
from handrail.core.alphabetical import Alphabetical
from handrail.core.events.ledger import record
from handrail.workspace.models import Brand, BusinessHours

if TYPE_CHECKING:
    from handrail.accounts.models import User
    from handrail.accounts.viewer import Viewer

SLUG_CHARS = 40


class NobodyLeft(ValueError):
    """Without this member nobody could see the private team any more."""


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, viewer: Viewer) -> TeamQuerySet:
        """A private team does not exist for who is not in it."""
        return self.filter(models.Q(is_private=False) | models.Q(pk__in=viewer.team_ids))

    def by_name(self, locale: str) -> TeamQuerySet:
        """As a reader of this language looks for them."""
        return self.order_by(Alphabetical("name_ko" if locale == "ko" else "name_en"), "pk")


class Team(models.Model):
    """People who answer together, with their hours."""

    slug = models.SlugField(unique=True)
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    hours = models.ForeignKey(
        BusinessHours, null=True, blank=True, on_delete=models.SET_NULL, related_name="teams"
    )
    # Conversations of a private team (HR) do not exist for anybody outside it, managers included.
    is_private = models.BooleanField(default=False)
    is_answered_by_assignee = models.BooleanField(
        default=False, help_text="what has an assignee is answered to the customer by them alone"
    )
    members = models.ManyToManyField("accounts.User", through="Membership", related_name="teams")

    objects = TeamQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name_en

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    @classmethod
    @transaction.atomic
    def make(
        cls, *, name_ko: str, name_en: str, hours: BusinessHours | None = None, is_private: bool, by: User
    ) -> Team:
        """A new team. Whoever makes a private one is in it, or nobody could see it."""
        team = cls.objects.create(
            slug=_free_slug(name_en), name_ko=name_ko, name_en=name_en, hours=hours, is_private=is_private
        )
        record("team.made", team, by=by)
        if is_private:
            team.add(by, by=by)
        return team

    @transaction.atomic
    def rename(self, *, name_ko: str, name_en: str, by: CanAct) -> None:
        """Give it other names; customers read them beside its hours."""
        if (self.name_ko, self.name_en) == (name_ko, name_en):
            return
        self.name_ko, self.name_en = name_ko, name_en
        self.save(update_fields=["name_ko", "name_en"])
        record("team.changed", self, by=by, name_ko=name_ko, name_en=name_en)
        Brand.touch_every()

    @transaction.atomic
    def keep_hours(self, hours: BusinessHours | None, *, by: CanAct) -> None:
        """Let it be there at these hours; with none its people always count as there."""
        if self.hours_id == (hours.pk if hours else None):
            return
        self.hours = hours
        self.save(update_fields=["hours"])
        record("team.changed", self, by=by, hours=hours.pk if hours else None)
        Brand.touch_every()

    @transaction.atomic
    def shut(self, is_private: bool, *, by: User) -> None:
        """Keep its conversations from everybody outside it, or open them to all; whoever shuts it is in it."""
        if self.is_private == is_private:
            return
        self.is_private = is_private
        self.save(update_fields=["is_private"])
        record("team.changed", self, by=by, is_private=is_private)
        if is_private:
            self.add(by, by=by)
        Brand.touch_every(taken_back=is_private)

    @transaction.atomic
    def leave_to_assignee(self, only: bool, *, by: CanAct) -> None:
        """Let customers be answered by the assignee alone, or by every colleague."""
        if self.is_answered_by_assignee != only:
            self.is_answered_by_assignee = only
            self.save(update_fields=["is_answered_by_assignee"])
            record("team.changed", self, by=by, is_answered_by_assignee=only)

    @transaction.atomic
    def add(self, user: User, *, by: CanAct) -> None:
        """Make someone a member; nothing happens if they are."""
        _membership, made = Membership.objects.get_or_create(team=self, user=user)
        if made:
            record("team.joined", self, by=by, user=user.pk)

    @transaction.atomic
    def drop(self, user: User, *, by: CanAct) -> None:
        """Take someone out; nothing happens if they are no member. Raises NobodyLeft for a private team's last."""
        if not self.members.filter(pk=user.pk).exists():
            return
        self.may_lose(user)
        Membership.objects.filter(team=self, user=user).delete()
        record("team.left", self, by=by, user=user.pk)
        # What they hear of a private team ends with it.
        bus.publish("revoke", viewer=f"staff:{user.pk}", channels=[])

    def may_lose(self, user: User) -> None:
        """Raises NobodyLeft where they are the last active member of a private team, whose conversations nobody would see."""
        # Locked: two who leave at once come one after the other.
        team = Team.objects.select_for_update().get(pk=self.pk)
        others = team.members.filter(is_active=True).exclude(pk=user.pk)
        if team.is_private and user.is_active and not others.exists():
            raise NobodyLeft(f"{user.pk} is the last in team {self.pk}.")


class Membership(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="a_member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:SLUG_CHARS].strip("-") or "team"
    taken = set(Team.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    names = (wanted if n == 1 else f"{wanted}-{n}" for n in count(1))
    return next(name for name in names if name not in taken)
