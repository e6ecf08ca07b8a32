"""Mails to colleagues: when they leave, what they hold, and that a crash anywhere makes one mail of it."""

import re
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest
from django.core import mail

from handrail.accounts.models import Role, Team
from handrail.channels.mail.agent_addresses import agent_token
from handrail.channels.mail.deliver import Courier
from handrail.conversations.jobs import tell_what_was_left
from handrail.conversations.notices import mailing, telling
from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.notices.notice import Notice, read_notices
from handrail.conversations.presence import look
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.jobs.models import Job

NOON = datetime(2026, 3, 2, 3, tzinfo=UTC)  # in Seoul
LATER = timedelta(minutes=3)


@pytest.fixture
def two(world):
    user = world.staff("two@handrail.test", "정해결", Role.AGENT)
    ways = {kind: ["app", "mail"] for kind in ("assigned", "replied", "mentioned", "followed")}
    NoticeChoices.of([user])[user.pk].choose(by=user, ways=ways)
    return user


@pytest.fixture
def conversation(world, two):
    with clock.at(NOON - timedelta(days=1)):
        found = world.conversation(subject="<b>환불</b> & 문의")
        world.settle()
    mail.outbox.clear()
    return found


def settle_at(world, moment):
    with clock.at(moment):
        world.settle()
    return [message_from_bytes(sent.message().as_bytes(), policy=default) for sent in mail.outbox]


def assign(world, conversation, two, *, at=NOON):
    with clock.at(at):
        conversation.assign(to=two, by=world.agent)
        world.settle()


def parts(sent):
    text = sent.get_body(("plain",)).get_content()
    html = sent.get_body(("html",)).get_content()
    return text, html


def words(text):
    return re.sub(r"\s+", "", text)


def test_it_leaves_after_a_breath_and_says_what_how_and_where(world, conversation, two):
    assign(world, conversation, two)
    assert mail.outbox == []
    (sent,) = settle_at(world, NOON + LATER)
    text, html = parts(sent)
    assert sent["To"].addresses[0].addr_spec == "two@handrail.test"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert "/desk/notices/choices" in sent["List-Unsubscribe"]
    assert words(f"이서준 님이 #{conversation.number} 문의를 나에게 배정했어요") in words(sent["Subject"])
    assert (
        "<b>환불</b> & 문의" in text
        and "&lt;b&gt;환불&lt;/b&gt; &amp; 문의" in html
        and "<b>환불" not in html
    )
    assert f"/desk/conversations/{conversation.number}" in text and "/desk/notices/choices" in text
    shown = unescape(re.sub(r"<title>.*?</title>|<[^>]+>", "", html.partition("<head>")[2]))
    assert words(text.replace("—", "")).split("문의열기")[0] in words(shown), "both parts say the same"
    assert [agent_token(box.addr_spec).user for box in sent["Reply-To"].addresses] == [two.pk]


def test_an_english_colleague_reads_english(world, conversation, two):
    two.set_up(locale="en", by=two)
    assign(world, conversation, two)
    (sent,) = settle_at(world, NOON + LATER)
    assert "assigned" in sent["Subject"] and "Reply above this line" in parts(sent)[0]


def test_the_words_of_a_customer_stand_in_it_and_those_of_a_note_never(world, conversation, two):
    assign(world, conversation, two)
    with clock.at(NOON + timedelta(hours=1)):
        conversation.receive("아직도 안 왔어요", by=conversation.requester)
        conversation.note("@정해결 NOTE-WORDS", by=world.agent)
        world.settle()
    sent = settle_at(world, NOON + timedelta(hours=2))
    texts = [" ".join(parts(each)) for each in sent]
    assert any("아직도 안 왔어요" in text for text in texts) or "알림2개" in words(sent[-1]["Subject"])
    assert not [text for text in texts if "NOTE-WORDS" in text]


def test_an_answer_to_a_note_is_made_to_be_a_note(world, conversation, two):
    with clock.at(NOON):
        conversation.note("@정해결 봐 주세요", by=world.agent)
        world.settle()
    (sent,) = settle_at(world, NOON + LATER)
    token = agent_token(sent["Reply-To"].addresses[0].addr_spec)
    assert token.is_note and token.conversation == conversation.pk


def test_what_was_read_meanwhile_or_is_looked_at_needs_no_mail(world, conversation, two):
    assign(world, conversation, two)
    with clock.at(NOON + timedelta(minutes=1)):
        read_notices(world.viewer(two), conversation=conversation)
    assert settle_at(world, NOON + LATER) == []
    conversation.assign(to=None, by=SYSTEM)
    assign(world, conversation, two, at=NOON + timedelta(hours=1))
    with clock.at(NOON + timedelta(hours=1, minutes=2)):
        look(conversation.pk, user=two)
    assert settle_at(world, NOON + timedelta(hours=1, minutes=2)) == []
    assert set(Notice.objects.filter(user=two, kind="assigned").values_list("mail", flat=True)) == {"dropped"}


