"""Products: a new one, everything that is said of one, and the way out of every list and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.knowledge.models import Article, Product
from handrail.knowledge.products import SlugTaken
from handrail.knowledge.slugs import slug_of
from handrail.web.console.frame import me, say_kept, show
from handrail.web.console.product_icons import icons
from handrail.workspace.locales import LOCALES

NAME_MAX, DESCRIPTION_MAX, SLUG_MAX, ICON_MAX = 120, 300, 80, 40


@dataclass(frozen=True)
class Draft:
    """A product as the form says it; names and descriptions by language."""

    names: dict[str, str]
    descriptions: dict[str, str]
    slug: str = ""
    kind: str = Product.Kind.PRODUCT
    icon: str = "package"

    @property
    def fields(self) -> dict[str, Any]:
        return {"slug": self.slug, "kind": self.kind, "icon": self.icon}


def new(request: HttpRequest) -> HttpResponse:
    """GET and POST /console/topics/products/new: a product, last in the brand's order."""
    blank = Draft(dict.fromkeys(LOCALES, ""), dict.fromkeys(LOCALES, ""))
    if request.method != "POST":
        return shown(request, None, blank)
    draft = read(request.POST, blank)
    brand = request.brand  # type: ignore[attr-defined]
    taken = Product.objects.filter(brand=brand, slug=draft.slug).exists()
    if problem := problem_of(draft) or (_taken(draft) if taken else ""):
        return shown(request, None, draft, problem=problem, status=422)
    product = Product.offer(
        brand, draft.slug, names=draft.names, descriptions=draft.descriptions,
        kind=draft.kind, icon=draft.icon, by=me(request),
    )  # fmt: skip
    product.put(by=me(request))
    say_kept(request)
    return redirect("console:topics")


def page(request: HttpRequest, product: int) -> HttpResponse:
    """GET and POST /console/topics/products/<id> {name_ko, name_en, description_…, slug, kind, icon}"""
    one = fetch(product)
    kept = drafted(one)
    if request.method != "POST":
        return shown(request, one, kept)
    draft = read(request.POST, kept)
    if problem := problem_of(draft):
        return shown(request, one, draft, problem=problem, status=422)
    try:
        one.change(names=draft.names, descriptions=draft.descriptions, by=me(request), **draft.fields)
    except SlugTaken:
        return shown(request, fetch(product), draft, problem=_taken(draft), status=422)
    say_kept(request)
    return redirect("console:topics")


@require_POST
def put_away(request: HttpRequest, product: int) -> HttpResponse:
    """POST …/<id>/away: no list names it any more; its page and articles keep their addresses."""
    fetch(product).put_away(by=me(request))
    say_kept(request)
    return redirect("console:product", product)


@require_POST
def bring_back(request: HttpRequest, product: int) -> HttpResponse:
    """POST …/<id>/back: every list names it again."""
    fetch(product).bring_back(by=me(request))
    say_kept(request)
    return redirect("console:product", product)


def fetch(product: int) -> Product:
    return get_object_or_404(Product.objects.with_texts().select_related("brand"), pk=product)


def drafted(one: Product) -> Draft:
    """What is said of a product now."""
    texts = {text.locale: text for text in one.texts.all()}
    return Draft(
        {code: texts[code].name if code in texts else "" for code in LOCALES},
        {code: texts[code].description if code in texts else "" for code in LOCALES},
        one.slug,
        one.kind,
        one.icon,
    )


def read(fields: QueryDict, kept: Draft) -> Draft:
    """What the form says; the slug of a new product is made from its English name where none is given."""
    names = {code: _plain(fields.get(f"name_{code}", kept.names[code]), NAME_MAX) for code in LOCALES}
    slug = _plain(fields.get("slug", ""), SLUG_MAX) or kept.slug or names["en"] or names["ko"]
    kind, icon = fields.get("kind", ""), fields.get("icon", "")
    return Draft(
        names,
        {
            code: _plain(fields.get(f"description_{code}", kept.descriptions[code]), DESCRIPTION_MAX)
            for code in LOCALES
        },
        slug_of(slug)[:SLUG_MAX],
        kind if kind in Product.Kind.values else kept.kind,
        icon if icon in dict(icons()) else kept.icon,
    )


def problem_of(draft: Draft) -> str:
    """Why it cannot be kept; "" when it can."""
    return "" if all(draft.names.values()) else _("Give it a name in each language.")


def shown(
    request: HttpRequest, one: Product | None, draft: Draft, *, problem: str = "", status: int = 200
) -> HttpResponse:
    choices = dict(icons())
    return show(
        request,
        "console/product.html",
        status=status,
        one=one,
        draft=draft,
        icons=list(({draft.icon: draft.icon} | choices).items()),
        articles=Article.objects.filter(topic__product=one).count() if one else 0,
        problem=problem,
        here="topics",
    )


def _taken(draft: Draft) -> str:
    return _("Another product has “%(slug)s” in its address. Choose another word.") % {"slug": draft.slug}


def _plain(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most]
