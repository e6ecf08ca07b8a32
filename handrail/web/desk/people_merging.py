"""Two contacts that are one person: found, looked at side by side, merged, and separated again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.contacts.accounts import find
from handrail.contacts.calling import is_number
from handrail.contacts.identify import identify, known_as
from handrail.contacts.merging import CannotMerge, may_open, merge, unmerge
from handrail.contacts.models import Person, Record
from handrail.contacts.seeking import Found, seek, with_addresses
from handrail.conversations.conversation import Conversation
from handrail.web.desk.frame import show
from handrail.web.desk.life import ASSURED
from handrail.web.desk.met import NotMet, address_of
from handrail.web.desk.people import asked, fetch, named, people_seen, render, viewer_of


@dataclass(frozen=True)
class Side:
    """One of the two, as far as the viewer may see what they have."""

    found: Found
    conversations: int
    records: int


def choose(request: HttpRequest, id: int) -> HttpResponse:
    """GET /desk/people/<id>/merge?query=&other=: whom to merge with; with `other`, both side by side."""
    person = fetch(request, id).root
    other = _other(request, person)
    if other is None:
        words = asked(request)
        found = seek(words, viewer=viewer_of(request), but=[person.pk]) if words else []
        return show(request, "desk/person_seek.html", here="people", person=person, found=found, words=words)
    keep, lose = (other, person) if request.GET.get("keep") == "other" else (person, other)
    return show(
        request,
        "desk/person_merge.html",
        here="people",
        person=person,
        other=other,
        keep=side(keep, viewer_of(request)),
        lose=side(lose, viewer_of(request)),
        opens=may_open(keep, lose),
        is_turned=keep.pk == other.pk,
        assured=ASSURED,
    )


@require_POST
def merging(request: HttpRequest) -> HttpResponse:
    """POST person, into: `person` is shown as `into` from now on. Pressed twice, it is done once."""
    person, into = named(request, "person"), named(request, "into")
    user: User = request.user  # type: ignore[assignment]
    try:
        merge(person, into=into, by=user)
    except CannotMerge:
        return show(
            request, "desk/person_seek.html", status=409, here="people", person=into.root, found=[], words="",
            trouble=_("These are one contact already. Choose another one."),
        )  # fmt: skip
    return redirect("desk:person", fetch(request, into.pk).root.pk)


@require_POST
def adding(request: HttpRequest, id: int) -> HttpResponse:
    """POST address: one more mail address or phone number of theirs. One we know already leads to both side by side.

    It is a claim of ours: what comes from it stands on this page from then on, and whoever signs in with it sees that alone.
    """
    person = fetch(request, id).root
    user: User = request.user  # type: ignore[assignment]
    typed = request.POST.get("address", "")
    kind = "phone" if is_number(typed) else "email"
    try:
        # Whoever says that a number is theirs is looked at beside this one, like whoever has an address.
        address = typed.strip() if kind == "phone" else address_of(typed)
    except NotMet as why:
        return render(request, person, trouble=str(why))
    known = _known(kind, address)
    if known is None:
        new = identify(kind, address, by=user, name=person.name, locale=person.locale)
        merge(new, into=person, by=user)
    elif fetch(request, known.pk).root != person:
        path = reverse("desk:person-merge", args=[person.pk])
        return redirect(f"{path}?{urlencode({'other': known.pk})}")
    return redirect("desk:person", person.pk)


def _known(kind: str, address: str) -> Person | None:
    if kind == "email":
        return find(address)
    identity = known_as(kind, address)
    return identity.person if identity else None


@require_POST
def separating(request: HttpRequest) -> HttpResponse:
    """POST person: no longer shown as another. Pressed twice, it is done once."""
    person = named(request, "person")
    user: User = request.user  # type: ignore[assignment]
    try:
        unmerge(person, by=user)
    except CannotMerge:
        pass  # a colleague was quicker
    return redirect("desk:person", person.pk)


def side(person: Person, viewer: Viewer) -> Side:
    people = Person.objects.same_as(person.pk).values("pk")
    return Side(
        with_addresses([person])[0],
        Conversation.objects.visible_to(viewer).filter(requester__in=people).count(),
        Record.objects.filter(person__in=people).count(),
    )


def _other(request: HttpRequest, person: Person) -> Person | None:
    said = request.GET.get("other", "")
    if not said.isdecimal() or len(said) > 18:
        return None
    found = people_seen(request).filter(pk=int(said)).first()
    return found.root if found and found.root.pk != person.pk else None
