"""Mail kept aside is deleted, brought back, and gone for good after its days; letting one in lets in that one alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from handrail.accounts.models import Role
from handrail.channels.blocking import block
from handrail.channels.forgetting import forget_deleted
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import InboundRaw
from handrail.conversations.models import Conversation
from handrail.core import clock
from handrail.core.events.models import Event
from tests.desk.conftest import signed_in
from tests.desk.test_kept_aside import HERE, SPAM, arrive, page, secret
from tests.intake.arriving import mail

__all__ = ["arrive", "secret"]

DELETE, RESTORE, DELETED = (reverse(f"desk:kept-{name}") for name in ("delete", "restore", "deleted"))


@pytest.fixture
def boss(world):
    return world.staff("manager@handrail.test", "한관리", Role.MANAGER)


@pytest.fixture
def manager(boss):
    return signed_in(boss)


def test_a_manager_deletes_and_one_press_brings_it_back_with_its_reason(world, manager, boss, arrive):
    row = arrive(mail(headers=SPAM))
    after = manager.post(DELETE, {"delete": row.pk}).url

    assert after == f"{HERE}?gone={row.pk}"
    shown = page(manager, after)
    assert "메일 1개를 삭제했어요" in shown and 'name="restore"' in shown and "환불 문의" not in shown
    assert manager.get("/desk/counts").json()["unread"]["kept_aside"] == ""
    assert not row.release(by=boss), "what is deleted opens nothing"
    listed = page(manager, DELETED)
    assert "환불 문의" in listed and "한관리 님이 삭제했어요" in listed

    assert manager.post(RESTORE, {"restore": "picked", "mail": [row.pk]}).url == HERE
    assert "환불 문의" in page(manager) and "스팸" in page(manager)
    told = Event.objects.about(row).exclude(verb__in=("inbound.kept", "inbound.quarantined"))
    assert list(told.values_list("verb", "actor_kind", "actor_id", "data__reason")) == [
        ("inbound.deleted", "staff", boss.pk, "spam"),
        ("inbound.restored", "staff", boss.pk, "spam"),
    ]


def test_several_are_deleted_at_once_and_a_press_that_names_none_does_nothing(world, manager, arrive):
    rows = [arrive(mail(f"c{n}@example.com", mid=f"{n}@example.com", headers=SPAM)) for n in range(3)]
    manager.post(DELETE, {"delete": "picked", "mail": [rows[0].pk, rows[2].pk]})
    assert InboundRaw.objects.quarantined().get() == rows[1]
    for sent in ({}, {"delete": "x"}, {"delete": "picked"}, {"delete": rows[0].pk}):
        assert manager.post(DELETE, sent).status_code == 302
        assert 'class="notice"' in page(manager)
    assert InboundRaw.objects.deleted().count() == 2


def test_an_agent_may_not_and_nobody_may_with_another_teams_mail(world, desk, manager, arrive, secret):
    row, hidden = arrive(mail(headers=SPAM)), arrive(mail(headers=SPAM), inbox=secret)
    assert 'name="delete"' not in page(desk)
    for path in (DELETE, RESTORE):
        assert desk.post(path, {"delete": row.pk}).status_code in {403, 404}
    assert desk.get(DELETED).status_code in {403, 404}
    manager.post(DELETE, {"delete": hidden.pk})
    assert not InboundRaw.objects.deleted().exists()
    hidden.delete_for_now(by=world.agent)
    manager.post(RESTORE, {"restore": hidden.pk})
    assert InboundRaw.objects.deleted().get() == hidden
    assert "환불 문의" not in page(manager, DELETED) and 'name="restore"' not in page(
        manager, f"{HERE}?gone={hidden.pk}"
    )


def test_after_its_days_the_mail_is_gone_for_good_and_never_comes_in_again(world, manager, arrive):
    body = mail(headers=SPAM)
    row = arrive(body)
    manager.post(DELETE, {"delete": row.pk})
    past = timedelta(days=settings.DELETED_DAYS)
    with clock.at(clock.now() + past - timedelta(hours=1)):
        assert forget_deleted() == 0
    with clock.at(clock.now() + past + timedelta(hours=1)):
        assert forget_deleted() == 1 and forget_deleted() == 0
    row.refresh_from_db()
    assert (bytes(row.body), row.envelope_from, row.envelope_to) == (b"", "", [])
    assert "환불 문의" not in page(manager, DELETED)
    manager.post(RESTORE, {"restore": row.pk})
    again, is_new = keep(world.mail, body, Envelope("minji@example.com", ("help@handrail.test",)))
    world.settle()
    assert (again.pk, is_new) == (row.pk, False)
    assert not InboundRaw.objects.quarantined().exists() and not Conversation.objects.exists()


def test_an_administrator_deletes_in_the_console_what_the_desk_never_shows(world, arrive):
    admin = signed_in(world.staff("admin@handrail.test", "관리자", Role.ADMIN))
    row = arrive(mail("no address"))
    path = f"/console/inbound/{row.pk}"
    assert admin.post(f"{path}/delete").status_code == 302
    assert "삭제한 메일" in admin.get("/console/inbound").content.decode()
    admin.post(f"{path}/restore")
    assert InboundRaw.objects.quarantined().get() == row
    assert signed_in(world.agent).post(f"{path}/delete").status_code in {403, 404}


def test_letting_one_in_says_nothing_of_the_senders_next(world, desk, arrive):
    first = arrive(mail(headers=SPAM))
    assert first.release(by=world.agent)
    world.settle()
    assert Conversation.objects.count() == 1
    second = arrive(mail(mid="next@example.com", subject="다른 문의", headers=SPAM))
    assert (second.state, second.error, second.is_let_in) == ("quarantined", "spam", False)


def test_what_was_only_read_again_is_suspected_like_any_other(world, arrive, monkeypatch):
    """Nobody judged a mail that could not be read: that it was tried again lets nothing in."""
    from handrail.channels.mail.receive import Unreadable
    from handrail.intake import receive

    real = receive.receive

    def unreadable(*_args, **_more):
        raise Unreadable("broken")

    monkeypatch.setattr(receive, "receive", unreadable)
    row = arrive(mail(headers=SPAM))
    assert row.error == "broken"
    monkeypatch.setattr(receive, "receive", real)
    row.release(by=world.agent)
    world.settle()
    row.refresh_from_db()
    assert (row.state, row.error) == ("quarantined", "spam") and not Conversation.objects.exists()
    row.release(by=world.agent)
    world.settle()
    assert Conversation.objects.count() == 1


def test_one_that_was_let_in_is_let_in_once(world, arrive, monkeypatch):
    """Kept aside anew after it was let in, it is looked at anew, too: its sender was blocked since."""
    row = arrive(mail(headers=SPAM))
    row.release(by=world.agent)
    row.quarantine("broken", by=world.agent)
    block("minji@example.com", by=world.agent)
    row.release(by=world.agent)
    world.settle()
    row.refresh_from_db()
    assert (row.state, row.error) == ("quarantined", "blocked")
