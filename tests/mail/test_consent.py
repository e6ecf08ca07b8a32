"""OAuth 2.0 against a token server of the test and a real Dovecot that asks it: bought, renewed in time, refused in words."""

from __future__ import annotations

from base64 import b64decode
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, auth_mechanism
from django.test import Client
from django.urls import reverse

from handrail.accounts.models import Role
from handrail.channels.fetching import Fetching
from handrail.channels.grants import Grant, GrantAway, GrantRefused, access_token
from handrail.channels.mail import carrying, fetch, imap, smtp, troubles
from handrail.channels.mail.deliver import Sent
from handrail.channels.mail.imap import Session
from handrail.channels.models import Inbox
from handrail.channels.servers import Sending
from handrail.core import clock
from handrail.core.actors import SYSTEM
from tests.mail.servers import free_port
from tests.mail.test_fetching import mail, put
from tests.mail.tokens import TokenServer

BOX = "consent@example.test"


@pytest.fixture
def tokens(settings):
    with TokenServer(free_port(), BOX) as server:
        settings.FETCH_INTERNAL = [server.url.split("/")[2]]
        yield server


def give(inbox: Inbox, tokens: TokenServer, **more: str) -> Grant:
    said = {"token_url": tokens.url, "client_id": "handrail", "scope": "", "client_secret": "client-secret"}
    return Grant.give(inbox, by=SYSTEM, **said | {"refresh_token": tokens.refresh} | more)


@pytest.mark.mailservers
def test_a_mailbox_is_fetched_with_a_token_that_dovecot_has_confirmed(world, servers, settings):
    with TokenServer(servers.tokens, BOX) as tokens:
        settings.FETCH_INTERNAL = [f"127.0.0.1:{servers.imap}", f"127.0.0.1:{servers.tokens}"]
        server = {"host": "127.0.0.1", "port": servers.imap, "tls": "none", "user": BOX, "sign_in": "oauth"}
        Fetching.drafted(world.mail, **server, takes_old=True).keep(by=SYSTEM)
        row = Fetching.objects.select_related("inbox").get()
        assert troubles.code_of(imap.probe(row)) == "grant"
        give(world.mail, tokens)
        put(servers, BOX, mail(1))
        with Session(row) as session:
            assert fetch.fetch_new(row, session).new == 1
        # Withdrawn before its time: refused once, bought anew the next time.
        tokens.live.clear()
        assert troubles.code_of(imap.probe(row)) == "authentication"
        assert imap.probe(row) is None


def test_a_token_is_renewed_before_it_ends_and_a_rotated_refresh_token_taken_over(world, tokens):
    give(world.mail, tokens)
    first = access_token(world.mail.pk)
    assert access_token(world.mail.pk) == first and len(tokens.asked) == 1
    with clock.at(clock.now() + timedelta(minutes=54)):
        assert access_token(world.mail.pk) == first
    with clock.at(clock.now() + timedelta(minutes=56)):
        assert access_token(world.mail.pk) != first
    with clock.at(clock.now() + timedelta(minutes=120)):
        access_token(world.mail.pk)
    assert [asked["refresh_token"] for asked in tokens.asked] == ["refresh-0", "refresh-1", "refresh-2"]
    assert "refresh-3" not in repr(Grant.objects.values()) and "access-3" not in repr(Grant.objects.values())


def test_two_that_renew_at_once_both_get_a_token_that_holds(world, tokens):
    give(world.mail, tokens)
    one, other = Grant.objects.get(), Grant.objects.get()
    assert one.renew() == other.renew()


def test_an_ended_consent_and_a_broken_token_server_are_told_apart(world, tokens):
    grant = give(world.mail, tokens)
    for answer, kind in (
        ((400, {"error": "invalid_grant"}), GrantRefused),
        ((401, {"error": "invalid_client"}), GrantRefused),
        ((500, {}), GrantAway),
        ((200, {"token": "x"}), GrantAway),
        ((200, ["x"]), GrantAway),
    ):
        tokens.answer = answer
        with pytest.raises(kind) as refused:
            grant.renew()
        assert "refresh-0" not in str(refused.value) and "client-secret" not in str(refused.value)


