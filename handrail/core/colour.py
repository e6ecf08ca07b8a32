"""Colours measured, so that a brand may choose its hue and words stay readable.

OKLCH to sRGB and back follows Björn Ottosson's matrices; contrast is WCAG 2's ratio of relative luminance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

GREY_BELOW = 0.02  # chroma; below it a hue is noise


@dataclass(frozen=True)
class Oklch:
    """lightness 0..1, chroma 0..~0.37, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    def css(self) -> str:
        return f"oklch({self.lightness:.3f} {self.chroma:.3f} {self.hue:g})"


def linear_rgb(colour: Oklch) -> tuple[float, float, float]:
    """Linear-light sRGB; outside 0..1 when the screen can't show the colour."""
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def hex_of(colour: Oklch) -> str:
    """#rrggbb, for what knows no OKLCH: pictures and manifests."""
    parts = (min(max(part, 0.0), 1.0) for part in linear_rgb(colour))
    bent = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts)
    return "#" + "".join(f"{round(part * 255):02x}" for part in bent)


def is_shown(colour: Oklch) -> bool:
    """True when an sRGB screen can show it as it is."""
    return all(-1e-4 <= part <= 1 + 1e-4 for part in linear_rgb(colour))


def luminance(colour: Oklch) -> float:
    red, green, blue = (min(max(part, 0.0), 1.0) for part in linear_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Oklch, other: Oklch) -> float:
    """1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def vivid(lightness: float, hue: float, *, chroma_max: float) -> Oklch:
    """The strongest colour of that lightness and hue that a screen shows, up to `chroma_max`."""
    chroma = chroma_max
    while chroma > 0 and not is_shown(Oklch(lightness, chroma, hue)):
        chroma -= 0.002
    return Oklch(round(lightness, 3), round(max(chroma, 0.0), 3), hue)


def readable(
    hue: float, *, on: list[Oklch], ratio: float, start: float, step: float, chroma_max: float
) -> Oklch:
    """The first colour of the hue, going from `start` by `step` in lightness, with `ratio` against each of `on`.

    Raises ValueError when black or white is reached first.
    """
    lightness = start
    while 0 <= lightness <= 1:
        colour = vivid(lightness, hue, chroma_max=chroma_max)
        if all(contrast(colour, ground) >= ratio for ground in on):
            return colour
        lightness += step
    raise ValueError(f"no colour of hue {hue:g} has contrast {ratio} here")


def hue_of(hexadecimal: str) -> int | None:
    """The OKLCH hue (0 to 359) of a colour written #rrggbb; None for no colour, or one too grey to have a hue."""
    digits = hexadecimal.strip().removeprefix("#")
    if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        return None
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    if math.hypot(a, b) < GREY_BELOW:
        return None
    return round(math.degrees(math.atan2(b, a))) % 360


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
