"""Colleagues of an organisation read each other's requests by the mode it chose; nobody finds anything of another's."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.contacts.models import Organisation, Person
from handrail.contacts.organisations import Sharing
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.conversations.opening import open_by_saying
from handrail.conversations.status import Status
from handrail.conversations.values import set_values, values_of
from tests.architecture.addresses import addresses
from tests.talk.visitor import Visitor
from tests.worlds.asked import Forms

MARK, THEIRS, NOTE = "NAMU-7261", "GARAM-5512", "NOTE-3390"


@pytest.fixture
def books(world) -> Organisation:
    made = Organisation.make("나무책방", by=world.agent)
    made.know_by("namubooks.com", by=world.agent)
    made.share(Sharing.EVERYONE, may_reply=False, by=world.agent)
    return made


@pytest.fixture
def garam(world) -> Organisation:
    made = Organisation.make("가람디자인", by=world.agent)
    made.know_by("garam.kr", by=world.agent)
    made.share(Sharing.EVERYONE, may_reply=True, by=world.agent)
    return made


@pytest.fixture
def sera(books) -> Visitor:
    """A member of the bookshop, signed in."""
    return Visitor().signs_in("sera@namubooks.com")


def by_mail(world, address: str, text: str, *, name: str = "한태양", vouched: bool = True) -> Conversation:
    """A letter of somebody who proved their address once, as it comes in."""
    person = world.person(address, name, assurance=2)
    details = {"author_name": name or address, "from_address": address, "is_verified": vouched}
    message = open_by_saying(
        text, world.mail, requester=Person.objects.get(pk=person.pk), by=person, subject=text,
        address=address, about={"vouched": vouched}, said=details,
    )  # fmt: skip
    message.conversation.note(NOTE, by=world.agent)
    return message.conversation


def words(visitor: Visitor, place: str) -> str:
    return visitor.opens(place).content.decode()


def test_a_colleague_reads_it_in_a_list_of_its_own(world, books, sera):
    shared = by_mail(world, "taeyang@namubooks.com", MARK)

    assert MARK in words(sera, "requests/shared")
    assert "한태양" in words(sera, "requests/shared")
    assert MARK not in words(sera, "requests")
    assert MARK in words(sera, f"requests/{shared.pk}")


def test_they_see_the_thread_and_nothing_beside_it(world, books, sera):
    shared = by_mail(world, "taeyang@namubooks.com", MARK)
    shared.add_participant(world.person("copied@example.org", "복사 받는 이"), by=world.agent)
    page = words(sera, f"requests/{shared.pk}")

    assert "taeyang@namubooks.com" not in page
    assert "copied@example.org" not in page and "복사 받는 이" not in page
    assert NOTE not in page
    assert "request-reply" not in page and f"requests/{shared.pk}/replies" not in page
    assert f"requests/{shared.pk}/solution" not in page


def test_they_see_no_fields_and_take_none_along(world, books, sera):
    forms = Forms(world)
    books.share(Sharing.EVERYONE, may_reply=True, by=world.agent)
    shared = by_mail(world, "taeyang@namubooks.com", MARK)
    set_values(shared, {forms.order: ["ON-12345"], forms.cause: ["안내"]}, by=world.agent)
    taeyang = Visitor().signs_in("taeyang@namubooks.com")
    assert "ON-12345" in words(taeyang, f"requests/{shared.pk}")
    assert "ON-12345" not in words(sera, f"requests/{shared.pk}")

    shared.set_status(Status.CLOSED, by=world.agent)
    sera.presses(f"requests/{shared.pk}/replies", text="이어서 물어요", client_id="c9")
    follow_up = Conversation.objects.get(follows=shared)
    assert "ON-12345" not in words(sera, f"requests/{follow_up.pk}")
    assert not values_of(follow_up)

    taeyang.presses(f"requests/{shared.pk}/replies", text="저도 이어서", client_id="c10")
    assert values_of(Conversation.objects.filter(follows=shared).latest("pk"))


def test_whoever_gave_no_name_is_called_by_no_address(world, books, sera):
    shared = by_mail(world, "taeyang@namubooks.com", MARK, name="")

    for place in ("requests/shared", f"requests/{shared.pk}"):
        assert "taeyang@" not in words(sera, place)


@pytest.mark.parametrize("act", ["replies", "solution", "reopening", "copies"])
def test_reading_along_changes_nothing(world, books, sera, act):
    shared = by_mail(world, "taeyang@namubooks.com", MARK)

    answer = sera.presses(f"requests/{shared.pk}/{act}", text="끼어들기", client_id="x", email="a@b.example")

    assert answer.status_code == 404
    shared.refresh_from_db()
    assert shared.messages.count() == 1 and shared.participants.count() == 1


def test_the_chat_pages_of_a_shared_request_are_its_own_askers(world, books, sera):
    shared = by_mail(world, "taeyang@namubooks.com", MARK)

    assert sera.opens(f"chat?c={shared.public_id}").status_code == 404
    for act in ("person", "solved", "choice", "address"):
        assert sera.presses(f"chat/{act}", c=shared.public_id, email="a@b.example").status_code == 404
    assert sera.presses(f"talk/{shared.public_id}/typing").status_code == 404


def test_a_shared_chat_is_not_gone_on_with_by_a_colleague(world, books, sera):
    shared = by_mail(world, "taeyang@namubooks.com", MARK)
    Conversation.objects.filter(pk=shared.pk).update(channel="chat")

    said = sera.says("제 문의예요", new="")

    assert said["c"] != shared.public_id


def test_where_the_mode_says_so_they_answer(world, books, sera):
    books.share(Sharing.EVERYONE, may_reply=True, by=world.agent)
    shared = by_mail(world, "taeyang@namubooks.com", MARK)

    sera.presses(f"requests/{shared.pk}/replies", text="저도 그래요", client_id="once")

    message = shared.messages.get(text="저도 그래요")
    assert message.author_id == Person.objects.get(identities__value="sera@namubooks.com").pk
    assert not shared.participants.filter(person=message.author_id).exists()


def test_the_mode_holds_from_the_next_look(world, books, sera):
    shared = by_mail(world, "taeyang@namubooks.com", MARK)
    assert sera.opens(f"requests/{shared.pk}").status_code == 200

    books.share(Sharing.NOBODY, may_reply=False, by=world.agent)

    assert sera.opens(f"requests/{shared.pk}").status_code == 404
    assert sera.opens("requests/shared").status_code == 404
    assert sera.opens(f"talk/{shared.public_id}/messages").status_code == 404


def test_a_file_is_closed_with_the_conversation_it_lies_in(world, books, sera):
    taeyang = Visitor().signs_in("taeyang@namubooks.com")
    upload = SimpleUploadedFile("plan.txt", b"words of a plan", "text/plain")
    taeyang.presses("requests/new", subject=MARK, text="첨부", client_id="c1", files=upload)
    shared = Conversation.objects.get(subject=MARK)
    link = re.search(r'href="(/files/[^"]+)"', words(sera, f"requests/{shared.pk}"))
    assert link and sera.opens(link[1]).status_code == 200

    books.share(Sharing.NOBODY, may_reply=False, by=world.agent)

    assert sera.opens(link[1]).status_code == 404
    assert taeyang.opens(f"requests/{shared.pk}").status_code == 200


def test_who_leaves_reads_nothing_more_and_what_they_asked_stays(world, books, sera):
    shared = by_mail(world, "taeyang@namubooks.com", MARK)
    shared.requester.leave(by=world.agent)
    assert sera.opens(f"requests/{shared.pk}").status_code == 200

    Person.objects.get(identities__value="sera@namubooks.com").leave(by=world.agent)
    assert sera.opens(f"requests/{shared.pk}").status_code == 404


def test_what_somebody_asks_after_moving_is_not_the_old_organisations(world, books, garam, sera):
    taeyang = world.person("taeyang@namubooks.com", assurance=2)
    Person.objects.get(pk=taeyang.pk).join(garam, by=world.agent)

    later = by_mail(world, "taeyang@namubooks.com", THEIRS)

    assert later.organisation == garam
    assert sera.opens(f"requests/{later.pk}").status_code == 404


def test_a_letter_that_only_claims_to_be_a_members_is_shared_with_nobody(world, books, sera):
    spoofed = by_mail(world, "taeyang@namubooks.com", MARK, vouched=False)

    assert spoofed.organisation is None
    assert sera.opens(f"requests/{spoofed.pk}").status_code == 404


def test_a_form_with_a_typed_address_is_shared_with_nobody(world, books, sera, stranger):
    world.person("taeyang@namubooks.com", assurance=2)
    stranger.presses(
        "requests/new", subject=MARK, text="속임수", email="taeyang@namubooks.com", client_id="c2"
    )

    assert Conversation.objects.get(subject=MARK).organisation is None
    assert MARK not in words(sera, "requests/shared")


def test_a_guest_link_shares_nothing(world, books):
    shared = by_mail(world, "taeyang@namubooks.com", MARK)
    own = by_mail(world, "sera@namubooks.com", "OWN")
    guest = Visitor().signs_in("sera@namubooks.com", conversation=str(own.pk))

    assert guest.opens(f"requests/{own.pk}").status_code == 200
    assert guest.opens(f"requests/{shared.pk}").status_code == 404


def test_no_page_and_no_search_finds_anything_of_another_organisation(world, books, garam, sera):
    """Every address of the site, for a member of one organisation, with what is the other's."""
    mine, foreign = by_mail(world, "taeyang@namubooks.com", MARK), by_mail(world, "yuna@garam.kr", THEIRS)
    foreign.reply(f"{THEIRS} 답이에요", by=world.agent)
    looked = seen = 0
    for address in addresses():
        if not address.is_ours:
            continue
        places = [{"number": one.pk, "public_id": one.public_id} for one in (foreign, mine)]
        for path in {address.path(**values) for values in places}:
            for query in ("", f"?query={THEIRS}", f"?c={foreign.public_id}", f"?before={foreign.pk + 1}"):
                answer = sera.client.get(path + query)
                body = b"".join(answer) if answer.streaming else answer.content
                # What was asked for may stand in the search field.
                text = body.decode("utf-8", "replace").replace(f'value="{THEIRS}"', "")
                looked += 1
                seen += MARK in text
                assert "yuna@garam.kr" not in text and "가람디자인" not in text, path + query
                if not query.endswith(THEIRS):
                    assert THEIRS not in text, path + query

    assert looked > 400 and seen >= 3
    assert set(Conversation.objects.values_list("pk", flat=True)) == {mine.pk, foreign.pk}
    sera_pk = Person.objects.get(identities__value="sera@namubooks.com").pk
    assert not Message.objects.filter(author_kind="person", author_id=sera_pk).exists()
