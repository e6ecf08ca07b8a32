"""Out, here or on every device: there sessions, open streams and guest links end together."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from handrail.contacts.accounts import sign_out_everywhere
from handrail.contacts.models import Person
from handrail.core import bus
from handrail.intake.joining import keep_for_account
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.viewer import let_out, signed_in_at, visitor_of


@require_POST
@never_cache
@in_locale
def act(request: HttpRequest, locale: str) -> HttpResponse:
    """POST /hc/<locale>/sign-out {here}: of every device, or with `here` of this one."""
    viewer = visitor_of(request)
    person = Person.objects.filter(pk=viewer.person_id).first() if viewer.person_id else None
    if person and "here" not in request.POST:
        sign_out_everywhere(person, by=person)
    # What this browser was listening to ends with its session.
    bus.publish("revoke", viewer=viewer.key, channels=[])
    keep_for_account(viewer, datetime.fromtimestamp(signed_in_at(request), UTC))
    let_out(request)
    return redirect(addresses.home(locale))
