"""A brand's own style rules as a file: what visitors see, and to a manager what is tried. `?safe` shows any page without them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from handrail.accounts.policy import can
from handrail.core.ids import fingerprint
from handrail.web.ui.own_css import CssRefused, sheet
from handrail.workspace.models import Brand
from handrail.workspace.portal import Design, PortalDraft, shown

DAY_SECONDS = 86_400
NAME_CHARS = 20
SAFE = "safe"


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """GET /hc/style/<name>.css. Only what a design says; the name is made from the rules, so it may be kept."""
    designs = [shown(brand) for brand in Brand.objects.all()]
    if can(request.viewer, "portal.write"):  # type: ignore[attr-defined]
        designs += [draft.design for draft in PortalDraft.objects.select_related("brand")]
    rules = next((design.css for design in designs if design.css and name_of(design.css) == name), None)
    if rules is None:
        raise Http404
    response = HttpResponse(_safely(rules), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def address_of(design: Design, request: HttpRequest) -> str:
    """Where the page's own rules are; "" for a page without."""
    is_dressed = bool(design.css) and not is_safe(request)
    return reverse("portal:style", args=[name_of(design.css)]) if is_dressed else ""


def is_safe(request: HttpRequest) -> bool:
    return SAFE in request.GET


def name_of(css: str) -> str:
    return fingerprint(css)[:NAME_CHARS]


def _safely(rules: str) -> str:
    try:
        return sheet(rules)
    except CssRefused:
        # Kept before a rule of ours came to refuse it.
        return ""
