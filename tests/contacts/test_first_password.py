"""A first password makes an account, once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from handrail.accounts.models import User
from handrail.contacts.accounts import give_password
from handrail.contacts.models import Person
from handrail.core.actors import SYSTEM


@pytest.mark.only_on("postgresql")  # SQLite writes one transaction at a time by itself
@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_makes_one_account(world):
    person = world.person()
    person.prove("email", person.email, assurance=2, by=SYSTEM)
    begin, problems = threading.Barrier(4), []

    def press() -> None:
        mine = Person.objects.get(pk=person.pk)
        begin.wait()
        try:
            give_password(mine, "a-long-password", by=SYSTEM)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert not problems
    assert User.objects.filter(email=person.email).count() == 1
    assert Person.objects.get(pk=person.pk).account.email == person.email
