"""Statuses of a manager's own, each mapped for good to one of the usual ones, by which every rule, view and count goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Q
from django.utils import translation

from handrail.conversations.status import SETTABLE, Status, UnknownStatus
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.arranged import KEY, Arranged, free_code
from handrail.workspace.locales import LOCALES

NAME_MOST, TOLD_MOST = 40, 60
STATUSES_MOST = 60
KEPT = "conversations.custom_statuses"
KEPT_SECONDS = 30  # how long a changed name may take to reach every process
# What a search for a status understands beside the statuses themselves (operators.py).
SPOKEN_FOR = ("hold", "unsolved", "미해결", "snoozed", "보류중", "bot", "도우미", "none", "없음")
WORDS = ("name_ko", "name_en", "told_ko", "told_en")


class CannotBeStatus(ValueError):
    """`code`: name (one is missing), taken (another status goes by it), category, many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CustomStatusQuerySet(models.QuerySet["CustomStatus"]):
    def active(self) -> CustomStatusQuerySet:
        return self.filter(archived_at=None)


class CustomStatus(Arranged):
    """`key` is what searches, macros and programs call it. It never changes, nor does `category`: counts of last month stay.

    told_ko, told_en  what its customer reads for it; empty for the words of the category
    Put away, nobody chooses it any more; where it stands it stays, and whatever would still set it sets its category.
    """

    FACTS = "status"

    name_ko = models.CharField(max_length=NAME_MOST)
    name_en = models.CharField(max_length=NAME_MOST)
    told_ko = models.CharField(max_length=TOLD_MOST, blank=True)
    told_en = models.CharField(max_length=TOLD_MOST, blank=True)
    category = models.CharField(max_length=8, choices=[(each.value, each.label) for each in SETTABLE])

    objects = CustomStatusQuerySet.as_manager()

    class Meta(Arranged.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=[each.value for each in SETTABLE]),
                name="a_status_is_mapped_to_a_settable_one",
            )
        ]

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    @classmethod
    @transaction.atomic
    def make(cls, category: str, *, by: CanAct, **said: str) -> CustomStatus:
        """A new one, last in order. said: WORDS. Raises CannotBeStatus."""
        if category not in SETTABLE:
            raise CannotBeStatus("category")
        if cls.objects.active().count() >= STATUSES_MOST:
            raise CannotBeStatus("many")
        status = cls(category=Status(category), position=cls.last_position() + 1)
        status._write(said)
        record("status.made", status, by=by, key=status.key, category=category)
        return status

    @transaction.atomic
    def rewrite(self, *, by: CanAct, **said: str) -> None:
        """Other words, at once wherever it stands. Raises CannotBeStatus."""
        self._write(said)
        record("status.changed", self, by=by)

    @classmethod
    def arrange(cls, keys: Sequence[str], *, by: CanAct) -> None:
        super().arrange(keys, by=by)
        forget()

    def _shelve(self, moment: datetime | None) -> None:
        super()._shelve(moment)
        forget()

    def _write(self, said: dict[str, str]) -> None:
        for name in WORDS:
            most = NAME_MOST if name.startswith("name") else TOLD_MOST
            setattr(self, name, " ".join(said.get(name, getattr(self, name)).split())[:most])
        if not (self.name_ko and self.name_en):
            raise CannotBeStatus("name")
        others = list(CustomStatus.objects.exclude(pk=self.pk))
        taken = _usual_words() | {bare(each) for other in others for each in (other.name_ko, other.name_en)}
        keys = {other.key for other in others}
        if {bare(self.name_ko), bare(self.name_en)} & (taken | {bare(each) for each in keys}):
            raise CannotBeStatus("taken")
        self.key = self.key or free_code(
            self.name_en, keys | set(Status.values) | set(SPOKEN_FOR), otherwise="status", shape=KEY
        )
        self.save()
        forget()


class Known(NamedTuple):
    """A status as pages need it; see CustomStatus."""

    pk: int
    key: str
    category: str
    name_ko: str
    name_en: str
    told_ko: str
    told_en: str
    is_offered: bool

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    def told(self, locale: str) -> str:
        """What its customer reads; "" for the words of its category."""
        return self.told_ko if locale == "ko" else self.told_en


def known() -> dict[int, Known]:
    """Every one by its id, in order; at most half a minute old."""
    rows = cache.get(KEPT)
    if rows is None:
        found = CustomStatus.objects.values_list("pk", "key", "category", *WORDS, "archived_at")
        rows = [(*columns, archived is None) for *columns, archived in found]
        cache.set(KEPT, rows, KEPT_SECONDS)
    return {row[0]: Known(*row) for row in rows}


def offered() -> list[Known]:
    """Those to choose from: by category in the order of SETTABLE, then as managers put them."""
    order = [each.value for each in SETTABLE]
    return sorted(
        (each for each in known().values() if each.is_offered), key=lambda it: order.index(it.category)
    )


def called(status: str, custom: int | None, locale: str) -> str:
    """What colleagues call a standing: the name of its own status, else the category's. `locale` must be active."""
    own = known().get(custom) if custom else None
    return own.name(locale) if own else str(Status(status).label)


def named(code: str, locale: str) -> str:
    """The same of a code as macros and replies keep it; "" for one nobody knows."""
    if code in Status.values:
        return str(Status(code).label)
    return next((each.name(locale) for each in known().values() if each.key == code), "")


def meant(code: str) -> tuple[Status, CustomStatus | None]:
    """What a code stands for: a usual status, or the key of one of ours with its category. One that was put away is its
    category alone. Raises UnknownStatus."""
    if code in Status.values:
        return Status(code), None
    found = CustomStatus.objects.filter(key=code).first() if KEY.fullmatch(code) else None
    if found is None:
        raise UnknownStatus(f"There is no status {code!r}.")
    return Status(found.category), None if found.archived_at else found


def category_of(code: str) -> str:
    """What a code counts as; "" for one nobody knows."""
    try:
        return meant(code)[0].value
    except UnknownStatus:
        return ""


def is_settable(code: str) -> bool:
    """Whether a reply, a macro or a change of many may set it: one of SETTABLE, or one of ours."""
    if code in SETTABLE:
        return True
    return bool(KEY.fullmatch(code)) and CustomStatus.objects.filter(key=code).exists()


def bare(name: str) -> str:
    """As a search compares it: without spaces and difference of case."""
    return re.sub(r"[\s_]+", "", name).casefold()


def forget() -> None:
    """What is kept of them is read again: now, and when what changed is committed."""
    cache.delete(KEPT)
    transaction.on_commit(lambda: cache.delete(KEPT))


@lru_cache(maxsize=1)
def _usual_words() -> frozenset[str]:
    """What a search would take for a usual status, in every language."""
    words = {*Status.values, *SPOKEN_FOR}
    for locale in LOCALES:
        with translation.override(locale):
            words |= {str(label) for label in Status.labels}
    return frozenset(bare(each) for each in words)
