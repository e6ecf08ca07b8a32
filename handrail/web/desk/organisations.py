"""An organisation at the desk: its members, what they asked, who of them reads along, and colleagues' notes on it."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.policy import can
from handrail.contacts.asking import asked as attributes_asked
from handrail.contacts.attributes import About
from handrail.contacts.belonging import Part
from handrail.contacts.models import Organisation, Person
from handrail.contacts.notes import TEXT_MOST, ContactNote, note
from handrail.contacts.seeking import with_addresses
from handrail.conversations.conversation import Conversation
from handrail.conversations.queries import light, listed
from handrail.core.alphabetical import Alphabetical, in_order
from handrail.web.desk.beside_person import notes_on, of_organisation
from handrail.web.desk.frame import show
from handrail.web.desk.known import change_note
from handrail.web.desk.people import LARGEST, asked, fetch, render, viewer_of
from handrail.web.desk.rows import rows_shown

SHOWN_MOST = 100


def every(request: HttpRequest) -> HttpResponse:
    """GET /desk/organisations?query=&after=: by name, domain or attribute, in the order of their names, a page at a time.

    after  the number of the organisation the page before ended with
    """
    words, after = asked(request), request.GET.get("after", "")
    found = Organisation.objects.prefetch_related("domains").annotate(
        members=Count("people", filter=Q(people__merged_into=None), distinct=True),
        placed=Alphabetical("name"),
    )
    left, wanted = attributes_asked(words, of=About.ORGANISATION)
    if left:
        found = found.filter(Q(name__icontains=left) | Q(domains__name__icontains=left)).distinct()
    found = found.filter(*wanted)
    last = Organisation.objects.filter(pk=after).first() if after.isdecimal() and len(after) < 19 else None
    if last:
        here = in_order(last.name)
        found = found.filter(Q(placed__gt=here) | Q(placed=here, pk__gt=last.pk))
    rows = list(found.order_by("placed", "pk")[: SHOWN_MOST + 1])
    return show(
        request,
        "desk/organisations.html",
        here="organisations",
        found=rows[:SHOWN_MOST],
        after=rows[SHOWN_MOST - 1].pk if len(rows) > SHOWN_MOST else None,
        is_first=last is None,
        words=words,
    )


def one(request: HttpRequest, id: int) -> HttpResponse:
    """GET /desk/organisations/<id>"""
    organisation = get(id)
    viewer = viewer_of(request)
    members = (
        Person.objects.visible_to(viewer).filter(organisation=organisation).select_related("merged_into")
    )
    asked_there = Q(organisation=organisation) | Q(requester__organisation=organisation)
    seen = Conversation.objects.visible_to(viewer).filter(asked_there, merged_into=None)
    return show(
        request,
        "desk/organisation.html",
        **rows_shown(viewer, listed(light(seen.newest_first()[:SHOWN_MOST]), viewer=viewer)),
        here="organisations",
        organisation=organisation,
        members=with_addresses(members.order_by(Alphabetical("name"), "pk")[:SHOWN_MOST]),
        parts=dict(Part.choices),
        may_write=can(viewer, "organisations.write"),
        attributes=[each for each in of_organisation(organisation, viewer.locale) if each.first],
        notes=notes_on(organisation, viewer),
        may_change=can(viewer, "contacts.change"),
        may_remove=can(viewer, "conversations.delete"),
        text_most=TEXT_MOST,
    )


@require_POST
def notes(request: HttpRequest, id: int) -> HttpResponse:
    """POST text: a note on the organisation."""
    note(get(id), request.POST.get("text", ""), by=request.user)  # type: ignore[arg-type]
    return redirect("desk:organisation", id)


@require_POST
def one_note(request: HttpRequest, id: int, pk: int) -> HttpResponse:
    """POST text or remove=1, as of a note on a person (known.py)."""
    found = ContactNote.objects.visible_to(viewer_of(request)).about_organisation(get(id).pk)
    change_note(request, get_object_or_404(found, pk=pk))
    return redirect("desk:organisation", id)


def get(id: int) -> Organisation:
    found = Organisation.objects.prefetch_related("domains").filter(pk=id).first() if id < LARGEST else None
    if found is None:
        raise Http404
    return found


@require_POST
def belonging(request: HttpRequest, id: int) -> HttpResponse:
    """POST name: the organisation they belong to from now on; without one, they leave theirs."""
    person = fetch(request, id)
    user: User = request.user  # type: ignore[assignment]
    name = " ".join(request.POST.get("name", "").split())
    if not name:
        person.leave(by=user)
        return redirect("desk:person", person.pk)
    found = Organisation.objects.filter(name=name).first()
    if found is None:
        trouble = _("There is no organisation called “%(name)s”. A manager makes one in the console.")
        return render(request, person, trouble=trouble % {"name": name[:120]})
    person.join(found, by=user)
    return redirect("desk:person", person.pk)