def test_secrets_go_to_no_other_server_and_to_none_that_is_not_private(world, tokens, settings):
    give(world.mail, tokens)
    with pytest.raises(GrantRefused):
        give(world.mail, tokens, token_url="https://evil.example/token", refresh_token="")
    with pytest.raises(ValueError):
        give(world.mail, tokens, token_url="http://evil.example/token")
    settings.FETCH_INTERNAL = []
    with pytest.raises(GrantAway):
        Grant.objects.get().renew()


class Door:
    """Lets in whoever shows a token that lives."""

    def __init__(self, tokens: TokenServer) -> None:
        self.tokens, self.mails = tokens, list[bytes]()

    @auth_mechanism("XOAUTH2")
    async def auth_XOAUTH2(self, server, args):
        said = b64decode(args[1]).decode().split("\x01")
        if said[0] == f"user={BOX}" and said[1].removeprefix("auth=Bearer ") in self.tokens.live:
            return AuthResult(success=True)
        await server.challenge_auth("eyJzdGF0dXMiOiI0MDEifQ==", encode_to_b64=False)
        return AuthResult(success=False, handled=False)

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope.original_content)
        return "250 OK"


def test_mail_leaves_with_a_token_and_a_refused_one_is_bought_anew(world, tokens, settings):
    door = Door(tokens)
    server = Controller(
        door, hostname="127.0.0.1", port=free_port(), auth_require_tls=False, auth_required=True,
        authenticator=lambda *said: AuthResult(success=False, handled=False),
    )  # fmt: skip
    server.start()
    try:
        settings.FETCH_INTERNAL.append(f"127.0.0.1:{server.port}")
        give(world.mail, tokens)
        sending = {"host": "127.0.0.1", "port": server.port, "tls": "none", "user": BOX, "sign_in": "oauth"}
        Sending.drafted(world.mail, **sending).keep(by=SYSTEM)
        inbox = Inbox.objects.get(pk=world.mail.pk)
        body = b"From: a@handrail.test\r\nTo: b@example.com\r\n\r\nhello\r\n"
        assert carrying.carry(inbox, body, envelope_from="", to="b@example.com") == Sent()
        tokens.live.clear()
        assert troubles.code_of(smtp.probe(inbox.sending)) == "authentication"
        assert smtp.probe(inbox.sending) is None and len(door.mails) == 1
    finally:
        server.stop()


def test_the_console_keeps_a_consent_tries_it_and_shows_none_of_its_secrets(world, tokens):
    admin = world.staff("admin@handrail.test", "박운영", Role.ADMIN)
    browser = Client()
    browser.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    url, page = (reverse(f"console:{name}", args=[world.mail.pk]) for name in ("mailbox-consent", "mailbox"))
    said = {"token_url": tokens.url, "client_id": "handrail", "client_secret": "client-secret"}
    wrong = browser.post(url, said | {"refresh_token": "not-it"})
    assert wrong.status_code == 422 and "invalid_grant" in wrong.content.decode()
    assert browser.post(url, said | {"refresh_token": "refresh-0"}).status_code == 302
    shown = browser.get(page).content.decode()
    assert "handrail" in shown
    for secret in ("client-secret", "refresh-", "access-", Grant.objects.get().sealed_refresh_token):
        assert secret not in shown
    for bad in ({"token_url": ""}, {"token_url": "http://evil.example/"}, {"client_id": "x" * 301}):
        assert browser.post(url, said | {"refresh_token": "refresh-1"} | bad).status_code == 422
    assert browser.post(url, {"withdraw": "1"}).status_code == 302 and not Grant.objects.exists()
