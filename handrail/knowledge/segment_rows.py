"""Segments as rows of an export: what they are called and whom they name, read back where they are not known yet."""

from __future__ import annotations

from typing import Any, TypeGuard

from handrail.contacts.models import Organisation
from handrail.contacts.segments import Rule, Segment
from handrail.core.actors import CanAct

OURS = "handrail"  # the key beside another format's own words
WORDS = ("slug", "matches")
LISTS = {"names": dict, "rules": list}


def rows() -> list[dict[str, Any]]:
    """Every segment of this site."""
    return [row_of(one) for one in Segment.objects.prefetch_related("rules__organisation")]


def row_of(segment: Segment) -> dict[str, Any]:
    rules = [
        {
            "organisation": rule.organisation.name if rule.organisation else "",
            "mark": rule.mark,
            "value": rule.value,
        }
        for rule in segment.rules.all()
    ]
    names = {"ko": segment.name_ko, "en": segment.name_en}
    return {"slug": segment.slug, "names": names, "matches": segment.matches, "rules": rules}


def is_row(said: object) -> TypeGuard[dict[str, Any]]:
    """Whether something read from a file is a segment as we write it."""
    return (
        isinstance(said, dict)
        and all(isinstance(said.get(name), str) for name in WORDS)
        and all(isinstance(said.get(name), kind) for name, kind in LISTS.items())
        and {"ko", "en"} <= set(said["names"])
        and all(isinstance(rule, dict) for rule in said["rules"])
    )


def define(said: dict[str, Any], *, by: CanAct) -> None:
    """Make a segment from its row; one that is here keeps the rules it has here."""
    if Segment.objects.filter(slug=said["slug"]).exists():
        return
    rules = []
    for rule in said["rules"]:
        name = rule.get("organisation")
        organisation = Organisation.objects.get_or_create(name=name)[0] if name else None
        rules.append(
            Rule(organisation=organisation, mark=rule.get("mark") or "", value=rule.get("value") or "")
        )
    Segment.define(said["slug"], names=said["names"], rules=rules, matches=said["matches"], by=by)
