"""Mail kept aside, at the desk: who finds it, what it says, letting it in and keeping its sender out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.accounts.models import Role, Team
from handrail.channels.blocking import block, is_blocked
from handrail.channels.inboxes import Inbox
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import BlockedSender, InboundRaw
from handrail.conversations.models import Conversation
from handrail.core import bus, clock
from handrail.core.actors import SYSTEM
from handrail.core.keyset import older
from handrail.web.desk import kept_aside
from tests.desk.conftest import signed_in
from tests.intake.arriving import mail

HERE = reverse("desk:kept-aside")
ACTS = reverse("desk:kept-aside-acts")
SPAM = "X-Spam-Flag: YES"


@pytest.fixture
def arrive(world):
    def go(body: bytes, *, inbox: Inbox | None = None) -> InboundRaw:
        inbox = inbox or world.mail
        row, _new = keep(inbox, body, Envelope("minji@example.com", (inbox.address,)))
        world.settle()
        row.refresh_from_db()
        return row

    return go


@pytest.fixture
def secret(world) -> Inbox:
    """The mailbox of a private team that nobody of `world` is in."""
    team = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    return Inbox.open_mailbox(
        "hr@handrail.test", brand=world.brand, name="인사", team=team, locale="ko", by=SYSTEM
    )


def page(browser, path: str = HERE) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_agent_reads_why_a_mail_waits_and_one_press_makes_an_ordinary_conversation_of_it(
    world, desk, arrive
):
    row = arrive(mail(headers=SPAM))
    shown = page(desk)
    assert "환불 문의" in shown and "김민지 &lt;minji@example.com&gt;" in shown and "스팸" in shown
    assert not Conversation.objects.exists()

    assert desk.post(ACTS, {"release": row.pk}).url == HERE
    world.settle()

    conversation = Conversation.objects.visible_to(world.viewer()).get()
    assert (conversation.subject, conversation.team) == ("환불 문의", world.team)
    assert conversation.messages.get(direction="in").text == "환불하고 싶어요."
    assert "환불 문의" not in page(desk)


def test_a_blocked_senders_next_mail_opens_no_conversation_and_waits_with_its_reason(world, desk, arrive):
    first = arrive(mail(headers=SPAM))
    desk.post(ACTS, {"block": first.pk})
    assert BlockedSender.objects.get().by == world.agent

    second = arrive(mail(mid="b@example.com", subject="또 왔어요"))
    assert (second.state, second.error) == ("quarantined", "blocked")
    assert not Conversation.objects.exists()
    assert "차단한 보낸이의 메일이에요." in page(desk) and "또 왔어요" in page(desk)


def test_who_blocked_takes_it_back_by_one_press_and_nobody_elses(world, desk, arrive, manager):
    row = arrive(mail(headers=SPAM))
    block("minji@example.com", by=manager)
    assert 'name="unblock"' not in page(desk)
    desk.post(ACTS, {"unblock": row.pk})
    assert is_blocked("minji@example.com")
    signed_in(manager).post(ACTS, {"unblock": row.pk})
    assert not is_blocked("minji@example.com")


def test_several_are_let_in_and_their_senders_blocked_at_once(world, desk, arrive):
    rows = [arrive(mail(f"c{n}@example.com", mid=f"{n}@example.com", headers=SPAM)) for n in range(3)]
    two = [rows[0].pk, rows[2].pk]
    desk.post(ACTS, {"block": "picked", "mail": two})
    assert set(BlockedSender.objects.values_list("sender", flat=True)) == {
        "c0@example.com",
        "c2@example.com",
    }
    desk.post(ACTS, {"release": "picked", "mail": two})
    world.settle()
    assert Conversation.objects.count() == 2
    assert InboundRaw.objects.quarantined().get() == rows[1]


def test_a_button_of_one_mail_leaves_those_picked_alone(world, desk, arrive):
    rows = [arrive(mail(f"c{n}@example.com", mid=f"{n}@example.com", headers=SPAM)) for n in range(2)]
    desk.post(ACTS, {"release": rows[0].pk, "mail": [rows[1].pk]})
    assert InboundRaw.objects.quarantined().get() == rows[1]


@pytest.mark.parametrize("sent", [{}, {"release": "picked"}, {"release": "x"}, {"block": "9" * 30}])
def test_a_press_that_names_no_mail_does_nothing_and_says_so(world, desk, arrive, sent):
    arrive(mail(headers=SPAM))
    assert desk.post(ACTS, sent).status_code == 302
    assert 'class="notice"' in page(desk)
    assert InboundRaw.objects.quarantined().count() == 1 and not BlockedSender.objects.exists()


def test_two_colleagues_who_press_at_once_open_one_conversation(world, arrive):
    row = arrive(mail(headers=SPAM))
    late = InboundRaw.objects.get(pk=row.pk)
    assert row.release(by=world.agent)
    world.settle()
    assert not late.release(by=world.agent)
    world.settle()
    assert Conversation.objects.get().messages.filter(direction="in").count() == 1
    assert InboundRaw.objects.get().state == "taken"


def test_who_comes_late_is_told_so(world, desk, arrive, manager):
    row = arrive(mail(headers=SPAM))
    signed_in(manager).post(ACTS, {"release": row.pk})
    desk.post(ACTS, {"block": row.pk})
    assert 'class="notice"' in page(desk) and not BlockedSender.objects.exists()


@pytest.mark.parametrize(
    "sender", ["help@handrail.test", "agent@handrail.test", "a@example.com>, <b@example.com"]
)
def test_neither_we_nor_a_colleague_nor_an_unclear_sender_is_blocked(world, desk, arrive, sender):
    row = arrive(mail(sender, headers=SPAM))
    desk.post(ACTS, {"block": row.pk})
    assert 'class="notice"' in page(desk)
    assert not BlockedSender.objects.exists()


def test_what_came_to_another_private_teams_mailbox_is_not_there(world, desk, arrive, secret):
    row = arrive(mail(headers=SPAM), inbox=secret)
    assert row.state == "quarantined"
    admin = signed_in(world.staff("admin@handrail.test", "박운영", Role.ADMIN))
    for browser in (desk, admin):
        shown = page(browser)
        assert "환불 문의" not in shown and 'data-count="kept_aside"></span>' in shown
        there, missing = (browser.get(reverse("desk:kept-mail", args=[pk])) for pk in (row.pk, 987654))
        assert there.status_code == missing.status_code == 404
        answers = [browser.post(ACTS, {act: row.pk}) for act in ("release", "block", "unblock")]
        assert {answer.url for answer in answers} == {HERE}
    row.refresh_from_db()
    assert row.state == "quarantined" and not BlockedSender.objects.exists()

    member = world.staff("hr@staff.test", "최인사", Role.AGENT)
    secret.team.add(member, by=SYSTEM)
    assert "환불 문의" in page(signed_in(member))
    assert "환불 문의" in admin.get(reverse("console:inbound")).content.decode()


def test_a_mailbox_without_a_team_is_everybodys(world, arrive, secret):
    outsider = world.staff("out@handrail.test", "정바깥", Role.AGENT)
    world.team.members.remove(outsider)
    secret.set_up(team=None, by=SYSTEM)
    arrive(mail(headers=SPAM), inbox=secret)
    assert "환불 문의" in page(signed_in(outsider))


@pytest.mark.parametrize("reason", ["loop", "bounce_unsigned", "agent_unseen", "agent_unproved"])
def test_what_repeats_words_of_ours_is_for_administrators_alone(world, desk, arrive, reason):
    row = arrive(mail(headers=SPAM))
    row.quarantine(reason, by=SYSTEM)
    assert "환불 문의" not in page(desk)
    assert desk.get(reverse("desk:kept-mail", args=[row.pk])).status_code == 404


def test_an_author_who_judges_no_mail_finds_none(world, arrive):
    arrive(mail(headers=SPAM))
    browser = signed_in(world.staff("author@handrail.test", "글쓴이", Role.AUTHOR))
    assert browser.get(HERE).status_code in {403, 404}
    assert HERE not in browser.get("/desk/", follow=True).content.decode()


def test_its_words_stand_there_as_text_and_nothing_of_it_is_markup_or_opens_anything(world, desk, arrive):
    html = '<p>보세요 <b>지금</b></p><img src="https://track.example/x.png"><script>alert(1)</script>'
    body = mail(headers=SPAM, text=html + "<p>https://handrail.test/sign-in/link/abcdefSECRET</p>")
    row = arrive(body.replace(b"text/plain", b"text/html"))
    shown = page(desk, reverse("desk:kept-mail", args=[row.pk]))
    words = shown.split('<pre class="kept-words"')[1].split("</pre>")[0]
    assert "보세요 지금" in words
    assert "track.example" not in shown and "alert(1)" not in shown and "abcdefSECRET" not in shown


def test_markup_in_a_text_mail_is_shown_as_it_was_typed(world, desk, arrive):
    row = arrive(mail(headers=SPAM, subject="<b>x</b>", text="<img src=x onerror=alert(1)>"))
    for path in (HERE, reverse("desk:kept-mail", args=[row.pk])):
        assert "<b>x</b>" not in page(desk, path) and "<img src=x" not in page(desk, path)
    assert "&lt;img src=x" in page(desk, reverse("desk:kept-mail", args=[row.pk]))


def test_files_are_named_and_not_given(world, desk, arrive):
    boundary = "Content-Type: multipart/mixed; boundary=q"
    parts = "--q\r\nContent-Type: text/plain\r\n\r\nhi\r\n--q\r\nContent-Type: application/pdf\r\n"
    parts += 'Content-Disposition: attachment; filename="bill.pdf"\r\n\r\n%PDF-1.4 x\r\n--q--'
    head = f"From: a@example.com\r\nMIME-Version: 1.0\r\n{boundary}\r\n{SPAM}\r\n\r\n"
    row = arrive((head + parts).encode())
    shown = page(desk, reverse("desk:kept-mail", args=[row.pk]))
    assert "bill.pdf" in shown and "<pre" in shown and "%PDF" not in shown


def test_what_nobody_could_read_is_not_read_again_for_a_look(world, desk, arrive, monkeypatch):
    row = arrive(mail(headers=SPAM))
    row.quarantine("time", by=SYSTEM)
    monkeypatch.setattr("handrail.channels.mail.kept_aside.receive", lambda *_given: pytest.fail("read"))
    shown = page(desk, reverse("desk:kept-mail", args=[row.pk]))
    assert "환불 문의" in shown and "<pre" not in shown


def test_the_side_counts_what_waits_and_says_nothing_where_nothing_does(world, desk, arrive):
    assert 'data-count="kept_aside"></span>' in page(desk, "/desk/views/all/")
    arrive(mail(headers=SPAM))
    assert 'data-count="kept_aside">1</span>' in page(desk, "/desk/views/all/")
    assert desk.get(reverse("desk:counts")).json()["unread"]["kept_aside"] == "1"


def test_the_count_stops_where_counting_does(world, desk, arrive, monkeypatch):
    row = arrive(mail(headers=SPAM))
    InboundRaw.objects.bulk_create(
        InboundRaw(inbox=row.inbox, external_id=f"{n}", body=b"", state="quarantined", error="spam")
        for n in range(1_001)
    )
    assert desk.get(reverse("desk:counts")).json()["unread"]["kept_aside"] == "1000+"


def test_open_lists_hear_of_it_and_of_a_private_teams_its_own_alone(world, arrive, secret, monkeypatch):
    heard = []
    monkeypatch.setattr(bus, "publish", lambda _kind, **said: heard.append(said.get("channels")))
    arrive(mail(headers=SPAM))
    assert ["desk:list"] in heard
    heard.clear()
    arrive(mail(mid="b@example.com", headers=SPAM), inbox=secret)
    assert [f"desk:team:{secret.team_id}"] in heard and ["desk:list"] not in heard


def test_pages_follow_each_other_without_gap_or_repeat(world, desk, arrive, monkeypatch):
    monkeypatch.setattr(kept_aside, "SHOWN", 2)
    now = clock.now()
    for n in range(5):
        row = arrive(mail(mid=f"{n}@example.com", subject=f"제목{n}", headers=SPAM))
        InboundRaw.objects.filter(pk=row.pk).update(received_at=now + timedelta(seconds=n // 2))
    seen, path = [], HERE
    while path:
        shown = page(desk, path)
        seen += [part.split("<")[0] for part in shown.split('conversation-subject">')[1:]]
        after = shown.split("?after=")[1].split('"')[0] if "?after=" in shown else ""
        path = f"{HERE}?after={after}" if after else ""
    assert seen == [f"제목{n}" for n in (4, 3, 2, 1, 0)]
    assert page(desk, f"{HERE}?after=nonsense").count('class="pick"') == 2


def test_an_empty_list_says_so(desk):
    assert 'class="pick"' not in page(desk) and 'class="empty' in page(desk)


def test_it_costs_the_same_for_one_mail_and_for_fifty(world, desk, arrive, django_assert_max_num_queries):
    arrive(mail(headers=SPAM))
    page(desk)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(desk)
    for n in range(1, 50):
        InboundRaw.objects.create(
            inbox=world.mail,
            external_id=f"{n}",
            body=mail(f"c{n}@example.com", mid=f"{n}"),
            state="quarantined",
            error="spam",
        )
    with django_assert_max_num_queries(len(few)):
        assert page(desk).count('class="pick"') == 50
    assert len(few) <= 8


@pytest.mark.only_on("sqlite")  # plans are read from it
def test_neither_the_list_nor_its_count_opens_the_rows_where_the_bytes_lie(world):
    seen = InboundRaw.objects.visible_to(world.viewer())
    for asked in (
        older(seen.only("pk", "received_at"), "", at="received_at"),
        seen.order_by().values_list("pk"),
    ):
        plan = asked[:51].explain()
        assert "COVERING INDEX inbound_kept_aside" in plan and "TEMP B-TREE" not in plan
