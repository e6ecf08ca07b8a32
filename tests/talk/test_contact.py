"""The contact form: filled in from where one was, answered while one writes, and nothing lost."""

from __future__ import annotations

import re
import time

from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.answers.models import Ask
from handrail.conversations.conversation import Conversation
from handrail.intake.models import Acknowledgement
from handrail.web import limits
from tests.talk.visitor import Visitor

WRITTEN = {
    "subject": "환불이 안 돼요",
    "text": "어제 신청했는데 소식이 없어요.",
    "email": "minji@example.com",
    "name": "김민지",
}


def test_it_opens_with_product_article_and_hours(visitor, world):
    article = world.article("환불 방법", "<p>주문 내역에서 눌러요.</p>")

    page = visitor.opens(f"requests/new?article={article.pk}&step=3&page=/hc/ko").content.decode()

    assert "보고 있던 글: ‘환불 방법’ · 3단계" in page
    assert f'<option value="{world.product.pk}" selected>' in page
    assert "평일 오전\u00a09시\u2060–\u2060오후\u00a06시 (점심 12\u2060–\u20601시)" in page


def test_an_article_the_visitor_may_not_read_is_not_named(visitor, world):
    article = world.article("상담사용 환불 예외", "<p>비밀.</p>", audience="agents")
    world.article("환불 방법", "<p>공개.</p>")

    assert (
        "상담사용"
        not in visitor.opens(f"requests/new?article={article.pk}&tried={article.pk}").content.decode()
    )


def test_sending_opens_one_request_with_what_was_tried(visitor, world):
    article = world.article("환불 방법", "<p>주문 내역에서 눌러요.</p>")

    answer = visitor.presses(
        "requests/new", **WRITTEN, article=article.pk, question="환불 언제", product=world.product.pk
    )
    request = Conversation.objects.get()
    page = visitor.opens(answer["Location"]).content.decode()

    assert answer["Location"] == f"/hc/ko/requests/{request.number}?sent=1"
    assert f"{request.number}" in page and "어제 신청했는데 소식이 없어요." in page
    assert "상담사는" in page or "답해 드려요" in page
    assert request.about["product"] == world.product.pk
    assert [entry["kind"] for entry in request.tried] == ["asked", "read"]
    assert request.held_by == "people"
    assert not request.messages.get().is_verified


def test_pressed_twice_it_is_one_request(visitor, world):
    first = visitor.presses("requests/new", **WRITTEN, client_id="form-12345678")
    second = visitor.presses("requests/new", **WRITTEN, client_id="form-12345678")

    assert first["Location"] == second["Location"]
    assert Conversation.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_written_stays(visitor, world):
    page = visitor.presses("requests/new", **(WRITTEN | {"email": "minji@"}))
    text = page.content.decode()

    assert page.status_code == 400
    assert "주소를 다시 확인해 주세요" in text
    assert WRITTEN["text"] in text and WRITTEN["subject"] in text and 'value="minji@"' in text
    assert not Conversation.objects.exists()


def test_what_fills_in_the_hidden_field_is_asked_to_press_again(visitor, world):
    page = visitor.presses("requests/new", **WRITTEN, website="http://spam.example")

    assert page.status_code == 400
    assert WRITTEN["text"] in page.content.decode()
    assert not Conversation.objects.exists()


def test_a_flood_is_told_to_wait_and_loses_nothing(visitor, world):
    for _turn in range(5):
        visitor.presses("requests/new", **WRITTEN)
    page = visitor.presses("requests/new", **WRITTEN)

    assert page.status_code == 429
    assert WRITTEN["text"] in page.content.decode()
    assert Conversation.objects.count() == 5


def test_who_waits_is_told_how_long(visitor, world, monkeypatch):
    clock = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    monkeypatch.setattr(limits._own, "_now", lambda: clock[0])
    for _turn in range(5):
        visitor.presses("requests/new", **WRITTEN)
    clock[0] += 20.5

    assert "40초 뒤에 다시 보내" in visitor.presses("requests/new", **WRITTEN).content.decode()

    for _round in range(5):
        clock[0] += 61
        for _turn in range(5):
            visitor.presses("requests/new", **WRITTEN)
    assert Conversation.objects.count() == 30
    clock[0] += 61

    page = visitor.presses("requests/new", True, **WRITTEN)

    assert page.status_code == 429
    assert "54분 뒤에 다시 보내" in page.json()["error"]


def test_only_what_was_accepted_counts(visitor, world):
    for _turn in range(9):
        assert visitor.presses("requests/new", **(WRITTEN | {"email": "minji@"})).status_code == 400
    for _turn in range(9):
        files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]
        assert visitor.presses("requests/new", **WRITTEN, files=files).status_code == 400
    for turn in range(5):
        sent = visitor.presses("requests/new", **WRITTEN, client_id=f"form-1234567{turn}")
        assert sent.status_code == 302

    again = visitor.presses("requests/new", **WRITTEN, client_id="form-12345674")

    assert again["Location"] == sent["Location"]


def test_whoever_presses_without_end_is_stopped_even_where_nothing_is_accepted(visitor, world):
    answers = [visitor.presses("requests/new", subject="").status_code for _turn in range(61)]

    assert answers == [400] * 60 + [429]


def test_another_persons_address_opens_nothing_of_theirs(visitor, world):
    theirs = world.conversation(world.person("minji@example.com"))

    visitor.presses("requests/new", **WRITTEN)

    assert visitor.opens(f"requests/{theirs.number}").status_code == 404
    assert str(theirs.number) not in visitor.opens("requests").content.decode()


