"""Nothing is at this address of the desk, or nothing for whoever looks: both look the same.

A page that is for another role says so: that it exists stands in every handbook, and what is on it stays untold.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from handrail.accounts.models import Role, User
from handrail.accounts.policy import RIGHTS, rights_of
from handrail.web.desk.frame import show, spoken

NAMED_MOST = 3


def page(request: HttpRequest) -> HttpResponse:
    """The page in the colleague's language, with the desk's own ways on."""
    with spoken(request):
        roles = _roles_of(request)
        # Without a stream: its token would make two answers differ.
        response = show(
            request,
            "desk/missing.html",
            status=404,
            bell_stream="",
            roles=[str(role.label) for role in roles],
            who=_some_of(roles),
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def _roles_of(request: HttpRequest) -> list[Role]:
    """The roles that may open the page at this address, where it is one and whoever looks may not; none otherwise."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return []
    right = getattr(view, "policy", "")
    if right in request.viewer.rights or not any(right in rights for rights in RIGHTS.values()):  # type: ignore[attr-defined]
        return []
    return [role for role in Role if right in rights_of(role)]


def _some_of(roles: list[Role]) -> list[str]:
    """Names of colleagues to ask, of the role nearest to whoever looks."""
    if not roles:
        return []
    staff = User.objects.staff().filter(role__in=roles)
    return list(staff.values_list("name", flat=True)[:NAMED_MOST])
