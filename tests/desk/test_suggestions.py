from datetime import date

import pytest

from handrail.accounts.models import Team
from handrail.conversations.known import known_issues
from handrail.conversations.links import Link, link


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
    assert f"#{solved.number} · <time" in text
    assert f"#{still_open.number}" not in text


def test_what_shares_a_few_common_words_with_it_is_not_shown_as_solved_before(world, desk):
    for number in range(4):
        world.conversation(subject="환불 문의", text=f"환불이 안 돼요 {number}")
    solved = world.conversation(subject="환불 문의", text="환불 계좌를 바꾸고 싶어요")
    solved.set_status("solved", by=world.agent)
    now = world.conversation(
        subject="환불 문의", text="주소를 잘못 적어서 택배 기사님이 전화했는데 못 받았어요"
    )
    assert f"#{solved.number}" not in fragment(desk, now)


def test_an_open_problem_stands_beside_what_looks_like_its_next_case(world, desk):
    problem = world.conversation(subject="오른쪽 이어폰 9월 생산분", text="부품을 확인하고 있어요")
    case = world.conversation(subject="오른쪽 소리", text="오른쪽 이어폰에서 소리가 안 나요")
    link(problem, case, Link.Kind.INCIDENT, by=world.agent)
    next_case = world.conversation(subject="이어폰 소리", text="이어폰 오른쪽에서 소리가 나지 않아요")
    other = world.conversation(subject="배송지", text="배송지를 바꾸고 싶어요")

    text = fragment(desk, next_case)
    assert "오른쪽 이어폰 9월 생산분" in text and f"/desk/conversations/{problem.number}" in text
    assert "9월 생산분" not in fragment(desk, other)
    assert "9월 생산분" not in fragment(desk, case)  # it hangs on it already, and its links say so

    next_case.receive("주문을 취소하고 싶어요. 결제는 카드로 했어요", by=next_case.requester)
    link(problem, next_case, Link.Kind.INCIDENT, by=world.agent)
    third = world.conversation(subject="이어폰", text="이어폰 오른쪽 소리가 안 나요")
    (issue,) = known_issues("이어폰 오른쪽 소리가 안 나요", viewer=world.viewer(), but=third)
    assert issue.cases == 2
    problem.set_status("solved", by=world.agent)
    assert "9월 생산분" not in fragment(desk, third)


def test_a_problem_of_a_team_whose_conversations_one_may_not_see_is_not_known(world, desk):
    hidden = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    problem = world.conversation(subject="이어폰 오른쪽 소리", text="이어폰 오른쪽 소리가 안 나요")
    case = world.conversation(subject="이어폰 오른쪽", text="오른쪽 소리가 안 나요")
    link(problem, case, Link.Kind.INCIDENT, by=world.agent)
    now = world.conversation(subject="이어폰", text="이어폰 오른쪽 소리가 안 나요")
    assert f"#{problem.number}" in fragment(desk, now)

    problem.hand_to_team(hidden, by=world.agent)
    assert f"#{problem.number}" not in fragment(desk, now)


def test_known_issues_cost_the_same_however_many_cases_hang_on_them(world, django_assert_num_queries):
    problem = world.conversation(subject="이어폰 오른쪽 소리", text="이어폰 오른쪽 소리가 안 나요")
    for number in range(6):
        case = world.conversation(subject="오른쪽 소리", text=f"오른쪽 이어폰에서 소리가 안 나요 {number}")
        link(problem, case, Link.Kind.INCIDENT, by=world.agent)
    now = world.conversation(subject="이어폰", text="이어폰")
    viewer = world.viewer()
    with django_assert_num_queries(7):  # one a word, and three
        found = known_issues("오른쪽 소리", viewer=viewer, but=now)
    assert [issue.cases for issue in found] == [6]


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


def test_what_the_customer_had_before_them_already_stands_last_and_says_so(world, desk, shelf):
    article = world.article("환불은 언제 들어와요", "<p>환불은 카드사마다 달라요.</p>")
    world.settle()
    conversation = world.conversation(text="환불은 언제 들어와요", subject="")
    first = fragment(desk, conversation)
    assert first.index(f'data-article="{article.pk}"') == first.index('data-article="')

    conversation.add_tried({"kind": "shown", "article": article.pk, "title": "", "quoted": True})

    text = fragment(desk, conversation)
    assert text.rindex('data-article="') == text.index(f'data-article="{article.pk}"')
    assert "The customer has seen it" in text or "고객이 이미 본 글이에요" in text


def test_help_is_looked_up_for_what_was_asked_and_not_for_the_wish_to_talk_to_somebody(world, desk, shelf):
    conversation = world.conversation(text="배송 조회는 어디서 하나요?", subject="")
    conversation.receive("상담사 연결해 주세요", by=conversation.requester)
    assert "배송 조회 방법" in fragment(desk, conversation)
    only_called = world.conversation(text="상담사 연결", subject="상담사 연결")
    assert "data-article" not in fragment(desk, only_called)
