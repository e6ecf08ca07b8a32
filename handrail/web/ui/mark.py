"""The mark in a browser's tab: a rail with its three places, in the brand's colour."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from handrail.web.ui.theme import DAY_SECONDS, brand_tokens

SHAPE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<style>svg{{color:{light}}}@media (prefers-color-scheme:dark){{svg{{color:{dark}}}}}</style>
<path d="M5 22h14c4 0 4-12 8-12" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"/>
<circle cx="5" cy="22" r="3.5" fill="currentColor"/><circle cx="15" cy="22" r="3.5" fill="currentColor"/>
<circle cx="27" cy="10" r="4.5" fill="currentColor"/></svg>
"""


def show(request: HttpRequest, hue: int) -> HttpResponse:
    """GET /mark/<hue>.svg"""
    if hue > 360:
        raise Http404
    light, dark = brand_tokens(hue)["--brand"]
    response = HttpResponse(SHAPE.format(light=light.css(), dark=dark.css()), content_type="image/svg+xml")
    # Opened by itself the picture is a document: let nothing in it act, but let its own colours stand.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return response
