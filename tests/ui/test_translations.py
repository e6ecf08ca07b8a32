"""`bin/translations.py check` finds what it says it finds."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", settings.ROOT / "bin" / "translations.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def catalogues(script, monkeypatch) -> dict[str, Catalog]:
    """What the code says, and what the two languages keep; all agree, and a test seeds its fault."""
    kept = {name: Catalog(locale=name if name != "said" else None) for name in ("said", "ko", "en")}
    for name, catalogue in kept.items():
        catalogue.add("Send", "보내기" if name == "ko" else "")
        catalogue.add(("%(n)s file", "%(n)s files"), ("파일 %(n)s개",) if name == "ko" else ("", ""))
        catalogue.add("Order", "순서" if name == "ko" else "", context="of a list")
    monkeypatch.setattr(script, "gathered", lambda: kept["said"])
    monkeypatch.setattr(script, "read", lambda locale: kept[locale])
    return kept


def test_what_the_code_says_in_both_languages_passes(script, catalogues, capsys):
    assert script.check() == 0
    assert capsys.readouterr().out == "Every text has its Korean.\n"


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("context", [None, "of a case"])
def test_a_text_the_code_no_longer_says_fails(script, catalogues, capsys, locale, context):
    catalogues[locale].add("Old words" if context is None else "Order", "옛말", context=context)

    assert script.check() == 1
    assert f"in locale/{locale} is said nowhere any more" in capsys.readouterr().out


def test_one_that_was_only_commented_out_fails_as_well(script, catalogues):
    catalogues["ko"].add("Old words", "옛말")
    catalogues["ko"].obsolete["Old words"] = catalogues["ko"]._messages.pop("Old words")

    assert script.check() == 1


def test_a_text_without_korean_and_an_unclear_one_fail(script, catalogues, capsys):
    catalogues["said"].add("New words")
    catalogues["en"].add("New words")
    catalogues["ko"].get("Send").flags.add("fuzzy")

    assert script.check() == 1
    said = capsys.readouterr().out
    assert "no Korean for 'New words'" in said and "unclear Korean for 'Send'" in said
