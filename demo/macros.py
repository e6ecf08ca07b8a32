"""What colleagues say and change often, as macros of everybody and of teams."""

from __future__ import annotations

from demo.data import load
from handrail.accounts.models import Role, Team, User
from handrail.automation.changes import read
from handrail.automation.macros import Macro


def prepare() -> int:
    """Make the macros, by a manager. Returns how many there are."""
    said = load("macros.yaml")["macros"]
    teams = {team.slug: team for team in Team.objects.all()}
    manager = User.objects.staff().filter(role=Role.MANAGER).order_by("pk")[0]
    for one in said:
        Macro.make(
            one["title"],
            by=manager,
            texts={locale: one[locale] for locale in ("ko", "en") if locale in one},
            changes=read(one.get("changes", [])),
            team=teams.get(one["of"]),
            is_shared=one["of"] == "everybody",
        )
    return len(said)
