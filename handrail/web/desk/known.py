"""Changing what we know of a customer: attributes of theirs and of their organisation, and colleagues' notes.

It stands on the person's page, and beside each of their conversations as a fragment that is changed in place.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.policy import can
from handrail.contacts.attributes import (
    Attribute,
    Known,
    known_of,
    known_of_organisation,
    say_of,
    say_of_organisation,
)
from handrail.contacts.models import Organisation, Person
from handrail.contacts.notes import ContactNote, note
from handrail.web.asking import typed
from handrail.web.desk.beside_person import Refused, beside_of
from handrail.web.desk.frame import fragment
from handrail.web.desk.people import fetch, render, viewer_of
from handrail.workspace.typed import Unfit, Value, read


def beside(request: HttpRequest, id: int) -> HttpResponse:
    """GET /desk/people/<id>/beside: the fragment beside a conversation of theirs."""
    return _fragment(request, fetch(request, id).root)


@require_POST
def attributes(request: HttpRequest, id: int) -> HttpResponse:
    """POST field_<key> for each of `has` (keys): what was said of the person; beside=1 is answered by the fragment."""
    person, user = fetch(request, id).root, request.user
    wanted, refused = _read(request, "person", known_of(person))
    if refused:
        return _refused(request, person, refused)
    say_of(person, wanted, by=user)  # type: ignore[arg-type]
    return _done(request, person)


@require_POST
def organisations_attributes(request: HttpRequest, id: int) -> HttpResponse:
    """As `attributes`, of the organisation the person belongs to; their number is in the address."""
    person, user = fetch(request, id).root, request.user
    organisation = _company(person)
    wanted, refused = _read(request, "organisation", known_of_organisation(organisation))
    if refused:
        return _refused(request, person, refused)
    say_of_organisation(organisation, wanted, by=user)  # type: ignore[arg-type]
    return _done(request, person)


@require_POST
def notes(request: HttpRequest, id: int) -> HttpResponse:
    """POST text: a note on the person."""
    person, user = fetch(request, id).root, request.user
    note(person, request.POST.get("text", ""), by=user)  # type: ignore[arg-type]
    return _done(request, person)


@require_POST
def one_note(request: HttpRequest, id: int, pk: int) -> HttpResponse:
    """POST text: put right by who wrote it; or remove=1, by them or who may delete conversations."""
    person, viewer = fetch(request, id).root, viewer_of(request)
    change_note(request, get_object_or_404(ContactNote.objects.visible_to(viewer).about(person.pk), pk=pk))
    return _done(request, person)


@require_POST
def organisations_notes(request: HttpRequest, id: int) -> HttpResponse:
    """As `notes`, on the organisation the person belongs to; their number is in the address."""
    person, user = fetch(request, id).root, request.user
    note(_company(person), request.POST.get("text", ""), by=user)  # type: ignore[arg-type]
    return _done(request, person)


@require_POST
def organisations_note(request: HttpRequest, id: int, pk: int) -> HttpResponse:
    """As `one_note`, of the organisation the person belongs to."""
    person, viewer = fetch(request, id).root, viewer_of(request)
    theirs = ContactNote.objects.visible_to(viewer).about_organisation(_company(person).pk)
    change_note(request, get_object_or_404(theirs, pk=pk))
    return _done(request, person)


def change_note(request: HttpRequest, found: ContactNote) -> None:
    """Put it right or take it away, as the request says; a missing page to who may do neither."""
    user: User = request.user  # type: ignore[assignment]
    removes = "remove" in request.POST
    if not found.may_change(user) and not (removes and can(viewer_of(request), "conversations.delete")):
        raise Http404
    if removes:
        found.take_away(by=user)
    else:
        found.put_right(request.POST.get("text", ""), by=user)


def _company(person: Person) -> Organisation:
    if person.organisation is None:
        raise Http404
    return person.organisation


def _read(request: HttpRequest, of: str, known: Known) -> tuple[dict[Attribute, Value], Refused | None]:
    """What was sent for those the page had; or what is wrong with it, with everything that was typed."""
    said = typed(request.POST)
    has = set(request.POST.getlist("has"))
    asked = {each: value for each, value in known.items() if each.key in has}
    wanted: dict[Attribute, Value] = {}
    problems: dict[str, str] = {}
    for each, before in asked.items():
        try:
            wanted[each] = read(each, said(each.key), also=before)
        except Unfit as unfit:
            problems[each.key] = str(unfit)
    if problems:
        return {}, Refused(of, {each.key: said(each.key) for each in asked}, problems)
    return wanted, None


def _fragment(request: HttpRequest, person: Person, *, refused: Refused | None = None) -> HttpResponse:
    viewer = viewer_of(request)
    found = beside_of(person, viewer=viewer, refused=refused)
    response = fragment(
        request, "desk/known.html", known=found, person=person, me=request.user, is_aside=True
    )
    response.status_code = 422 if refused else 200
    return response


def _refused(request: HttpRequest, person: Person, refused: Refused) -> HttpResponse:
    if "beside" in request.POST:
        return _fragment(request, person, refused=refused)
    return render(request, person, refused=refused)


def _done(request: HttpRequest, person: Person) -> HttpResponse:
    if "beside" in request.POST:
        return _fragment(request, person)
    return redirect("desk:person", person.pk)
