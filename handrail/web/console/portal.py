"""Building a help centre without code: blocks, order, colour, logo, menu and words; tried as a draft, published, brought back.
A manager who knows CSS adds rules of their own (web/ui/own_css.py).

The page is one form; every button sends all of it, so nothing is lost by pressing another one. Works without scripts.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.core.colour import contrast, hue_of
from handrail.core.files.keeping import FileRefused, keep
from handrail.core.files.pictures import IMAGES
from handrail.web.brands import PREVIEW
from handrail.web.console.frame import show
from handrail.web.console.portal_words import block_words, place_words
from handrail.web.ui.css_slips import declared
from handrail.web.ui.own_css import LETTERS_MAX, CssRefused, checked, doubts
from handrail.web.ui.theme import LIGHT_PAGE, brand_tokens
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand, PortalDraft, PortalVersion
from handrail.workspace.portal import BLOCKS, MENU_MAX, PLACES, Design

TEXT_MAX, URL_MAX = 120, 300
LOGO_BYTES_MAX = 1_048_576
HUES = (32, 75, 110, 150, 195, 230, 265, 300, 345)


class Refused(ValueError):
    """What was sent can't be taken; the message says why, to the manager."""


def page(request: HttpRequest, brand: int | None = None) -> HttpResponse:
    """GET and POST /console/portal, or /console/brands/<id>/look, with `do`: save, publish, preview, up:<block>,
    down:<block>, add-item, remove-item:<n>."""
    viewer = request.viewer  # type: ignore[attr-defined]
    draft = PortalDraft.of(drawn_of(request, brand))
    if request.method != "POST":
        return shown(request, draft, draft.design)
    do = request.POST.get("do", "save")
    document = changed(read(request.POST, draft.design), do)
    try:
        document["logo"] = logo(request, draft.design.logo)
        document["css"] = own_css(document["css"])
    except Refused as refused:
        return shown(
            request, draft, Design.read(document, hue=draft.brand.hue), problem=str(refused), status=400
        )
    if problem := wrong_address(document):
        return shown(request, draft, Design.read(document, hue=draft.brand.hue), problem=problem, status=400)
    if Design.read(document, hue=draft.brand.hue) != draft.design:
        draft.draw(document, by=viewer)
    if do == "publish":
        draft.publish(by=viewer)
        request.session.pop(PREVIEW, None)
        return redirect(f"{request.path}?published=1")
    if do == "preview":
        return looking(request, draft.brand)
    place = {"up": "block", "down": "block"}.get(do.partition(":")[0])
    return redirect(
        f"{request.path}#{place}-{do.partition(':')[2]}"
        if place
        else f"{request.path}{'#menu' if 'item' in do else ''}"
    )


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """POST /console/portal/preview: look at the draft, or with `stop` at what visitors see."""
    if "stop" not in request.POST:
        return looking(request, brand_of(request))
    request.session.pop(PREVIEW, None)
    return redirect("portal:home", request.viewer.locale)  # type: ignore[attr-defined]


@require_POST
def restore(request: HttpRequest, version: int, brand: int | None = None) -> HttpResponse:
    """POST …/versions/<n>/restore: visitors see that version again."""
    whose = drawn_of(request, brand)
    earlier = get_object_or_404(PortalVersion, brand=whose, number=version)
    PortalDraft.of(whose).restore(earlier, by=request.viewer)  # type: ignore[attr-defined]
    return redirect(address_of(whose, request))


