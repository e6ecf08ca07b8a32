"""Drafts on the server: kept, shown, never sent, never written over in silence, taken over by a colleague by name."""

import re

import pytest

from handrail.accounts.models import Role, Team
from handrail.conversations.drafts import Draft
from handrail.conversations.messages import Message
from handrail.conversations.redaction import redact
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from tests.desk.conftest import signed_in
from tests.desk.test_composing import say


def keep(client, conversation, text, revision=0, kind="reply", **more):
    sent = {"kind": kind, "text": text, "revision": str(revision), **more}
    return client.post(f"/desk/conversations/{conversation.number}/draft", sent)


def page_of(client, conversation):
    return client.get(f"/desk/conversations/{conversation.number}").content.decode()


@pytest.fixture
def two(world):
    return world.staff("two@handrail.test", "정해결", Role.AGENT)


def test_it_is_there_again_on_another_device_and_nothing_is_sent(world, desk):
    conversation = world.conversation()
    assert keep(desk, conversation, "반쯤 쓴").json() == {"revision": 1}
    assert keep(desk, conversation, "반쯤 쓴 답장", 1).json() == {"revision": 2}
    assert keep(desk, conversation, "메모 하나", kind="note").json() == {"revision": 1}
    page = page_of(signed_in(world.agent), conversation)
    assert "반쯤 쓴 답장</textarea>" in page
    assert "메모 하나</textarea>" in page
    assert re.search(r'<form [^>]*data-kind="reply"[^>]* data-revision="2"', page)
    world.settle()
    assert not Message.objects.filter(author_kind="staff").exists()


def test_a_second_window_does_not_write_over_the_first(world, desk):
    conversation = world.conversation()
    keep(desk, conversation, "첫 창의 글")
    answer = keep(desk, conversation, "둘째 창의 글")
    assert answer.status_code == 409
    assert answer.json()["text"] == "첫 창의 글"
    assert answer.json()["words"] == "다른 창에 이 초안의 다른 글이 있어요."
    assert Draft.objects.get().text == "첫 창의 글"
    assert keep(desk, conversation, "둘째 창의 글", anyway="1").json() == {"revision": 2}
    assert Draft.objects.get().text == "둘째 창의 글"


def test_sending_ends_it_also_for_letters_that_arrive_late(world, desk):
    conversation = world.conversation()
    keep(desk, conversation, "보낼 글")
    assert say(desk, conversation, text="보낼 글").status_code == 302
    late = keep(desk, conversation, "보낼 글", 1)
    assert late.status_code == 409
    assert late.json()["words"] == "이 초안은 다른 창에서 보냈거나 지웠어요."
    assert Draft.objects.get().text == ""
    assert "보낼 글</textarea>" not in page_of(desk, conversation)


def test_letters_that_arrive_after_sending_without_an_earlier_draft_are_late_too(world, desk):
    conversation = world.conversation()
    say(desk, conversation, text="바로 보낸 글")
    assert keep(desk, conversation, "바로 보낸 글").status_code == 409


def test_a_refused_reply_keeps_it(world, desk):
    conversation = world.conversation()
    keep(desk, conversation, "{{고객}}, 안녕하세요")
    assert say(desk, conversation, text="{{고객}}, 안녕하세요").status_code == 409
    assert Draft.objects.get().text == "{{고객}}, 안녕하세요"


def test_a_reply_taken_back_stands_before_what_was_begun_since(world, desk):
    world.agent.set_up(undo_seconds=20, by=world.agent)
    conversation = world.conversation()
    say(desk, conversation, text="먼저 보낸 글")
    keep(desk, conversation, "그 뒤의 글", 1)
    page = desk.post(f"/desk/outgoing/{conversation.outgoing.get().pk}/undo").content.decode()
    assert "먼저 보낸 글\n\n그 뒤의 글</textarea>" in page


