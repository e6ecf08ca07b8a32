"""Chat: an answer with its source at once, a person one press away, and nobody else's business."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.conversations.conversation import Conversation
from handrail.conversations.models import Message
from handrail.conversations.outgoing import send
from handrail.core import bus, clock
from handrail.core.actors import SYSTEM


def the_chat() -> Conversation:
    return Conversation.objects.get(channel="chat")


def test_a_look_at_the_chat_begins_no_session(visitor):
    page = visitor.opens("chat")

    assert page.status_code == 200
    assert "session" not in page.cookies
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    ("locale", "question", "article", "words", "by_whom"),
    [
        ("ko", "택배 어디쯤 왔어요", "track", "택배가 어디 있는지 보여요", "자동 응답"),
        ("en", "where is my package", "track", "to see where the parcel is", "Automatic reply"),
    ],
)
def test_a_question_is_answered_from_an_article_with_its_source(
    visitor, help_centre, world, locale, question, article, words, by_whom
):
    visitor.locale = locale
    snapshot = visitor.says(question)
    world.settle()
    heard = visitor.hears(snapshot)

    assert [line["side"] for line in snapshot["lines"]] == ["me"]
    assert [line["side"] for line in heard["lines"]] == ["bot"]
    html = heard["lines"][0]["html"]
    assert by_whom in html
    assert words in html.partition("<blockquote")[2].partition("</blockquote>")[0]
    source = html.partition('<a class="answer-source" href="')[2]
    assert source.startswith(f"/hc/{locale}/articles/{help_centre.id_of(article)}-")
    assert "talk-choice" not in html
    assert the_chat().messages.last().data["answer"]["article"] == help_centre.id_of(article)
    assert the_chat().held_by == "bot"


def test_two_questions_in_one_message_are_both_answered_with_their_sources(visitor, help_centre, world):
    snapshot = visitor.says("환불 신청은 어떻게 하고 필터는 언제 바꾸나요?")
    world.settle()
    html = visitor.hears(snapshot)["lines"][0]["html"]

    told = the_chat().messages.last()
    assert [part["article"] for part in told.data["parts"]] == [
        help_centre.id_of("refund"),
        help_centre.id_of("filter"),
    ]
    assert "환불 신청" in told.text
    assert "6개월마다" in told.text
    assert html.count('class="answer-source"') == 2
    assert "필터는 언제 바꾸나요?" in html
    shown = [entry["article"] for entry in the_chat().tried if entry["kind"] == "shown"]
    assert shown == [help_centre.id_of("refund"), help_centre.id_of("filter")]


def test_a_pressed_choice_is_answered_with_that_articles_words(visitor, help_centre, world):
    snapshot = visitor.says("바꾸고 싶어요")
    world.settle()
    article = the_chat().messages.last().data["choices"][0]["article"]

    pressed = visitor.presses("chat/choice", _json=True, c=snapshot["c"], article=article).json()
    world.settle()
    told = the_chat().messages.last()

    assert pressed["lines"][-1]["side"] == "me"
    assert told.data["answer"]["article"] == article
    assert told.data["answer"]["provisional"] is False
    assert told.text


def test_none_of_these_twice_brings_a_person(visitor, help_centre, world):
    snapshot = visitor.says("바꾸고 싶어요")
    world.settle()
    visitor.presses("chat/choice", c=snapshot["c"], none="1")
    world.settle()
    assert the_chat().held_by == "bot"

    visitor.presses("chat/choice", c=snapshot["c"], none="1")
    world.settle()

    assert the_chat().held_by == "people"


@pytest.mark.parametrize("words", ["상담사", "사람이랑 얘기하고 싶어요", "Talk to a person please", "0"])
def test_asking_for_a_person_in_words_is_enough(visitor, world, words):
    visitor.says(words)
    world.settle()

    assert the_chat().held_by == "people"
    assert the_chat().messages.last().data["code"] == "handed_over"


def test_initial_consonants_are_offered_what_they_begin(visitor, help_centre, world):
    visitor.says("ㅎㅂ")
    world.settle()

    data = the_chat().messages.last().data
    assert data["code"] == "choices"
    assert help_centre.articles["refund"].pk in [each["article"] for each in data["choices"]]


def test_one_press_brings_a_person_even_before_the_first_word(visitor, world):
    article = world.article("환불 방법", "<p>주문 내역에서 눌러요.</p>")
    carried = {"product": world.product.pk, "question": "환불이 안 돼요", "article": article.pk, "step": 2}

    answer = visitor.presses("chat/person", _json=True, **carried)

    chat = the_chat()
    assert answer.json()["standing"]["kind"] == "waiting"
    assert f"#{chat.number}" in answer.json()["standing"]["html"]
    assert chat.held_by == "people"
    assert chat.about == {"product": world.product.pk, "article": article.pk, "step": 2, "assurance": 0}
    assert chat.tried == [
        {"kind": "asked", "text": "환불이 안 돼요"},
        {"kind": "read", "article": article.pk, "title": "환불 방법", "step": 2},
    ]


def test_what_stands_in_the_field_goes_along_to_the_person(visitor, world):
    visitor.presses("chat/person", text="배송이 안 와요")
    world.settle()

    assert list(the_chat().messages.values_list("author_kind", flat=True)) == ["person", "bot"]
    assert the_chat().messages.first().text == "배송이 안 와요"


def test_said_twice_with_one_id_it_stands_once(visitor):
    first = visitor.says("환불이 안 돼요", client_id="11111111-aaaa")
    visitor.says("환불이 안 돼요", client_id="11111111-aaaa", c=first["c"])

    assert the_chat().messages.count() == 1


def test_a_persons_words_carry_their_name(visitor, world):
    snapshot = visitor.presses("chat/person", _json=True).json()
    the_chat().reply("제가 확인할게요.", by=world.agent)
    world.settle()

    html = visitor.hears(snapshot)["lines"][0]["html"]

    assert world.agent.name in html and "제가 확인할게요." in html
    assert "자동 응답" not in html


def test_another_browser_neither_sees_nor_writes(visitor, stranger, world):
    snapshot = visitor.says("제 주문번호는 1234예요")

    assert stranger.client.get(snapshot["messages"]).status_code == 404
    assert stranger.client.get(snapshot["live"]).status_code == 404
    assert stranger.presses(snapshot["typing"]).status_code == 404
    assert stranger.presses("chat", text="안녕", c=snapshot["c"]).status_code == 404
    assert stranger.presses("chat/person", c=snapshot["c"]).status_code == 404
    assert the_chat().messages.count() == 1


def test_the_stream_token_is_for_this_conversation_alone(visitor, world):
    from handrail.web.edge import tokens

    snapshot = visitor.says("안녕하세요")
    url = visitor.client.get(snapshot["live"]).json()["url"]

    grant = tokens.read(url.partition("token=")[2])
    assert grant.channels == (f"chat:{the_chat().public_id}",)


def test_a_note_never_reaches_the_chat(visitor, world):
    snapshot = visitor.presses("chat/person", _json=True).json()
    the_chat().note("SECRET-NOTE 까다로운 고객", by=world.agent)
    the_chat().reply("안녕하세요", by=world.agent)

    assert b"SECRET-NOTE" not in visitor.client.get(snapshot["messages"]).content
    assert b"SECRET-NOTE" not in visitor.opens("chat").content


def test_a_mail_address_is_a_claim_and_opens_nothing(visitor, world):
    owner = world.person("minji@example.com")
    earlier = world.conversation(owner)
    snapshot = visitor.presses("chat/person", _json=True).json()

    answer = visitor.presses("chat/address", _json=True, c=snapshot["c"], email="Minji@Example.com")

    assert answer.status_code == 200
    assert the_chat().endpoints.filter(address="minji@example.com", is_active=True).exists()
    assert visitor.opens(f"requests/{earlier.number}").status_code == 404


def test_a_reply_goes_by_mail_too_once_an_address_was_left(visitor, world):
    snapshot = visitor.presses("chat/person", _json=True).json()
    visitor.presses("chat/address", c=snapshot["c"], email="minji@example.com")

    message = the_chat().reply("확인했어요.", by=world.agent)

    assert [row.endpoint.address for row in message.deliveries.all()] == ["minji@example.com"]


def test_who_left_an_address_still_waits_in_the_chat_no_longer_than_a_chat_does(visitor, world):
    world.agent.set_up(undo_seconds=15, by=world.agent)
    snapshot = visitor.presses("chat/person", _json=True).json()
    visitor.presses("chat/address", c=snapshot["c"], email="minji@example.com")
    send(the_chat(), "지금 볼게요.", by=world.agent)
    world.settle()
    assert "지금 볼게요." not in visitor.opens("chat").content.decode()

    with clock.at(clock.now() + timedelta(seconds=6)):
        world.settle()

        assert "지금 볼게요." in visitor.opens("chat").content.decode()
    said = the_chat().messages.get(text="지금 볼게요.")
    assert [row.endpoint.address for row in said.deliveries.all()] == ["minji@example.com"]


def test_the_composer_says_that_a_reply_goes_both_ways(visitor, world, client, monkeypatch):
    client.force_login(world.agent, backend="django.contrib.auth.backends.ModelBackend")
    snapshot = visitor.presses("chat/person", _json=True).json()

    def composer() -> str:
        page = client.get(f"/desk/conversations/{the_chat().number}").content.decode()
        return page.partition('class="composer-to"')[2].partition("</label>")[0]

    assert 'data-part="to"' in composer() and "채팅으로 보내요" in composer()
    told: list[str] = []
    monkeypatch.setattr(bus, "publish", lambda _topic, **said: told.extend(said.get("channels", [])))
    visitor.presses("chat/address", c=snapshot["c"], email="minji@example.com")
    assert f"desk:{the_chat().number}" in told

    assert "채팅으로, 그리고 메일로 보내요: minji@example.com" in composer()
    by_mail = world.conversation()
    page = client.get(f"/desk/conversations/{by_mail.number}").content.decode()
    assert "에게 메일로 보내요: minji@example.com" in page


def test_solved_is_kept_as_self_solved(visitor, help_centre, world):
    snapshot = visitor.says("환불은 언제 되나요?")
    world.settle()

    answer = visitor.presses("chat/solved", _json=True, c=snapshot["c"]).json()

    assert answer["standing"]["kind"] == "solved"
    assert the_chat().status == "solved"
    assert the_chat().tags.filter(name="self-solved").exists()


def test_words_after_it_was_solved_open_it_again(visitor, world):
    snapshot = visitor.presses("chat/person", _json=True).json()
    the_chat().set_status("solved", by=SYSTEM)

    visitor.says("아직 안 돼요", c=snapshot["c"])

    assert the_chat().status == "open"


def test_a_picture_without_a_word_is_taken_and_asked_about_and_not_searched_for(visitor, world):
    visitor.says("", files=SimpleUploadedFile("화면.txt", b"x"))
    world.settle()
    bot = the_chat().messages.get(author_kind="bot")
    assert bot.text.startswith("잘 받았어요") and bot.data["offers_person"]
    visitor.says("네")
    world.settle()
    assert the_chat().held_by != "bot"


def test_an_empty_file_is_said_to_be_empty_and_nothing_is_sent(visitor, world):
    empty, full = SimpleUploadedFile("빈.txt", b""), SimpleUploadedFile("full.txt", b"x")
    answer = visitor.presses("chat", _json=True, text="봐 주세요", files=[full, empty])
    assert answer.status_code == 400 and "빈.txt" in answer.json()["error"]
    assert not Message.objects.exists()


def test_files_arrive_and_are_served_to_their_owner_only(visitor, stranger, world):
    snapshot = visitor.says("사진이에요", files=SimpleUploadedFile("영수증.txt", "합계 12,000원".encode()))
    url = (
        visitor.client.get(snapshot["messages"])
        .json()["lines"][0]["html"]
        .partition('href="')[2]
        .partition('"')[0]
    )

    assert visitor.client.get(url).status_code == 200
    assert stranger.client.get(url).status_code == 404


def test_it_works_without_scripts(visitor, help_centre, world):
    answer = visitor.presses("chat", text="환불은 언제 되나요?")
    world.settle()
    page = visitor.opens(answer["Location"])

    assert answer.status_code == 302
    assert "환불은 언제 되나요?" in page.content.decode()
    assert 'data-side="bot"' in page.content.decode().partition('data-seq="1"')[2]


def test_english_is_spoken_on_the_english_page(visitor, world):
    visitor.locale = "en"
    snapshot = visitor.presses("chat/person", _json=True).json()

    assert the_chat().locale == "en"
    assert "passing this on to a person" in visitor.hears(snapshot, after=0)["lines"][-1]["html"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '" onmouseover="alert(1)', "́̂̃ ﷽ ​‮abc", "‎'; DROP TABLE"]
)
def test_whatever_is_written_is_shown_as_it_was_and_does_nothing(visitor, text):
    snapshot = visitor.says(text)

    assert the_chat().messages.get().text == text
    assert "<script>alert" not in snapshot["lines"][0]["html"]
    assert 'onmouseover="' not in snapshot["lines"][0]["html"].replace("&#34;", "")


def test_a_question_asked_elsewhere_stands_in_the_field_of_a_chat_that_goes_on(visitor, world):
    visitor.says("배송은 언제 와요?")
    page = visitor.opens("chat?question=환불은 어떻게 받아요").content.decode()
    assert "환불은 어떻게 받아요</textarea>" in page
    visitor.says("환불은 어떻게 받아요")
    page = visitor.opens("chat?question=환불은 어떻게 받아요").content.decode()
    assert "환불은 어떻게 받아요</textarea>" not in page


def test_without_scripts_the_page_comes_again_by_itself_until_the_answer_stands(visitor, help_centre, world):
    answer = visitor.presses("chat", text="환불은 언제 되나요?")
    page = visitor.opens(answer["Location"]).content.decode()
    (again,) = re.findall(r'http-equiv="refresh" content="3;url=([^"]+)"', page)
    # An address with a fragment would only scroll, and never be asked for again.
    assert "#" not in again
    world.settle()
    page = visitor.opens(again).content.decode()
    assert 'data-side="bot"' in page.partition('data-seq="1"')[2]
    assert "http-equiv" not in page


def test_something_else_is_asked_beside_an_open_chat_and_each_leads_to_the_other(visitor, help_centre, world):
    first = visitor.says("환불은 언제 되나요?")
    assert "?new=1" in first["standing"]["html"]

    page = visitor.opens("chat?new=1").content.decode()
    assert f"chat?c={first['c']}" in page and "환불은 언제 되나요?" in page
    second = visitor.says("필터는 언제 바꾸나요?", new="1")

    assert second["c"] != first["c"]
    assert f"chat?c={first['c']}" not in visitor.opens("chat").content.decode()
    assert {"환불은 언제 되나요?", "필터는 언제 바꾸나요?"} == set(
        Conversation.objects.values_list("subject", flat=True)
    )


def test_a_first_chat_offers_nothing_else(visitor):
    assert "new=1" not in visitor.opens("chat").content.decode()
    assert "chat?c=" not in visitor.opens("chat?new=1").content.decode()
