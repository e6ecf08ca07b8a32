"""One mail to several of our mailboxes: each team gets it, once, in whatever order it comes (decision 37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from django.db import OperationalError
from django.utils import translation

from handrail.accounts.models import Role, Team, User
from handrail.accounts.viewer import staff_viewer
from handrail.channels.mail.addresses import reply_address
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import InboundRaw, Inbox
from handrail.conversations.activity import beside_messages
from handrail.conversations.links import Link, linked
from handrail.conversations.models import Conversation, Delivery, Message
from handrail.conversations.notices.notice import Notice
from handrail.conversations.notices.words import bare, sentence
from handrail.conversations.purging import purge_due
from handrail.conversations.redaction import redact
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.intake import receive
from handrail.intake.why import why
from tests.intake.arriving import mail

BOTH = "help@handrail.test, sales@handrail.test, hr@handrail.test"


def teammate(team: Team, email: str, name: str) -> User:
    user = User.objects.create_user(email, "a-long-password", name=name, role=Role.AGENT, undo_seconds=0)
    team.add(user, by=SYSTEM)
    return user


@pytest.fixture
def seller(world) -> User:
    """Somebody of the team that reads sales@."""
    team = Team.objects.create(slug="sales", name_ko="영업팀", name_en="Sales")
    Inbox.objects.create(
        kind="mail", brand=world.brand, address="sales@handrail.test", name="sales", team=team
    )
    return teammate(team, "seller@handrail.test", "박영업")


@pytest.fixture
def keeper(world) -> User:
    """Somebody of the private team that reads hr@."""
    team = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    Inbox.objects.create(kind="mail", brand=world.brand, address="hr@handrail.test", name="hr", team=team)
    return teammate(team, "keeper@handrail.test", "최인사")


@pytest.fixture
def arrive(world):
    """arrive("sales", body) -> the kept row; everything in the background has run."""

    def go(name: str, body: bytes | None = None) -> InboundRaw:
        inbox = Inbox.objects.get(address=f"{name}@handrail.test")
        row, _new = keep(inbox, body or mail(to=BOTH), Envelope("minji@example.com", (inbox.address,)))
        world.settle()
        row.refresh_from_db()
        return row

    return go


def said(number: int | None = None) -> list[str]:
    found = Message.objects.filter(direction="in")
    return list((found.filter(conversation=number) if number else found).values_list("text", flat=True))


@pytest.mark.parametrize("order", [("help", "sales"), ("sales", "help")])
def test_two_open_teams_have_one_conversation_that_names_both_mailboxes(world, seller, arrive, order):
    for name in (*order, *order):
        assert arrive(name).state == "taken"
    conversation = Conversation.objects.get()
    message = conversation.messages.get(direction="in")
    first, second = (f"{name}@handrail.test" for name in order)
    with translation.override("en"):
        said_of_it = why(message).threading
        named = [each.text for each in beside_messages(conversation, locale="en") if each.new == second]
    assert said_of_it[-1] == f"It arrived at {first}, {second}."
    assert named == [f"Mail to {second} is part of this too, and its team was told"]


@pytest.mark.parametrize("order", [("help", "sales"), ("sales", "help")])
def test_both_teams_are_told_once(world, seller, arrive, order):
    for name in (*order, *order):
        arrive(name)
    assert sorted(Notice.objects.values_list("user__name", flat=True)) == ["박영업", "이서준"]
    other = Notice.objects.get(data__has_key="mailbox")
    assert f"{order[1]}@handrail.test" in sentence(other) and "우리 팀" in bare(other)


def test_a_second_mailbox_of_the_same_team_is_named_and_nobody_is_told_again(world, arrive):
    Inbox.objects.create(kind="mail", brand=world.brand, address="sales@handrail.test", team=world.team)
    arrive("help")
    arrive("sales")
    assert Conversation.objects.count() == 1 and Notice.objects.count() == 1
    assert Event.objects.get(verb="conversation.also_came").data["team"] is None


def test_a_later_mail_to_both_tells_nobody_again(world, seller, arrive):
    for mid, before in (("a1@example.com", ""), ("a2@example.com", "In-Reply-To: <a1@example.com>")):
        for name in ("help", "sales"):
            arrive(name, mail(to=BOTH, mid=mid, text=mid, headers=before))
    assert said(Conversation.objects.get().pk) == ["a1@example.com", "a2@example.com"]
    assert Event.objects.filter(verb="conversation.also_came").count() == 1


@pytest.mark.parametrize("order", [("help", "sales"), ("sales", "help")])
def test_a_reply_that_goes_to_another_mailbox_too_is_told_there(world, seller, arrive, order):
    arrive("help", mail())
    for name in order:
        arrive(
            name,
            mail(to=BOTH, mid="a2@example.com", text="영업팀도요", headers="References: <a1@example.com>"),
        )
    assert said(Conversation.objects.get().pk) == ["환불하고 싶어요.", "영업팀도요"]
    assert Event.objects.get(verb="conversation.also_came").data["address"] == "sales@handrail.test"
    assert Notice.objects.filter(user=seller).count() == 1


@pytest.mark.parametrize("order", list(permutations(("help", "sales", "hr"))))
def test_a_private_team_has_its_own_and_the_others_share_one(world, seller, keeper, arrive, order):
    for name in (*order, *order):
        arrive(name)
    shared = Conversation.objects.visible_to(staff_viewer(seller)).get()
    own = Conversation.objects.exclude(pk=shared.pk).get()
    assert own.team.slug == "hr" and said(own.pk) == said(shared.pk) == ["환불하고 싶어요."]
    # It sees both, and only it is shown that they belong together.
    assert [each.number for each in linked(own, viewer=staff_viewer(keeper))] == [shared.pk]
    assert linked(shared, viewer=staff_viewer(seller)) == []
    assert not Event.objects.filter(verb="conversation.linked").exists()
    assert Notice.objects.filter(user=keeper).exists() and Notice.objects.filter(user=seller).exists()
    assert Message.objects.filter(data__code="acknowledged").count() == 1, (
        "one mail gets one automatic answer"
    )


@pytest.mark.parametrize("order", [("help", "hr"), ("hr", "help")])
def test_what_follows_finds_each_teams_own(world, keeper, arrive, order):
    for name in order:
        arrive(name)
    shared = Conversation.objects.get(team=world.team)
    own = Conversation.objects.exclude(pk=shared.pk).get()
    for name in order:
        arrive(
            name, mail(to=BOTH, mid="a2@example.com", text="그리고요", headers="References: <a1@example.com>")
        )
    for name in reversed(order):
        arrive(name, mail(to=BOTH, mid="a3@example.com", text="끝", headers="In-Reply-To: <a2@example.com>"))
    assert said(own.pk) == said(shared.pk) == ["환불하고 싶어요.", "그리고요", "끝"]


@pytest.mark.parametrize("order", [("help", "hr"), ("hr", "help")])
def test_an_answer_to_one_team_that_goes_to_the_other_too_begins_its_own_there(world, keeper, arrive, order):
    arrive("hr", mail(to="hr@handrail.test"))
    own = Conversation.objects.get()
    window = own.endpoints.get()
    to = reply_address("hr@handrail.test", endpoint_id=window.pk, reply_key=window.reply_key)
    answer = mail(to=f"{to}, help@handrail.test", mid="a2@example.com", text="모두에게")
    for name in order:
        arrive(name, answer)
    shared = Conversation.objects.exclude(pk=own.pk).get()
    assert said(own.pk)[-1:] == said(shared.pk) == ["모두에게"]
    assert shared.team == world.team


def test_an_answer_to_both_teams_words_stays_with_each(world, keeper, arrive):
    for name in ("help", "hr"):
        arrive(name)
    shared = Conversation.objects.get(team=world.team)
    own = Conversation.objects.exclude(pk=shared.pk).get()
    told = own.reply("인사팀이에요", by=keeper)
    world.settle()
    wire = Delivery.objects.get(message=told).wire_id
    names = f"References: <a1@example.com> <{wire}>"
    for name in ("help", "hr"):
        arrive(name, mail(to=BOTH, mid="a2@example.com", text="네", headers=names))
    assert said(own.pk)[-1] == said(shared.pk)[-1] == "네" and Conversation.objects.count() == 2


def test_a_conversation_that_became_a_private_teams_still_takes_what_comes_to_its_mailbox(
    world, keeper, arrive
):
    arrive("help", mail())
    Conversation.objects.get().hand_to_team(Team.objects.get(slug="hr"), by=world.agent)
    arrive("help", mail(mid="a2@example.com", headers="References: <a1@example.com>"))
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize("name", ["sales", "hr"])
def test_a_mail_without_a_message_id_is_one_too(world, seller, keeper, arrive, name):
    body = mail(to=BOTH).replace(b"Message-ID: <a1@example.com>\r\n", b"")
    for each in ("help", name, "help", name):
        arrive(each, body)
    assert Conversation.objects.count() == (2 if name == "hr" else 1)


@pytest.mark.parametrize("name", ["sales", "hr"])
def test_killed_in_between_it_is_done_once_when_it_is_done_again(
    world, seller, keeper, arrive, monkeypatch, name
):
    arrive("help")
    inbox = Inbox.objects.get(address=f"{name}@handrail.test")
    raw, _new = keep(inbox, mail(to=BOTH), Envelope("minji@example.com", (inbox.address,)))
    before = Event.objects.count(), Message.objects.count(), Link.objects.count()
    last = "also_came" if name == "sales" else "_remember"
    done = getattr(receive, last)

    def killed(*args, **more):
        done(*args, **more)
        raise OperationalError("killed")

    monkeypatch.setattr(receive, last, killed)
    with pytest.raises(OperationalError):
        receive.take_in(raw)
    assert (Event.objects.count(), Message.objects.count(), Link.objects.count()) == before
    monkeypatch.undo()
    for _ in range(2):
        receive.take_in(InboundRaw.objects.get(pk=raw.pk))
    assert Conversation.objects.count() == (2 if name == "hr" else 1)
    assert Event.objects.filter(verb="conversation.also_came").count() == (0 if name == "hr" else 1)


def test_words_taken_out_are_gone_at_both_mailboxes(world, keeper, seller, arrive):
    card = "4111 1111 1111 1111"
    for name in ("help", "sales", "hr"):
        arrive(name, mail(to=BOTH, text=card))
    redact(Conversation.objects.get(team=world.team), card, by=world.agent)
    assert not any(b"4111" in bytes(raw.body) for raw in InboundRaw.objects.all())
    assert not any("4111" in text for text in said())


def test_another_persons_mail_with_the_same_id_is_another(world, seller, arrive):
    arrive("help")
    arrive("sales", mail("evil@example.net", to=BOTH))
    assert Conversation.objects.count() == 2


@pytest.mark.parametrize("has_id", [True, False])
def test_forgetting_one_teams_leaves_the_others_its_original(world, keeper, arrive, monkeypatch, has_id):
    body = mail(to=BOTH)
    body = body if has_id else body.replace(b"Message-ID: <a1@example.com>\r\n", b"")
    arrive("help", body)
    kept = arrive("hr", body)
    gone = Conversation.objects.get(team=world.team)
    gone.delete_for_now(by=world.staff("manager@handrail.test", "한관리", Role.MANAGER))
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=400))

    assert purge_due() == 1

    bodies = {raw.pk: bytes(raw.body) for raw in InboundRaw.objects.all()}
    assert bodies.pop(kept.pk) and not any(bodies.values())


def test_a_mailbox_that_vouches_for_the_sender_vouches_at_the_other_too(world, seller, arrive, monkeypatch):
    arrive("help")
    conversation = Conversation.objects.get()
    assert conversation.is_claimed
    plain = receive.check
    monkeypatch.setattr(receive, "check", lambda *given, **more: replace(plain(*given, **more), vouched=True))

    arrive("sales")

    conversation.refresh_from_db()
    assert not conversation.is_claimed and conversation.messages.get(direction="in").is_verified
    assert conversation.last_message_is_verified, "lists do not mark the sender either"
