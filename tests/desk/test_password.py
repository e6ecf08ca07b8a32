"""A colleague who forgot their password: our own words by mail, and nothing for strangers."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client


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

    (letter,) = mail.outbox
    assert letter.subject == subject
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.body.strip().endswith(brand)
    path = re.search(r"https?://[^/\s]+(/accounts/password/reset/\S+)", letter.body)[1]
    assert browser.get(path, follow=True).status_code == 200


def test_who_has_no_account_gets_no_mail_and_the_page_says_the_same(world):
    known, unknown = (
        Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in (world.agent.email, "nobody@example.com")
    )

    assert len(mail.outbox) == 1
    assert known.redirect_chain == unknown.redirect_chain
