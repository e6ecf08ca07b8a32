"""A brand's own colours: four tokens measured for its hue, served as a sheet of its own."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse

from handrail.core.colour import Oklch, readable, vivid

# The grounds words stand on, as in static/ui/colours.css; a test holds the two together.
LIGHT_PAGE = Oklch(0.982, 0.005, 80)
LIGHT_SUNKEN = Oklch(0.955, 0.008, 80)
DARK_SURFACE = Oklch(0.228, 0.007, 70)
DARK_SUNKEN = Oklch(0.262, 0.008, 70)
TEXT_CONTRAST = 5.0  # WCAG AA asks 4.5; the rest is for screens in sunlight
DAY_SECONDS = 86_400


@lru_cache(maxsize=360)
def brand_tokens(hue: int) -> dict[str, tuple[Oklch, Oklch]]:
    """Token -> its colour on light and on dark pages, each with enough contrast for words."""
    light_tint, dark_tint = vivid(0.952, hue, chroma_max=0.022), vivid(0.285, hue, chroma_max=0.032)
    on_light, on_dark = Oklch(1, 0, hue), vivid(0.2, hue, chroma_max=0.03)
    light_grounds, dark_grounds = (
        [LIGHT_PAGE, LIGHT_SUNKEN, light_tint, on_light],
        [DARK_SURFACE, DARK_SUNKEN, dark_tint],
    )
    light = readable(hue, on=light_grounds, ratio=TEXT_CONTRAST, start=0.56, step=-0.005, chroma_max=0.115)
    dark = readable(
        hue, on=[*dark_grounds, on_dark], ratio=TEXT_CONTRAST, start=0.76, step=0.005, chroma_max=0.105
    )
    return {
        "--brand": (light, dark),
        "--brand-strong": (
            vivid(light.lightness - 0.07, hue, chroma_max=0.105),
            vivid(dark.lightness + 0.07, hue, chroma_max=0.09),
        ),
        "--on-brand": (on_light, on_dark),
        "--brand-tint": (light_tint, dark_tint),
    }


def sheet(hue: int) -> str:
    """The style sheet of one hue."""
    tokens = [
        f"{name}: light-dark({light.css()}, {dark.css()});"
        for name, (light, dark) in brand_tokens(hue).items()
    ]
    # Not in forced colours: there the system's own words for colours stand.
    rules = f"@media not (forced-colors: active) {{ :root {{ --brand-hue: {hue}; {' '.join(tokens)} }} }}"
    return f"@layer reset, tokens, base, layout, components, surface, print; @layer tokens {{ {rules} }}\n"


def show(request: HttpRequest, hue: int) -> HttpResponse:
    """GET /theme/<hue>.css: the same for everybody, so browsers may keep it for a day."""
    if hue > 360:
        raise Http404
    response = HttpResponse(sheet(hue), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return response
