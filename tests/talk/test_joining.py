"""What a browser began before somebody signed in on it: asked about once, moved only then, and given back otherwise."""

from __future__ import annotations

import re

import pytest

from handrail.contacts.identify import also_known_as
from handrail.conversations.conversation import Conversation
from handrail.core.actors import SYSTEM
from tests.talk.visitor import Visitor

QUESTION = "이 브라우저에서 남긴 문의 2건을 내 계정으로 옮길까요?"


@pytest.fixture
def two(visitor, world) -> list[Conversation]:
    """Two requests of a nameless browser: a chat, and a form with an address nobody proved."""
    visitor.says("상담사와 이야기할래요", new="1")
    visitor.presses("requests/new", subject="환불", text="어제 신청했어요", email="typo@example.com")
    return list(Conversation.objects.order_by("number"))


def words(visitor: Visitor, place: str = "requests") -> str:
    return visitor.opens(place).content.decode()


def sides(page: str) -> list[str]:
    """Who said each of a thread's messages, as its reader is told."""
    return re.findall(r'data-seq="\d+" data-side="(\w+)"', page)


def test_signing_in_asks_and_moves_nothing(visitor, two):
    visitor.signs_in("minji@example.com")
    page = words(visitor)

    assert QUESTION in page
    assert all(f"#{one.number}" in page for one in two)
    assert not Conversation.objects.filter(
        participants__person__identities__value="minji@example.com"
    ).exists()


def test_left_with_the_browser_they_are_asked_about_once_and_come_back_with_signing_out(visitor, two):
    visitor.signs_in("minji@example.com")
    visitor.presses("requests/joining", leave="1")
    page = words(visitor)
    assert QUESTION not in page and "이 브라우저에만 있는 문의" in page

    visitor.presses("sign-out")
    page = words(visitor)
    assert all(f"#{one.number}" in page for one in two)

    visitor.signs_in("minji@example.com")
    assert QUESTION not in words(visitor)


def test_what_one_went_on_with_while_signed_in_is_not_the_browsers_after_signing_out(visitor, stranger, two):
    chat, form = two
    visitor.signs_in("minji@example.com")
    visitor.says("제 주문 번호는 A-7이에요")
    visitor.presses("sign-out", here="1")

    page = words(visitor)
    assert f"#{chat.number}" not in page and f"#{form.number}" in page
    assert "A-7" not in words(visitor, "chat")
    assert f"#{chat.number}" in words(stranger.signs_in("minji@example.com"))


def test_whoever_writes_on_in_a_chat_while_signed_in_is_known_to_its_people_at_once(visitor, two):
    chat, form = two
    visitor.signs_in("minji@example.com")
    visitor.says("제 주문 번호는 A-7이에요", c=chat.public_id)

    chat.refresh_from_db()
    assert chat.requester.email == "minji@example.com"
    assert set(sides(words(visitor, f"chat?c={chat.public_id}"))) <= {"me", "bot"}
    form.refresh_from_db()
    assert form.requester.email != "minji@example.com"


def test_asking_for_a_person_while_signed_in_says_who_asks(visitor):
    visitor.says("배송이 궁금해요", new="1")
    chat = Conversation.objects.get()
    visitor.signs_in("minji@example.com")
    visitor.presses("chat/person", c=chat.public_id, text="")

    chat.refresh_from_db()
    assert chat.held_by == "people" and chat.requester.email == "minji@example.com"
    # As in a chat begun by somebody signed in: what they do not read comes by mail.
    ways = chat.endpoints.filter(is_active=True).exclude(address="")
    assert list(ways.values_list("address", "is_fallback")) == [("minji@example.com", True)]


def test_joined_they_are_the_accounts_and_no_longer_the_browsers(visitor, stranger, two):
    visitor.signs_in("minji@example.com")
    chat, form = two
    answer = visitor.presses("requests/joining", join="1", number=[chat.number, form.number])

    page = words(visitor, answer["Location"])
    assert "문의 2건이 이제 내 계정에 있어요" in page and "내 계정으로 옮길까요" not in page
    form.refresh_from_db()
    assert form.requester.email == "minji@example.com"
    assert list(form.endpoints.filter(is_active=True).values_list("address", flat=True)) == [
        "minji@example.com"
    ]
    for one in two:
        assert set(sides(words(visitor, f"requests/{one.number}"))) <= {"me", "bot"}
    elsewhere = stranger.signs_in("minji@example.com")
    assert f"#{chat.number}" in words(elsewhere)

    visitor.presses("sign-out")
    assert f"#{chat.number}" not in words(visitor)


def test_only_what_was_listed_moves_and_never_anothers(visitor, stranger, two, world):
    foreign = world.conversation(world.person("hana@example.com"))
    stranger.says("다른 브라우저예요")
    other = Conversation.objects.order_by("-number").first()
    visitor.signs_in("minji@example.com")

    visitor.presses("requests/joining", join="1", number=[two[0].number, foreign.number, other.number, "x"])

    moved = Conversation.objects.filter(requester__identities__value="minji@example.com")
    assert [one.number for one in moved] == [two[0].number]


