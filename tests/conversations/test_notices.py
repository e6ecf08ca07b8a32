"""Colleagues are told of what concerns them: as they chose, once, and only what they may see."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction

from handrail.accounts.models import Role, Team
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.following import follow
from handrail.conversations.notices.choices import MAIL_WAIT, NoticeChoices
from handrail.conversations.notices.notice import Notice
from handrail.conversations.notices.telling import tell_staff
from handrail.conversations.notices.words import bare, sentence
from handrail.conversations.outgoing import send
from handrail.conversations.presence import look
from handrail.conversations.sides import begin, hear
from handrail.core import clock
from handrail.core.actors import CLOCK, SYSTEM, Actor
from handrail.core.events.ledger import because_of, record
from handrail.core.events.models import Event

RULE = Actor("rule", 1)


@pytest.fixture
def two(world):
    return world.staff("two@handrail.test", "정해결", Role.AGENT)


@pytest.fixture
def conversation(world):
    found = world.conversation()
    world.settle()
    Notice.objects.all().delete()
    return found


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def chosen(user, **said):
    NoticeChoices.of([user])[user.pk].choose(by=user, **said)


def test_what_comes_new_is_told_to_the_team_and_to_nobody_else(world, two):
    other = world.staff("other@handrail.test", "박다른", Role.AGENT)
    world.team.members.remove(other)
    world.conversation()
    world.settle()
    assert (told(world.agent), told(two), told(other)) == (["team"], ["team"], [])


def test_an_assignment_is_told_to_whom_it_is_given_and_not_to_who_took_it(world, conversation, two):
    conversation.assign(to=two, by=world.agent)
    conversation.assign(to=world.agent, by=world.agent)
    world.settle()
    assert (told(two), told(world.agent)) == (["assigned"], [])
    assert Notice.objects.get().who == "이서준"


def test_a_customer_in_mine_and_a_colleague_in_mine(world, conversation, two):
    conversation.assign(to=two, by=two)
    conversation.receive("아직이에요", by=conversation.requester)
    conversation.reply("확인할게요", by=world.agent)
    conversation.note("제가 봤어요", by=world.agent)
    world.settle()
    assert told(two) == ["replied", "followed", "followed"]
    assert told(world.agent) == []


def test_a_note_that_mentions_a_follower_tells_them_once_and_as_a_mention(world, conversation, two):
    follow(conversation, user=two, by=two)
    conversation.note("@정해결 봐 주세요", by=world.agent)
    world.settle()
    assert told(two) == ["mentioned"]


def test_what_follows_from_a_message_is_the_same_news(world, conversation, two):
    """A rule assigns what just came in: one notice, under the stronger reason, and each way used once."""
    follow(conversation, user=two, by=two)
    chosen(two, ways={"followed": ["app"], "assigned": ["app", "mail"]})
    conversation.receive("급해요", by=conversation.requester)
    received = Event.objects.get(verb="message.received", data__message=conversation.messages.last().pk)
    tell_staff(received)
    assert told(two) == ["followed"]

    with because_of(received):
        conversation.assign(to=two, by=RULE)
    world.settle()

    notice = Notice.objects.get(user=two)
    assert (notice.kind, notice.is_shown, notice.mail) == ("assigned", True, "waiting")


def test_a_weaker_reason_adds_nothing_and_a_repeat_nothing(world, conversation, two):
    follow(conversation, user=two, by=two)
    conversation.assign(to=two, by=SYSTEM)
    conversation.receive("또 왔어요", by=conversation.requester)
    world.settle()
    before = list(Notice.objects.order_by("pk").values())
    for event in Event.objects.filter(verb__in=["message.received", "conversation.assigned"]).order_by("-pk")[
        :2
    ]:
        tell_staff(event)
    assert list(Notice.objects.order_by("pk").values()) == before and len(before) == 2


def test_what_a_rule_makes_of_my_own_act_is_my_own_act(world, conversation, two):
    conversation.reply("제가 할게요", by=world.agent)
    sent = Event.objects.get(verb="message.sent", actor_id=world.agent.pk)
    with because_of(sent):
        conversation.assign(to=two, by=RULE)
        conversation.assign(to=world.agent, by=RULE)
    world.settle()
    assert (told(world.agent), told(two)) == ([], ["assigned"])


def test_an_automatic_word_and_the_past_tell_nobody(world, conversation, two):
    conversation.assign(to=two, by=two)
    conversation.receive("부재중", by=conversation.requester, is_automatic=True)
    conversation.reply("받았어요", by=SYSTEM, is_automatic=True)
    world.settle()
    assert told(two) == []


def test_nobody_is_told_of_what_they_may_not_see(world, conversation, two):
    follow(conversation, user=two, by=two)
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    hr.add(world.agent, by=SYSTEM)
    conversation.hand_to_team(hr, by=SYSTEM)
    conversation.receive("비밀이에요", by=conversation.requester)
    author = world.staff("author@handrail.test", "글쓴이", Role.AUTHOR)
    hr.add(author, by=SYSTEM)
    world.settle()
    assert (told(two), told(author)) == ([], [])
    assert told(world.agent) == ["team"]


def test_a_deactivated_colleague_is_told_nothing(world, conversation, two):
    conversation.assign(to=two, by=SYSTEM)
    two.is_active = False
    two.save()
    world.settle()
    assert told(two) == []


def test_who_looks_at_it_gets_it_as_read_and_by_no_other_way(world, conversation, two):
    chosen(two, ways={"assigned": ["app", "mail", "push"]})
    look(conversation.pk, user=two)
    conversation.assign(to=two, by=world.agent)
    world.settle()
    notice = Notice.objects.get(user=two)
    assert notice.read_at and (notice.mail, notice.push) == ("", "")


def test_an_answer_aside_and_a_mail_that_did_not_arrive(world, conversation, two):
    conversation.assign(to=two, by=two)
    side = begin(conversation, to=["carrier@outside.test"], subject="송장", by=two)
    hear(side, "부산이에요", by=side.requester, message_id="a@outside.test", author_name="택배")
    message = conversation.reply("보냈어요", by=two)
    world.settle()
    for _ in range(2):
        message.deliveries.get().failed("550 no such user", by=SYSTEM)
    world.settle()
    assert told(two) == ["aside", "undelivered"]


def test_while_nobody_has_the_ticket_an_answer_aside_is_told_to_who_began_to_ask(world, conversation, two):
    side = begin(conversation, to=["carrier@outside.test"], subject="송장", by=two)
    hear(side, "부산이에요", by=side.requester, message_id="a@outside.test", author_name="택배")
    world.settle()
    assert "aside" in told(two) and "aside" not in told(world.agent)


def test_who_set_a_reply_for_later_is_told_that_it_was_stopped_whoever_has_the_conversation(
    world, conversation, two
):
    conversation.assign(to=world.agent, by=world.agent)
    send(conversation, "내일 9시에", by=two, at=clock.now() + timedelta(hours=10))
    conversation.receive("이미 됐어요", by=conversation.requester, author_name="김민지")
    world.settle()
    assert (told(two), told(world.agent)) == (["stopped"], ["replied"])
    notice = Notice.objects.get(user=two)
    assert f"#{conversation.pk}" in bare(notice) and "먼저 글을 남겨서" in sentence(notice)


def test_an_assignee_is_told_of_the_stopped_reply_and_not_a_second_time_of_the_word_that_stopped_it(
    world, conversation, two
):
    conversation.assign(to=two, by=two)
    send(conversation, "내일 9시에", by=two, at=clock.now() + timedelta(hours=10))
    conversation.receive("이미 됐어요", by=conversation.requester)
    world.settle()
    assert told(two) == ["stopped"]


def test_a_reply_that_meets_a_closed_conversation_is_told_to_its_author(world, conversation, two):
    send(conversation, "내일 9시에", by=two, at=clock.now() + timedelta(hours=10))
    Conversation.objects.filter(pk=conversation.pk).update(status="closed", closed_at=clock.now())
    with clock.at(clock.now() + timedelta(hours=11)):
        world.settle()
    assert told(two) == ["stopped"]
    assert "나가지 않았어요" in sentence(Notice.objects.get(user=two))


def test_mails_that_cannot_be_read_alarm_once_an_hour_those_who_may_look(world, two):
    admin = world.staff("admin@handrail.test", "박운영", Role.ADMIN)
    with clock.at(datetime(2026, 3, 2, 1, 5, tzinfo=UTC)):
        for at, reason in enumerate(["crash", "time limit", "spam", "loop"]):
            raw = world.mail.raws.create(external_id=f"{at}#x", sha256="x", body=b"x")
            raw.quarantine(reason, by=SYSTEM)
        world.settle()
    assert (told(admin), told(two)) == (["mailbox"], [])


def test_an_outage_stands_in_the_desk_and_who_was_mailed_gets_no_second_mail(world, two):
    admin = world.staff("admin@handrail.test", "박운영", Role.ADMIN)
    other = world.staff("other@handrail.test", "최운영", Role.ADMIN)
    for each in (admin, other):
        chosen(each, ways={"mailbox": ["app", "mail"]})
    with transaction.atomic():
        record("inbox.outage_told", world.mail, by=SYSTEM, way="send", people=[admin.pk])
    world.settle()
    rows = {row.user_id: row for row in Notice.objects.all()}
    assert (rows[admin.pk].mail, rows[other.pk].mail) == ("", "waiting")
    assert sentence(rows[admin.pk]) and bare(rows[admin.pk]) and rows[admin.pk].is_shown and not told(two)


def test_a_merged_persons_name_is_text_and_cut(world, conversation, two):
    Person.objects.filter(pk=conversation.requester.pk).update(name="<b>" + "가" * 110)
    conversation.assign(to=two, by=two)
    who = Person.objects.get(pk=conversation.requester.pk)
    conversation.receive("네", by=who, author_name="<script>" + "x" * 200)
    world.settle()
    assert Notice.objects.get(user=two).who == ("<script>" + "x" * 200)[:120]


SEOUL_EVENING = datetime(2026, 3, 2, 13, 30, tzinfo=UTC)  # 22:30 in Seoul


@pytest.mark.parametrize(
    ("begins", "ends", "moment", "due"),
    [
        (time(22), time(7), SEOUL_EVENING, datetime(2026, 3, 2, 22, tzinfo=UTC)),
        (time(22), time(7), datetime(2026, 3, 2, 21, 59, tzinfo=UTC), datetime(2026, 3, 2, 22, tzinfo=UTC)),
        (time(22), time(7), datetime(2026, 3, 2, 22, tzinfo=UTC), datetime(2026, 3, 2, 22, tzinfo=UTC)),
        (time(12), time(13), datetime(2026, 3, 2, 3, 5, tzinfo=UTC), datetime(2026, 3, 2, 4, tzinfo=UTC)),
        (time(12), time(13), SEOUL_EVENING, SEOUL_EVENING),
        (time(8), time(8), SEOUL_EVENING, SEOUL_EVENING),
        (None, None, SEOUL_EVENING, SEOUL_EVENING),
    ],
)
def test_quiet_hours_are_those_of_the_colleagues_own_zone(world, begins, ends, moment, due):
    choices = NoticeChoices(user=world.agent, quiet_from=begins, quiet_until=ends)
    assert choices.after_quiet(moment) == due


def test_quiet_hours_end_at_the_wall_clock_across_a_clock_change(world):
    world.agent.zone = "Europe/Berlin"
    choices = NoticeChoices(user=world.agent, quiet_from=time(22), quiet_until=time(7))
    saturday_night = datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert choices.after_quiet(saturday_night) == datetime(2026, 3, 29, 5, tzinfo=UTC)


def test_mails_come_after_a_breath_on_the_hour_or_at_nine(world):
    choices = NoticeChoices(user=world.agent)
    assert choices.mail_at(SEOUL_EVENING) == SEOUL_EVENING + MAIL_WAIT
    choices.digest = "hourly"
    assert choices.mail_at(SEOUL_EVENING) == SEOUL_EVENING + timedelta(minutes=30)
    choices.digest = "daily"
    assert choices.mail_at(SEOUL_EVENING) == datetime(2026, 3, 3, 0, tzinfo=UTC)


def test_a_fact_outside_any_conversation_chain_is_named_by_its_beginning(world, conversation, two):
    with pytest.raises(KeyError):
        tell_staff(Event(verb="nobody.hears", subject_type="x", subject_id=1))
    with transaction.atomic():
        cause = record("demo.happened", conversation, by=CLOCK)
    with because_of(cause):
        conversation.assign(to=two, by=RULE)
    world.settle()
    assert Notice.objects.get(user=two).key == f"{conversation.pk}:event:{cause.pk}"
