"""Organisations: their names and domains, who belongs to them, and who of them reads the others' requests."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handrail.contacts.accounts import find
from handrail.contacts.belonging import Part
from handrail.contacts.models import Organisation, Person
from handrail.contacts.organisations import NAME_CHARS, NoDomain, Sharing
from handrail.contacts.seeking import with_addresses
from handrail.core.alphabetical import Alphabetical
from handrail.web.console.frame import me, show

MEMBERS_SHOWN = 300
LARGEST = 1 << 62


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/organisations. POST name, domain: makes one and goes on to its page."""
    if request.method != "POST":
        return _list(request)
    name, domain = _name(request), request.POST.get("domain", "").strip()
    if not name:
        return _list(request, problem=_("Give the organisation a name."))
    try:
        with transaction.atomic():
            made = Organisation.make(name, by=me(request))
            joined = made.know_by(domain, by=me(request)) if domain else 0
    except IntegrityError:
        return _list(request, problem=_taken(name))
    except NoDomain as refused:
        return _list(request, problem=str(refused))
    _tell_joined(request, joined)
    return redirect("console:organisation", made.pk)


def one(request: HttpRequest, id: int) -> HttpResponse:
    """GET its page. POST name, sharing, may_reply."""
    organisation = get(id)
    if request.method != "POST":
        return render(request, organisation)
    name, sharing = _name(request), request.POST.get("sharing", "")
    if not name or sharing not in Sharing.values:
        return render(request, organisation, problem=_("Give the organisation a name."))
    try:
        with transaction.atomic():
            organisation.rename(name, by=me(request))
            organisation.share(sharing, may_reply="may_reply" in request.POST, by=me(request))
    except IntegrityError:
        return render(request, get(id), problem=_taken(name))
    messages.success(request, _("Saved. It holds from each member's next look on."))
    return redirect("console:organisation", id)


@require_POST
def domains(request: HttpRequest, id: int) -> HttpResponse:
    """POST add or remove: a domain."""
    organisation = get(id)
    if gone := request.POST.get("remove", ""):
        organisation.forget_domain(gone, by=me(request))
        return redirect("console:organisation", id)
    try:
        joined = organisation.know_by(request.POST.get("add", ""), by=me(request))
    except NoDomain as refused:
        return render(request, organisation, problem=str(refused))
    _tell_joined(request, joined)
    return redirect("console:organisation", id)


@require_POST
def members(request: HttpRequest, id: int) -> HttpResponse:
    """POST add (an address we know), or person with part and is_named, or person and remove."""
    organisation = get(id)
    if "add" in request.POST:
        return _add(request, organisation)
    said = request.POST.get("person", "")
    mine = (
        organisation.people.filter(pk=int(said))
        if said.isdecimal() and len(said) < 19
        else Person.objects.none()
    )
    person = mine.first()
    if person is None:
        raise Http404
    if "remove" in request.POST:
        person.leave(by=me(request))
    elif request.POST.get("part") in Part.values:
        person.stand(request.POST["part"], is_named="is_named" in request.POST, by=me(request))
    return redirect("console:organisation", id)


def _add(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    address = request.POST.get("add", "").replace("\0", "").strip()[:254]
    person = find(address)
    if person is None:
        words = _("Nobody is known by “%(address)s”. They can be added once they have turned to us.")
        return render(request, organisation, problem=words % {"address": address})
    person.join(organisation, by=me(request))
    return redirect("console:organisation", organisation.pk)


def get(id: int) -> Organisation:
    found = Organisation.objects.prefetch_related("domains").filter(pk=id).first() if id < LARGEST else None
    if found is None:
        raise Http404
    return found


def render(request: HttpRequest, organisation: Organisation, *, problem: str = "") -> HttpResponse:
    people = organisation.people.order_by(Alphabetical("organisation_part"), Alphabetical("name"), "pk")
    return show(
        request,
        "console/organisation.html",
        status=422 if problem else 200,
        here="organisations",
        organisation=organisation,
        members=with_addresses(people.select_related("organisation")[:MEMBERS_SHOWN]),
        modes=Sharing.choices,
        parts=Part.choices,
        problem=problem,
        sent=request.POST if problem else {},
    )


def _list(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    counted = Count("people", filter=Q(people__merged_into=None), distinct=True)
    found = (
        Organisation.objects.prefetch_related("domains")
        .annotate(members=counted)
        .order_by(Alphabetical("name"))
    )
    return show(
        request,
        "console/organisations.html",
        status=422 if problem else 200,
        here="organisations",
        organisations=found,
        problem=problem,
        sent=request.POST,
    )


def _tell_joined(request: HttpRequest, joined: int) -> None:
    if joined:
        words = ngettext(
            "%(num)s person who had proved an address there joined.",
            "%(num)s people who had proved an address there joined.",
            joined,
        )
        messages.success(request, words % {"num": joined})


def _name(request: HttpRequest) -> str:
    return " ".join(request.POST.get("name", "").replace("\0", "").split())[:NAME_CHARS]


def _taken(name: str) -> str:
    return _("Another organisation is called “%(name)s”. Choose another name, or change that one.") % {
        "name": name
    }
