"""Typed fields: what managers ask beside words, each of one kind, with options and names in both languages.

A base for the fields of conversations and the attributes of customers; it has no table of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.arranged import KEY, Arranged, free_code

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


class TypedField(Arranged):
    """`key` never changes; nor does `kind`, because values are of it.

    `options` of a choice: [{"code", "ko", "en", "gone"}], of which those gone are offered no more but still have names.
    """

    name_ko = models.CharField(max_length=NAME_MOST)
    name_en = models.CharField(max_length=NAME_MOST)
    help_ko = models.CharField(max_length=HELP_MOST, blank=True)
    help_en = models.CharField(max_length=HELP_MOST, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    options = models.JSONField(default=list, blank=True)

    class Meta(Arranged.Meta):
        abstract = True

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
        field = cls(key=key, kind=Kind(kind), position=cls.last_position() + 1)
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
        code = option.get("code") or free_code(en or ko, taken, otherwise="option")
        if code not in {each["code"] for each in kept}:
            kept.append({"code": code, "ko": ko or en, "en": en or ko})
    if not kept or len(kept) > OPTIONS_MOST:
        raise CannotBeField("options")
    named = {each["code"] for each in kept}
    return kept + [each | {"gone": True} for each in before if each["code"] not in named]
