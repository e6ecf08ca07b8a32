"""Fields: what a conversation says beside its words, each of one kind, made by managers and kept when no longer asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.accounts.viewer import Viewer
from handrail.conversations.labels import Priority
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
    PRIORITY = "priority", _("Priority")


WITH_OPTIONS = (Kind.CHOICE, Kind.CHOICES)
# What a condition can ask for: kinds of which every value is known beforehand.
DECIDING = (*WITH_OPTIONS, Kind.YES_NO)
YES_OR_NO = {"yes": _("Yes"), "no": _("No")}


# How a customer reads each priority until a manager words it otherwise.
FIRST_PRIORITIES = [
    {"code": "low", "ko": "천천히 답해 주셔도 괜찮아요", "en": "No hurry"},
    {"code": "normal", "ko": "보통이에요", "en": "As usual"},
    {"code": "high", "ko": "일에 지장이 있어요", "en": "It holds me up"},
    {"code": "urgent", "ko": "지금 아무것도 할 수 없어요", "en": "I can't go on at all"},
]


class Required(models.TextChoices):
    NEVER = "never", _("Never")
    CREATE = "create", _("When a request is sent")
    SOLVE = "solve", _("Before it is solved")
    ALWAYS = "always", _("Before any conversation is solved, whatever its form")


class CannotBeField(ValueError):
    """`code`: key, taken, name, options, many, decides, audience, priority (asked of colleagues, or for solving)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class FieldQuerySet(models.QuerySet["Field"]):
    def visible_to(self, viewer: Viewer) -> FieldQuerySet:
        """All for colleagues; for everybody else those that are public."""
        if viewer.rights & {"conversations.read", "forms.write"}:
            return self
        return self.none() if viewer.is_staff else self.filter(is_public=True)

    def active(self) -> FieldQuerySet:
        return self.filter(archived_at=None)

    def kept(self) -> FieldQuerySet:
        """Those a conversation keeps a value of. What is said in one of priority becomes the conversation's own."""
        return self.exclude(kind=Kind.PRIORITY)


class Field(models.Model):
    """`key` is what searches and macros call it, and never changes; nor does `kind`, because values are of it.

    `options` of a choice: [{"code", "ko", "en", "gone"}], of which those gone are offered no more but still have names; of
    a priority their codes are those of Priority, and the names what a customer reads for them.
    """

    key = models.CharField(max_length=40, unique=True)
    name_ko = models.CharField(max_length=NAME_MOST)
    name_en = models.CharField(max_length=NAME_MOST)
    help_ko = models.CharField(max_length=HELP_MOST, blank=True)
    help_en = models.CharField(max_length=HELP_MOST, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    options = models.JSONField(default=list, blank=True)
    is_public = models.BooleanField(
        default=True, help_text="customers see and fill it; else colleagues alone"
    )
    required = models.CharField(max_length=6, choices=Required.choices, default=Required.NEVER)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = FieldQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.key

    def is_required_at(self, moment: str) -> bool:
        """By itself, whatever conditions add. moment: Required.CREATE or SOLVE."""
        return self.required == moment or (moment == Required.SOLVE and self.required == Required.ALWAYS)

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
    def make(cls, key: str, kind: str, *, by: CanAct, **said: Any) -> Field:
        """A new field, last in order. said: names, helps, options, is_public, required. Raises CannotBeField."""
        if not KEY.fullmatch(key):
            raise CannotBeField("key")
        if cls.objects.filter(key=key).exists():
            raise CannotBeField("taken")
        if cls.objects.active().count() >= FIELDS_MOST:
            raise CannotBeField("many")
        last = cls.objects.aggregate(last=models.Max("position"))["last"] or 0
        field = cls(key=key, kind=Kind(kind), position=last + 1)
        field._write(said)
        record("field.made", field, by=by, key=key)
        return field

    @transaction.atomic
    def rewrite(self, *, by: CanAct, **said: Any) -> None:
        """Other names, helps, options, audience or requirement. Options left out are gone for new values alone.

        Raises CannotBeField, also where a customers' field would wait for one of colleagues in some form.
        """
        self._write(said)
        waits = (
            self.places.filter(when__is_public=False)
            if self.is_public
            else self.decides.filter(field__is_public=True)
        )  # type: ignore[attr-defined]
        if waits.exists():
            raise CannotBeField("audience")
        record("field.changed", self, by=by)

    @transaction.atomic
    def archive(self, *, by: CanAct) -> None:
        """It is asked no more; what was said in it stays where it was said. Raises CannotBeField where others wait for it."""
        if self.decides.exists():
            raise CannotBeField("decides")
        if self.archived_at is None:
            self.archived_at = clock.now()
            self.save(update_fields=["archived_at"])
            record("field.archived", self, by=by)

    @transaction.atomic
    def restore(self, *, by: CanAct) -> None:
        if self.archived_at is not None:
            self.archived_at = None
            self.save(update_fields=["archived_at"])
            record("field.restored", self, by=by)

    @classmethod
    @transaction.atomic
    def arrange(cls, keys: Sequence[str], *, by: CanAct) -> None:
        """Put them in this order; those not named come after, as they stood."""
        fields = list(cls.objects.select_for_update())
        order = {key: at for at, key in enumerate(keys)}
        fields.sort(key=lambda each: order.get(each.key, len(order)))
        for at, field in enumerate(fields, start=1):
            if field.position != at:
                field.position = at
                field.save(update_fields=["position"])
                record("field.moved", field, by=by, position=at)

    def _write(self, said: dict[str, Any]) -> None:
        for name, most in (("name_ko", NAME_MOST), ("name_en", NAME_MOST)):
            if name in said:
                setattr(self, name, " ".join(said[name].split())[:most])
        for name in ("help_ko", "help_en"):
            if name in said:
                setattr(self, name, " ".join(said[name].split())[:HELP_MOST])
        if not (self.name_ko and self.name_en):
            raise CannotBeField("name")
        self.is_public = said.get("is_public", self.is_public)
        self.required = Required(said.get("required", self.required))
        if self.kind == Kind.PRIORITY:
            self._ask_for_priority(said.get("options"))
        elif self.kind in WITH_OPTIONS:
            self.options = _options(self.options, said.get("options"))
        self.save()

    def _ask_for_priority(self, options: Sequence[dict[str, str]] | None) -> None:
        """Colleagues have their own way to set it, and every conversation has one, so nothing can wait for it."""
        if not self.is_public or self.required not in (Required.NEVER, Required.CREATE):
            raise CannotBeField("priority")
        known = [each for each in options or () if each.get("code") in Priority.values]
        if not self.options:
            self.options = _options([], known or FIRST_PRIORITIES)
        elif options is not None:
            self.options = _options(self.options, known)


def _options(before: list[dict[str, Any]], said: Sequence[dict[str, str]] | None) -> list[dict[str, Any]]:
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
