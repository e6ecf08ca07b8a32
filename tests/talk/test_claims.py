"""A conversation opened in somebody's name by mail that nobody vouched for: no part of theirs before they say so."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.core import mail as django_mail
from django.db import connection

from handrail.channels.mail.authenticity import Verdict
from handrail.contacts.accounts import find
from handrail.contacts.models import Identity
from handrail.contacts.viewers import viewer_for
from handrail.conversations.conversation import Conversation
from handrail.conversations.merging import merge
from handrail.conversations.splitting import split
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.jobs.worker import drain
from tests.desk.conftest import signed_in
from tests.intake.arriving import arrive, mail, reply_to  # noqa: F401  (a fixture)
from tests.talk.visitor import Visitor, mailed_link


@pytest.fixture
def claim(world, arrive) -> Conversation:  # noqa: F811
    world.person("minji@example.com", assurance=2)
    arrive(mail(subject="주소를 바꿔 주세요"))
    return Conversation.objects.get()


def place(conversation: Conversation) -> str:
    return f"requests/{conversation.number}"


def stands(visitor: Visitor, conversation: Conversation) -> bool:
    """Whether it is in the reader's list, and whether its page opens: both or neither."""
    is_listed = f'/requests/{conversation.number}">' in visitor.opens("requests").content.decode()
    opens = 'class="talk-lines"' in visitor.opens(place(conversation)).content.decode()
    assert is_listed == opens
    return opens


def shown_in(conversation: Conversation, visitor: Visitor) -> list[int]:
    """What programs are told, and the pages live."""
    live = f"/hc/ko/talk/{conversation.public_id}/messages"
    api = f"/api/v2/conversations/{conversation.number}"
    return [visitor.client.get(path).status_code for path in (live, api)]


def test_a_claim_stands_nowhere_in_the_help_centre_of_whom_it_names(claim, minji):
    assert claim.is_claimed
    assert not stands(minji, claim)
    assert "주소를 바꿔" not in minji.opens("requests").content.decode()
    assert shown_in(claim, minji) == [404, 404]
    person = find("minji@example.com")
    assert not Conversation.objects.visible_to(viewer_for(person, assurance=3)).exists()


def test_a_reply_of_ours_does_not_bring_it_there(claim, minji, world):
    claim.reply("확인할게요", by=world.agent)
    world.settle()

    assert not stands(minji, claim)


def test_its_own_link_shows_it_and_opening_it_says_that_it_is_theirs(claim, visitor, minji):
    visitor.presses("sign-in/link", email="minji@example.com", conversation=claim.number)
    before = len(django_mail.outbox)
    drain()
    assert len(django_mail.outbox) == before + 1
    link = mailed_link(-1)

    asked = visitor.opens(link).content.decode()
    assert "내가 보냈어요" in asked and not stands(minji, claim)
    assert visitor.presses(link)["Location"].endswith(place(claim))
    assert visitor.opens(place(claim)).status_code == 200
    assert stands(minji, claim) and shown_in(claim, minji) == [200, 200]


@pytest.mark.parametrize("where", ["requests", "its page"])
def test_who_is_signed_in_by_that_address_is_asked_whether_they_wrote_it(claim, minji, where):
    page = minji.opens("requests" if where == "requests" else place(claim))

    text = page.content.decode()
    assert page.status_code == 200
    assert f"고객님 이름으로 왔지만 확인되지 않은 메일이에요: #{claim.number}" in text
    assert "주소를 바꿔" not in text and "아직 문의가 없어요" not in text

    answer = minji.presses(f"{place(claim)}/claim", mine=1)

    assert answer["Location"].endswith(place(claim))
    assert stands(minji, claim)
    assert "확인되지 않은 메일" not in minji.opens("requests").content.decode()


def test_an_answer_that_says_neither_changes_nothing(claim, minji):
    minji.presses(f"{place(claim)}/claim")

    claim.refresh_from_db()
    assert claim.is_claimed and not claim.tags.exists()
    assert "확인되지 않은 메일" in minji.opens("requests").content.decode()


def test_what_they_did_not_write_is_gone_for_them_and_marked_for_the_desk(claim, minji, world):
    minji.presses(f"{place(claim)}/claim", others=1)

    assert not stands(minji, claim)
    assert "확인되지 않은 메일" not in minji.opens("requests").content.decode()
    assert minji.opens(place(claim)).status_code == 404
    assert minji.presses(f"{place(claim)}/claim", mine=1).status_code == 404
    assert "not-theirs" in signed_in(world.agent).get(f"/desk/conversations/{claim.number}").content.decode()


