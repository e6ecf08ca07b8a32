"""The product everything is limited to once somebody picked it. It lives in the address: `?product=3`."""

from __future__ import annotations

from django.http import HttpRequest

from handrail.knowledge.models import Product


def chosen(request: HttpRequest, *, otherwise: Product | None = None) -> Product | None:
    """The product the address names, if the viewer may see it; else `otherwise`."""
    number = request.GET.get("product", "")
    if not number.isdecimal() or len(number) > 18:
        return otherwise
    products = Product.objects.visible_to(request.viewer).with_texts()  # type: ignore[attr-defined]
    return products.filter(pk=int(number)).first() or otherwise
