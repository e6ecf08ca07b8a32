"""Macros in the composer and on their pages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.accounts.models import Role
from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.automation.runs import Run
from handrail.conversations.labels import Priority
from handrail.conversations.messages import Message
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.redaction import redact_file
from handrail.core import clock
from handrail.core.files.keeping import keep, read
from handrail.core.files.models import StoredFile
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
        "files": [],
        "closed": [],
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


def test_without_a_word_a_macro_changes_what_it_changes_and_sends_nothing(world, desk):
    conversation = world.conversation()
    macro = Macro.make("급함", by=world.agent, changes=[Change("priority", "urgent"), Change("tag", "급함")])
    assert say(desk, conversation, text="", macro=str(macro.pk), status="pending").status_code == 302
    conversation.refresh_from_db()
    assert (conversation.priority, conversation.status) == (Priority.URGENT, "pending")
    assert not conversation.messages.filter(direction="out").exists()
    assert say(desk, conversation, text="").status_code == 422


def test_placeholders_are_named_in_the_readers_language(world, desk):
    assert "{{고객}}" in desk.get("/desk/macros/new").content.decode()
    world.agent.locale = "en"
    world.agent.save()
    page = desk.get("/desk/macros/new").content.decode()
    assert "{{customer}}" in page and "{{고객}}" not in page


# What a macro changes waits with the reply that brings it.


@pytest.fixture
def careful(world):
    world.agent.set_up(undo_seconds=15, by=world.agent)
    return world.agent


def standing(conversation):
    conversation.refresh_from_db()
    return conversation.status, [tag.name for tag in conversation.tags.all()]


def test_what_it_changes_is_done_when_the_reply_leaves(world, desk, careful, prepared):
    conversation = world.conversation()
    assert say(desk, conversation, text="이틀 안에 가요", macro=str(prepared.pk)).status_code == 302
    assert standing(conversation) == ("new", [])
    with clock.at(clock.now() + timedelta(seconds=16)):
        world.settle()
    assert standing(conversation) == ("pending", ["배송"])
    said = conversation.messages.get(text="이틀 안에 가요")
    assert "along" not in said.data


def test_taken_back_it_changed_nothing_and_is_ticked_again(world, desk, careful, prepared):
    conversation = world.conversation()
    say(desk, conversation, text="이틀 안에 가요", macro=str(prepared.pk))
    back = desk.post(f"/desk/outgoing/{Outgoing.objects.get().pk}/undo").content.decode()
    assert "이틀 안에 가요</textarea>" in back
    assert f'<input type="checkbox" name="macro" value="{prepared.pk}" checked>' in back
    assert "함께 바꿔요: 상태: 답변 대기, 태그: +배송" in back
    with clock.at(clock.now() + timedelta(seconds=16)):
        world.settle()
    assert standing(conversation) == ("new", [])
    assert not Run.objects.exists()


def test_a_reply_without_a_macro_taken_back_ticks_none(world, desk, careful, prepared):
    conversation = world.conversation()
    say(desk, conversation, text="이틀 안에 가요")
    back = desk.post(f"/desk/outgoing/{Outgoing.objects.get().pk}/undo").content.decode()
    assert 'name="macro"' not in back


def test_what_cannot_be_done_with_it_is_said_before_it_waits(world, desk, careful, prepared):
    conversation = world.conversation()
    parted = Macro.make("끝", by=world.agent, texts={"ko": "끝"}, changes=[Change("status", "사라짐")])
    response = say(desk, conversation, text="아직 여기 있는 글", macro=str(parted.pk))
    assert response.status_code == 422
    assert "아직 여기 있는 글</textarea>" in response.content.decode()
    assert not Outgoing.objects.exists()
    assert standing(conversation) == ("new", [])


def test_what_cannot_be_done_any_more_stops_no_reply(world, desk, careful, prepared):
    conversation = world.conversation()
    say(desk, conversation, text="이틀 안에 가요", macro=str(prepared.pk))
    Outgoing.objects.update(data={"along": {"changes": [{"kind": "status", "value": "사라짐"}]}})
    with clock.at(clock.now() + timedelta(seconds=16)):
        world.settle()
    assert conversation.messages.filter(direction="out", text="이틀 안에 가요").exists()
    assert standing(conversation) == ("open", [])


def test_it_may_be_what_lets_the_reply_in(world, desk, careful):
    world.team.leave_to_assignee(True, by=world.agent)
    other = world.staff("other@handrail.test", "다른 상담사", Role.AGENT)
    conversation = world.conversation()
    conversation.assign(to=other, by=other)
    mine = Macro.make("제가 할게요", by=world.agent, texts={"ko": "가"}, changes=[Change("assignee", "me")])
    assert say(desk, conversation, text="제가 볼게요").status_code == 422
    assert say(desk, conversation, text="제가 볼게요", macro=str(mine.pk)).status_code == 302
    conversation.refresh_from_db()
    assert conversation.assignee == other
    with clock.at(clock.now() + timedelta(seconds=16)):
        world.settle()
    conversation.refresh_from_db()
    assert conversation.assignee == world.agent


# Everything that goes along: articles and files, with the text, in one reply.


@pytest.fixture
def whole(world):
    """A macro with a text, an article for everybody, one for colleagues alone, and a file; (macro, opened, closed)."""
    opened = world.article("환불은 언제 들어오나요", "<p>사흘 안에 들어와요.</p>")
    opened.write("en", title="When does the refund arrive", html="<p>Within three days.</p>", by=world.agent)
    opened.translations.get(locale="en").publish(by=world.agent)
    closed = world.article("환불 예외 지침", "<p>팀장이 정해요.</p>", audience="agents")
    macro = Macro.make(
        "환불 안내",
        by=world.agent,
        texts={"ko": "{{고객}}, 안녕하세요.", "en": "Hello {{customer}}."},
        changes=[Change("tag", "환불")],
    )
    file = keep(b"%PDF-1.4 form", name="환불 신청서.pdf", by=world.agent)
    macro.enclose(by=world.agent, articles=[opened.pk, closed.pk], files=[file])
    return macro, opened, closed


def row_of(desk, conversation):
    path = f"/desk/conversations/{conversation.number}/macros"
    (row,) = desk.get(path, {"query": "환불"}).json()["rows"]
    return row


def test_articles_go_in_in_the_customers_language_and_what_they_cannot_read_is_left_out_and_said(
    world, desk, whole
):
    _macro, opened, closed = whole
    conversation = world.conversation()
    row = row_of(desk, conversation)
    address = f"{settings.BASE_URL}/hc/ko/articles/{opened.pk}-환불은-언제-들어오나요"
    assert row["text"] == f"김민지 님, 안녕하세요.\n\n환불은 언제 들어오나요\n{address}"
    assert row["closed"] == ["환불 예외 지침"]
    assert [file["title"] for file in row["files"]] == ["환불 신청서.pdf"]

    type(conversation).objects.filter(pk=conversation.pk).update(locale="en")
    assert row_of(desk, conversation)["text"].startswith(
        f"Hello 김민지.\n\nWhen does the refund arrive\n{settings.BASE_URL}/hc/en/articles/{opened.pk}-"
    )
    closed.show_to("public", by=world.agent)
    assert row_of(desk, conversation)["closed"] == []


def test_their_words_stand_before_the_link_where_the_macro_wants_it(world, desk, whole):
    macro, opened, _closed = whole
    macro.enclose(by=world.agent, articles=[opened.pk], with_words=True)
    text = row_of(desk, world.conversation())["text"]
    assert "\n\n사흘 안에 들어와요.\n환불은 언제 들어오나요\nhttp" in text


def test_text_article_file_and_change_go_in_one_reply(world, desk, whole):
    macro, opened, _closed = whole
    conversation = world.conversation()
    row = row_of(desk, conversation)
    kept = [str(file["file"]) for file in row["files"]]
    assert say(desk, conversation, text=row["text"], macro=str(macro.pk), kept=kept).status_code == 302
    sent = conversation.messages.get(direction="out")
    assert [card["article"] for card in sent.data["cards"]] == [opened.pk]
    attached = sent.attachments.get().file
    assert (attached.title, read(attached)) == ("환불 신청서.pdf", b"%PDF-1.4 form")
    assert [tag.name for tag in conversation.tags.all()] == ["환불"]


def test_a_message_that_is_redacted_takes_nothing_from_the_macro(world, desk, whole):
    macro, *_ = whole
    conversation = world.conversation()
    kept = [str(file["file"]) for file in row_of(desk, conversation)["files"]]
    say(desk, conversation, text="양식이에요", kept=kept)
    attachment = conversation.messages.get(direction="out").attachments.get()
    redact_file(conversation, attachment, by=world.agent)
    assert read(macro.files.get()) == b"%PDF-1.4 form"


def test_files_of_a_macro_one_may_not_use_neither_go_along_nor_open(world, desk, whole, manager):
    macro, *_ = whole
    macro.owner = manager
    macro.save()
    file = macro.files.get()
    conversation = world.conversation()
    say(desk, conversation, text="양식이에요", kept=[str(file.pk)])
    assert not conversation.messages.get(direction="out").attachments.exists()
    assert desk.get(f"/desk/macros/{macro.pk}/files/{file.pk}").status_code == 404
    opened = signed_in(manager).get(f"/desk/macros/{macro.pk}/files/{file.pk}", follow=True)
    assert b"".join(opened.streaming_content) == b"%PDF-1.4 form"


def test_articles_and_files_are_kept_with_it_and_dropped(world, desk, whole):
    macro, opened, closed = whole
    page = desk.get(f"/desk/macros/{macro.pk}").content.decode()
    assert "환불 예외 지침" in page and "환불 신청서.pdf" in page
    upload = SimpleUploadedFile("guide.txt", b"guide")
    sent = {"title": "안내", "articles": f"{settings.BASE_URL}/hc/en/articles/{opened.pk}-x\n#{closed.pk}"}
    assert desk.post(f"/desk/macros/{macro.pk}", sent | {"files": upload}).status_code == 302
    assert [file.title for file in macro.files.all()] == ["guide.txt"]
    assert not StoredFile.objects.filter(title="환불 신청서.pdf").exists()
    macro = Macro.objects.get()
    assert macro.article_numbers == [opened.pk, closed.pk]
    assert "글 2개" in desk.get("/desk/macros").content.decode()

    refused = desk.post(f"/desk/macros/{macro.pk}", {"title": "안내", "articles": "환불 글"})
    assert refused.status_code == 422
    assert "글이 아니에요: “환불 글”" in refused.content.decode()


def test_more_files_than_go_along_are_refused_with_a_sentence_and_none_is_kept(world, desk, whole):
    macro, _opened, _closed = whole
    (there,) = macro.files.all()
    more = [SimpleUploadedFile(f"{at}.txt", b"x") for at in range(10)]
    refused = desk.post(f"/desk/macros/{macro.pk}", {"title": "안내", "kept": there.pk, "files": more})

    assert refused.status_code == 422 and "파일은 10개까지" in refused.content.decode()
    assert list(macro.files.all()) == [there] and StoredFile.objects.count() == 1


def test_the_menu_asks_for_the_articles_of_all_macros_at_once(world, desk, whole):
    _macro, opened, closed = whole
    conversation = world.conversation()
    with CaptureQueriesContext(connection) as one:
        row_of(desk, conversation)
    for at in range(4):
        Macro.make(f"안내 {at}", by=world.agent, texts={"ko": "글이에요"}).enclose(
            by=world.agent, articles=[opened.pk, closed.pk]
        )
    with CaptureQueriesContext(connection) as five:
        desk.get(f"/desk/conversations/{conversation.pk}/macros")

    about_articles = [sum("knowledge_article" in each["sql"] for each in asked) for asked in (one, five)]
    assert about_articles[0] == about_articles[1] > 0