def test_what_was_sent_in_the_name_of_somebody_who_proved_it_is_not_taken_from_them(visitor, two, world):
    world.person("typo@example.com", assurance=2)
    visitor.signs_in("minji@example.com")

    visitor.presses("requests/joining", join="1", number=[one.number for one in two])

    two[1].refresh_from_db()
    assert two[1].requester.email == "typo@example.com"
    assert f"#{two[1].number}" in words(visitor)


def test_what_is_begun_while_signed_in_is_the_accounts_alone(visitor, two):
    visitor.signs_in("minji@example.com")
    visitor.says("내 계정으로 물어봐요", new="1")
    visitor.presses("requests/new", subject="교환", text="바꾸고 싶어요")
    mine = Conversation.objects.order_by("-number")[:2]
    assert all(f"#{one.number}" in words(visitor) for one in mine)

    visitor.presses("sign-out")

    assert not any(f"#{one.number}" in words(visitor) for one in mine)
    assert all(f"#{one.number}" in words(visitor) for one in two)


def test_a_chat_goes_on_after_signing_in_as_the_same_visitor(visitor, two):
    visitor.signs_in("minji@example.com")

    visitor.says("아직 있어요", c=two[0].public_id)

    two[0].refresh_from_db()
    assert two[0].messages.last().author_id == two[0].requester_id
    assert sides(words(visitor, f"chat?c={two[0].public_id}"))[-1] == "me"


def test_a_guest_and_a_stranger_move_nothing(visitor, two):
    assert visitor.presses("requests/joining", join="1", number=two[0].number).status_code == 404
    assert two[0].participants.get().person_id == two[0].requester_id


def test_what_was_begun_by_older_versions_while_signed_in_does_not_stay_in_the_browser(visitor, world):
    visitor.says("먼저 물어봐요")
    first = Conversation.objects.get()
    visitor.signs_in("minji@example.com")
    mine = world.conversation(world.person("minji@example.com"))
    Conversation.objects.filter(pk=mine.pk).update(chat_key=first.chat_key, about={"assurance": 2})

    visitor.presses("sign-out")

    page = words(visitor)
    assert f"#{first.number}" in page and f"#{mine.number}" not in page


def test_a_persons_own_words_are_their_own_however_they_came(minji, world):
    conversation = world.conversation(world.person("minji@example.com"))
    conversation.messages.update(is_verified=False, from_address="minji@example.com")
    hana = world.person("hana@example.com")
    conversation.add_participant(hana, by=SYSTEM)
    conversation.receive("제 생각은 달라요", by=hana, is_verified=False, from_address="hana@example.com")

    page = words(minji, f"requests/{conversation.number}")

    own, _mark, others = page.partition('data-side="other"')
    assert sides(page) == ["me", "other"] and "확인되지 않은 보낸이" not in own
    # A forged mail from their address stands among their words, so it says how it came.
    assert "보낸이를 확인하지 못한 메일" in own
    assert "확인되지 않은 보낸이" in others and "제 생각은 달라요" in others


def test_the_list_says_what_came_only_by_mail_that_nobody_vouched_for(minji, world):
    claimed, sure = (world.conversation(world.person("minji@example.com")) for _each in range(2))
    for each in (claimed, sure):
        each.messages.update(is_verified=False, from_address="minji@example.com")
    sure.receive("제가 쓴 거 맞아요", by=world.person("minji@example.com"))

    rows = {row.partition("<")[0]: row for row in words(minji).split("requests/")}
    hint = "보낸이를 확인하지 못한 메일"
    (theirs,) = [row for at, row in rows.items() if at.startswith(f'{claimed.number}"')]
    (other,) = [row for at, row in rows.items() if at.startswith(f'{sure.number}"')]
    assert hint in theirs and hint not in other


def test_an_empty_list_says_where_else_a_request_may_stand_and_nothing_of_anybody(visitor, world):
    world.conversation(world.person("hana@example.com")).messages.update(is_verified=False)
    hint = "다른 주소로 보냈다면"
    assert hint not in words(visitor)

    visitor.signs_in("minji@example.com")

    page = words(visitor)
    assert hint in page and "hana@example.com" not in page


def test_their_other_address_is_them_too(minji, world):
    person = world.person("minji@example.com")
    also_known_as(person, "email", "minji@work.example", by=SYSTEM, assurance=2)
    conversation = world.conversation(person)
    conversation.receive(
        "회사에서 답해요",
        by=person,
        is_verified=False,
        from_address="minji@work.example",
        data={"other_address": True},
    )

    page = words(minji, f"requests/{conversation.number}")

    assert sides(page) == ["me", "me"] and "minji@work.example" not in page.partition('class="talk')[2]
