"""What stands in the form of a new conversation: kept for whoever writes it, restored, and over once it is opened."""

from datetime import timedelta

import pytest
from django.conf import settings

from handrail.accounts.models import Role, User
from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.conversations.conversation import Conversation
from handrail.conversations.first_drafts import FirstDraft, discard
from handrail.core import clock
from handrail.core.files.keeping import keep as keep_file
from tests.desk.conftest import signed_in
from tests.desk.test_first_message import OURS

KEY = "abc123"


def keep(client, revision=0, key=KEY, **said):
    return client.post("/desk/new/draft", OURS | {"draft": key, "revision": str(revision)} | said)


def test_it_stands_in_the_form_again_and_nothing_is_opened(world, desk):
    assert keep(desk, subject="반쯤").json() == {"revision": 1}
    assert keep(desk, 1, subject="반쯤 쓴 제목", copied="boss@example.net", first="ours").json() == {
        "revision": 2
    }
    page = signed_in(world.agent).get("/desk/new", {"draft": KEY}).content.decode()
    assert 'value="반쯤 쓴 제목"' in page and "**내일** 도착해요</textarea>" in page
    assert 'value="boss@example.net"' in page
    assert f'name="draft" value="{KEY}"' in page and 'name="revision" value="2"' in page
    assert not Conversation.objects.exists()


def test_it_is_listed_beside_drafts_of_replies_and_on_the_empty_form(world, desk):
    conversation = world.conversation(subject="환불 문의")
    sent = {"kind": "reply", "text": "답하던 글", "revision": "0"}
    desk.post(f"/desk/conversations/{conversation.number}/draft", sent)
    keep(desk, subject="배송 안내")
    for path in ("/desk/drafts", "/desk/new"):
        page = desk.get(path).content.decode()
        assert f"/desk/new?draft={KEY}" in page and "배송 안내" in page
    listed = desk.get("/desk/drafts").content.decode()
    assert "답하던 글" in listed and f"/desk/conversations/{conversation.number}" in listed


def test_nobody_else_sees_it(world, desk):
    keep(desk, subject="내 글")
    theirs = signed_in(world.staff("two@handrail.test", "정해결", Role.AGENT))
    assert "내 글" not in theirs.get("/desk/new", {"draft": KEY}).content.decode()
    assert "내 글" not in theirs.get("/desk/drafts").content.decode()
    theirs.post("/desk/new/draft/discard", {"draft": KEY})
    assert FirstDraft.objects.begun().get().user == world.agent


def test_a_second_window_does_not_write_over_the_first(world, desk):
    keep(desk, text="첫 창")
    answer = keep(desk, text="둘째 창")
    assert (answer.status_code, answer.json()["over"]) == (409, False)
    assert FirstDraft.objects.get().first("text") == "첫 창"
    assert keep(desk, text="둘째 창", anyway="1").json() == {"revision": 2}
    assert FirstDraft.objects.get().first("text") == "둘째 창"


def test_opening_ends_it_also_for_letters_that_arrive_late(world, desk):
    keep(desk)
    assert desk.post("/desk/new", OURS | {"draft": KEY, "revision": "1"}).status_code == 302
    assert not FirstDraft.objects.begun().exists()
    late = keep(desk, 1)
    assert (late.status_code, late.json()["over"]) == (409, True)
    assert desk.post("/desk/new", OURS | {"draft": "never"}).status_code == 302
    assert keep(desk, key="never").status_code == 409


def test_a_refused_form_keeps_it_and_its_key(world, desk):
    keep(desk)
    answer = desk.post("/desk/new", OURS | {"draft": KEY, "revision": "1", "copied": "no address"})
    assert answer.status_code == 422
    assert f'name="draft" value="{KEY}"' in answer.content.decode()
    assert FirstDraft.objects.begun().exists()


def test_throwing_it_away_and_emptying_it_end_it(world, desk):
    keep(desk)
    assert desk.post("/desk/new/draft/discard", {"draft": KEY}).status_code == 302
    keep(desk, key="two")
    assert keep(desk, 1, key="two", requester="", subject=" ", text="").json() == {"revision": 2}
    assert not FirstDraft.objects.begun().exists()


def test_what_is_over_is_forgotten_after_days(world):
    discard("old", user=world.agent)
    with clock.at(clock.now() + timedelta(days=3)):
        discard("new", user=world.agent)
    assert list(FirstDraft.objects.values_list("key", flat=True)) == ["new"]


@pytest.mark.parametrize("key", ["", "a b", "x" * 65, "가"])
def test_a_key_that_is_none_keeps_nothing(world, desk, key):
    assert keep(desk, key=key).status_code == 404
    assert desk.post("/desk/new/draft/discard", {"draft": key}).status_code == 404
    assert desk.get("/desk/new", {"draft": key}).status_code == 200


