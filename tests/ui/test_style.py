"""Habits of our style sheets and templates, held."""

from __future__ import annotations

import re

import pytest

from handrail.web.ui import stylesheet
from handrail.web.ui.stylesheet import WEB

SHEETS = sorted(path for path in WEB.glob("*/static/*/*.css") if path.parent.name == path.parents[2].name)
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))
LAYERS = {"reset", "tokens", "base", "layout", "components", "surface", "print"}
ACTING = re.compile(
    r"""\son\w+\s*=\s*["']|\sstyle\s*=|<style|<script(?![^>]*\s(src=|type="application/ld\+json"))"""
)


def ids(path):
    return str(path.relative_to(WEB))


@pytest.mark.parametrize("path", [p for p in SHEETS if p.name != "layers.css"], ids=ids)
def test_a_sheet_stands_in_a_layer_uses_tokens_and_no_direction(path):
    css = stylesheet.COMMENT.sub("", path.read_text(encoding="utf-8"))

    assert set(re.findall(r"@layer (\w+) \{", css)) <= LAYERS and css.lstrip().startswith("@layer")
    assert "!important" not in css
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", css), "colours come from tokens"
    assert not re.search(r"\b(margin|padding|border)-(left|right|top|bottom)\b|\b(left|right):", css)
    if "colours" not in path.name:
        assert "oklch(" not in css


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_a_template_says_what_it_expects_and_holds_nothing_inline(path):
    text = path.read_text(encoding="utf-8")

    assert text.startswith("{#")
    assert not ACTING.search(text)


def test_what_would_act_inline_is_noticed():
    for bad in ('<p style="x">', '<a onclick="x">', "<style>", "<script>x</script>"):
        assert ACTING.search(bad)
    assert not ACTING.search('<script type="module" src="/x.js"></script>')


def test_the_order_of_layers_is_said_once_and_first(tmp_path):
    files = stylesheet.build(tmp_path)

    for name in files.values():
        assert (tmp_path / name).read_text(encoding="utf-8").startswith("@layer reset, tokens, base")
    assert stylesheet.build(tmp_path) == files


def test_the_components_are_in_every_surfaces_sheet_once():
    for surface in stylesheet.surfaces():
        assert stylesheet.laid_together(surface).count(".rail-line {") >= 1
        assert len(stylesheet.sources(surface)) == len(set(stylesheet.sources(surface)))
