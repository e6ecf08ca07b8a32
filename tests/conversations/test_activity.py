import pytest
from django.utils import translation

from handrail.accounts.models import Role, Team
from handrail.conversations.activity import history
from handrail.conversations.merging import merge
from handrail.core.actors import BOT, SYSTEM
from handrail.core.events.ledger import record
from handrail.core.events.models import Event


def told(conversation, locale="ko"):
    with translation.override(locale):
        return history(conversation, locale=locale)


@pytest.fixture
def changed(world):
    """A conversation that went through every change an agent can make."""
    conversation, other = world.conversation(), world.conversation()
    colleague = world.staff("two@handrail.test", "정해결", Role.AGENT)
    tech = Team.objects.create(slug="tech", name_ko="기술팀", name_en="Tech")
    copied = world.person("copy@example.com", "박참조")
    conversation.assign(to=world.agent, by=world.agent)
    conversation.assign(to=colleague, by=world.agent)
    conversation.assign(to=None, by=world.agent)
    conversation.hand_to_team(tech, by=world.agent)
    conversation.set_status("pending", by=world.agent)
    conversation.set_priority("high", by=world.agent)
    conversation.tag("환불", by=world.agent)
    conversation.untag("환불", by=world.agent)
    conversation.retitle("새 제목", by=world.agent)
    conversation.add_participant(copied, by=world.agent)
    conversation.remove_participant(copied, by=world.agent)
    conversation.note("메모", by=world.agent)
    message = conversation.reply("안녕하세요", by=world.agent)
    delivery = message.deliveries.get()
    delivery.failed("550 no such user", by=SYSTEM)
    delivery.resend(by=world.agent)
    delivery.sent(by=SYSTEM)
    merge(other, into=conversation, by=world.agent)
    return conversation


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_change_is_a_sentence_with_nothing_left_open(changed, locale):
    for each in told(changed, locale):
        assert each.text and "%(" not in each.text and each.verb not in each.text
        assert "None" not in each.text


def test_a_sentence_says_who_and_from_what_to_what(changed):
    by_verb = {}
    for each in told(changed):
        by_verb.setdefault(each.verb, each)
    assert by_verb["conversation.assigned"].text == "이서준 님이 이 문의를 맡았어요"
    status = by_verb["conversation.status_changed"]
    assert (status.who, status.old, status.new) == ("이서준 님", "새 문의", "답변 대기")
    assert "김민지 님이" in by_verb["conversation.opened"].text


def test_the_same_history_reads_in_english(changed):
    texts = [each.text for each in told(changed, "en")]
    assert "이서준 took this conversation" in texts
    assert "이서준 changed the status: New → Pending" in texts
    assert "이서준 moved this from Support to Tech" in texts


def test_history_keeps_codes_and_no_prose(changed):
    for event in Event.objects.about(changed):
        assert "님" not in str(event.data) and "changed" not in str(event.data)


def test_it_costs_five_queries_however_long_it_is(changed, django_assert_num_queries):
    with django_assert_num_queries(5):
        told(changed)


def test_the_bot_is_named_as_what_it_is(world):
    conversation = world.conversation()
    conversation.tag("자동", by=BOT)
    assert told(conversation)[-1].text == "자동 응답 도우미가 ‘자동’ 태그를 달았어요"


def test_a_fact_of_a_later_release_is_shown_by_its_code(world):
    from django.db import transaction

    conversation = world.conversation()
    with transaction.atomic():
        record("conversation.teleported", conversation, by=world.agent)
    assert told(conversation)[-1].text == "이서준 님: conversation.teleported"


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("ko", "이서준 님이 요청자를 바꿨어요: 김민지 님 → new@example.com"),
        ("en", "이서준 changed the requester: 김민지 → new@example.com"),
    ],
)
def test_a_new_requester_is_no_new_team_and_is_named_by_their_address(world, locale, sentence):
    conversation = world.conversation()
    conversation.give_to(world.person("new@example.com", ""), by=world.agent)
    assert told(conversation, locale)[-1].text == sentence


def test_who_gets_answers_too_is_named_by_their_address_where_no_name_is_known(world):
    conversation = world.conversation()
    conversation.add_participant(world.person("copy@example.com", ""), by=world.agent)
    assert "copy@example.com" in told(conversation)[-1].text


@pytest.mark.parametrize(
    ("data", "locale", "sentence"),
    [
        (
            {"other_address": True, "vouched": False},
            "en",
            "evil@example.net wrote a message; the conversation was with another address, and nobody vouched for this one",
        ),
        (
            {"other_address": True, "vouched": True},
            "en",
            "evil@example.net wrote a message; the conversation was with another address",
        ),
        ({"vouched": False}, "en", "evil@example.net wrote a message; nobody vouched for the sender"),
        ({"vouched": False}, "ko", "evil@example.net가 메시지를 썼어요. 보낸이를 확인하지 못했어요"),
    ],
)
def test_a_strangers_mail_is_told_by_its_address_and_that_nobody_vouched_for_it(
    world, data, locale, sentence
):
    conversation = world.conversation()
    stranger = world.person("evil@example.net", "김민지")

    conversation.receive(
        "낯선 말", by=stranger, from_address="evil@example.net", is_verified=False, data=data
    )

    fact = [each for each in told(conversation, locale) if each.verb == "message.received"][-1]
    assert (fact.who, fact.text) == ("evil@example.net", sentence)


def test_whoever_is_known_by_an_address_alone_is_named_by_it(world):
    conversation = world.conversation()
    conversation.set_status("pending", by=world.agent)
    conversation.receive("저도요", by=world.person("other@example.com", ""))
    assert "other@example.com" in next(
        each.who
        for each in told(conversation)
        if each.verb == "conversation.status_changed" and each.new == "진행 중"
    )


def test_a_new_team_whose_members_do_not_include_the_assignee_says_who_no_longer_has_it(world):
    conversation = world.conversation()
    conversation.assign(to=world.agent, by=world.agent)
    tech = Team.objects.create(slug="tech", name_ko="기술팀", name_en="Tech")
    conversation.hand_to_team(tech, by=world.agent)
    assert conversation.assignee is None
    assert told(conversation, "en")[-1].text.endswith(", and 이서준 no longer has it")


def test_an_assignee_who_is_in_the_new_team_stays(world):
    conversation = world.conversation()
    conversation.assign(to=world.agent, by=world.agent)
    tech = Team.objects.create(slug="tech", name_ko="기술팀", name_en="Tech")
    tech.add(world.agent, by=SYSTEM)
    conversation.hand_to_team(tech, by=world.agent)
    assert conversation.assignee == world.agent
    assert "no longer" not in told(conversation, "en")[-1].text
