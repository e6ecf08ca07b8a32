"""Views: a search that is kept, with its order, groups and columns, of one colleague, a team, or everybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.conversations.orders import GROUPS, SORTS
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

LETTERS_MAX = 400
COLUMNS = {
    "said": _("Requester and last words"),
    "status": _("Status"),
    "assignee": _("Assignee"),
    "team": _("Team"),
    "priority": _("Priority"),
    "created": _("Created"),
    "age": _("Last message"),
}
FIELD = "field."  # and its key: a field as a column
FIELD_COLUMNS_MOST = 4
FIRST_COLUMNS = ("said", "status", "assignee", "team", "age")


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, viewer: Viewer) -> SavedViewQuerySet:
        """Those a colleague may use: their own, their teams', and everybody's."""
        if "conversations.read" not in viewer.rights:
            return self.none()
        mine = Q(owner=viewer.user_id) | Q(team__in=viewer.team_ids) | Q(owner=None, team=None)
        return self.filter(mine, retired_at=None)

    def changeable_by(self, viewer: Viewer) -> SavedViewQuerySet:
        """Those they may change: everybody's only with the right to share."""
        seen = self.visible_to(viewer)
        return seen if "views.share" in viewer.rights else seen.exclude(owner=None, team=None)


class SavedView(models.Model):
    """`query` as typed into the search (operators.py). `columns`: names of COLUMNS, then fields as "field.<key>". Neither owner
    nor team: everybody's."""

    title = models.CharField(max_length=60)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="views")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="views")
    query = models.CharField(max_length=LETTERS_MAX, blank=True)
    sort = models.CharField(max_length=16, default="newest")
    group = models.CharField(max_length=16, blank=True)
    columns = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(team=None), name="a_view_is_one_colleagues_or_one_teams"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def make(
        cls,
        title: str,
        query: str,
        *,
        by: User,
        sort: str = "newest",
        group: str = "",
        columns: Sequence[str] = FIRST_COLUMNS,
        team: Team | None = None,
        is_shared: bool = False,
    ) -> SavedView:
        """A new view: of `team`, of everybody where `is_shared`, else of `by` alone."""
        view = cls(owner=None if team or is_shared else by, team=team)
        view._write(title, query, sort, group, columns)
        record("view.made", view, by=by)
        return view

    @transaction.atomic
    def rewrite(
        self, title: str, query: str, *, by: CanAct, sort: str, group: str, columns: Sequence[str]
    ) -> None:
        self._write(title, query, sort, group, columns)
        record("view.changed", self, by=by)

    @transaction.atomic
    def retire(self, *, by: CanAct) -> None:
        """Nobody has it at the side any more."""
        self.retired_at = clock.now()
        self.save(update_fields=["retired_at"])
        record("view.retired", self, by=by)

    def _write(self, title: str, query: str, sort: str, group: str, columns: Sequence[str]) -> None:
        self.title = " ".join(title.split())[:60]
        self.query = " ".join(query.split())[:LETTERS_MAX]
        self.sort = sort if sort in SORTS else "newest"
        self.group = group if group in GROUPS else ""
        fields = [name for name in columns if name.startswith(FIELD)][:FIELD_COLUMNS_MOST]
        self.columns = [name for name in COLUMNS if name in columns] + fields
        self.changed_at = clock.now()
        self.save()