def test_nobody_else_is_asked(claim, minji, stranger, world):
    hana = Visitor().signs_in("hana@example.com")

    for other in (stranger, hana):
        assert "확인되지 않은 메일" not in other.opens("requests").content.decode()
        assert other.opens(place(claim)).status_code == 404
        assert other.presses(f"{place(claim)}/claim", mine=1).status_code == 404
    claim.refresh_from_db()
    assert claim.is_claimed


def test_an_address_that_was_only_added_to_them_is_asked_about_to_nobody(claim, minji):
    Identity.objects.filter(value="minji@example.com").update(assurance=0)
    Identity.objects.create(
        person=claim.requester, kind="email", value="other@example.com", assurance=2, proved_at=clock.now()
    )

    assert "확인되지 않은 메일" not in minji.opens("requests").content.decode()


def test_the_link_of_somebody_else_confirms_nothing(claim, stranger):
    stranger.presses("sign-in/link", email="hana@example.com", conversation=claim.number)
    drain()
    link = mailed_link(-1)
    assert "내가 보냈어요" not in stranger.opens(link).content.decode()

    stranger.presses(link)

    assert stranger.opens(place(claim)).status_code == 404
    claim.refresh_from_db()
    assert claim.is_claimed


def test_a_later_answer_from_their_own_mailbox_does(claim, minji, arrive):  # noqa: F811
    arrive(mail(mid="b@example.com", headers="In-Reply-To: <a1@example.com>"))
    assert not stands(minji, claim)  # in their name as well, and as little vouched for

    arrive(
        mail(mid="c@example.com", to=reply_to(claim), headers="Auto-Submitted: auto-replied"),
        to=reply_to(claim),
    )
    assert not stands(minji, claim)  # a machine's answer says nothing

    arrive(mail(mid="d@example.com", to=reply_to(claim)), to=reply_to(claim))
    assert stands(minji, claim)


def test_what_is_vouched_for_stands_at_once(world, arrive, minji, monkeypatch):  # noqa: F811
    monkeypatch.setattr(
        "handrail.intake.receive.check", lambda _raw, _mail, **_hop: Verdict(True, "dkim", "self")
    )
    arrive(mail())

    assert stands(minji, Conversation.objects.get())


def test_a_colleague_says_that_they_sent_it(claim, minji, world):
    desk, path = signed_in(world.agent), f"/desk/conversations/{claim.number}"
    assert f"{path}/confirmation" in desk.get(path).content.decode()

    desk.post(f"{path}/confirmation")

    page = desk.get(path).content.decode()
    assert f"{path}/confirmation" not in page
    assert "고객이 보낸 것임을 확인했어요" in page
    assert stands(minji, claim)


def test_who_is_in_copy_reads_it(claim, world, stranger):
    claim.add_participant(world.person("hana@example.com", assurance=2), by=world.agent)

    assert stands(stranger.signs_in("hana@example.com"), claim)


def test_a_part_of_it_is_as_claimed_and_what_goes_on_in_it_is_theirs(claim, minji, world):
    part = split(claim.messages.get(direction="in"), by=world.agent)
    assert not stands(minji, part)

    own = world.conversation(find("minji@example.com"))
    merge(own, into=claim, by=world.agent)
    assert stands(minji, claim)


def test_a_forged_mail_after_a_closed_one_is_claimed_too(claim, minji, arrive, world):  # noqa: F811
    claim.confirm(by=SYSTEM)
    claim.set_status("closed", by=world.agent)

    arrive(mail(mid="b@example.com", headers="In-Reply-To: <a1@example.com>"))

    after = Conversation.objects.get(follows=claim)
    assert stands(minji, claim) and not stands(minji, after)


def test_those_of_before_are_claimed_after_the_upgrade(claim, world):
    sure = world.conversation(find("minji@example.com"))
    Conversation.objects.update(is_claimed=False)
    upgrade = import_module("handrail.conversations.migrations.0023_claimed")

    with connection.cursor() as cursor:
        cursor.execute(upgrade.MARK_CLAIMED)

    assert list(Conversation.objects.filter(is_claimed=True)) == [claim]
    assert sure.pk != claim.pk
