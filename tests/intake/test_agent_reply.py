"""Colleagues answer notifications by mail: with both proofs it is their reply, with anything less nothing goes out."""

from datetime import timedelta

import pytest
from django.core import mail as letters

from handrail.accounts.models import Role, Team
from handrail.channels.mail.agent_addresses import agent_address, agent_token
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.mail.reasons import sentence
from handrail.conversations.models import Conversation, Delivery, Message
from handrail.conversations.notices.choices import NoticeChoices
from handrail.core import clock
from handrail.core.actors import SYSTEM
from tests.intake.arriving import mail

HOP = "mx.handrail.test"
CUSTOMER = "minji@example.com"


@pytest.fixture
def conversation(world, settings):
    settings.MAIL_TRUSTED_HOP = HOP
    found = world.conversation()
    found.assign(to=world.agent, by=SYSTEM)
    world.settle()
    letters.outbox.clear()
    return found


def address(conversation, user, *, is_note=False):
    return agent_address(
        "help@handrail.test",
        conversation=conversation.pk,
        user=user.pk,
        seen=conversation.last_seq,
        is_note=is_note,
    )


def vouched(body, domain="handrail.test"):
    lines = [
        f"Authentication-Results: {HOP}; dmarc=pass header.from={domain}",
        f"Received: from out.{domain} by {HOP}; Sat, 28 Nov 2026 10:00:00 +0900",
    ]
    return "\r\n".join(lines).encode() + b"\r\n" + body


@pytest.fixture
def answer(world, conversation):
    """A mail to the agent's address for this conversation; the row it is kept in."""

    def go(text="내일 도착해요.", *, sender="agent@handrail.test", to="", proved=True, **more):
        to = to or address(conversation, world.agent)
        body = mail(sender, to=to, text=text, mid=f"{len(text)}{sender}.answer", **more)
        row, _new = keep(world.mail, vouched(body) if proved else body, Envelope(sender, (to,)))
        world.settle()
        row.refresh_from_db()
        return row

    return go


def said(conversation):
    """What went to the customer from people."""
    return list(
        conversation.messages.filter(direction="out", is_automatic=False).values_list("text", flat=True)
    )


def to_customer():
    return [sent for sent in letters.outbox if sent.to == [CUSTOMER] or CUSTOMER in str(sent.to)]


def nothing_went_out(conversation):
    return not to_customer() and not said(conversation) and not conversation.outgoing.exists()


QUOTED = (
    "\n\n2026년 11월 28일 (토) 오전 10:02, 온결 <help+a-x@handrail.test>님이 작성:\n"
    "> -- 이 줄 위에 답장해 주세요 --\n> 김민지 님이 글을 남겼어요\n> 비밀 메모"
)


def test_the_customer_gets_the_new_words_alone_once(world, conversation, answer):
    signed = (
        "내일 도착해요.\n\n감사합니다.\n\n이서준 드림\n고객지원팀\nagent@handrail.test\n-- \nCONFIDENTIAL"
    )
    row = answer(signed + QUOTED)
    assert row.state == "taken"
    assert said(conversation) == ["내일 도착해요.\n\n감사합니다."]
    message = conversation.messages.get(direction="out", is_automatic=False)
    assert (message.author_id, message.author_kind) == (world.agent.pk, "staff")
    (sent,) = to_customer()
    whole = " ".join(p.get_content() for p in sent.message().walk() if p.get_content_maintype() == "text")
    for kept_back in ("CONFIDENTIAL", "agent@handrail.test", "비밀 메모", "이 줄 위에"):
        assert kept_back not in whole
    row.state = "new"
    row.save()
    from handrail.intake.receive import take_in

    take_in(row)
    world.settle()
    assert len(said(conversation)) == 1


