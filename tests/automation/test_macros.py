"""Who finds which macro, in which language, and what its placeholders become."""

import pytest

from handrail.accounts.models import Role, Team
from handrail.automation.macros import Macro, found
from handrail.conversations.placeholders import filled, unfilled


@pytest.fixture
def two(world):
    return world.staff("two@handrail.test", "정해결", Role.AGENT)


def titles(world, user, words=""):
    return [each.title for each in found(words, viewer=world.viewer(user))]


def test_mine_my_teams_and_everybodys(world, two):
    other = Team.objects.create(slug="vip", name_ko="우수고객팀", name_en="VIP")
    Macro.make("나만", by=world.agent, texts={"ko": "가"})
    Macro.make("우리 팀", by=world.agent, team=world.team, texts={"ko": "나"})
    Macro.make("다른 팀", by=world.agent, team=other, texts={"ko": "다"})
    Macro.make("모두", by=world.agent, is_shared=True, texts={"ko": "라"})
    assert titles(world, world.agent) == ["나만", "모두", "우리 팀"]
    assert titles(world, two) == ["모두", "우리 팀"]


def test_authors_who_answer_nobody_find_none(world):
    Macro.make("모두", by=world.agent, is_shared=True)
    author = world.staff("author@handrail.test", "글쓴이", Role.AUTHOR)
    assert titles(world, author) == []


def test_found_by_title_first_then_by_what_it_says(world):
    Macro.make("배송 지연", by=world.agent, texts={"ko": "죄송해요"})
    Macro.make("환불 안내", by=world.agent, texts={"ko": "배송 중이면 돌려받은 뒤에 환불해 드려요"})
    assert titles(world, world.agent, "배송") == ["배송 지연", "환불 안내"]
    assert titles(world, world.agent, "배송 환불") == ["환불 안내"]


def test_a_retired_one_is_found_no_more(world):
    macro = Macro.make("옛것", by=world.agent)
    macro.retire(by=world.agent)
    assert titles(world, world.agent) == []


def test_its_text_comes_in_the_customers_language_or_the_other(world):
    macro = Macro.make("인사", by=world.agent, texts={"ko": "안녕하세요", "en": ""})
    assert (macro.text("ko"), macro.text("en")) == ("안녕하세요", "안녕하세요")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("{{고객}}, 안녕하세요", "김민지 님, 안녕하세요"),
        ("{{ customer }}", "김민지 님"),
        ("{{제목|을}} 봤어요", "환불 문의를 봤어요"),
        ("{{브랜드|이}} 알려요", "온결이 알려요"),
        ("{{상담원}} 드림", "이서준 드림"),
        ("{{ 모름 }} {{x", "{{ 모름 }} {{x"),
    ],
)
def test_placeholders(world, text, becomes):
    assert filled(text, world.conversation(), agent=world.agent) == becomes


@pytest.mark.parametrize(
    ("locale", "text", "becomes"),
    [
        (
            "ko",
            "{{고객}}, 안녕하세요. {{고객|이}} 보내신 걸 봤어요.",
            "고객님, 안녕하세요. 고객님이 보내신 걸 봤어요.",
        ),
        ("ko", "{{customer}}을(를) 도와요", "고객님을 도와요"),
        ("en", "Hello {{customer}},", "Hello customer,"),
        ("en", "{{customer}}, please wait. {{고객}}, thanks.", "Customer, please wait. Customer, thanks."),
        ("en", "Hello.\n\n{{customer}}, it is done.", "Hello.\n\nCustomer, it is done."),
    ],
)
def test_who_gave_no_name_is_called_politely_and_nothing_is_left_open(world, locale, text, becomes):
    conversation = world.conversation(world.person("noname@example.com", ""))
    conversation.locale = locale
    said = filled(text, conversation, agent=world.agent)
    assert said == becomes
    assert unfilled(said) == []


def test_the_number_is_the_conversations(world):
    conversation = world.conversation()
    assert filled("{{번호}}", conversation, agent=world.agent) == f"#{conversation.number}"


def test_only_placeholders_we_know_count_as_unfilled():
    assert unfilled("{{고객}} {{고객}} {{ name }} {{number}}") == ["{{고객}}", "{{number}}"]


def test_only_those_who_share_change_everybodys(world, two):
    shared = Macro.make("모두", by=world.agent, is_shared=True)
    mine = Macro.make("나만", by=world.agent)
    manager = world.staff("m@handrail.test", "한관리", Role.MANAGER)
    assert set(Macro.objects.changeable_by(world.viewer())) == {mine}
    assert set(Macro.objects.changeable_by(world.viewer(manager))) == {shared}
