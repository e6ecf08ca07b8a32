"""Who is looking: worked out once per request, when first asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from typing import Any

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject

from handrail.accounts.viewer import Viewer, staff_viewer
from handrail.contacts.models import Person
from handrail.contacts.viewers import SEEN_WITH, viewer_for
from handrail.conversations.guests import may_be_guest
from handrail.core.ids import fingerprint, random_id
from handrail.web.brands import brand_of
from handrail.web.browsers import note
from handrail.web.limits import network_of

PERSON_KEY = "person"  # session: {"id": 12, "assurance": 2, "at": 1767225600.0}
GUEST_KEY = "only"  # session: {"number": 1042, "person": 12, "address": …, "at": …}, the one conversation a guest link opened
CHAT_KEY = "chat"  # session: the browser's own random key
LEFT_KEY = "left"  # session: {"12": 1042}, up to which number person 12 left this browser's requests with it
RESET_KEY = "reset"  # session: when a link opened that was asked for to choose a new password
METHODS_KEY = (
    "account_authentication_methods"  # session: what the sign-in library keeps, each with its moment
)


class ViewerMiddleware:
    """Sets `request.viewer` and `request.brand`, each worked out when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        request.brand = SimpleLazyObject(lambda: brand_of(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        note(request)
        return response


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is looking, and for visitors from which network: many browsers of one place are one voice to learn from."""
    viewer = _who(request)
    return viewer if viewer.is_staff else replace(viewer, place=place_of(request))


def place_of(request: HttpRequest) -> str:
    """A fingerprint of the network a request came from, made with this site's secret: one address, or one IPv6 /64."""
    network = network_of(request)
    return salted_hmac("handrail.place", network, algorithm="sha256").hexdigest() if network else ""


def _who(request: HttpRequest) -> Viewer:
    """The viewer behind a request's session: staff, a person, a guest, a browser with a chat, or a stranger."""
    user, session = request.user, request.session
    locale = getattr(request, "LANGUAGE_CODE", "ko")
    if user.is_authenticated and user.is_staff:
        return staff_viewer(user)
    chat_key = session.get(CHAT_KEY, "")
    chat = fingerprint(chat_key) if chat_key else ""
    if user.is_authenticated and (person := _people().filter(account=user.pk).first()):
        since = max((float(method.get("at", 0)) for method in session.get(METHODS_KEY, [])), default=0.0)
        if _still_in(person, since):
            viewer = viewer_for(person, assurance=3, chat_key=chat)
            return replace(viewer, beside=_opened_beside(session, since))
    known = session.get(PERSON_KEY)
    if (
        known
        and (person := _people().filter(pk=known["id"]).first())
        and _still_in(person, known.get("at", 0))
    ):
        viewer = viewer_for(person, assurance=known["assurance"], chat_key=chat)
        return replace(viewer, beside=_opened_beside(session, known.get("at", 0)))
    guest = session.get(GUEST_KEY)
    if guest and (reader := _guest(guest)):
        return Viewer(
            person_id=reader.pk,
            assurance=2,
            only=guest["number"],
            locale=reader.locale,
            zone=reader.zone,
            chat_key=chat,
        )
    return Viewer(locale=locale, chat_key=chat)


def visitor_of(request: HttpRequest) -> Viewer:
    """The viewer as one who comes with a need. Staff who try the help centre are visitors there, with their browser's
    own conversations and nobody else's; the others' stand in the desk."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.is_staff:
        # What stands on the request is worked out when asked; a copy of it is the viewer itself.
        return copy(viewer)
    chat_key = request.session.get(CHAT_KEY, "")
    key = fingerprint(chat_key) if chat_key else ""
    place = place_of(request)
    return Viewer(user_id=viewer.user_id, locale=viewer.locale, zone=viewer.zone, chat_key=key, place=place)


def begin_browser(request: HttpRequest) -> Viewer:
    """Give this browser a key of its own, by which it sees the conversations it begins, and return its visitor."""
    if not request.session.get(CHAT_KEY):
        request.session[CHAT_KEY] = random_id()
        look_again(request)
    return visitor_of(request)


def let_in(request: HttpRequest, person: Person, *, assurance: int) -> None:
    """Sign a person in on this browser. The session gets a new name; what somebody else did in it does not stay."""
    before = request.session.get(PERSON_KEY)
    if request.user.is_authenticated or (before and before["id"] != person.pk):
        request.session.flush()
    request.session.pop(GUEST_KEY, None)
    request.session[PERSON_KEY] = {"id": person.pk, "assurance": assurance, "at": time.time()}
    request.session.cycle_key()
    look_again(request)


def signed_in_at(request: HttpRequest) -> float:
    """When whoever is signed in here last showed who they are; 0 where nobody is."""
    moments = [float(method.get("at", 0)) for method in request.session.get(METHODS_KEY, [])]
    moments.append(float((request.session.get(PERSON_KEY) or {}).get("at", 0)))
    return max(moments)


def let_guest_in(request: HttpRequest, person: Person, *, number: int, address: str = "") -> None:
    """Open one conversation, and nothing else of the person's, on this browser.

    address  the one they proved; where answers go to it, they need take no part
    """
    kept = {"number": number, "person": person.pk, "address": address, "at": time.time()}
    request.session[GUEST_KEY] = kept
    request.session.cycle_key()
    look_again(request)


def let_out(request: HttpRequest) -> None:
    """End the session. What this browser began without anybody signed in, it goes on seeing."""
    kept = {key: request.session[key] for key in (CHAT_KEY, LEFT_KEY) if key in request.session}
    logout(request)
    request.session.update(kept)
    look_again(request)


def look_again(request: HttpRequest) -> None:
    """Work out the viewer anew after the session changed."""
    request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]


def _still_in(person: Person, since: float) -> bool:
    """Neither they nor the one they sign in as have left every device since."""
    left = [one.signed_out_at for one in (person, person.signs_in_as) if one and one.signed_out_at]
    return all(since > moment.timestamp() for moment in left)


def _opened_beside(session: SessionBase, since: float) -> int | None:
    """The conversation a guest link opened for who signed in here at `since`; not what stood open before they did."""
    guest = session.get(GUEST_KEY)
    if not guest or guest.get("at", 0) <= since or _guest(guest) is None:
        return None
    return int(guest["number"])


def _guest(guest: dict[str, Any]) -> Person | None:
    """The guest, while they still take part in the conversation their link was made for, or its answers reach them."""
    person = Person.objects.filter(pk=guest["person"]).select_related("signs_in_as").first()
    if person is None or not _still_in(person, guest.get("at", 0)):
        return None
    is_guest = may_be_guest(guest["number"], person=person.pk, address=guest.get("address", ""))
    return person if is_guest else None


def _people() -> QuerySet[Person]:
    return Person.objects.select_related(*SEEN_WITH)