def test_too_much_is_refused_in_words(world, desk):
    answer = keep(desk, text="가" * 200_001)
    assert answer.status_code == 422 and answer.json()["words"]
    assert keep(desk, text="a\0b").json() == {"revision": 1}


@pytest.fixture
def prepared(world):
    macro = Macro.make(
        "배송 안내",
        by=world.agent,
        texts={"ko": "{{고객}}, {{번호}} {{제목}}", "en": "{{customer}}"},
        changes=[Change("tag", "배송")],
    )
    macro.enclose(by=world.agent, files=[keep_file(b"form", name="신청서.txt", by=world.agent)])
    return macro


def test_a_macro_is_filled_from_the_form_and_its_number_when_it_is_sent(world, desk, prepared):
    world.conversation()
    asked = {"query": "배송", "requester": "minji@example.com", "subject": "지연 안내"}
    (row,) = desk.get("/desk/new/macros", asked).json()["rows"]
    assert row["text"] == "김민지 님, {{번호}} 지연 안내"
    assert row["changes"] == ["태그: +배송"]
    kept = str(row["files"][0]["file"])
    said = OURS | {"text": row["text"], "macro": str(prepared.pk), "kept": kept}
    assert desk.post("/desk/new", said).status_code == 302
    opened = Conversation.objects.latest("pk")
    message = opened.messages.get()
    assert message.text == f"김민지 님, #{opened.number} 지연 안내"
    assert [each.name for each in opened.tags.all()] == ["배송"]
    assert [each.file.title for each in message.attachments.all()] == ["신청서.txt"]
    assert prepared.files.count() == 1


def test_a_new_customer_is_filled_in_by_the_name_typed(world, desk, prepared):
    (row,) = desk.get("/desk/new/macros", {"requester": "new@example.com", "name": "박하나"}).json()["rows"]
    assert row["text"].startswith("박하나 님")
    (row,) = desk.get("/desk/new/macros").json()["rows"]
    assert row["text"].startswith("{{고객}}")


def test_a_placeholder_nobody_filled_stops_it_once_and_opens_nothing(world, desk, prepared):
    User.objects.update(name="")
    said = OURS | {"requester": "new@example.com", "text": "{{상담원}} 드림", "macro": str(prepared.pk)}
    answer = desk.post("/desk/new", said)
    page = answer.content.decode()
    assert answer.status_code == 422 and "<code>{{상담원}}</code>" in page
    assert f'name="macro" value="{prepared.pk}" checked' in page
    assert not Conversation.objects.exists()
    assert desk.post("/desk/new", said | {"as_is": "1"}).status_code == 302


def test_a_customer_without_a_name_is_called_as_one_calls_customers(world, desk, prepared):
    said = OURS | {"requester": "new@example.com", "name": "", "text": "{{고객}}, 안녕하세요"}
    assert desk.post("/desk/new", said).status_code == 302
    assert Conversation.objects.get().messages.get().text == "고객님, 안녕하세요"


def test_an_article_closed_to_the_customer_stops_it_once(world, desk):
    closed = world.article("환불 예외 지침", "<p>팀장이 정해요.</p>", audience="agents")
    said = OURS | {"text": f"{settings.BASE_URL}/hc/ko/articles/{closed.pk}"}
    answer = desk.post("/desk/new", said)
    assert answer.status_code == 422 and "환불 예외 지침" in answer.content.decode()
    assert not Conversation.objects.exists()
    assert desk.post("/desk/new", said | {"closed": "1"}).status_code == 302


def test_what_the_customer_told_us_is_left_as_it_is(world, desk, prepared):
    said = OURS | {
        "first": "theirs",
        "channel": "form",
        "text": "{{고객}} 뭐라고 쓰여 있어요",
        "macro": str(prepared.pk),
    }
    assert desk.post("/desk/new", said).status_code == 302
    opened = Conversation.objects.get()
    assert opened.messages.get().text == "{{고객}} 뭐라고 쓰여 있어요"
    assert [each.name for each in opened.tags.all()] == ["배송"]


def test_articles_are_found_before_there_is_a_conversation(world, desk):
    opened = world.article("환불 안내", "<p>사흘 안에 들어와요.</p>")
    asked = {"query": "환불", "requester": "minji@example.com"}
    (row,) = desk.get("/desk/new/articles", asked).json()["rows"]
    assert (row["article"], row["is_closed"]) == (opened.pk, False)
    words = desk.get(f"/desk/new/articles/{opened.pk}/words", asked).json()["text"]
    assert "사흘 안에" in words
