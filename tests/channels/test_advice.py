"""What the DNS says of a domain we send from, asked of a real name server over UDP, and the record that is to be added."""

from __future__ import annotations

import dkim
import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from handrail.accounts.models import Role
from handrail.channels import jobs
from handrail.channels.mail import asking_dns
from handrail.channels.mail.advice import Finding, look_at
from handrail.channels.mail.carrying import carry
from handrail.channels.models import SigningKey
from handrail.channels.servers import Sending
from handrail.core.actors import SYSTEM
from tests.channels.nameserver import NameServer
from tests.mail.servers import free_port

DOMAIN = "handrail.test"


@pytest.fixture
def names(settings, monkeypatch):
    monkeypatch.setattr(asking_dns, "SECONDS", 0.4)
    with NameServer() as server:
        settings.DNS_SERVERS = [server.address]
        yield server


@pytest.fixture
def through(world):
    """Our mail leaves through smtp.example.com."""
    server = {
        "host": "smtp.example.com",
        "port": 587,
        "tls": "starttls",
        "user": "help",
        "sign_in": "password",
    }
    Sending.drafted(world.mail, **server, secret="pw").keep(by=SYSTEM)


def found(kind: str, key: SigningKey | None = None) -> Finding:
    with translation.override("en"):
        return next(each for each in look_at(DOMAIN, key) if each.kind == kind)


def test_without_any_record_each_line_to_add_is_said(names, through):
    spf, dmarc = found("SPF"), found("DMARC")
    assert (spf.state, spf.name, spf.value) == ("missing", DOMAIN, "v=spf1 a:smtp.example.com ~all")
    assert (dmarc.state, dmarc.name) == ("missing", "_dmarc.handrail.test")
    assert dmarc.value.startswith("v=DMARC1; p=none;")


@pytest.mark.parametrize(
    ("record", "state", "value"),
    [
        ("v=spf1 a:smtp.example.com -all", "good", ""),
        ("v=spf1 ip4:192.0.2.0/24 ~all", "good", ""),
        ("v=spf1 include:provider.example -all", "good", ""),
        ("v=spf1 redirect=provider.example", "good", ""),
        ("v=spf1 mx -all", "missing", "v=spf1 mx a:smtp.example.com -all"),
        ("v=spf1 a:smtp.example.com +all", "wrong", "v=spf1 a:smtp.example.com ~all"),
        ("v=spf1 a:smtp.example.com", "wrong", "v=spf1 a:smtp.example.com ~all"),
    ],
)
def test_an_spf_record_is_followed_and_judged(names, through, record, state, value):
    names.txt(DOMAIN, "some-verification=1", record)
    names.txt("provider.example", "v=spf1 ip4:192.0.2.7 -all")
    names.zone["smtp.example.com", "A"] = ["192.0.2.7"]
    spf = found("SPF")
    assert (spf.state, spf.value) == (state, value), spf


def test_two_spf_records_become_one_and_too_many_questions_are_counted(names, through):
    names.txt(DOMAIN, "v=spf1 mx -all", "v=spf1 a:smtp.example.com ~all")
    spf = found("SPF")
    assert spf.state == "wrong" and spf.value == "v=spf1 a:smtp.example.com mx ~all"
    names.txt(DOMAIN, "v=spf1 include:p0.example -all")
    for number in range(30):
        names.txt(f"p{number}.example", f"v=spf1 a:smtp.example.com include:p{number + 1}.example -all")
    names.asked.clear()
    spf = found("SPF")
    assert spf.state == "wrong" and "ten" in spf.said and len(names.asked) < 20


def test_a_record_that_includes_itself_ends(names, through):
    names.txt(DOMAIN, f"v=spf1 include:{DOMAIN} -all")
    assert found("SPF").state == "wrong"


def test_a_silent_name_server_is_no_missing_record(names, through):
    names.silent.update({DOMAIN, f"_dmarc.{DOMAIN}"})
    assert (found("SPF").state, found("SPF").value, found("DMARC").state) == ("silent", "", "silent")


@pytest.mark.parametrize(
    ("records", "state"),
    [
        (["v=DMARC1; p=reject; rua=mailto:a@handrail.test"], "good"),
        (["v=DMARC1; p=none"], "advice"),
        (["v=DMARC1; p=maybe"], "wrong"),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], "wrong"),
        (["v=DMARC10; p=none"], "missing"),
    ],
)
def test_a_dmarc_record_is_judged(names, records, state, db):
    names.txt(f"_dmarc.{DOMAIN}", *records)
    assert found("DMARC").state == state
    if state == "advice":
        assert found("DMARC").value == "v=DMARC1; p=quarantine"


def test_mail_is_signed_once_its_long_record_stands_and_no_more_when_it_is_another(world, names, settings):
    key = SigningKey.make(DOMAIN, by=SYSTEM)
    assert found("DKIM", key).value == key.value and len(key.value) > 255
    assert "PRIVATE" not in repr(SigningKey.objects.values())
    taken = []

    class Door:
        async def handle_DATA(self, server, session, envelope):
            taken.append(envelope.original_content)
            return "250 OK"

    server = Controller(Door(), hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        settings.FETCH_INTERNAL = [f"127.0.0.1:{server.port}"]
        sending = {"host": "127.0.0.1", "port": server.port, "tls": "none", "user": "", "sign_in": "nothing"}
        Sending.drafted(world.mail, **sending).keep(by=SYSTEM)
        world.mail.refresh_from_db()
        body = "From: help@handrail.test\r\nTo: b@example.com\r\nSubject: hi\r\n\r\n안녕하세요\r\n".encode()
        assert jobs.look_at_signing_keys.func() == 0
        carry(world.mail, body, envelope_from="", to="b@example.com")
        names.txt(key.name, key.value)
        assert jobs.look_at_signing_keys.func() == 1
        key.refresh_from_db()
        assert found("DKIM", key).state == "good"
        carry(world.mail, body, envelope_from="", to="b@example.com")
        names.txt(key.name, "v=DKIM1; k=rsa; p=AAAA")
        assert found("DKIM", key).state == "wrong" and jobs.look_at_signing_keys.func() == 0
        carry(world.mail, body, envelope_from="", to="b@example.com")
        names.silent.add(key.name)
        assert jobs.look_at_signing_keys.func() == 0
    finally:
        server.stop()
    assert [b"DKIM-Signature" in mail for mail in taken] == [False, True, False]
    assert dkim.verify(taken[1], dnsfunc=lambda name, timeout=5: key.value.encode())
    assert not dkim.verify(taken[1].replace(b"hi", b"ho"), dnsfunc=lambda name, timeout=5: key.value.encode())
    assert not django_mail.outbox


def test_the_console_shows_the_records_makes_a_key_and_signs(world, names):
    admin = world.staff("admin@handrail.test", "박운영", Role.ADMIN)
    browser = Client()
    browser.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("console:mail-domain", args=[DOMAIN])
    assert "v=DMARC1; p=none" in browser.get(page).content.decode()
    assert browser.get(reverse("console:mail-domain", args=["evil.example"])).status_code == 404
    assert browser.post(page, {"make": "1"}).status_code == 302
    key = SigningKey.objects.get()
    assert key.value in browser.get(page).content.decode().replace("&#43;", "+")
    names.txt(key.name, key.value)
    browser.get(page)
    assert not SigningKey.objects.get().is_signing
    browser.post(page, {"check": "1"})
    assert SigningKey.objects.get().is_signing
