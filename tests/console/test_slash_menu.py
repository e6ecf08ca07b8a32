"""What the guide tells authors to type after a slash is what the editor's menu finds, in either language of the console."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

ROOT = Path(__file__).parents[2]
ACTIONS = (ROOT / "frontend/editor/actions.ts").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/users/writing.md").read_text(encoding="utf-8")
ACTION = re.compile(
    r'heading\((?P<level>[23])|listOf\("(?P<list>[\w-]+)".*?"(?P<list_also>[^"]*)"\)|depth\("(?P<depth>\w+)".*?"(?P<depth_also>[^"]*)"\)'
    r'|\{ code: "(?P<code>[\w-]+)", icon: \w+, also: "(?P<also>[^"]*)"'
)
# What each word of the guide is to bring.
BRINGS = {
    "table": "table", "표": "table", "steps": "steps", "단계": "steps", "callout": "callout", "알림": "callout",
    "colleagues": "passage", "내부": "passage", "simple": "depth-simple", "deep": "depth-deep", "reusable": "block",
}  # fmt: skip


def choices() -> list[tuple[str, str]]:
    """(code, words beside its name) of everything the menu offers, in its order."""
    heading = re.search(r"also: `h\$\{level\} ([^`]*)`", ACTIONS)
    found = []
    for each in ACTION.finditer(ACTIONS[ACTIONS.index("export const BLOCKS") :]):
        if each["level"]:
            found.append((f"heading-{each['level']}", f"h{each['level']} {heading[1]}"))
        elif each["list"]:
            found.append((each["list"], each["list_also"]))
        elif each["depth"]:
            found.append((f"depth-{each['depth']}", each["depth_also"]))
        else:
            found.append((each["code"], each["also"]))
    return found


def names(locale: str) -> dict[str, str]:
    with translation.override(locale):
        template = engines["jinja2"].env.get_template("console/editor.html")
        return json.loads(unescape(str(template.module.words())))


def test_every_choice_is_read_here():
    lines = ACTIONS[ACTIONS.index("export const BLOCKS") :].splitlines()
    assert len(choices()) == sum(line.startswith("  ") for line in lines)
    assert {code for code, _also in choices()} <= names("en").keys()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_each_word_of_the_guide_brings_what_it_says(locale):
    words = re.findall(r"`/([^`\s/]+)`", GUIDE)
    said = names(locale)

    first = {
        word: next((code for code, also in choices() if word in f"{said[code]} {also}".lower()), None)
        for word in words
    }

    assert first == {word: BRINGS[word] for word in words}


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_word_of_each_choices_name_is_found_in_the_other_language_too(locale):
    said = names(locale)

    assert [
        code for code, also in choices() if not any(word in also for word in said[code].lower().split())
    ] == []
