"""Words stay readable, whatever hue a brand chooses."""

from __future__ import annotations

import re

import pytest

from handrail.core.colour import Oklch, contrast, is_shown
from handrail.web.ui import theme
from handrail.web.ui.stylesheet import WEB

COLOURS = (WEB / "ui" / "static" / "ui" / "colours.css").read_text(encoding="utf-8")
PAIR = re.compile(r"(--[\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)")
TOKENS = {
    name: (Oklch(*map(float, light.split())), Oklch(*map(float, dark.split())))
    for name, light, dark in PAIR.findall(COLOURS)
}
AA = 4.5
GROUNDS = ("--page", "--surface", "--sunken")


def test_contrast_is_wcags():
    black, white = Oklch(0, 0, 0), Oklch(1, 0, 0)
    assert contrast(black, white) == pytest.approx(21, abs=0.01)
    assert contrast(white, white) == 1


@pytest.mark.parametrize("hue", range(0, 361, 3))
def test_every_brand_hue_gives_links_and_buttons_aa_contrast_in_both_themes(hue):
    tokens = theme.brand_tokens(hue)
    for scheme in (0, 1):
        grounds = [TOKENS[name][scheme] for name in GROUNDS] + [tokens["--brand-tint"][scheme]]
        for name in ("--brand", "--brand-strong"):
            assert all(contrast(tokens[name][scheme], ground) >= AA for ground in grounds), (
                hue,
                name,
                scheme,
            )
            assert contrast(tokens["--on-brand"][scheme], tokens[name][scheme]) >= AA
            assert is_shown(tokens[name][scheme])


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    "ink", ["--ink", "--ink-muted", "--ink-info", "--ink-good", "--ink-waiting", "--ink-wrong", "--brand"]
)
def test_the_house_colours_give_every_word_aa_contrast(ink, scheme):
    tint = ink.replace("--ink-", "--tint-")
    grounds = [*GROUNDS, tint if tint in TOKENS and tint != ink else "--brand-tint"]
    for ground in grounds:
        assert contrast(TOKENS[ink][scheme], TOKENS[ground][scheme]) >= AA, ground


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_edge_of_a_control_can_be_seen(scheme):
    assert all(
        contrast(TOKENS["--edge"][scheme], TOKENS[ground][scheme]) >= 3 for ground in ("--page", "--surface")
    )


def test_the_grounds_measured_against_are_the_ones_in_the_sheet():
    assert TOKENS["--page"][0] == theme.LIGHT_PAGE and TOKENS["--sunken"][0] == theme.LIGHT_SUNKEN
    assert TOKENS["--surface"][1] == theme.DARK_SURFACE and TOKENS["--sunken"][1] == theme.DARK_SUNKEN


def test_a_hue_that_is_none_has_no_sheet(client, world):
    assert client.get("/theme/361.css").status_code == 404
    assert client.get("/theme/195.css")["Content-Type"].startswith("text/css")
