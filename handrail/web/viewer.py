"""Who is looking: worked out once per request, when first asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from handrail.accounts.viewer import Viewer, staff_viewer
from handrail.contacts.models import Person
from handrail.core.ids import fingerprint
from handrail.workspace.models import Brand

PERSON_KEY = "person"  # session: {"id": 12, "assurance": 2}
GUEST_KEY = "only"  # session: the one conversation a guest link opened
CHAT_KEY = "chat"  # session: the browser's own random key


class ViewerMiddleware:
    """Sets `request.viewer` and `request.brand`, each worked out when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        request.brand = SimpleLazyObject(brand_here)  # type: ignore[attr-defined]
        return self.get_response(request)


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer behind a request's session: staff, a person, a guest, a browser with a chat, or a stranger."""
    user = request.user
    locale = getattr(request, "LANGUAGE_CODE", "ko")
    if user.is_authenticated and user.is_staff:
        return staff_viewer(user)
    chat_key = request.session.get(CHAT_KEY, "")
    chat = fingerprint(chat_key) if chat_key else ""
    if user.is_authenticated and (person := Person.objects.filter(account=user.pk).first()):
        return _person(person, assurance=3, chat=chat)
    known = request.session.get(PERSON_KEY)
    if known and (person := Person.objects.filter(pk=known["id"]).first()):
        return _person(person, assurance=known["assurance"], chat=chat)
    return Viewer(locale=locale, chat_key=chat, only=request.session.get(GUEST_KEY))


def brand_here() -> Brand:
    """The brand of this site. 404 before there is one."""
    brand = Brand.objects.order_by("pk").first()
    if brand is None:
        raise Http404("No brand yet: run `handrail demo reset` or make one.")
    return brand


def _person(person: Person, *, assurance: int, chat: str) -> Viewer:
    return Viewer(
        person_id=person.pk,
        is_employee=person.kind == Person.Kind.EMPLOYEE,
        assurance=assurance,
        locale=person.locale,
        zone=person.zone,
        chat_key=chat,
    )
