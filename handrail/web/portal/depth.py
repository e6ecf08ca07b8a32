"""How deep this reader reads: what they chose in the address, else what the help centre opens on."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.knowledge.depths import DEPTHS, at_depth, has_depths
from handrail.web.portal.design import design_of
from handrail.web.ui.jinja import query


def depth_of(request: HttpRequest) -> str:
    """?depth=simple|deep"""
    asked = request.GET.get("depth", "")
    return asked if asked in DEPTHS else design_of(request).depth


def shown_to(request: HttpRequest, words: str) -> str:
    """The HTML of a text at the depth of this reader."""
    return at_depth(words, depth_of(request)) if has_depths(words) else words


def switch(request: HttpRequest, words: str, path: str) -> list[tuple[str, str, bool]]:
    """(name, address, chosen?) of each depth; empty for a text that reads the same at both."""
    if not has_depths(words):
        return []
    names = {"simple": _("Simple"), "deep": _("In depth")}
    now = depth_of(request)
    return [(names[depth], query(path, depth=depth), depth == now) for depth in DEPTHS]
