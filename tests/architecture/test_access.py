"""Nobody gets at what is not theirs, on any address there is: each is taken from the URLconf and tried as everybody.

What somebody may not see answers exactly as what is not there: same status, same words, same place to go on to.
"""

from __future__ import annotations

import re
from itertools import product

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from handrail.web import limits
from tests.architecture.addresses import addresses
from tests.architecture.people import ASKED, CUSTOMERS, MARKER, ROLES, SIDE_MARKER, People

OURS = [address for address in addresses() if address.is_ours]
WITH_OBJECTS = {"number", "public_id", "pk", "person", "secret", "name", "token"}
METHODS = ("GET", "POST")
CSRF = settings.CSRF_COOKIE_NAME
# A count of readers, told by cached pages that hold no token; it changes nothing else (portal/reads.py). A link out of a
# mail that stops its mails, which mail programs press for their owner (portal/following.py).
# Likewise the count of those a FAQ set helped on another site's page (widget/faq.py).
WITHOUT_TOKEN = {
    "hc/<locale:locale>/leave/<str:token>",
    "hc/<locale:locale>/articles/<int:id>/reads",
    "faq/<int:id>/helped/<int:article>",
    # No address at all: it says so to programs, and does nothing.
    "api/<path:rest>",
}
# Pages whose last place names one thing of an administrator's.
ADMINISTERED = {
    "console/mailboxes/<int:id>",
    "console/mail-domains/<str:domain>",
    "console/colleagues/<int:id>",
    "console/hours/<int:id>",
}
FIELDS = {
    "text": "x",
    "email": "x@example.com",
    "article": "1",
    "query": "x",
    "status": "solved",
    "name": "x",
    "tag": "x",
}


@pytest.fixture
def people(world) -> People:
    limits.forget_all()
    return People(world)


def ask(client: Client, method: str, path: str) -> HttpResponse:
    limits.forget_all()
    if method == "GET":
        return client.get(path)
    if CSRF not in client.cookies:
        client.get("/token")
    return client.post(path, {**FIELDS, "csrfmiddlewaretoken": client.cookies[CSRF].value})


def told(response: HttpResponse, *names: str) -> tuple[object, ...]:
    """What an answer gives away, without the name that was asked for and what differs at each look."""
    body = b"".join(response) if response.streaming else response.content
    text = body.decode("utf-8", "replace") + "\n" + response.headers.get("Location", "")
    # Where an address holds two names, the other one may be the missing one too.
    for name in (*map(str, names), "987654"):
        # A short number is taken out of addresses only: elsewhere "1" may be any one.
        text = (
            text.replace(name, "") if len(name) > 3 else re.sub(rf"(?<=/|F){name}(?=[/\"'&?%\s]|$)", "", text)
        )
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", text)
    text = re.sub(r'"[A-Za-z0-9]{23}"', "", text)
    return response.status_code, response.headers.get("Content-Type"), sorted(response.cookies), text


def test_every_address_says_who_may_call_it():
    silent = [address.route for address in OURS if not getattr(address.callback, "policy", None)]

    assert not silent
    assert len(OURS) > 60


def test_what_is_foreign_answers_as_what_is_missing(people):
    tried, wrong = 0, []
    clients = {role: people.client(role) for role in ROLES}
    for address, method, role in product(OURS, METHODS, ROLES):
        for name in WITH_OBJECTS & set(address.kwargs):
            all_foreign, missing = people.names(name)
            other = told(ask(clients[role], method, address.path(**{name: missing})), missing)
            for foreign in all_foreign:
                tried += 1
                one = told(ask(clients[role], method, address.path(**{name: foreign})), foreign)
                if one != other or one[0] not in {302, 403, 404, 405, 410}:
                    wrong.append((role, method, address.route, name, one[0], other[0]))

    assert not wrong
    assert tried > 400
    assert people.foreign.messages.count() == 2, "somebody wrote into a foreign conversation"


