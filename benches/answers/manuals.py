"""Whether newcomers find the right page of real manuals: Debian's installation guide in Korean and English, and its FAQ.

    python benches/answers/manuals.py [--no-write] [--misses]

Wants the Debian packages installation-guide-amd64 and debian-faq. They are brought in by the product's own import, and
each question of manuals.json is asked as the help centre's search page asks it: nobody signed in, channel "portal". The
questions were written before the engine was asked; `answers` names the pages that answer, none where no page does.
Writes results_manuals.json and its table in benches/README.md.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

from benches.load.report import machine, put_into_readme
from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.answer import answer
from handrail.answers.evaluation.site import temporary_site
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere
from handrail.knowledge.importing.folder import Choices
from handrail.knowledge.importing.run import run
from handrail.knowledge.models import Article
from handrail.workspace.models import Brand

CASES = Path(__file__).with_name("manuals.json")
RESULTS = Path(__file__).with_name("results_manuals.json")
BOOKS = {
    "debian-install": Path("/usr/share/doc/installation-guide-amd64"),
    "debian-faq": Path("/usr/share/doc/debian/FAQ"),
}
OF_NOTHING = "none"
SHOWN = 3
COLUMNS = {
    "asked": "asked",
    "answered_right": "answered by its page",
    "in_choices": "its page among the choices",
    "first_three": "its page among the first three shown",
    "answered_wrong": "answered by another page",
    "handed_over": "handed over",
}


@dataclass(frozen=True)
class Said:
    """One question and what became of it. `shown` are pages in the order the search page lists them."""

    locale: str
    book: str
    question: str
    answers: Sequence[str]
    outcome: str
    shown: Sequence[str]
    choices: int

    @property
    def kinds(self) -> Iterable[str]:
        """Under which of COLUMNS it counts."""
        right = set(self.answers)
        yield "asked"
        if self.outcome == "handover":
            yield "handed_over"
        if self.outcome == "answer":
            yield "answered_right" if self.shown[0] in right else "answered_wrong"
        if self.outcome == "choices" and right & set(self.shown[: self.choices]):
            yield "in_choices"
        if right & set(self.shown[:SHOWN]):
            yield "first_three"


def cases() -> list[dict[str, Any]]:
    """The questions, as manuals.json holds them."""
    found: list[dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))
    return found


def bring_in(brand: Brand, books: Mapping[str, Path] = BOOKS) -> None:
    """The books (product -> folder) as the console's import brings them in, and read by the encoders."""
    for product, folder in books.items():
        report = run(folder, brand=brand, choices=Choices(product=product))
        if report.count("failed"):
            raise RuntimeError(f"{folder}: {report.count('failed')} texts did not come in")
    jobs.encode_wanting()


def ask(asked: Sequence[dict[str, Any]], brand: Brand) -> list[Said]:
    """Each question as a stranger's at the portal."""
    pages = {pk: source.rpartition("/")[2] for pk, source in Article.objects.values_list("pk", "source")}
    found = []
    for case in asked:
        result = answer(case["question"], STRANGER, locale=case["locale"], brand=brand.pk, remember=False)
        hits = [*result.answers, *result.choices, *result.considered]
        shown = list(dict.fromkeys(pages[hit.article] for hit in hits if hit.article))
        found.append(Said(**case, outcome=result.outcome, shown=shown, choices=len(result.choices)))
    return found


def counted(said: Sequence[Said]) -> dict[str, dict[str, int]]:
    """ "language book" -> how many questions of it count under each of COLUMNS."""
    found: dict[str, Counter[str]] = {}
    for each in said:
        found.setdefault(f"{each.locale} {each.book}", Counter()).update(each.kinds)
    return {name: {column: counts[column] for column in COLUMNS} for name, counts in found.items()}


def as_markdown(counts: dict[str, dict[str, int]]) -> str:
    """One row a language and book; questions that no page answers have no page to find."""
    lines = [f"| | {' | '.join(COLUMNS.values())} |", "|---" * (len(COLUMNS) + 1) + "|"]
    for name, row in counts.items():
        is_foreign = name.endswith(OF_NOTHING)
        hidden = {"answered_right", "in_choices", "first_three"} if is_foreign else set()
        cells = ["–" if column in hidden else str(row[column]) for column in COLUMNS]
        lines.append(f"| {name.replace(OF_NOTHING, 'about something else')} | {' | '.join(cells)} |")
    return "\n".join(lines)


def write(counts: dict[str, dict[str, int]], said: Sequence[Said]) -> None:
    """results_manuals.json with every question, and the table of benches/README.md."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    questions = [vars(each) | {"shown": each.shown[:SHOWN]} for each in said]
    result = {"at": at, "machine": machine(), "counts": counts, "questions": questions}
    RESULTS.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    put_into_readme("manuals", f"{at[:10]}, counts of questions.\n\n{as_markdown(counts)}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--no-write", action="store_true", help="print only")
    parser.add_argument(
        "--misses", action="store_true", help="also print what was not found, and what was shown"
    )
    chosen = parser.parse_args()
    missing = [str(folder) for folder in BOOKS.values() if not folder.is_dir()]
    if missing:
        print(f"not run: {', '.join(missing)} missing; install installation-guide-amd64 and debian-faq")
        return 1
    with using(ModelsHere()), temporary_site():
        brand = Brand.objects.create(slug="manuals", name_ko="안내서", name_en="Manuals")
        bring_in(brand)
        said = ask(cases(), brand)
    if chosen.misses:
        for each in said:
            if "first_three" not in each.kinds or "answered_wrong" in each.kinds:
                print(f"{each.outcome} {each.question!r}: {each.shown[:4]} instead of {each.answers}")
    counts = counted(said)
    print(json.dumps(counts, ensure_ascii=False))
    print(as_markdown(counts))
    if not chosen.no_write:
        write(counts, said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