def looking(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Every brand is tried at the site's own address, where its manager is signed in."""
    request.session[PREVIEW] = brand.pk
    return redirect("portal:home", request.viewer.locale)  # type: ignore[attr-defined]


def brand_of(request: HttpRequest, brand: int | None = None) -> Brand:
    """The brand a page is about; without a number the one of this site."""
    return get_object_or_404(Brand, pk=brand or request.brand.pk)  # type: ignore[attr-defined]


def drawn_of(request: HttpRequest, brand: int | None = None) -> Brand:
    """The same where its look is drawn. Raises Http404 for one put away: nobody could look at it."""
    row = brand_of(request, brand)
    if row.is_away:
        raise Http404
    return row


def address_of(brand: Brand, request: HttpRequest) -> str:
    """Where its look is drawn."""
    is_here = brand.pk == request.brand.pk  # type: ignore[attr-defined]
    return reverse("console:portal") if is_here else reverse("console:brand-look", args=[brand.pk])


def shown(
    request: HttpRequest, draft: PortalDraft, design: Design, *, problem: str = "", status: int = 200
) -> HttpResponse:
    light, _dark = brand_tokens(design.hue)["--brand"]
    versions = list(PortalVersion.objects.filter(brand=draft.brand)[:10])
    return show(
        request,
        "console/portal.html",
        status=status,
        design=design,
        brand=draft.brand,
        brands=Brand.objects.listed().count(),
        here_at=address_of(draft.brand, request),
        css_most=LETTERS_MAX,
        css_doubts=doubts(design.css),
        css_declared=declared(design.css),
        locales=LOCALES,
        words=block_words(),
        menu_places=place_words(),
        hues=HUES,
        light_contrast=f"{contrast(light, LIGHT_PAGE):.1f}",
        is_changed=draft.is_changed,
        versions=versions,
        may_add=len(design.menu) < MENU_MAX,
        problem=problem,
        was_published="published" in request.GET,
        here="portal",
    )


def read(fields: QueryDict, known: Design) -> dict[str, Any]:
    """The design the form says. What it doesn't name stays as it was."""
    document = known.as_json()
    document["hue"] = _hue(fields, known.hue)
    document["depth"] = fields.get("depth", known.depth)
    document["css"] = fields.get("css", known.css)
    document["welcome"] = _texts(fields, "welcome", known.welcome)
    if "blocks" in fields:
        order = [code for code in fields.get("blocks", "").split(",") if code in BLOCKS]
        by_code = {block["code"]: block for block in document["blocks"]}
        document["blocks"] = [
            {
                "code": code,
                "on": f"on.{code}" in fields,
                "heading": _texts(fields, f"heading.{code}", by_code[code]["heading"]),
            }
            for code in dict.fromkeys([*order, *BLOCKS])
        ]
        document["menu"] = [
            {
                "place": fields.get(f"menu.{at}.place", item.place)
                if fields.get(f"menu.{at}.place", item.place) in PLACES
                else "home",
                "url": _plain(fields.get(f"menu.{at}.url", item.url), URL_MAX),
                "text": _texts(fields, f"menu.{at}", item.text),
            }
            for at, item in enumerate(known.menu)
        ]
    return document


def changed(document: dict[str, Any], do: str) -> dict[str, Any]:
    """The design after a button."""
    verb, _colon, what = do.partition(":")
    blocks, menu = document["blocks"], document["menu"]
    codes = [block["code"] for block in blocks]
    if verb in {"up", "down"} and what in codes:
        at = codes.index(what)
        to = at + (1 if verb == "down" else -1)
        if 0 <= to < len(blocks):
            blocks[at], blocks[to] = blocks[to], blocks[at]
    if verb == "add-item" and len(menu) < MENU_MAX:
        menu.append({"place": "home", "url": "", "text": dict.fromkeys(LOCALES, "")})
    if verb in {"remove-item", "item-up"} and what.isdecimal() and int(what) < len(menu):
        item = menu.pop(int(what))
        if verb == "item-up":
            menu.insert(max(0, int(what) - 1), item)
    return document


def wrong_address(document: dict[str, Any]) -> str:
    """What is wrong with the menu, in words; "" for nothing."""
    for item in document["menu"]:
        if item["place"] == "url" and not (
            item["url"].startswith("https://")
            or (item["url"].startswith("/") and not item["url"].startswith("//"))
        ):
            return _(
                "A menu address begins with https:// or with / for a page here. Please check “%(address)s”."
            ) % {"address": item["url"]}
    return ""


def own_css(text: str) -> str:
    """The rules as they are kept. Raises Refused with the lines that do not hold."""
    try:
        return checked(text)
    except CssRefused as refused:
        raise Refused(_("Your own rules were not kept. %(problems)s") % {"problems": refused}) from refused


def logo(request: HttpRequest, known: str) -> str:
    """The name of the logo's file after this form. Raises Refused for what is no picture we can show."""
    if "remove-logo" in request.POST:
        return ""
    sent = request.FILES.get("logo")
    if sent is None:
        return known
    if (sent.size or 0) > LOGO_BYTES_MAX:
        raise Refused(_("A logo may be 1 MB at most. Please send a smaller picture."))
    try:
        file = keep(sent.read(), name=sent.name or "logo", by=request.viewer, types=set(IMAGES.values()))  # type: ignore[attr-defined]
    except FileRefused as problem:
        raise Refused(str(problem)) from problem
    if not file.is_inline:
        raise Refused(_("This picture can't be read. Please send a PNG, JPEG or WebP."))
    return str(file.name)


def _hue(fields: QueryDict, known: int) -> int:
    """The hue that was changed: a colour picked is worth more than the list beside it."""
    picked = fields.get("colour", "")
    if picked and picked != fields.get("colour_was", "") and (hue := hue_of(picked)) is not None:
        return hue
    given = fields.get("hue", "")
    return int(given) if given.isdecimal() and int(given) <= 360 else known


def _texts(fields: QueryDict, name: str, known: dict[str, str]) -> dict[str, str]:
    return {code: _plain(fields.get(f"{name}.{code}", known.get(code, "")), TEXT_MAX) for code in LOCALES}


def _plain(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most]
