"""What was said, to take along: on a page, as a file, and by mail; never to a mailbox nobody showed to be theirs."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.utils import translation

from handrail.contacts.accounts import find
from handrail.conversations import transcript_mail
from handrail.conversations.conversation import Conversation
from handrail.conversations.transcript_mail import mail_transcript
from handrail.conversations.transcripts import Transcript, entries
from handrail.conversations.transcripts import said as all_said
from handrail.core import clock
from handrail.core.actors import BOT
from handrail.core.files.keeping import keep
from tests.desk.conftest import signed_in
from tests.talk.visitor import Visitor

LINK = re.compile(r"https?://[^/\s]+(/hc/\S+/transcript/\S+)")
STRANGERS = "stranger@example.com"


@pytest.fixture
def talk(world, visitor) -> Conversation:
    """A visitor's chat with a person, and beside it what no customer may see."""
    visitor.says("상담사 연결해 주세요 <b>지금</b>")
    world.settle()
    conversation = Conversation.objects.get()
    conversation.reply("안녕하세요, 도와 드릴게요", by=world.agent)
    conversation.note("진상 고객 같아요", by=world.agent)
    return conversation


def parts(index: int = -1) -> tuple[str, str]:
    made = mail.outbox[index].message()
    return made.get_body(("plain",)).get_content(), made.get_body(("html",)).get_content()


def asks(visitor: Visitor, talk: Conversation, email: str, **more):
    return visitor.presses(f"talk/{talk.public_id}/transcript/mail", email=email, **more)


def test_the_page_and_the_file_hold_what_was_said_and_no_note(world, visitor, talk):
    page = visitor.opens(f"talk/{talk.public_id}/transcript").content.decode()
    file = visitor.opens(f"talk/{talk.public_id}/transcript?as=text")
    text = b"".join(file).decode() if file.streaming else file.content.decode()

    for said in (page, text):
        assert "도와 드릴게요" in said and "이서준" in said and f"#{talk.pk}" in said
        assert "진상" not in said
    assert "서울" in text and "UTC+9" in text
    assert "<b>지금</b>" in text and "<b>지금</b>" not in page
    assert file["Content-Disposition"].startswith("attachment")


def test_the_page_keeps_the_form_of_a_reply_and_the_lines_of_plain_words(world, visitor, talk):
    visitor.says("첫째 줄\n둘째 줄")
    talk.reply(
        "순서예요.\n\n- 하나", html="<p>순서예요.</p><ul><li>하나</li></ul><script>x</script>", by=world.agent
    )
    page = visitor.opens(f"talk/{talk.public_id}/transcript").content.decode()

    assert "<li>하나</li>" in page and "<script>x" not in page
    assert "첫째 줄\n둘째 줄</p>" in page


def test_choices_stand_there_where_they_were_shown_and_what_an_answer_keeps_beside_does_not(talk):
    further = [{"article": 9, "title": "나중에 볼 글"}]
    answer = {"article": 3, "title": "환불 안내", "url": "", "locale": "ko"}
    talk.reply(
        "사흘이요", by=BOT, is_automatic=True, data={"code": "answer", "answer": answer, "choices": further}
    )
    talk.reply(
        "어느 것인가요?",
        by=BOT,
        is_automatic=True,
        data={"code": "choices", "choices": [{"article": 4, "title": "교환"}]},
    )
    lines = [each.text for each in entries(all_said(talk), talk, zone="Asia/Seoul")]
    assert "사흘이요" in lines
    assert "어느 것인가요?\n- 교환" in lines


def test_somebody_else_finds_none(world, stranger, talk):
    assert stranger.opens(f"talk/{talk.public_id}/transcript").status_code == 404
    assert stranger.opens(f"talk/{talk.public_id}/transcript?as=text").status_code == 404
    assert asks(stranger, talk, "x@example.com").status_code == 404
    assert not Transcript.objects.exists()


def test_to_an_address_that_is_theirs_it_goes_at_once_in_their_language_with_the_zone_named(world, minji):
    minji.locale = "en"
    minji.says("talk to a human")
    world.settle()
    talk = Conversation.objects.get()
    talk.reply("How can I help?", by=world.agent)
    before = len(mail.outbox)

    answer = asks(minji, talk, "Minji@Example.com", zone="America/New_York")
    world.settle()

    assert answer["Location"].endswith("?sent=words")
    assert len(mail.outbox) == before + 1 and mail.outbox[-1].to == ["minji@example.com"]
    text, html = parts()
    for said in (text, html):
        assert "How can I help?" in said and "talk to a human" in said and "You" in said
        assert "Times are those of New York" in said
    # What was said later is not in it, however late it leaves.
    assert Transcript.objects.get().upto == talk.last_seq


def test_to_any_other_address_goes_a_link_without_a_word_of_theirs_and_the_words_once_it_is_opened(
    world, visitor, stranger, talk
):
    answer = asks(visitor, talk, STRANGERS)
    world.settle()

    assert answer["Location"].endswith("?sent=link")
    assert mail.outbox[-1].to == [STRANGERS]
    text, html = parts()
    for said in (text, html):
        assert "지금" not in said and "도와 드릴게요" not in said and f"#{talk.pk}" not in said
    path = LINK.search(text)[1]
    count = len(mail.outbox)
    assert stranger.opens(path).status_code == 200  # a mail scanner
    world.settle()
    assert len(mail.outbox) == count

    stranger.presses(path)
    stranger.presses(path)
    world.settle()
    assert len(mail.outbox) == count + 1
    assert "도와 드릴게요" in parts()[0] and "진상" not in parts()[0]
    assert mail.outbox[-1].to == [STRANGERS]