def test_a_colleague_sees_it_takes_it_over_and_the_history_names_both(world, desk, two):
    conversation = world.conversation()
    keep(desk, conversation, "이서준이 쓰던 글")
    theirs = signed_in(two)
    keep(theirs, conversation, "제 글")
    page = page_of(theirs, conversation)
    assert "이서준 님이 쓰던 답장이 있어요" in page
    draft = Draft.objects.get(user=world.agent)
    assert theirs.post(f"/desk/conversations/{conversation.number}/drafts/{draft.pk}/take").status_code == 302
    assert Draft.objects.get(user=two).text == "제 글\n\n이서준이 쓰던 글"
    page = page_of(theirs, conversation)
    assert "제 글\n\n이서준이 쓰던 글</textarea>" in page
    assert "정해결 님이 이서준 님의 초안을 이어받았어요" in page
    mine = keep(desk, conversation, "이서준이 쓰던 글이", 1)
    assert (mine.status_code, mine.json()["words"]) == (409, "정해결 님이 이 초안을 이어받았어요.")
    assert Event.objects.filter(verb="draft.taken_over").count() == 1
    theirs.post(f"/desk/conversations/{conversation.number}/drafts/{draft.pk}/take")
    assert Event.objects.filter(verb="draft.taken_over").count() == 1


def test_the_list_shows_ones_own_and_those_of_colleagues(world, desk, two):
    mine, theirs, _none = (world.conversation(subject=name) for name in "가나다")
    keep(desk, mine, "내 글")
    keep(signed_in(two), theirs, "남의 글")
    page = desk.get("/desk/views/all/").content.decode()
    marks = dict(re.findall(r'data-number="(\d+)".*?<span class="around">(.*?)</span></span>\n', page, re.S))
    assert "내 초안이 있어요" in marks[str(mine.number)]
    assert "정해결" in marks[str(theirs.number)]
    assert marks[str(_none.number)] == ""


def test_a_draft_of_another_team_does_not_exist(world, desk, two):
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    hr.add(two, by=SYSTEM)
    conversation = world.conversation()
    conversation.hand_to_team(hr, by=SYSTEM)
    keep(signed_in(two), conversation, "비밀")
    draft = Draft.objects.get()
    assert keep(desk, conversation, "엿보기").status_code == 404
    assert desk.post(f"/desk/conversations/{conversation.number}/drafts/{draft.pk}/take").status_code == 404
    open_one = world.conversation()
    assert desk.post(f"/desk/conversations/{open_one.number}/drafts/{draft.pk}/take").status_code == 404
    assert desk.get("/desk/looking", {"number": str(conversation.number)}).json() == {"around": {}}


@pytest.mark.parametrize("sent", [{"kind": "mail"}, {"kind": ""}])
def test_a_kind_that_is_none_is_refused(world, desk, sent):
    conversation = world.conversation()
    assert keep(desk, conversation, "가", **sent).status_code == 404


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_a_strange_revision_is_an_old_one(world, desk, revision):
    conversation = world.conversation()
    keep(desk, conversation, "가")
    assert keep(desk, conversation, "나", revision).status_code == 409


def test_a_window_left_open_does_not_put_back_what_was_taken_out(world, desk):
    conversation = world.conversation(text="카드는 1234-5678-9012-3456이에요")
    keep(desk, conversation, "1234-5678-9012-3456 카드로")
    assert 'data-redacted=""' in page_of(desk, conversation)

    redact(conversation, "1234-5678-9012-3456", by=world.agent)
    assert "1234" not in Draft.objects.get().text
    late = keep(desk, conversation, "1234-5678-9012-3456 카드로 환불", 1)
    assert late.status_code == 409 and "1234" not in late.json()["text"]
    assert "1234" not in Draft.objects.get().text
    event = Event.objects.filter(verb="conversation.redacted").latest("pk")
    assert f'data-redacted="{event.pk}"' in page_of(desk, conversation)


def test_the_mark_of_a_redaction_is_there_in_a_thread_that_is_cut(world, desk):
    conversation = world.conversation(text="카드는 1234-5678-9012-3456이에요")
    redact(conversation, "1234-5678-9012-3456", by=world.agent)
    for at in range(62):
        conversation.receive(f"말 {at}", by=conversation.requester)
    assert re.search(r'data-redacted="\d+"', page_of(desk, conversation))