def test_victims_get_one_neutral_mail_a_day_without_the_attackers_words(visitor, stranger, world):
    for one in (visitor, stranger):
        one.presses("requests/new", **(WRITTEN | {"subject": "WIN A PRIZE", "text": "http://evil.example"}))
    world.settle()

    assert Acknowledgement.objects.filter(address="minji@example.com", is_neutral=True).count() == 1
    mails = [m for c in Conversation.objects.all() for m in c.messages.filter(author_kind="bot")]
    assert len(mails) == 1 and "evil" not in mails[0].text


def test_answers_while_typing_come_with_their_words(visitor, help_centre):
    found = visitor.presses("requests/answers", subject="배송 조회 방법").json()["answers"]

    assert 1 <= len(found) <= 3
    assert found[0]["title"] == "배송 조회 방법"
    assert "배송 조회" in found[0]["text"]
    assert not Ask.objects.exists()


def test_answers_come_from_the_words_of_the_message_too(visitor, help_centre):
    def titles(**fields: str) -> list[str]:
        return [one["title"] for one in visitor.presses("requests/answers", **fields).json()["answers"]]

    vague, told = "문의드려요", "주문한 물건이 어디까지 왔는지 배송 조회 방법을 알고 싶어요."

    assert "배송 조회 방법" not in titles(subject=vague)
    assert titles(subject=vague, text=told)[0] == "배송 조회 방법"
    track = help_centre.articles["track"].pk
    assert "배송 조회 방법" not in titles(subject=vague, text=told, article=str(track))


def test_a_form_that_comes_back_offers_what_fits_its_message(visitor, help_centre):
    written = {"subject": "문의드려요", "text": "배송 조회 방법을 알고 싶어요.", "email": "minji@"}

    page = visitor.presses("requests/new", **written).content.decode()

    assert "이 답으로 해결됐어요" in page and "배송 조회 방법" in page


def test_what_may_answer_stands_once_three_at_most_and_the_same_after_a_mistake(visitor, help_centre):
    written = {
        "subject": "배송 조회 방법",
        "text": "환불도 하고 싶고 비밀번호도 잊었어요.",
        "email": "minji@",
    }
    typed = visitor.presses("requests/answers", **written).json()["answers"]

    page = visitor.presses("requests/new", **written).content.decode()

    assert page.count("<contact-answers ") == 1
    box = page.partition("<contact-answers ")[2].partition("<template")[0]
    assert page.index('id="id_text"') < page.index("<contact-answers ")
    shown = re.findall(r'name="article" value="(\d+)"', box)
    assert 1 <= len(shown) <= 3 and shown == [str(one["article"]) for one in typed]


def test_the_question_brought_along_is_answered_before_a_word_is_typed(visitor, help_centre):
    page = visitor.opens("requests/new", data={"question": "배송 조회 방법"}).content.decode()

    assert 'value="배송 조회 방법"' in page
    assert "이 답으로 해결됐어요" in page and "/hc/ko/articles/" in page


def test_solved_beside_the_form_opens_no_request_and_counts(visitor, help_centre):
    article = help_centre.articles["track"]

    page = visitor.presses("requests/solved", subject="배송 조회 방법", article=article.pk)

    assert page.status_code == 200 and "해결돼서 다행이에요" in page.content.decode()
    assert not Conversation.objects.exists()
    assert Ask.objects.get().solved_by == article


def test_a_line_break_in_name_or_subject_is_no_header(visitor, world):
    visitor.presses(
        "requests/new",
        **(WRITTEN | {"name": "A\r\nBcc: x@example.com", "subject": "B\r\nBcc: y@example.com"}),
    )
    world.settle()

    request = Conversation.objects.get()
    assert "\n" not in request.subject
    assert "\n" not in request.requester.name


def test_somebody_signed_in_is_not_asked_who_they_are(minji, world):
    page = minji.opens("requests/new").content.decode()
    minji.presses("requests/new", subject="환불", text="도와주세요")

    assert 'name="email"' not in page
    request = Conversation.objects.get()
    assert request.requester.email == "minji@example.com"
    assert request.messages.first().is_verified


def chosen(*names):
    return [SimpleUploadedFile(name, b"x") for name in names]


def again(page):
    """What the file field says of the files that came with a page that came back; "" where it says nothing."""
    said = re.search(
        r'aria-describedby="files-error".*?id="files-error" role="alert".*?<span>(.*?)</span>',
        page.content.decode(),
        re.S,
    )
    return said[1] if said else ""


def test_files_that_came_with_a_form_that_comes_back_are_named_where_they_are_chosen(world):
    visitor = Visitor("en")
    wrong = WRITTEN | {"email": ""}

    two = again(visitor.presses("requests/new", **wrong, files=chosen("a.png", "<b>.pdf")))
    assert two.startswith("Choose these files again: a.png, &lt;b&gt;.pdf.")
    assert again(visitor.presses("requests/new", **wrong, files=chosen("a.png"))).startswith(
        "Choose this file again: a.png."
    )
    many = chosen(*(f"{n}.txt" for n in range(6)))
    assert "5.txt" in again(visitor.presses("requests/new", **WRITTEN, files=many)), "refused for itself"
    kind = visitor.presses("requests/new", **WRITTEN, choose="1", files=chosen("a.png"))
    assert kind.status_code == 200 and "a.png" in again(kind)
    assert again(visitor.presses("requests/new", **wrong)) == again(visitor.opens("requests/new")) == ""


def test_a_script_is_told_the_same_sentence_as_the_page(world):
    visitor = Visitor("en")

    told = visitor.presses("requests/new", _json=True, **(WRITTEN | {"email": ""})).json()
    trapped = visitor.presses("requests/new", _json=True, **WRITTEN, website="http://spam.example").json()

    assert told["error"] == "Almost there: please look at the marked fields."
    assert list(told["fields"]) == ["email"] and told["asks_anew"] is False
    assert "once more" in trapped["error"]
