"""Questions of newcomers to a real manual: Debian's installation guide in two languages.

All of it, its FAQ beside it, and what became of each question: `benches/answers/manuals.py` and results_manuals.json. Here
a third of the guide comes in, because to read all its passages takes minutes, and ten questions of each language are asked.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter

import pytest

from benches.answers import manuals

CHAPTERS = ("ch02", "ch03", "ch04", "ch07", "ch08", "apc")
EACH = 10  # questions of a language
# What was measured is one more in each: a question may fall to either side when a model or Debian's text is a newer one.
FLOORS = {
    "ko": {"first_three": 8, "offered": 4},
    "en": {"first_three": 9, "offered": 7},
}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),  # to read a third of a manual takes a minute, whatever the database
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in manuals.BOOKS.values()) and not os.environ.get("CI"),
        reason="Debian packages installation-guide-amd64 and debian-faq are not installed",
    ),
]


@pytest.fixture
def part(tmp_path):
    """The folder of a few chapters."""
    for locale in FLOORS:
        (tmp_path / "guide" / locale).mkdir(parents=True)
        for path in (manuals.BOOKS["debian-install"] / locale).glob("*.html"):
            if path.name.startswith(CHAPTERS):
                shutil.copy(path, tmp_path / "guide" / locale)
    return tmp_path / "guide"


def some(locale):
    """The first questions that only these chapters answer."""
    answerable = [
        case
        for case in manuals.cases()
        if case["locale"] == locale
        and case["answers"]
        and all(page.startswith(CHAPTERS) for page in case["answers"])
    ]
    return answerable[:EACH]


def test_newcomers_find_the_page_of_a_manual(world, models, part):
    manuals.bring_in(world.brand, {"debian-install": part})
    for locale, floor in FLOORS.items():
        said = manuals.ask(some(locale), world.brand)

        counts = Counter(kind for each in said for kind in each.kinds)
        offered = counts["answered_right"] + counts["in_choices"]
        assert counts["asked"] == EACH
        assert counts["first_three"] >= floor["first_three"], said
        assert offered >= floor["offered"], said


def test_every_question_names_pages_that_are_there():
    guide, faq = manuals.BOOKS.values()
    pages = {path.name.split(".")[0] for path in [*guide.glob("*/*.html"), *faq.glob("*.html")]}
    cases = manuals.cases()
    assert {page for case in cases for page in case["answers"]} <= pages
    assert len({case["question"] for case in cases}) == len(cases)
    for locale in FLOORS:
        assert sum(case["locale"] == locale and bool(case["answers"]) for case in cases) >= 20