def test_the_whole_way_from_the_notification_to_the_customer(world, conversation, answer):
    NoticeChoices.of([world.agent])[world.agent.pk].choose(by=world.agent, ways={"replied": ["mail"]})
    conversation.receive("언제 와요?", by=conversation.requester)
    world.settle()
    with clock.at(clock.now() + timedelta(minutes=3)):
        world.settle()
    (sent,) = [each for each in letters.outbox if "agent@handrail.test" in str(each.to)]
    to = sent.message()["Reply-To"].addresses[0].addr_spec
    assert "언제 와요?" in sent.message().get_body(("plain",)).get_content()
    assert answer("모레요.", to=to).state == "taken"
    assert said(conversation) == ["모레요."]


@pytest.mark.parametrize(
    ("text", "note"),
    [("#note 확인 필요", "확인 필요"), ("\n#NOTE\n두 줄\n메모", "두 줄\n메모"), ("#메모: 네", "네")],
)
def test_note_in_the_first_line_keeps_it_among_colleagues(world, conversation, answer, text, note):
    answer(text + QUOTED)
    assert conversation.notes.get().text == note and conversation.notes.get().author == world.agent
    assert nothing_went_out(conversation)


def test_a_word_that_begins_like_it_is_no_note(conversation, answer):
    answer("#notebook 이 도착했어요")
    assert said(conversation) == ["#notebook 이 도착했어요"]


def test_an_answer_to_a_mention_is_a_note(world, conversation, answer):
    answer("제가 볼게요", to=address(conversation, world.agent, is_note=True))
    assert conversation.notes.get().text == "제가 볼게요" and nothing_went_out(conversation)


def refused(row, code, *, told):
    assert (row.state, row.error) == ("quarantined", code)
    assert sentence(code) != code, "the console says it in words"
    (sent,) = letters.outbox
    assert sent.to == [told] or told in str(sent.to)
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    text = sent.message().get_body(("plain",)).get_content()
    assert "비밀" not in text
    return text


def test_a_sender_nobody_vouches_for(conversation, answer):
    row = answer(proved=False)
    text = refused(row, "agent_unproved", told="agent@handrail.test")
    assert f"#{conversation.pk}" in text and nothing_went_out(conversation)
    assert bytes(row.body), "the mail is kept"
    row.release(by=SYSTEM)
    assert letters.outbox.pop() and not letters.outbox


def test_another_colleagues_address(world, conversation, answer):
    world.staff("two@handrail.test", "정해결", Role.AGENT)
    refused(answer(sender="two@handrail.test"), "agent_other", told="two@handrail.test")
    assert nothing_went_out(conversation)


def test_a_stranger_with_the_address_learns_nothing_and_its_owner_is_told(conversation, answer):
    refused(answer(sender="evil@example.net"), "agent_other", told="agent@handrail.test")
    assert nothing_went_out(conversation) and Conversation.objects.count() == 1


def test_a_colleague_who_left(world, conversation, answer):
    world.agent.is_active = False
    world.agent.save()
    refused(answer(), "agent_gone", told="agent@handrail.test")
    assert nothing_went_out(conversation)


def test_an_answer_that_would_reach_somebody_unexpected_waits_for_a_look(world, conversation, answer):
    friend = world.person("friend@elsewhere.example", "친구")
    conversation.add_participant(friend, by=world.agent)
    conversation.attach_endpoint(world.mail, "friend@elsewhere.example", person=friend, by=world.agent)
    refused(answer(), "agent_unexpected", told="agent@handrail.test")
    assert nothing_went_out(conversation)


def test_somebody_else_answered_since(world, conversation, answer):
    to = address(conversation, world.agent)
    two = world.staff("two@handrail.test", "정해결", Role.AGENT)
    conversation.reply("제가 답했어요", by=two)
    world.settle()
    letters.outbox.clear()
    row = answer(to=to)
    refused(row, "agent_stale", told="agent@handrail.test")
    assert said(conversation) == ["제가 답했어요"]
    answer("#note 그래도 메모는 남겨요", to=to)
    assert conversation.notes.count() == 1


