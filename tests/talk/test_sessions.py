"""Sessions as this site keeps them: Django's own, read with one light statement."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore as Djangos
from django.contrib.sessions.models import Session
from django.utils import timezone

from handrail.accounts.sessions import SessionStore


def test_what_was_kept_is_read_again_also_by_django_itself(db, django_assert_num_queries):
    begun = SessionStore()
    begun["chat"] = "열쇠"
    begun.create()

    with django_assert_num_queries(1):
        assert SessionStore(begun.session_key)["chat"] == "열쇠"
    assert Djangos(begun.session_key)["chat"] == "열쇠"


def test_one_that_is_over_is_none_and_its_name_is_not_taken_again(db):
    begun = SessionStore()
    begun["chat"] = "열쇠"
    begun.create()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    again = SessionStore(begun.session_key)

    assert again.get("chat") is None
    assert again.session_key is None


def test_a_name_nobody_gave_opens_nothing(db):
    for name in ("x" * 32, "' OR 1=1 --", ""):
        assert SessionStore(name).is_empty() or SessionStore(name).get("chat") is None


def test_beginning_one_asks_nothing_first(db, django_assert_num_queries):
    with django_assert_num_queries(3):  # the savepoint around the insert, and the insert
        SessionStore().create()
