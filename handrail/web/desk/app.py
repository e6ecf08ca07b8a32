"""The desk as an installed app: its manifest, its worker, its icons, and the page it shows without a connection.

All of it is the same for everybody and holds nothing of anybody: browsers ask for these without signing in.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from handrail.core.colour import hex_of
from handrail.web.ui.assets import static
from handrail.web.ui.theme import DAY_SECONDS, brand_tokens

WORKER = Path(__file__).parent / "static" / "desk" / "worker.js"
SIZES = frozenset({192, 512})
SHAPES = {
    "any": 0.86,
    "maskable": 0.6,
}  # how much of the width the mark takes; a mask may cut the outer fifth
FINER = 4
# The rail of web/ui/mark.py, on its field of 32: the line as one cubic, and its three places.
LINE = ((5, 22), (19, 22), (23, 22), (23, 10), (27, 10))
PLACES = ((5, 22, 3.5), (15, 22, 3.5), (27, 10, 4.5))


def manifest(request: HttpRequest, locale: str, hue: int) -> HttpResponse:
    """GET: name, icons and scope, in one language. The scope is the desk and nothing else of the site."""
    if hue > 360:
        raise Http404
    light, _dark = brand_tokens(hue)["--brand"]
    with translation.override(locale):
        said = {
            "id": "/desk/",
            "name": _("Handrail desk"),
            "short_name": _("Desk"),
            "description": _("Conversations with customers, and what concerns you"),
        }
    answer = JsonResponse(
        said
        | {
            "lang": locale,
            "start_url": "/desk/",
            "scope": "/desk/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": hex_of(light),
            "icons": [_icon(hue, shape, size) for shape in SHAPES for size in sorted(SIZES)],
        },
        content_type="application/manifest+json",
    )
    return _kept(answer)


def worker(request: HttpRequest) -> HttpResponse:
    """GET: the service worker, its list of what the page without a connection needs in front."""
    shell = [reverse("app:offline"), static("ui.css")]
    head = f"const SHELL = {shell!r}\n"
    answer = HttpResponse(head + WORKER.read_text(encoding="utf-8"), content_type="text/javascript")
    # Asked for anew at each look, so that a new release has its own at once.
    answer["Cache-Control"] = "no-cache"
    return answer


def offline(request: HttpRequest) -> HttpResponse:
    """GET: says in both languages that there is no connection. The only page that a browser keeps."""
    return _kept(HttpResponse(render_to_string("desk/offline.html", {}, request=request)))


def icon(request: HttpRequest, hue: int, shape: str, size: int) -> HttpResponse:
    """GET: the mark as a PNG, white on the brand's colour."""
    if hue > 360 or shape not in SHAPES or size not in SIZES:
        raise Http404
    return _kept(HttpResponse(_painted(hue, shape, size), content_type="image/png"))


def _icon(hue: int, shape: str, size: int) -> dict[str, str]:
    address = reverse("app:icon", args=[hue, shape, size])
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": shape}


@lru_cache(maxsize=16)
def _painted(hue: int, shape: str, size: int) -> bytes:
    light, _dark = brand_tokens(hue)["--brand"]
    width = size * FINER
    picture = Image.new("RGB", (width, width), hex_of(light))
    draw = ImageDraw.Draw(picture)
    unit = width * SHAPES[shape] / 32
    left = (width - 32 * unit) / 2

    def dot(x: float, y: float, radius: float) -> None:
        at, up, r = left + x * unit, left + y * unit, radius * unit
        draw.ellipse((at - r, up - r, at + r, up + r), fill="white")

    for x, y in _along():
        dot(x, y, 1.5)
    for place in PLACES:
        dot(*place)
    small = picture.resize((size, size), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _along() -> list[tuple[float, float]]:
    """Points of the line, close enough together that dots on them make it whole."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), (x4, y4) = LINE
    straight = [(x0 + (x1 - x0) * t / 200, y0 + (y1 - y0) * t / 200) for t in range(201)]
    curve = []
    for step in range(201):
        t = step / 200
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        curve.append((a * x1 + b * x2 + c * x3 + d * x4, a * y1 + b * y2 + c * y3 + d * y4))
    return straight + curve


def _kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return answer
