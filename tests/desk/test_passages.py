"""What a search found is seen in its row: where the last message does not hold the words, the passage that does."""

import re

import pytest

from handrail.accounts.models import Role
from handrail.conversations.passages import passages
from handrail.conversations.search import find


def row_of(desk, query):
    page = desk.get("/desk/search", {"query": query}).content.decode()
    found = re.search(r'<span class="conversation-said">(.*?)</span>\n', page, re.S)
    return found[1] if found else ""


@pytest.fixture
def conversation(world):
    made = world.conversation(subject="문의드려요", text="배송 조회가 안 돼요. 운송장은 에메랄드-77 이에요.")
    made.note("창고에 물어보니 <b>사파이어</b> 상자에 있대요.", by=world.agent)
    made.reply("곧 확인해 드릴게요.", by=world.agent)
    made.receive("감사합니다", by=made.requester)
    return made


def test_a_note_is_shown_as_one_and_escaped(desk, conversation):
    row = row_of(desk, "사파이어")

    assert "<mark>사파이어</mark>" in row and "&lt;b&gt;" in row and "이서준" in row
    assert "비공개 메모" in row or "Private note" in row
    assert "감사합니다" not in row


def test_an_earlier_message_is_shown_with_who_wrote_it(desk, conversation):
    assert "<mark>에메랄드</mark>-77" in row_of(desk, "에메랄드")
    ours = row_of(desk, '"확인해 드릴게요"')
    assert ("<mark>확인해 드릴게요</mark>" in ours and "corner-up-left" in ours) or "우리" in ours


def test_what_the_row_shows_anyway_stays_as_it_is(desk, conversation):
    assert "감사합니다" in row_of(desk, "감사합니다")
    assert "감사합니다" in row_of(desk, "문의드려요")
    assert "<mark>" not in row_of(desk, "김민지")


def test_what_stands_at_the_end_of_the_last_words_is_brought_to_where_it_is_seen(desk, conversation):
    conversation.receive(
        "먼저 지난번에 알려 주신 대로 해 봤는데 그래도 안 돼서 다시 여쭤봐요, 페리도트",
        by=conversation.requester,
    )

    assert "…돼서 다시 여쭤봐요, <mark>페리도트</mark>" in row_of(desk, "페리도트")


def test_of_several_the_one_with_most_of_the_words_then_the_newest(world, desk, conversation):
    conversation.note("사파이어는 품절", by=world.agent)
    conversation.note("루비도 품절", by=world.agent)

    assert "는 품절" in row_of(desk, "사파이어 품절")
    assert "루비도" in row_of(desk, "품절")


def test_a_long_note_is_cut_around_the_word(world, desk, conversation):
    conversation.note("가 " * 500 + "토파즈 " + "나 " * 500, by=world.agent)

    row = row_of(desk, "토파즈")

    assert "…" in row and "<mark>토파즈</mark>" in row and len(row) < 900


def test_it_costs_one_query_however_many_are_found(world, django_assert_num_queries):
    for at in range(12):
        made = world.conversation(subject=f"문의 {at}")
        made.note(f"오팔 {at}", by=world.agent)
    found = find("오팔", viewer=world.viewer())
    assert len(found.rows) == 12

    with django_assert_num_queries(1):
        assert len(passages(found.rows, found.sought)) == 12
    with django_assert_num_queries(0):
        assert passages(found.rows, ["문의"]) == {}


def test_a_private_teams_notes_are_found_by_nobody_else(world, conversation):
    from handrail.accounts.models import Team
    from tests.desk.conftest import signed_in

    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    hr.add(world.agent, by=world.agent)
    conversation.hand_to_team(hr, by=world.agent)
    other = signed_in(world.staff("two@handrail.test", "정해결", Role.AGENT))

    assert row_of(other, "사파이어") == ""