def test_ones_own_word_since_is_no_other(world, conversation, answer):
    to = address(conversation, world.agent)
    conversation.reply("먼저 한마디", by=world.agent)
    answer("그리고 하나 더", to=to)
    assert said(conversation) == ["먼저 한마디", "그리고 하나 더"]


def test_what_one_may_not_see_any_more(world, conversation, answer):
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    conversation.hand_to_team(hr, by=SYSTEM)
    refused(answer(), "agent_unseen", told="agent@handrail.test")
    assert nothing_went_out(conversation)


def test_a_closed_one_and_one_that_is_anothers_alone(world, conversation, answer):
    two = world.staff("two@handrail.test", "정해결", Role.AGENT)
    world.team.leave_to_assignee(True, by=SYSTEM)
    conversation.assign(to=two, by=SYSTEM)
    refused(answer(), "agent_may_not", told="agent@handrail.test")
    letters.outbox.clear()
    conversation.set_status("closed", by=SYSTEM)
    conversation.assign(to=world.agent, by=SYSTEM)
    refused(answer("다시요"), "agent_closed", told="agent@handrail.test")
    assert nothing_went_out(conversation)


@pytest.mark.parametrize("text", [QUOTED, "\n> alles zitiert\n", "-- \nnur Signatur"])
def test_no_new_words_send_no_old_ones(conversation, answer, text):
    refused(answer(text), "agent_empty", told="agent@handrail.test")
    assert nothing_went_out(conversation)


def test_an_absence_note_answers_nobody_and_is_answered_by_nobody(conversation, answer):
    row = answer("휴가예요", headers="Auto-Submitted: auto-replied")
    assert row.error == "agent_automatic" and not letters.outbox and nothing_went_out(conversation)


@pytest.mark.parametrize("forged", ["signature", "user", "conversation", "kind"])
def test_an_altered_address_is_no_address_of_ours(world, conversation, answer, forged):
    """M05: whatever it names, without our signature it is an ordinary mail, and of a colleague's, unproved, none."""
    good = address(conversation, world.agent)
    local, domain = good.split("@")
    base, kind, number, user, seen, signature = local.replace("+", "-", 1).split("-")
    altered = {
        "signature": f"{base}+{kind}-{number}-{user}-{seen}-{'a' * 26}@{domain}",
        "user": f"{base}+{kind}-{number}-zz-{seen}-{signature}@{domain}",
        "conversation": f"{base}+{kind}-zz-{user}-{seen}-{signature}@{domain}",
        "kind": f"{base}+n-{number}-{user}-{seen}-{signature}@{domain}",
    }[forged]
    assert agent_token(good) and agent_token(good.upper()) and agent_token(altered) is None
    row = answer(to=altered, proved=False)
    assert row.error == "staff_unproved" and nothing_went_out(conversation)
    assert conversation.messages.count() == Message.objects.count()


def test_ids_of_notifications_make_nobody_a_colleague(world, conversation, answer):
    """M05, FreeScout CVE-2026-47123: named ids, from a stranger and in a colleague's name."""
    NoticeChoices.of([world.agent])[world.agent.pk].choose(by=world.agent, ways={"replied": ["mail"]})
    conversation.receive("언제 와요?", by=conversation.requester)
    world.settle()
    with clock.at(clock.now() + timedelta(minutes=3)):
        world.settle()
    (sent,) = [each for each in letters.outbox if "agent@handrail.test" in str(each.to)]
    letters.outbox.clear()
    ids = f"In-Reply-To: {sent.message()['Message-ID']}\nReferences: {sent.message()['References']}"
    before = Delivery.objects.filter(message__conversation=conversation).count()
    assert answer(
        "가로챘어요", sender="agent@handrail.test", to="help@handrail.test", proved=False, headers=ids
    ).error
    answer("가로챘어요", sender="evil@example.net", to="help@handrail.test", proved=False, headers=ids)
    assert nothing_went_out(conversation)
    assert Delivery.objects.filter(message__conversation=conversation).count() == before
    assert Conversation.objects.exclude(pk=conversation.pk).get().requester.email == "evil@example.net"
