"""Typed fields: what managers ask beside words, each of one kind, with options and names in both languages.

A base for the fields of conversations and the attributes of customers; it has no table of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
NAME_MOST, HELP_MOST = 80, 300
OPTIONS_MOST = 60
FIELDS_MOST = 200


class Kind(models.TextChoices):
    LINE = "line", _("Short text")
    TEXT = "text", _("Long text")
    NUMBER = "number", _("Number")
    DAY = "day", _("Date")
    CHOICE = "choice", _("Choice of one")
    CHOICES = "choices", _("Choice of several")
    YES_NO = "yes_no", _("Yes or no")
    ORDER = "order", _("Order number")
    PRIORITY = "priority", _("Priority")  # of conversations alone


WITH_OPTIONS = (Kind.CHOICE, Kind.CHOICES)
# What a condition can ask for: kinds of which every value is known beforehand.
DECIDING = (*WITH_OPTIONS, Kind.YES_NO)
YES_OR_NO = {"yes": _("Yes"), "no": _("No")}


class CannotBeField(ValueError):
    """`code`: key, taken, name, options, many, decides, audience, priority (asked of colleagues, or for solving)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TypedField(models.Model):
    """`key` never changes; nor does `kind`, because values are of it.

    `options` of a choice: [{"code", "ko", "en", "gone"}], of which those gone are offered no more but still have names.
    FACTS is what its facts begin with: field.made, field.changed.
    """

    FACTS: ClassVar[str] = ""

    key = models.CharField(max_length=40, unique=True)
    name_ko = models.CharField(max_length=NAME_MOST)
    name_en = models.CharField(max_length=NAME_MOST)
    help_ko = models.CharField(max_length=HELP_MOST, blank=True)
    help_en = models.CharField(max_length=HELP_MOST, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    options = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.key

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    def help(self, locale: str) -> str:
        return self.help_ko if locale == "ko" else self.help_en

    def offered(self, locale: str, *, also: Sequence[str] = ()) -> list[tuple[str, str]]:
        """(code, name) of what can be chosen now, and of those in `also` that are chosen already."""
        if self.kind == Kind.YES_NO:
            return [(code, str(name)) for code, name in YES_OR_NO.items()]
        return [
            (option["code"], option[locale if locale == "ko" else "en"])
            for option in self.options
            if not option.get("gone") or option["code"] in also
        ]

    @property
    def codes(self) -> list[str]:
        """Every code that has a name, those gone too."""
        return list(YES_OR_NO) if self.kind == Kind.YES_NO else [option["code"] for option in self.options]

    @classmethod
    @transaction.atomic
    def make(cls, key: str, kind: str, *, by: CanAct, **said: Any) -> Self:
        """A new field, last in order. said: names, helps, options, and what the table has beside. Raises CannotBeField."""
        if not KEY.fullmatch(key):
            raise CannotBeField("key")
        every = cls._default_manager
        if every.filter(key=key).exists():
            raise CannotBeField("taken")
        if every.filter(archived_at=None).count() >= FIELDS_MOST:
            raise CannotBeField("many")
        last = every.aggregate(last=models.Max("position"))["last"] or 0
        field = cls(key=key, kind=Kind(kind), position=last + 1)
        field.write(said)
        field.save()
        record(f"{cls.FACTS}.made", field, by=by, key=key)
        return field

    @transaction.atomic
    def rewrite(self, *, by: CanAct, **said: Any) -> None:
        """Other words, or what else `make` takes. Options left out are gone for new values alone. Raises CannotBeField."""
        self.write(said)
        self.save()
        record(f"{self.FACTS}.changed", self, by=by)

    @transaction.atomic
    def archive(self, *, by: CanAct) -> None:
        """It is asked no more; what was said in it stays where it was said."""
        if self.archived_at is None:
            self.archived_at = clock.now()
            self.save(update_fields=["archived_at"])
            record(f"{self.FACTS}.archived", self, by=by)

    @transaction.atomic
    def restore(self, *, by: CanAct) -> None:
        if self.archived_at is not None:
            self.archived_at = None
            self.save(update_fields=["archived_at"])
            record(f"{self.FACTS}.restored", self, by=by)

    @classmethod
    @transaction.atomic
    def arrange(cls, keys: Sequence[str], *, by: CanAct) -> None:
        """Put them in this order; those not named come after, as they stood."""
        fields = list(cls._default_manager.select_for_update())
        order = {key: at for at, key in enumerate(keys)}
        fields.sort(key=lambda each: order.get(each.key, len(order)))
        for at, field in enumerate(fields, start=1):
            if field.position != at:
                field.position = at
                field.save(update_fields=["position"])
                record(f"{cls.FACTS}.moved", field, by=by, position=at)

    def write(self, said: dict[str, Any]) -> None:
        """Names, helps and options as they are said now, not saved. Raises CannotBeField."""
        for name, most in (("name_ko", NAME_MOST), ("name_en", NAME_MOST)):
            if name in said:
                setattr(self, name, " ".join(said[name].split())[:most])
        for name in ("help_ko", "help_en"):
            if name in said:
                setattr(self, name, " ".join(said[name].split())[:HELP_MOST])
        if not (self.name_ko and self.name_en):
            raise CannotBeField("name")
        if self.kind in WITH_OPTIONS:
            self.options = options_of(self.options, said.get("options"))


def options_of(before: list[dict[str, Any]], said: Sequence[dict[str, str]] | None) -> list[dict[str, Any]]:
    """The options as they are said now, then those left out. A new one's code is made from its English name."""
    if said is None:
        return before
    kept: list[dict[str, Any]] = []
    for option in said:
        ko, en = (" ".join(option.get(locale, "").split())[:NAME_MOST] for locale in ("ko", "en"))
        if not (ko or en):
            continue
        taken = {each["code"] for each in (*before, *kept)}
        code = option.get("code") or _code(en or ko, taken)
        if code not in {each["code"] for each in kept}:
            kept.append({"code": code, "ko": ko or en, "en": en or ko})
    if not kept or len(kept) > OPTIONS_MOST:
        raise CannotBeField("options")
    named = {each["code"] for each in kept}
    return kept + [each | {"gone": True} for each in before if each["code"] not in named]


def _code(name: str, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:30] or "option"
    return next(code for n in range(1, 999) if (code := stem if n == 1 else f"{stem}_{n}") not in taken)
