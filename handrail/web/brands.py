"""Whose help centre a request is for: by the host name it came to, or to a manager who tries one, by their own word.

A host name that is neither the operator's nor a brand's is refused by Django, as ever (docs/decisions/0049).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port, validate_host

from handrail.accounts.policy import can
from handrail.core.prepared import sql_with
from handrail.web.policy import public
from handrail.workspace.hosts import answer_to
from handrail.workspace.models import Brand

PREVIEW = "portal_preview"  # session: the brand whose draft this browser's manager looks at
STAFF_ONLY = ("/desk/", "/console/")
# Pages of the help centre anybody reads, and where a request begins. Those of a talk under way stay, and what pages load.
READ_BY_ALL = re.compile(
    r"/(hc/?|hc/(ko|en)(/(products|sections|articles|faq|troubleshooters|tutorials|videos|news|labels|search|follow|requests/new)?([/.].*)?)?"
    r"|sitemap\.xml|robots\.txt|llms\.txt)?"
)
READING = {"GET", "HEAD"}


class BrandHostMiddleware:
    """Lets requests in that came to a brand's own host name; colleagues' places stay at the site's address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # By the operator's own names nothing is asked.
        if validate_host(host_of(request), settings.ALLOWED_HOSTS) or not (
            brand := Brand.at(host_of(request))
        ):
            return self.get_response(request)
        came_to = request.META["HTTP_HOST"]
        # What Django would check the name by is read from the settings once; this name is known to be ours.
        request.get_host = lambda: came_to  # type: ignore[method-assign]
        if request.path.startswith(STAFF_ONLY):
            return _at_the_site(request)
        if brand.is_away:
            # What was begun there is not torn: its pages answer on, as the site's own.
            is_led = request.method in READING and READ_BY_ALL.fullmatch(request.path)
            return _at_the_site(request) if is_led else self.get_response(request)
        request.brand_of_host = brand  # type: ignore[attr-defined]
        return self.get_response(request)


def _at_the_site(request: HttpRequest) -> HttpResponse:
    if request.method not in READING:
        return HttpResponse(status=404)
    return HttpResponseRedirect(f"{settings.BASE_URL}{request.get_full_path()}")


def host_of(request: HttpRequest) -> str:
    """The host name a request came to, in lower case and without its port; "" where it is none."""
    return split_domain_port(request.META.get("HTTP_HOST", "") or request.META.get("SERVER_NAME", ""))[0]


def brand_of(request: HttpRequest) -> Brand:
    """The brand of a request. Raises Http404 before there is one."""
    chosen = _tried(request)
    if chosen is not None:
        return chosen
    known: Brand | None = getattr(request, "brand_of_host", None)
    return known or brand_here(host_of(request))


def site_asked(request: HttpRequest) -> str:
    """Where answers to other programs lead: to the brand whose host name they asked by, else to the site's own address."""
    named: Brand | None = getattr(request, "brand_of_host", None)
    return named.site if named else str(settings.BASE_URL)


def brand_here(host: str = "") -> Brand:
    """The brand with this host name; the site's own, the first, where none has it or it is put away. One query.

    Raises Http404.
    """
    found = Brand.objects.raw(*sql_with("the brand here", _nearest, host or "-"))
    brand = next(iter(found), None)
    if brand is None:
        raise Http404("No brand yet: run `handrail demo reset` or make one.")
    return brand


def _nearest(host: str) -> QuerySet[Brand]:
    is_named = Case(
        When(host=host, put_away_at=None, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return Brand.objects.order_by(is_named, "pk")[:1]


def tried_by(request: HttpRequest) -> int:
    """The brand whose draft this browser's manager looks at; 0 for none. Others never do, whatever their session says."""
    if not request.path.startswith("/hc/"):
        return 0
    chosen = request.session.get(PREVIEW)
    return int(chosen) if chosen and can(request.viewer, "portal.write") else 0  # type: ignore[attr-defined]


def _tried(request: HttpRequest) -> Brand | None:
    chosen = tried_by(request)
    return Brand.objects.listed().filter(pk=chosen).first() if chosen else None


@public
def host_answer(request: HttpRequest, question: str) -> HttpResponse:
    """GET /.well-known/handrail/<question>: what only this site can say to what it asked by this host name (workspace/jobs.py)."""
    answer = answer_to(question, host=host_of(request))
    if not answer:
        raise Http404
    response = HttpResponse(f"{answer}\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
