"""The lines between `---` and `---` at the top of a file: YAML that says what the text is."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.films import Purpose
from handrail.knowledge.importing.trouble import NotTaken

FENCED = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n?^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter as a mapping (empty where there is none) and the text below it.

    Raises NotTaken("front_matter") where it is not a YAML mapping.
    """
    match = FENCED.match(text.replace("\r\n", "\n"))
    if not match:
        return {}, text
    try:
        said = yaml.safe_load(match[1]) or {}
    except yaml.YAMLError as error:
        raise NotTaken("front_matter", error=" ".join(str(error).split())[:160]) from None
    if not isinstance(said, dict):
        raise NotTaken("front_matter", error="it is not a list of names and values")
    return said, text.replace("\r\n", "\n")[match.end() :]


def kind(said: dict[str, Any]) -> str:
    return _one_of(said, "kind", Article.Kind.values, default=Article.Kind.HOW_TO)


def purpose(said: dict[str, Any]) -> str:
    return _one_of(said, "purpose", ["", *Purpose.values], default="")


def audience(said: dict[str, Any], *, default: str) -> str:
    return _one_of(said, "audience", Audience.values, default=default)


def words(said: dict[str, Any], field: str) -> list[str]:
    """A list of texts; one text alone is a list of one. Raises NotTaken for anything else."""
    value = said.get(field) or []
    if isinstance(value, str | int | float):
        value = [value]
    if not isinstance(value, list) or any(isinstance(one, list | dict) for one in value):
        raise NotTaken("front_matter", error=f"{field} is not a list of texts")
    return [str(one).strip() for one in value if str(one).strip()]


def moment(said: dict[str, Any], field: str, *, zone: str) -> datetime | None:
    """A date (its noon in `zone`) or a moment; None where the field is absent. Raises NotTaken for other values."""
    value = said.get(field)
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise NotTaken("front_matter", error=f"{field} is not a date: {value}") from None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
    if isinstance(value, date):
        return datetime.combine(value, time(12), ZoneInfo(zone))
    raise NotTaken("front_matter", error=f"{field} is not a date")


def _one_of(said: dict[str, Any], field: str, known: list[str], *, default: str) -> str:
    if said.get(field) is None:
        return default
    wanted = str(said[field]).strip().lower()
    # Writers say "signed-in" and "signed_in", "how-to" and "how_to".
    found = next((one for one in known if one.replace("_", "-") == wanted.replace("_", "-")), None)
    if found is None:
        raise NotTaken("unknown_value", field=field, value=said[field], known=", ".join(known))
    return found