def test_nothing_leaves_about_what_became_private_while_it_waited(world, conversation, two):
    assign(world, conversation, two)
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    with clock.at(NOON + timedelta(minutes=1)):
        conversation.hand_to_team(hr, by=SYSTEM)
    assert settle_at(world, NOON + LATER) == []


def test_nothing_leaves_to_who_left(world, conversation, two):
    assign(world, conversation, two)
    two.is_active = False
    two.save()
    assert settle_at(world, NOON + LATER) == []


def test_in_quiet_hours_they_wait_and_come_gathered_without_an_answer_address(world, conversation, two):
    quiet = {"quiet_from": time(12), "quiet_until": time(13)}
    NoticeChoices.objects.get(user=two).choose(by=two, **quiet)
    assign(world, conversation, two)
    with clock.at(NOON + timedelta(minutes=20)):
        conversation.receive("급해요", by=conversation.requester)
        world.settle()
    assert settle_at(world, NOON + timedelta(minutes=59)) == []
    (sent,) = settle_at(world, NOON + timedelta(minutes=60))
    text, _html = parts(sent)
    assert "알림2개" in words(sent["Subject"]) and "12:00" in text and sent["Reply-To"] is None


def test_a_daily_digest_comes_at_nine(world, conversation, two):
    NoticeChoices.objects.get(user=two).choose(by=two, digest="daily")
    assign(world, conversation, two)
    assert settle_at(world, NOON + timedelta(hours=20, minutes=59)) == []
    assert len(settle_at(world, NOON + timedelta(hours=21))) == 1


def test_a_line_break_in_a_name_makes_no_header(world, conversation, two):
    assign(world, conversation, two)
    with clock.at(NOON + timedelta(hours=1)):
        conversation.receive("네", by=conversation.requester, author_name="x\r\nBcc: evil@example.net")
        world.settle()
    sent = settle_at(world, NOON + timedelta(hours=2))
    assert not [each for each in sent if each["Bcc"]]


class Killed(BaseException):
    """The process ends here; no handler of ours runs."""


PLACES = {
    "before the rows are committed": (telling, "_plan"),
    "between taking and giving": (mailing, "random_id"),
    "before the mail leaves": (mailing, "build"),
}


def killed_once_at(monkeypatch, owner, name, *, after=False):
    whole, state = getattr(owner, name), []

    def broken(*args, **kwargs):
        result = whole(*args, **kwargs) if after or state else None
        if not state:
            state.append(True)
            raise Killed
        return result

    monkeypatch.setattr(owner, name, broken)
    return state


def work_through_kills(world, moment):
    for at in range(12):
        with clock.at(moment + timedelta(minutes=at)):
            try:
                world.settle()
            except Killed:
                # The lease of a dead process runs out.
                Job.objects.filter(state="running").update(leased_until=moment)
    return {sent.message()["Message-ID"] for sent in mail.outbox}


@pytest.mark.parametrize("place", [*PLACES, "after the mail left"])
def test_killed_anywhere_it_is_one_mail(world, conversation, two, monkeypatch, place):
    if place in PLACES:
        state = killed_once_at(monkeypatch, *PLACES[place])
    else:
        state = killed_once_at(monkeypatch, Courier, "deliver", after=True)
    with clock.at(NOON):
        conversation.assign(to=two, by=world.agent)
    ids = work_through_kills(world, NOON)
    assert state and len(ids) == 1 and Notice.objects.filter(user=two, kind="assigned").count() == 1


@pytest.mark.parametrize("twin", ["takes in no transaction", "names the mail anew"])
def test_a_broken_twin_loses_it_or_sends_two(world, conversation, two, monkeypatch, twin):
    """Without the one transaction, or without a name made before it leaves, the same kills show."""
    if twin == "takes in no transaction":
        from contextlib import nullcontext

        monkeypatch.setattr(mailing, "transaction", type("T", (), {"atomic": staticmethod(nullcontext)}))
        killed_once_at(monkeypatch, mailing, "random_id")
    else:
        letter = mailing.letter
        marks = iter("abcdef")
        monkeypatch.setattr(mailing, "letter", lambda *all: letter(*all[:3], next(marks)))
        killed_once_at(monkeypatch, Courier, "deliver", after=True)
    with clock.at(NOON):
        conversation.assign(to=two, by=world.agent)
    assert len(work_through_kills(world, NOON)) != 1


def test_the_sweeper_takes_what_lost_its_job(world, conversation, two):
    assign(world, conversation, two)
    Job.objects.filter(task__endswith="gather_mail").delete()
    with clock.at(NOON + LATER):
        assert tell_what_was_left.call() == 1
    assert len(settle_at(world, NOON + LATER)) == 1
