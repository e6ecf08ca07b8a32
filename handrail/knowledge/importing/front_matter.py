"""The lines between `---` and `---` at the top of a file: YAML that says what the text is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.films import Purpose
from handrail.knowledge.importing.reasons import WHY
from handrail.knowledge.importing.trouble import NotTaken

CHARS_MAX = 100_000
FILE_CHARS_MAX = 1_000_000
POSITION_MAX = 1_000_000_000
YES_AND_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
# What no database keeps: the letter 0, and halves of letters, which only an escape can write.
UNWRITABLE = re.compile("[\0\ud800-\udfff]")
FENCED = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n?^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)


class _Loader(yaml.SafeLoader):
    """YAML as writers use it. A value that repeats another by name can grow without end; nobody writes one by hand."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("it repeats a value by name (*), which is not read here")
        return super().compose_node(parent, index)

    def timestamp(self, node: yaml.ScalarNode) -> object:
        """A day that is none, such as 2024-02-30, stays as it was written: the field it stands in says what is wrong."""
        try:
            return self.construct_yaml_timestamp(node)
        except (ValueError, AttributeError):
            return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.timestamp)


class _WordsLoader(_Loader):
    """Leaves Yes, No, on and off the words they are: an answer to a question may well be one of them."""

    yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:bool"]
        for letter, known in _Loader.yaml_implicit_resolvers.items()
    }


def wrong(why: str, **values: Any) -> NotTaken:
    """What is wrong with front matter: a code of reasons.WHY with its values."""
    return NotTaken("front_matter", why=why, error=WHY[why] % values, **values)


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter as a mapping (empty where there is none) and the text below it.

    Raises NotTaken("front_matter") where it is not a YAML mapping.
    """
    match = FENCED.match(text.replace("\r\n", "\n"))
    if not match:
        return {}, text
    if len(match[1]) > CHARS_MAX:
        raise wrong("too_long", most=CHARS_MAX)
    said = _read(match[1], _Loader, first_line=2)
    return said, text.replace("\r\n", "\n")[match.end() :]


def whole(text: str) -> dict[str, Any]:
    """A file that is YAML from its first line on, where Yes and No are words. Raises NotTaken("front_matter") as `split`."""
    if len(text) > FILE_CHARS_MAX:
        raise wrong("too_long", most=FILE_CHARS_MAX)
    return _read(text, _WordsLoader, first_line=1)


def _read(text: str, loader: type[_Loader], *, first_line: int) -> dict[str, Any]:
    try:
        said = yaml.load(text, Loader=loader) or {}  # noqa: S506  (a safe loader)
        _refuse_unwritable(said)
    except NotTaken:
        raise
    except RecursionError:
        raise wrong("too_deep") from None
    # A value that claims a type it has not ("!!bool maybe") raises whatever making that type raises.
    except (yaml.YAMLError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError) as error:
        why, values = _of_yaml(error, first_line)
        raise wrong(why, **values) from None
    if not isinstance(said, dict):
        raise wrong("no_names")
    return said


def _of_yaml(error: Exception, first_line: int) -> tuple[str, dict[str, Any]]:
    """The place a reader of YAML stopped at. What it says of it is English, and about its own insides."""
    if "repeats a value by name" in str(error):
        return "repeats", {}
    mark = getattr(error, "problem_mark", None)
    return ("line", {"line": mark.line + first_line}) if mark else ("unread", {})


def kind(said: dict[str, Any]) -> str:
    return _one_of(said, "kind", Article.Kind.values, default=Article.Kind.HOW_TO)


def purpose(said: dict[str, Any]) -> str:
    return _one_of(said, "purpose", ["", *Purpose.values], default="")


def audience(said: dict[str, Any], *, default: str) -> str:
    return _one_of(said, "audience", Audience.values, default=default)


def text(said: dict[str, Any], field: str) -> str:
    """One line of text, "" where the field is absent. Raises NotTaken for lists, mappings and bare yes or no."""
    value = said.get(field)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise wrong("no_text", field=field)
    return str(value).strip()


def flag(said: dict[str, Any], field: str) -> bool | None:
    """Yes or no, in quotation marks too; None where the field is absent. Raises NotTaken for anything else."""
    value = said.get(field)
    if value is None or isinstance(value, bool):
        return value
    known = YES_AND_NO.get(value.strip().lower()) if isinstance(value, str) else None
    if known is None:
        raise wrong("no_flag", field=field)
    return known


def position(said: dict[str, Any]) -> int:
    """The place among its neighbours, 0 where it says none. Raises NotTaken for what is no whole number from 0 on."""
    value = said.get("position")
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= POSITION_MAX:
        raise wrong("no_position")
    return value


def number(said: dict[str, Any], field: str, *, most: int) -> int | None:
    """A whole number from 1 on; None where the field is absent. Raises NotTaken for anything else."""
    value = said.get(field)
    if value is not None and (
        isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most
    ):
        raise wrong("no_number", field=field, most=most)
    return value


def day(said: dict[str, Any], field: str) -> date | None:
    """A day; None where the field is absent. Raises NotTaken for anything else."""
    value = said.get(field)
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            raise wrong("no_date", field=field, value=str(value)[:80]) from None
    if isinstance(value, datetime):
        value = value.date()
    if value is not None and not isinstance(value, date):
        raise wrong("no_day", field=field)
    return value


def words(said: dict[str, Any], field: str) -> list[str]:
    """A list of texts; one text alone is a list of one. Raises NotTaken for anything else."""
    value = said.get(field) or []
    if isinstance(value, str | int | float):
        value = [value]
    value = [one for one in value if one is not None] if isinstance(value, list) else None
    if value is None or any(
        isinstance(one, bool) or not isinstance(one, str | int | float | date) for one in value
    ):
        raise wrong("no_list", field=field)
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
            raise wrong("no_date", field=field, value=str(value)[:80]) from None
    if not isinstance(value, datetime):
        if not isinstance(value, date):
            raise wrong("no_day", field=field)
        value = datetime.combine(value, time(12))
    value = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
    try:
        value.astimezone(UTC)
    except OverflowError:
        # The first and the last day there are have no time in other zones.
        raise wrong("no_date", field=field, value=str(value.date())) from None
    return value


def _refuse_unwritable(value: Any) -> None:
    if isinstance(value, str) and UNWRITABLE.search(value):
        raise wrong("no_letter")
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    for part in parts if isinstance(parts, list | tuple | set) else []:
        _refuse_unwritable(part)


def _one_of(said: dict[str, Any], field: str, known: list[str], *, default: str) -> str:
    if said.get(field) is None:
        return default
    wanted = text(said, field).lower()
    # Writers say "signed-in" and "signed_in", "how-to" and "how_to".
    found = next((one for one in known if one.replace("_", "-") == wanted.replace("_", "-")), None)
    if found is None:
        raise NotTaken("unknown_value", field=field, value=wanted[:80], known=", ".join(known))
    return found
