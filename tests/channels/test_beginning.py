"""A site of one's own, from an empty database to a first sign-in and a first mail."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from handrail.accounts.models import User
from handrail.workspace.models import Brand

WORDS = ("--name-ko=온결", "--name-en=Ongyeol", "--mail=Help@shop.example", "--admin=me@shop.example")


def said(*words: str) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("begin", *words, stdout=out)
    return out.getvalue()


def test_the_printed_password_opens_the_desk_and_the_help_centre_answers(db, client):
    password = re.search(r"with (\S+)", said(*WORDS)).group(1)

    assert client.login(email="me@shop.example", password=password)
    assert client.get("/desk/", follow=True).status_code == 200
    assert "온결" in client.get("/hc/ko").content.decode()
    assert Brand.objects.get().inboxes.filter(kind="mail", address="help@shop.example").exists()


def test_a_site_that_has_begun_is_left_alone(db):
    said(*WORDS)
    with pytest.raises(CommandError, match="begun already"):
        said(*WORDS[:3], "--admin=other@shop.example")
    assert User.objects.count() == 1


def test_an_address_that_is_none_leaves_nothing_behind(db):
    with pytest.raises(CommandError, match="“me” is no mail address"):
        said(*WORDS[:3], "--admin=me")
    assert not Brand.objects.exists()
