"""The company itself: brand, hours, teams, colleagues with their passwords, and where it can be reached."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from demo.data import load
from handrail.accounts.models import Team, User
from handrail.channels.models import Inbox
from handrail.config.env import env
from handrail.core.actors import SYSTEM
from handrail.core.ids import random_id
from handrail.workspace.models import Brand, BusinessHours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PASSWORD_CHARS = 14
INBOXES = (("help", "support"), ("orders", "orders"), ("beauty", "beauty"))


def mail_domain() -> str:
    """The domain of the demo's own addresses, from HANDRAIL_DEMO_DOMAIN."""
    domain = env.str("HANDRAIL_DEMO_DOMAIN", default="ongyeol.example").strip().lower()
    if not domain or "@" in domain or " " in domain:
        raise ImproperlyConfigured(f"HANDRAIL_DEMO_DOMAIN must be a domain, got {domain!r}.")
    return domain


def found(*, after_stamp: int) -> Brand:
    """Make brand, teams, staff and inboxes.

    after_stamp  the highest content stamp pages were rendered under before; none of those may be shown again
    """
    brand = Brand.objects.create(
        slug="ongyeol", name_ko="온결", name_en="Ongyeol", mail_domain=mail_domain(), is_demo=True,
        content_stamp=after_stamp + 1,
    )  # fmt: skip
    brand.touch(taken_back=True)
    said = load("staff.yaml")
    teams = {team["slug"]: _team(team) for team in said["teams"]}
    for person in said["staff"]:
        _colleague(person, teams)
    for name, team in INBOXES:
        address = f"{name}@{brand.mail_domain}"
        Inbox.objects.create(kind="mail", brand=brand, address=address, name=name, team=teams[team])
    Inbox.objects.create(kind="chat", brand=brand, address="portal", name="portal", team=teams["support"])
    return brand


def team_of_products() -> dict[str, Team]:
    """Product slug -> the team that answers for it."""
    teams = {team.slug: team for team in Team.objects.all()}
    return {slug: teams[said["slug"]] for said in load("staff.yaml")["teams"] for slug in said["products"]}


def password_of(email: str) -> str:
    """The demo password of an address, made once and kept in the data folder for its operator alone."""
    path = settings.DATA / "secrets" / "demo_passwords.json"
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if email not in kept:
        kept[email] = random_id()[:PASSWORD_CHARS]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    return kept[email]


def _team(said: dict[str, Any]) -> Team:
    weekly: dict[str, list[list[str]]] = {}
    for span in said["hours"]:
        for day in span["days"]:
            weekly.setdefault(str(DAYS.index(day)), []).append([span["from"], span["to"]])
    hours = BusinessHours.objects.create(
        name=said["slug"], zone=said["zone"], weekly=weekly, holidays=said["holidays"]
    )
    names = said["name"]
    return Team.objects.create(slug=said["slug"], name_ko=names["ko"], name_en=names["en"], hours=hours)


def _colleague(said: dict[str, Any], teams: dict[str, Team]) -> None:
    user = User.objects.create_user(
        said["email"],
        password_of(said["email"]),
        name=said["name"][said["locale"]],
        role=said["role"],
        locale=said["locale"],
    )
    for slug in said["teams"]:
        teams[slug].add(user, by=SYSTEM)
