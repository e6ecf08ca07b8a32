"""Macros in the composer and on their pages."""

import pytest

from handrail.accounts.models import Role
from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.conversations.messages import Message
from tests.desk.conftest import signed_in
from tests.desk.test_composing import say


@pytest.fixture
def prepared(world):
    return Macro.make(
        "배송 안내",
        by=world.agent,
        texts={"ko": "{{고객}}, 이틀 안에 도착해요.", "en": "It arrives in two days, {{customer}}."},
        changes=[Change("status", "pending"), Change("tag", "배송")],
    )


def test_the_menu_offers_it_filled_in_the_customers_language(world, desk, prepared):
    conversation = world.conversation()
    path = f"/desk/conversations/{conversation.number}/macros"
    (row,) = desk.get(path, {"query": "배송"}).json()["rows"]
    assert row == {
        "macro": prepared.pk,
        "title": "배송 안내",
        "text": "김민지 님, 이틀 안에 도착해요.",
        "changes": ["상태: 답변 대기", "태그: +배송"],
    }
    type(conversation).objects.filter(pk=conversation.pk).update(locale="en")
    assert desk.get(path).json()["rows"][0]["text"] == "It arrives in two days, 김민지."
    assert desk.get(path, {"query": "없는 말"}).json() == {"rows": []}


def test_sending_with_it_changes_what_it_changes(world, desk, prepared):
    conversation = world.conversation()
    say(desk, conversation, text="이틀 안에 도착해요.", macro=str(prepared.pk))
    conversation.refresh_from_db()
    assert (conversation.status, [tag.name for tag in conversation.tags.all()]) == ("pending", ["배송"])
    assert Message.objects.filter(text="이틀 안에 도착해요.").count() == 1


def test_a_change_that_is_refused_keeps_the_reply_here(world, desk):
    conversation = world.conversation()
    gone = Macro.make("옛 팀으로", by=world.agent, changes=[Change("team", 999)], texts={"ko": "가"})
    response = say(desk, conversation, text="아직 여기 있는 글", macro=str(gone.pk))
    assert response.status_code == 422
    assert "아직 여기 있는 글</textarea>" in response.content.decode()
    assert not Message.objects.filter(text="아직 여기 있는 글").exists()


def test_an_unfilled_placeholder_is_said_before_it_is_sent(world, desk):
    conversation = world.conversation()
    response = say(desk, conversation, text="{{고객}}, 안녕하세요")
    assert response.status_code == 409
    page = response.content.decode()
    assert "채워지지 않은 빈칸이 있어요" in page
    assert "{{고객}}, 안녕하세요</textarea>" in page
    assert say(desk, conversation, text="{{고객}}, 안녕하세요", as_is="1").status_code == 302
    assert Message.objects.filter(text="{{고객}}, 안녕하세요").exists()


def test_braces_that_are_no_placeholder_are_sent_as_they_are(world, desk):
    conversation = world.conversation()
    assert say(desk, conversation, text="템플릿에 {{ item.price }}를 쓰세요").status_code == 302


def test_made_changed_and_taken_out_of_use(world, desk):
    sent = {"title": "인사", "whose": "me", "ko": "안녕하세요", "status": "solved", "tag": "인사, 첫 문의"}
    assert desk.post("/desk/macros/new", sent).status_code == 302
    macro = Macro.objects.get()
    assert (macro.owner, macro.text("ko")) == (world.agent, "안녕하세요")
    assert macro.steps == [Change("status", "solved"), Change("tag", "인사"), Change("tag", "첫 문의")]
    page = desk.get(f"/desk/macros/{macro.pk}").content.decode()
    assert 'value="인사, 첫 문의"' in page
    desk.post(f"/desk/macros/{macro.pk}", {"title": "인사말", "ko": "반가워요"})
    macro.refresh_from_db()
    assert (macro.title, macro.steps) == ("인사말", [])
    assert "인사말" in desk.get("/desk/macros").content.decode()
    desk.post(f"/desk/macros/{macro.pk}/retire")
    assert "인사말" not in desk.get("/desk/macros").content.decode()


def test_an_empty_one_is_refused_with_a_reason(world, desk):
    response = desk.post("/desk/macros/new", {"title": "빈 것", "whose": "me"})
    assert response.status_code == 422
    assert "글을 쓰거나 바꿀 것을 골라 주세요" in response.content.decode()


def test_only_those_who_share_make_one_for_everybody(world, desk, manager):
    sent = {"title": "모두", "whose": "everybody", "ko": "가"}
    assert desk.post("/desk/macros/new", sent).status_code == 422
    assert signed_in(manager).post("/desk/macros/new", sent).status_code == 302
    shared = Macro.objects.get()
    assert "모두" in desk.get("/desk/macros").content.decode()
    assert desk.get(f"/desk/macros/{shared.pk}").status_code == 404
    assert desk.post(f"/desk/macros/{shared.pk}/retire").status_code == 404


def test_authors_have_none(world, prepared):
    author = signed_in(world.staff("author@handrail.test", "글쓴이", Role.AUTHOR))
    assert author.get("/desk/macros").status_code == 404


def test_with_a_wrong_hour_neither_the_reply_nor_what_the_macro_changes_happens(world, desk, prepared):
    conversation = world.conversation()
    response = say(desk, conversation, text="내일 갈 글", macro=str(prepared.pk), at="2020-01-01T09:00")
    assert response.status_code == 422
    conversation.refresh_from_db()
    assert (conversation.status, conversation.tags.count()) == ("new", 0)
