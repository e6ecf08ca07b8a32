"""A colleague who forgot their password: our own words by mail, and nothing for strangers."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core import mail
from django.test import Client

from handrail.channels.password_mail import send_new_password_link
from handrail.contacts.accounts import give_password
from handrail.core.actors import SYSTEM
from handrail.core.jobs.models import Job
from handrail.core.jobs.worker import drain


def sent() -> EmailMessage:
    (found,) = mail.outbox
    return message_from_bytes(found.message().as_bytes(), policy=policy.default)


@pytest.mark.parametrize(
    ("language", "subject", "brand"),
    [
        ("ko", "상담 화면의 새 비밀번호를 정해 주세요", "온결"),
        ("en", "Choose a new password for the desk", "Ongyeol"),
    ],
)
def test_the_mail_is_ours_says_it_is_automatic_and_its_link_works(world, language, subject, brand):
    browser = Client(headers={"accept-language": language})

    browser.post("/accounts/password/reset/", {"email": world.agent.email})
    drain()

    letter = sent()
    body = letter.get_body(("plain",)).get_content()
    assert letter["Subject"] == subject
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["From"].addresses[0].addr_spec == world.mail.address
    assert body.strip().endswith(brand)
    path = re.search(r"https?://[^/\s]+(/accounts/password/reset/\S+)", body)[1]
    page = browser.get(path, follow=True)
    assert page.status_code == 200
    new = {"password1": "a-quiet-harbour-7", "password2": "a-quiet-harbour-7"}
    assert browser.post(page.request["PATH_INFO"], new).status_code == 302
    world.agent.refresh_from_db()
    assert world.agent.check_password("a-quiet-harbour-7")


def test_who_has_no_account_gets_no_mail_and_the_page_says_the_same(world):
    known, unknown = (
        Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in (world.agent.email, "nobody@example.com")
    )
    drain()

    assert len(mail.outbox) == 1
    assert known.redirect_chain == unknown.redirect_chain


def test_the_secret_stands_in_no_job(world):
    Client().post("/accounts/password/reset/", {"email": world.agent.email})
    drain()
    body = sent().get_body(("plain",)).get_content()

    secret = re.search(r"/accounts/password/reset/key/([^/]+)/", body)[1]
    assert secret not in str(list(Job.objects.values()))


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_customer_is_led_to_their_own_page_and_not_to_the_desk(world, locale):
    minji = world.person("minji@example.com", "김민지", assurance=2)
    give_password(minji, "a-long-password", by=SYSTEM)
    browser = Client(headers={"accept-language": locale})

    browser.post("/accounts/password/reset/", {"email": "minji@example.com"})
    drain()

    letter = sent()
    body = letter.get_body(("plain",)).get_content()
    assert letter["From"].addresses[0].addr_spec == world.mail.address
    assert "/accounts/" not in body and not re.search("desk|상담 화면", letter["Subject"] + body)
    path = re.search(rf"https?://[^/\s]+(/hc/{locale}/sign-in/link/\S+)", body)[1]
    answer = browser.post(path, follow=True)
    assert answer.request["PATH_INFO"] == f"/hc/{locale}/profile" and answer.status_code == 200


def test_nothing_is_sent_to_one_of_our_own_mailboxes_which_others_read(world):
    world.agent.email = world.mail.address
    world.agent.save()

    Client().post("/accounts/password/reset/", {"email": world.agent.email})
    drain()

    assert mail.outbox == []


def test_who_may_no_longer_sign_in_gets_none(world):
    world.agent.is_active = False
    world.agent.save()

    sending = send_new_password_link.call(
        world.agent.pk, locale="ko", path="/accounts/password/reset/key/UID-KEY/"
    )

    assert sending is False and mail.outbox == []
