"""A brand's logo: the one that is published, and to its manager the one being tried."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from handrail.accounts.policy import can
from handrail.core.files.keeping import read
from handrail.core.files.models import StoredFile
from handrail.workspace.models import Brand
from handrail.workspace.portal import PortalDraft, shown

DAY_SECONDS = 86_400


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """GET /hc/logo/<name>. Only what a design names; any other stored file does not exist here."""
    # Of any brand: mails of one without a host name of its own show their logo from the site's address.
    named = {shown(brand).logo for brand in Brand.objects.all()}
    if can(request.viewer, "portal.write"):  # type: ignore[attr-defined]
        named |= {draft.design.logo for draft in PortalDraft.objects.select_related("brand")}
    file = StoredFile.objects.filter(name=name, is_inline=True).first() if name and name in named else None
    if file is None:
        raise Http404
    response = HttpResponse(read(file), content_type=file.content_type)
    response["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
