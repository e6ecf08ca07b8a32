#!/usr/bin/env python3
"""Gathers, checks and compiles the texts of the interface.   usage: translations.py gather|check|compile

English is what the code says; locale/ko holds the Korean. `check` fails on a text without Korean, an unclear
(fuzzy) one, or one the code no longer says; `gather` takes the last out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
METHODS = [
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
}


def gathered() -> Catalog:
    catalog = Catalog(project="Handrail", charset="utf-8")
    options = {
        "**/templates/**.html": {
            "extensions": "jinja2.ext.i18n",
            "newstyle_gettext": "true",
            "trimmed": "true",
        }
    }
    for folder in ("handrail", "demo"):
        if not (ROOT / folder).exists():
            continue
        found = extract_from_dir(ROOT / folder, METHODS, options, keywords=KEYWORDS, strip_comment_tags=True)
        for file, _line, message, _comments, context in found:
            catalog.add(message, None, [(f"{folder}/{file}", 1)], context=context)
    return catalog


def path_of(locale: str) -> Path:
    return ROOT / "locale" / locale / "LC_MESSAGES" / "django.po"


def read(locale: str) -> Catalog:
    if not path_of(locale).exists():
        return Catalog(locale=locale)
    with path_of(locale).open("rb") as file:
        return read_po(file, locale=locale)


def gather() -> None:
    template = gathered()
    for locale in ("ko", "en"):
        catalog = read(locale)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.fuzzy = False  # of the header: each text says it for itself
        path_of(locale).parent.mkdir(parents=True, exist_ok=True)
        with path_of(locale).open("wb") as file:
            write_po(file, catalog, omit_header=False, no_location=True, sort_output=True, width=120)


def check() -> int:
    said = gathered()
    problems = [
        *without_korean(said, read("ko")),
        *no_longer_said(said, read("ko")),
        *no_longer_said(said, read("en")),
    ]
    print("\n".join(problems[:40]) or "Every text has its Korean.")
    return 1 if problems else 0


def without_korean(said: Catalog, korean: Catalog) -> list[str]:
    problems = []
    for message in said:
        if not message.id:
            continue
        known = korean.get(message.id, message.context)
        texts = (
            known.string
            if known and isinstance(known.string, (list, tuple))
            else [known.string if known else ""]
        )
        if not texts or not texts[0]:
            problems.append(f"no Korean for {message.id!r}")
        elif known.fuzzy:
            problems.append(f"unclear Korean for {message.id!r}")
    return problems


def no_longer_said(said: Catalog, kept: Catalog) -> list[str]:
    """Texts the catalogue keeps, commented out or not, though the code says them no more."""
    left = [message for message in kept if message.id and said.get(message.id, message.context) is None]
    return [
        f"{message.id!r} in locale/{kept.locale} is said nowhere any more"
        for message in [*left, *kept.obsolete.values()]
    ]


def compile_all() -> None:
    for locale in ("ko", "en"):
        if path_of(locale).exists():
            with path_of(locale).with_suffix(".mo").open("wb") as file:
                write_mo(file, read(locale))


if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else "check"
    if command == "check":
        sys.exit(check())
    {"gather": gather, "compile": compile_all}[command]()
