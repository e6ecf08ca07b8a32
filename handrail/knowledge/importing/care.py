"""Who answers for an article and when it is to be checked again, as its file says it, and settled here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from handrail.accounts.models import User
from handrail.core.actors import CanAct
from handrail.knowledge.importing import front_matter
from handrail.knowledge.importing.report import NOTE, Report

if TYPE_CHECKING:
    from handrail.knowledge.articles import Article
    from handrail.knowledge.importing.draft import Draft

EVERY_DAYS_MAX = 3650
UTC = "UTC"


@dataclass(frozen=True)
class Check:
    """The day until which it counts as checked, how many days later the next one is due, and when it was checked last."""

    by: date | None = None
    every_days: int | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Care:
    """`owner` is a mail address, "" for nobody; None stands for what the file does not say, which stays as it is."""

    owner: str | None = None
    check: Check | None = None

    def said(self) -> Iterator[list[str]]:
        """What of it makes a difference; nothing where the file names nobody and no day."""
        if self.owner:
            yield ["owner", self.owner]
        if self.check and self.check != Check():
            yield ["check", *(str(each) for each in (self.check.by, self.check.every_days, self.check.at))]

    def filled(self, other: Care) -> Care:
        """This one, with what it does not say from another file of the same article."""
        says_check = self.check and self.check != Check()
        return Care(
            self.owner or (self.owner if other.owner is None else other.owner),
            self.check if says_check else (other.check or self.check),
        )


def read(said: dict[str, Any], *, is_all: bool) -> Care:
    """What front matter says. Raises NotTaken for a day that is none, and an interval that is none.

    is_all  it is of an export that says everything: what is not there is nothing
    """
    check = Check(
        front_matter.day(said, "check_by"),
        front_matter.number(said, "check_every_days", most=EVERY_DAYS_MAX),
        front_matter.moment(said, "checked_at", zone=UTC) if is_all else None,
    )
    given = said.get("owner")
    # Elsewhere an owner may be a team, or a list of names.
    owner = given.strip().lower() if isinstance(given, str) and "@" in given else None
    if is_all:
        return Care(owner or "", check)
    return Care(owner, check if check != Check() else None)


def know_owners(drafts: Iterable[Draft], known: dict[str, Article], report: Report) -> None:
    """Let owners nobody here has the address of stay who they are, and tell of them."""
    wanted = {draft.care.owner for draft in drafts if draft.care.owner}
    if not wanted:
        return
    here = set(User.objects.staff().filter(email__in=wanted).values_list("email", flat=True))
    for draft in drafts:
        article = known.get(draft.key)
        now = article.owner.email if article and article.owner else ""
        if draft.care.owner and draft.care.owner not in {*here, now}:
            report.add(NOTE, draft.path, reason="owner_unknown", details={"owner": draft.care.owner})
            draft.care = replace(draft.care, owner=now if article else None)


def settle(article: Article, care: Care, *, by: CanAct) -> None:
    """Bring owner and check to what the file says."""
    if care.owner is not None:
        article.give_to(User.objects.filter(email=care.owner).first() if care.owner else None, by=by)
    if care.check is None:
        return
    article.check_again(on=care.check.by, every_days=care.check.every_days, by=by)
    if care.check.at != article.checked_at and care.check.at:
        article.checked_at = care.check.at
        article.save(update_fields=["checked_at"])
