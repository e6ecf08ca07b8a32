"""What the search for people asks of attributes: plan:gold, 등급:골드, industry:none; everything else stays words."""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.contacts.attributes import About, Attribute, AttributeValue
from handrail.workspace.typed import Unfit, folded, meant
from handrail.workspace.typed_fields import Kind

WRITTEN = re.compile(r'(?:^|(?<=\s))([^\s:"]{1,80})[:：]("[^"]*"|[^\s"]\S*)')
NOTHING = {"none", "없음"}


def asked(words: str, *, of: str = About.PERSON) -> tuple[str, list[Q]]:
    """The words that are left, and what is asked by attributes: of each person, theirs or their organisation's; or of
    each organisation, where `of` says so and only its own are asked.

    An attribute is known by its key, or by its name in any language without spaces. One query, none without a colon.
    """
    if ":" not in words.replace("：", ":"):
        return words, []
    known = {
        folded(name).replace(" ", ""): each
        for each in _askable(of)
        for name in (each.key, each.name_ko, each.name_en)
    }
    wanted: list[Q] = []

    def take(match: re.Match[str]) -> str:
        attribute = known.get(folded(match[1]))
        if attribute is None:
            return match[0]
        wanted.append(_says(attribute, match[2].strip('"').strip(), of))
        return " "

    return " ".join(WRITTEN.sub(take, words).split()), wanted


def holding(words: str) -> Q:
    """People of whom an attribute of their own holds these words; for a search over people."""
    return Q(Exists(_of_person(AttributeValue.objects.filter(word__contains=folded(words)))))


def _askable(of: str) -> QuerySet[Attribute]:
    every = Attribute.objects.all()
    return every if of == About.PERSON else every.filter(about=of)


def _says(attribute: Attribute, value: str, of: str) -> Q:
    rows = AttributeValue.objects.filter(attribute=attribute)
    if value.lower() in NOTHING:
        return ~_fits(attribute, of, rows)
    if attribute.kind in (Kind.LINE, Kind.TEXT):
        return _fits(attribute, of, rows.filter(word__contains=folded(value)))
    try:
        said = meant(attribute, value)
    except Unfit:
        # No value of it is called so: nobody has it.
        return Q(pk__in=[])
    return _fits(attribute, of, rows.filter(word__in=[folded(each) for each in said]))


def _fits(attribute: Attribute, of: str, rows: QuerySet[AttributeValue]) -> Q:
    if attribute.about == About.ORGANISATION:
        whose = "pk" if of == About.ORGANISATION else "organisation"
        return Q(Exists(rows.filter(organisation=OuterRef(whose))))
    return Q(Exists(_of_person(rows)))


def _of_person(rows: QuerySet[AttributeValue]) -> QuerySet[AttributeValue]:
    return rows.filter(person=OuterRef("pk"))
