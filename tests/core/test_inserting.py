"""New rows written without Django's own making of the statement: the same rows all the same."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from handrail.contacts.models import Identity, Person
from handrail.conversations.models import Conversation, Message
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.core.inserting import insert
from handrail.core.jobs.models import Job

MOMENT = clock.now().replace(microsecond=123_456)


@pytest.fixture
def samples(world):
    person, conversation = world.person(), world.conversation()
    return {
        "dates, JSON and nothing": lambda: Event(
            verb="a.b", subject_type="c.d", subject_id=1, actor_kind="bot", data={"글": [1, None]}, at=MOMENT
        ),
        "a column the database works out": lambda: Conversation(
            brand=world.brand, channel="form", requester=person, submitter_kind="person", held_by="bot", about={"a": 1}
        ),
        "a foreign key and text of any kind": lambda: Message(
            conversation=conversation, seq=9, direction="in", author_kind="person", text="'; -- % %s\n😀", at=MOMENT
        ),
        "a job": lambda: Job(task="a.b", args=[1, "둘"], run_after=MOMENT),
    }  # fmt: skip


OWN = ("id", "number", "public_id")


@pytest.mark.parametrize(
    "name", ["dates, JSON and nothing", "a column the database works out", "a foreign key and text of any kind", "a job"]
)  # fmt: skip
def test_a_row_is_what_saving_it_would_have_made(samples, name):
    make = samples[name]
    saved, inserted = make(), make()

    if isinstance(inserted, Message):
        saved.seq = 8
    saved.save()
    insert(inserted)

    assert inserted.pk and inserted.pk != saved.pk
    found = [type(saved).objects.get(pk=each.pk) for each in (saved, inserted)]
    facts = [{n: v for n, v in vars(each).items() if n not in (*OWN, "_state", "seq")} for each in found]
    for both in zip(*(sorted(each.items()) for each in facts), strict=True):
        (field, one), (_, other) = both
        assert one == other or "_at" in field
    assert not inserted._state.adding
    if isinstance(inserted, Conversation):
        assert inserted.shelf == "bot"


def test_a_key_that_is_given_is_kept(db):
    session = Session(session_key="a-key-of-its-own", session_data="x", expire_date=MOMENT)

    insert(session)

    assert Session.objects.get().session_key == "a-key-of-its-own"


def test_what_must_never_be_false_still_refuses(world):
    insert(Identity(person=world.person(), kind="email", value="twice@example.com"))

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Identity(person=world.person(), kind="email", value="twice@example.com"))


def test_a_row_can_be_saved_again_and_read(db):
    person = Person(name="김민지")
    insert(person)
    person.name = "김민서"
    person.save()

    assert model_to_dict(Person.objects.get(), ["name"]) == {"name": "김민서"}
