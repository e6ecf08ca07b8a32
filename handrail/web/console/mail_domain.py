"""One domain we send from: what its records say, the line to add, and the key its mails are signed with."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from handrail.channels.mail.advice import hosts_of, look_at, look_at_key, sending_domains
from handrail.channels.models import SigningKey
from handrail.web.console.frame import me, show


def page(request: HttpRequest, domain: str) -> HttpResponse:
    """GET /console/mail-domains/<domain>: asks the DNS. POST make: a key; check: sign or not, as its record stands."""
    if domain not in sending_domains():
        raise Http404
    key = SigningKey.objects.filter(domain=domain).first()
    if request.method == "POST":
        return _change(request, domain, key)
    return show(
        request,
        "console/mail_domain.html",
        here="mailboxes",
        domain=domain,
        hosts=hosts_of(domain),
        findings=look_at(domain, key),
        key=key,
    )


def _change(request: HttpRequest, domain: str, key: SigningKey | None) -> HttpResponse:
    if "make" in request.POST:
        SigningKey.make(domain, by=me(request))
        messages.success(
            request, _("The key is made. Add its record below; until it is found, mail leaves unsigned.")
        )
    elif key is not None and (stands := look_at_key(key)) is not None:
        key.stands(stands, by=me(request))
    return redirect("console:mail-domain", domain)