def test_a_link_nobody_signed_and_one_past_its_days_open_nothing(world, visitor, talk):
    asks(visitor, talk, STRANGERS)
    made = Transcript.objects.get()
    assert visitor.opens(f"transcript/{made.pk}.forged").status_code == 410
    assert visitor.presses(f"transcript/{made.pk}.forged").status_code == 410
    assert visitor.opens("transcript/9999999999999999999999.x").status_code == 410
    with clock.at(clock.now() + timedelta(days=4)):
        assert visitor.presses(f"transcript/{made.token}").status_code == 410
    made.refresh_from_db()
    assert made.confirmed_at is None


def test_no_strangers_mailbox_is_filled(world, visitor, talk):
    """One letter a day to a mailbox nobody showed to be theirs, whatever stands after its plus and whoever asks."""
    assert asks(visitor, talk, STRANGERS).status_code == 302
    assert asks(visitor, talk, "stranger+1@example.com").status_code == 429
    other = Visitor()
    other.says("상담사 연결해 주세요")
    world.settle()
    theirs = Conversation.objects.exclude(pk=talk.pk).get()
    again = asks(other, theirs, STRANGERS)
    assert again.status_code == 429 and STRANGERS in again.content.decode()
    world.settle()
    assert [sent.to for sent in mail.outbox] == [[STRANGERS]]
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert asks(other, theirs, STRANGERS).status_code == 302


def test_of_one_chat_five_leave_in_a_day_and_an_address_of_ours_gets_none(world, visitor, talk):
    for n in range(5):
        assert asks(visitor, talk, f"one{n}@example.com").status_code in (302, 429)
    assert Transcript.objects.count() == 5
    from handrail.web import limits

    limits.forget_all()
    assert asks(visitor, talk, "six@example.com").status_code == 429
    assert asks(visitor, talk, "help@handrail.test").status_code == 400
    assert asks(visitor, talk, "not an address").status_code == 400
    assert Transcript.objects.count() == 5


def test_files_go_along_as_far_as_they_fit_and_the_rest_is_named(world, minji, monkeypatch):
    monkeypatch.setattr(transcript_mail, "FILES_BYTES", 40)
    minji.says("상담사 연결해 주세요")
    world.settle()
    talk = Conversation.objects.get()
    small = keep(b"short", name="짧은 것.txt", by=world.agent)
    large = keep(b"x" * 100, name="긴 것.txt", by=world.agent)
    talk.reply("두 파일이에요", by=world.agent, files=[small, large])

    asks(minji, talk, "minji@example.com")
    world.settle()

    made = message_from_bytes(mail.outbox[-1].message().as_bytes(), policy=policy.default)
    assert [part.get_filename() for part in made.iter_attachments()] == ["짧은 것.txt"]
    assert "긴 것.txt" in parts()[0]


def test_its_job_run_twice_is_one_mail(world, visitor, talk):
    asks(visitor, talk, STRANGERS)
    world.settle()
    count = len(mail.outbox)
    assert mail_transcript.func(Transcript.objects.get().pk) == "sent"
    assert len(mail.outbox) == count


def test_an_agent_sends_it_in_the_customers_language_and_the_history_says_so(world, visitor, talk):
    desk = signed_in(world.agent)
    assert "transcript" in desk.get(f"/desk/conversations/{talk.pk}/print").content.decode()

    answer = desk.post(f"/desk/conversations/{talk.pk}/transcript", {"email": "customer@example.com"})
    world.settle()

    assert answer.status_code == 302
    assert mail.outbox[-1].to == ["customer@example.com"] and "도와 드릴게요" in parts()[0]
    assert "진상" not in parts()[0]
    from handrail.conversations.activity import history

    assert any("customer@example.com" in told.text for told in history(talk, locale="en"))
    wrong = desk.post(f"/desk/conversations/{talk.pk}/transcript", {"email": "<b>no"})
    assert wrong.status_code == 422 and "&lt;b&gt;no" in wrong.content.decode()


def test_two_hundred_lines_and_more_are_all_there(world, visitor, talk):
    for n in range(210):
        talk.reply(f"줄-{n}-", by=world.agent)
        if n % 50 == 0:
            talk.note("메모", by=world.agent)
    text = visitor.opens(f"talk/{talk.public_id}/transcript?as=text").content.decode()
    assert all(text.count(f"줄-{n}-") == 1 for n in range(210))


def test_words_in_her_name_that_nobody_vouched_for_are_not_said_to_be_hers(world, minji):
    """A forged mail that names a message of hers is threaded in her conversation."""
    person = find("minji@example.com")
    conversation = world.conversation(person)
    from_her = {"from_address": "minji@example.com", "endpoint": conversation.endpoints.get()}
    conversation.receive("계좌를 바꿔 주세요", by=person, is_verified=False, **from_her)
    with translation.override("en"):
        said = [each.who for each in entries(all_said(conversation), conversation, zone="Asia/Seoul")]
    assert said == ["You", "In your name, sender not verified"]
    page = minji.client.get(f"/hc/en/requests/{conversation.number}").content.decode()
    doubted = page.split("<li ")
    item = next(each for each in doubted if "계좌를 바꿔" in each)
    assert "In your name" in item and ">You<" not in item
    own = next(each for each in doubted if "환불이 안 돼요" in each)
    assert ">You<" in own and "In your name" not in own
    page = minji.client.get(f"/hc/en/talk/{conversation.public_id}/transcript").content.decode()
    assert "In your name, sender not verified" in page
