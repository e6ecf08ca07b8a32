"""One brand: its names, where it is reached, and the ways to its look and its mails."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.channels.models import Inbox
from handrail.web.console.brand_reach import Reach
from handrail.web.console.brands import no_name
from handrail.web.console.frame import me, say_kept, show
from handrail.web.console.host_reasons import reason
from handrail.web.console.portal import address_of, brand_of
from handrail.workspace.brand import NoName
from handrail.workspace.hosts import site_of
from handrail.workspace.models import Brand


def one(request: HttpRequest, brand: int) -> HttpResponse:
    """GET /console/brands/<id>"""
    return render(request, brand_of(request, brand))


def render(
    request: HttpRequest, brand: Brand, *, problem: str = "", typed: dict[str, str] | None = None
) -> HttpResponse:
    """The page; `problem` stands above it, and what was typed stands in its field again."""
    first = Brand.objects.own()
    mailboxes = Inbox.objects.mail().filter(brand=brand)
    return show(
        request,
        "console/brand.html",
        status=422 if problem else 200,
        here="brands",
        brand=brand,
        is_first=brand == first,
        look_at=address_of(brand, request),
        mailboxes=list(mailboxes),
        borrowed=None if mailboxes else Inbox.objects.mail_for(brand),
        own_site=site_of(brand.host) if brand.host else "",
        site=settings.BASE_URL,
        needed=needed(brand.host),
        finding=_findings().get(brand.host_finding, ""),
        reason=reason(brand),
        reach=Reach.of(brand, request.viewer) if brand != first else None,  # type: ignore[attr-defined]
        may_run="workspace.write" in request.viewer.rights,  # type: ignore[attr-defined]
        problem=problem,
        typed={"name_ko": brand.name_ko, "name_en": brand.name_en, "host": brand.host} | (typed or {}),
    )


@require_POST
def rename(request: HttpRequest, brand: int) -> HttpResponse:
    """POST name_ko, name_en."""
    row, typed = (
        brand_of(request, brand),
        {name: request.POST.get(name, "") for name in ("name_ko", "name_en")},
    )
    try:
        row.rename(typed["name_ko"], typed["name_en"], by=me(request))
    except NoName:
        return render(request, brand_of(request, brand), problem=no_name(), typed=typed)
    say_kept(request)
    return redirect("console:brand", row.pk)


def needed(host: str) -> list[tuple[str, str]]:
    """(what to do, the line to enter or "") so that a name leads here, in the order of doing it."""
    if not host:
        return []
    site = settings.BASE_URL.partition("//")[2].partition(":")[0].partition("/")[0]
    record = f"{host}. CNAME {site}." if not site.replace(".", "").isdigit() and "." in site else ""
    words = (
        _(
            "At the one who keeps the domain's DNS, add this record. A bare domain takes none: give it the A and AAAA records of the same server."
        )
        if record
        else _(
            "At the one who keeps the domain's DNS, add an A record, and an AAAA record where there is one, with this server's public address."
        )
    )
    proxy = _(
        "The web server in front of this one needs a certificate for the name, and passes the name on as it came (the header Host). Here nothing has to be restarted."
    )
    return [(words, record), (proxy, "")]


def _findings() -> dict[str, str]:
    return {
        Brand.Finding.REACHED: _("The name leads here."),
        Brand.Finding.NO_NAME: _(
            "Nothing answers at this name yet. A new record may take an hour to be seen."
        ),
        Brand.Finding.ELSEWHERE: _(
            "Something else answers at this name: another server, or the web server in front does not pass the name on."
        ),
        Brand.Finding.NOT_ASKED: _(
            "From here the name can't be asked: it leads into your own network, or to an unusual port. Open it in your browser; if this help centre shows, press “Lead there all the same”."
        ),
    }