def test_what_is_an_administrators_answers_whoever_is_none_as_a_missing_one(people):
    tried, wrong = 0, []
    clients = {role: people.client(role) for role in ROLES if role != "admin"}
    for address, method in product(OURS, METHODS):
        if (place := people.administered(address.route)) is None:
            continue
        name, there, missing = place
        for role, client in clients.items():
            tried += 1
            one = told(ask(client, method, address.path(**{name: there})), there)
            other = told(ask(client, method, address.path(**{name: missing})), missing)
            if one != other or one[0] not in {302, 403, 404, 405}:
                wrong.append((role, method, address.route, one[0], other[0]))

    assert not wrong
    assert tried >= 2 * 14 * len(clients)


def test_an_administrator_sees_what_is_there_and_not_what_is_not(people):
    """The comparison above must be able to fail: here what is there and what is missing differ."""
    client = people.client("admin")
    for address in OURS:
        if address.route not in ADMINISTERED:
            continue
        name, there, missing = people.administered(address.route)
        assert ask(client, "GET", address.path(**{name: there})).status_code == 200
        assert ask(client, "GET", address.path(**{name: missing})).status_code == 404


def test_a_seeded_hole_is_noticed(people):
    """The comparison must be able to fail: an owner's own page is no missing page."""
    client = people.client("another customer")

    one = told(client.get(f"/hc/ko/requests/{people.own.pk}"), people.own.pk)
    other = told(client.get("/hc/ko/requests/987654"), 987654)

    assert one != other


@pytest.mark.parametrize("role", ROLES)
def test_no_post_goes_through_without_its_token(people, role):
    client = people.client(role)
    open_doors = []
    for address in OURS:
        response = client.post(address.path(number=people.own.pk, public_id=people.own.public_id), FIELDS)
        if address.route in WITHOUT_TOKEN or address.route.startswith("api/v2/"):
            continue
        if response.status_code not in {403, 405}:
            open_doors.append((address.route, response.status_code))

    assert not open_doors


@pytest.mark.parametrize("role", CUSTOMERS)
def test_a_note_or_a_colleagues_field_reaches_no_customer_on_any_page(people, role):
    client = people.client(role)
    values = {"number": people.own.pk, "public_id": people.own.public_id}
    shown = 0
    for address in OURS:
        limits.forget_all()
        response = client.get(address.path(**values))
        body = told(response)[3]
        shown += response.status_code == 200
        assert MARKER not in body, address.route
        assert SIDE_MARKER not in body, address.route
        assert "FOREIGN-TEXT" not in body, address.route

    assert shown > 10


def test_a_note_or_a_colleagues_field_reaches_nobody_by_mail(people, world):
    people.own.reply("확인했어요.", by=world.agent)
    people.own.receive("감사해요", by=people.asker)
    world.settle()

    assert mail.outbox, "no mail went out, so nothing was tried"
    assert not [sent for sent in mail.outbox if MARKER in sent.message().as_string()]
    for sent in mail.outbox:
        for part in sent.message().walk():
            if part.get_content_maintype() == "text":
                assert MARKER not in part.get_content()


def test_what_was_said_aside_reaches_only_who_was_asked(people, world):
    people.own.reply("확인했어요.", by=world.agent)
    world.settle()

    asked = [sent for sent in mail.outbox if sent.to == [ASKED]]
    others = [sent for sent in mail.outbox if sent.to != [ASKED]]
    assert asked and others
    for sent in others:
        words = " ".join(
            part.get_content() for part in sent.message().walk() if part.get_content_maintype() == "text"
        )
        assert SIDE_MARKER not in sent.message().as_string() + words
    for sent in asked:
        for part in sent.message().walk():
            if part.get_content_maintype() == "text":
                assert "FOREIGN-TEXT" not in part.get_content() and "OWN-TEXT" not in part.get_content()


def test_a_customer_changes_nothing_by_looking(people):
    """Every GET of every address, and not one fact is recorded by it."""
    from handrail.core.events.models import Event

    client = people.client("another customer")
    before = Event.objects.count()
    for address in OURS:
        limits.forget_all()
        client.get(address.path(number=people.own.pk, public_id=people.own.public_id))

    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)[before:]) == []
