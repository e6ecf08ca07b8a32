from datetime import date

import pytest


@pytest.fixture
def shelf(world):
    """Articles for customers and one for colleagues alone, findable."""
    world.article("환불은 언제 들어오나요", "<p>환불은 영업일 기준 3일 안에 들어와요.</p>")
    world.article("배송 조회 방법", "<p>주문 내역에서 배송을 조회할 수 있어요.</p>")
    world.article("환불 예외 처리 지침", "<p>환불 예외는 팀장이 승인해요.</p>", audience="agents")
    world.settle()


def fragment(desk, conversation):
    return desk.get(f"/desk/conversations/{conversation.number}/suggestions").content.decode()


def test_articles_stand_beside_the_conversation_and_change_with_the_next_message(world, desk, shelf):
    conversation = world.conversation(text="환불이 언제 들어오나요", subject="")
    assert "환불은 언제 들어오나요" in fragment(desk, conversation)
    conversation.receive("그럼 배송 조회는 어디서 하나요? 배송이 궁금해요", by=conversation.requester)
    text = fragment(desk, conversation)
    assert text.index("배송 조회 방법") < (text.index("환불은 언제") if "환불은 언제" in text else len(text))


def test_at_most_five_and_what_is_internal_cannot_be_inserted(world, desk, shelf):
    for n in range(6):
        world.article(f"환불 안내 {n}", f"<p>환불 절차 {n}</p>")
    world.settle()
    text = fragment(desk, world.conversation(text="환불 안내", subject=""))
    assert 1 <= text.count("data-article=") <= 5
    conversation = world.conversation(text="환불 예외 처리 지침이 있나요", subject="환불 예외")
    item = next(i for i in fragment(desk, conversation).split("<li ") if "환불 예외 처리 지침" in i)
    assert "data-internal" in item
    assert "data-insert" not in item


def test_similar_solved_conversations_are_named_and_open_ones_are_not(world, desk):
    solved = world.conversation(subject="이어폰 왼쪽 소리", text="왼쪽 이어폰에서 소리가 안 나요")
    solved.set_status("solved", by=world.agent)
    still_open = world.conversation(subject="이어폰 왼쪽 소리", text="왼쪽 이어폰에서 소리가 안 나요")
    now = world.conversation(subject="이어폰 소리", text="이어폰 왼쪽에서 소리가 나지 않아요")
    text = fragment(desk, now)
    assert f"#{solved.number}" in text
    assert f"#{still_open.number}" not in text


def test_a_conversation_without_words_suggests_nothing(world, desk):
    conversation = world.conversation(subject="", text="")
    assert "아직 맞는 글이 없어요" in fragment(desk, conversation)


def test_an_agent_sees_owner_and_last_check_and_what_needs_checking_comes_last(world, desk):
    late = world.article("환불은 언제 들어오나요", "<p>환불은 영업일 기준 3일 안에 들어와요.</p>")
    checked = world.article("환불 신청하는 방법", "<p>환불은 주문 내역에서 신청해요.</p>")
    late.check_again(on=date(2026, 1, 1), by=world.agent)
    checked.give_to(world.agent, by=world.agent)
    checked.confirm(by=world.agent)
    world.settle()

    text = fragment(desk, world.conversation(text="환불", subject=""))

    assert text.index("환불 신청하는 방법") < text.index("환불은 언제 들어오나요")
    assert text.count("확인 필요") == 1 and "담당 이서준" in text and "마지막 확인" in text and "1판" in text


def test_an_article_that_would_not_be_offered_is_not_said_to_help(world, desk, shelf):
    conversation = world.conversation(text="내일 회의실 예약과 주차가 되나요", subject="견학 문의")

    text = fragment(desk, conversation)

    assert "data-article=" not in text and "아직 맞는 글이 없어요" in text
