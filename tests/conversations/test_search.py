import pytest

from handrail.accounts.models import Role, Team
from handrail.accounts.viewer import STRANGER, Viewer
from handrail.conversations import search
from handrail.conversations.merging import merge
from handrail.conversations.opening import open_conversation
from handrail.core.actors import SYSTEM


def numbers(text, world, viewer=None):
    return [row.number for row in search.found(text, viewer=viewer or world.viewer())]


@pytest.fixture
def conversation(world):
    world.conversation(world.person("other@example.com", "박준"), subject="배송 문의", text="언제 오나요")
    return world.conversation()


@pytest.mark.parametrize(
    "text", ["환불", "환불 안 돼", "불", "김민지", "민지", "minji@example.com", "minj", "환불 김민지"]
)
def test_it_is_found_by_its_words_and_its_requester(world, conversation, text):
    assert numbers(text, world) == [conversation.number]


def test_every_word_must_be_there(world, conversation):
    assert numbers("환불 냉장고", world) == []


def test_a_word_of_a_later_message_finds_it(world, conversation):
    conversation.reply("영수증을 첨부했어요.", by=world.agent)
    assert numbers("영수증", world) == [conversation.number]


@pytest.mark.parametrize("text", ["배송조회", "배송 조회", "조회", "배송조회가안돼요"])
def test_where_spaces_stand_makes_no_difference(world, text):
    apart = world.conversation(subject="배송 조회가 안돼요", text="어떻게 하나요")
    together = world.conversation(subject="배송조회", text="안돼요")

    expected = [apart.number] if text == "배송조회가안돼요" else [together.number, apart.number]
    assert numbers(text, world) == expected


def test_a_private_note_finds_it_for_staff(world, conversation):
    conversation.note("블랙컨슈머 아님", by=world.agent)
    assert numbers("블랙컨슈머", world) == [conversation.number]


@pytest.mark.parametrize("viewer", [STRANGER, Viewer(person_id=1, assurance=3)])
def test_nobody_outside_searches_here(world, conversation, viewer):
    assert search.found("환불", viewer=viewer) == []


def test_requester_submitter_assignee_and_team_each_find_it(world):
    opener = world.staff("opener@handrail.test", "최접수", Role.AGENT)
    other = world.staff("solver@handrail.test", "정해결", Role.AGENT)
    opened = open_conversation(world.mail, requester=world.person(), by=opener, subject="전화 문의")
    opened.assign(to=other, by=opener)
    world.conversation(world.person("other@example.com", "박준"))

    for text in ("접수자:최접수", "담당:정해결", "requester:minji@example.com", "최접수", "정해결"):
        assert numbers(text, world) == [opened.number], text
    assert numbers("담당:최접수", world) == []
    assert len(numbers("팀:고객지원팀", world)) == 2


def test_a_new_name_finds_old_conversations(world, conversation):
    conversation.requester.rename("김하늘", by=world.agent)
    assert numbers("김하늘", world) == [conversation.number]


def test_what_a_private_team_has_is_not_found_by_others(world, conversation):
    secret = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    conversation.hand_to_team(secret, by=SYSTEM)
    assert numbers("환불", world) == []
    assert search.by_number(f"#{conversation.number}", viewer=world.viewer()) is None


def test_an_old_number_leads_to_the_one_it_was_merged_into(world, conversation):
    other = world.conversation()
    merge(conversation, into=other, by=world.agent)
    assert search.by_number(f"#{conversation.number}", viewer=world.viewer()) == other


@pytest.mark.parametrize("text", ['"', "'", "* OR", ":", "'; --", "NEAR(", "😀", "담당:", "\\", "a\x00b"])
def test_odd_queries_find_nothing_and_break_nothing(world, conversation, text):
    assert conversation.number not in numbers(text, world) or text == "a\x00b"
