"""One mail looked at: why it stands here, in the words of what was decided, and its lines without what opens something."""

import base64

import pytest
from django.test import Client

from handrail.accounts.models import Team
from handrail.channels.blocking import block
from handrail.channels.models import InboundRaw
from handrail.conversations.models import Conversation, Message
from handrail.core.actors import SYSTEM
from handrail.intake.models import VOUCHED_AN_HOUR, Acknowledgement
from tests.desk.conftest import signed_in
from tests.intake.arriving import arrive, mail, reply_to

__all__ = ["arrive"]


def shown(desk, message):
    answer = desk.get(f"/desk/messages/{message.pk}/mail")
    assert answer.status_code == 200
    return answer.content.decode()


def newest():
    return Message.objects.filter(direction="in").latest("pk")


def test_a_first_mail_says_that_it_opened_the_conversation_and_what_it_bore(world, desk, arrive):
    arrive(mail(subject="[#4711] 문의", headers="References: <old@example.com>"))
    text = shown(desk, newest())
    assert "새 대화를 열었어요" in text
    assert "예전 메일 1통" in text and "#4711" in text
    assert "help@handrail.test" in text
    assert "사람이 보낸 메일로 보여요" in text
    assert "중립적인 자동 답장을 한 번" in text


def test_a_reply_says_by_what_it_found_its_place(world, desk, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    arrive(mail(to=reply_to(conversation), mid="b@example.com"), to=reply_to(conversation))
    text = shown(desk, newest())
    assert "서명된 답장 주소로 왔어요" in text
    assert "첫 메시지에만" in text
    arrive(mail(mid="c@example.com", headers="In-Reply-To: <a1@example.com>"))
    assert "a1@example.com" in shown(desk, newest()).split("why-people")[0]
    arrive(mail(mid="d@example.com", subject=f"[#{conversation.pk}] 추가"))
    assert f"제목에 #{conversation.pk}" in shown(desk, newest())


def test_an_answer_to_what_is_over_says_that_it_opened_a_follow_up(world, desk, arrive):
    arrive(mail())
    first = Conversation.objects.get()
    first.set_status("closed", by=world.agent)
    arrive(mail(to=reply_to(first), mid="b@example.com"), to=reply_to(first))
    assert f"끝난 #{first.pk}에 대한 답이라" in shown(desk, newest())


def test_each_address_it_names_says_what_became_of_it(world, desk, arrive):
    block("bad@example.net", by=world.agent)
    cc = "친구 <friend@example.com>, bad@example.net, no-reply@example.org, friend@example.com, minji@example.com"
    arrive(mail(headers=f"Cc: {cc}"))
    message = newest()
    assert message.data["copies"] == ["friend@example.com"]
    text = shown(desk, message)
    for words in (
        "메시지 옆에 적어 두었어요", "빼 두었어요: 차단한 주소예요", "빼 두었어요: 메일을 읽는 사람이 없는 주소예요",
        "빼 두었어요: 두 번 적혀 있어요", "보낸 사람이에요", "우리 주소예요",
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ("List-Id: <list.example.com>", "메일링 리스트"),
        ("Precedence: bulk", "Precedence"),
        ("X-Auto-Response-Suppress: All", "자동 답장을 바라지 않는"),
    ],
)
def test_a_programs_mail_says_how_it_was_known_and_that_it_got_no_answer(world, desk, arrive, headers, words):
    arrive(mail(headers=headers))
    text = shown(desk, newest())
    assert words in text
    assert "두 프로그램이 서로 답하지 않도록" in text


def test_an_address_that_had_enough_says_so(world, desk, arrive):
    for _ in range(VOUCHED_AN_HOUR):
        Acknowledgement.keep("minji@example.com", is_vouched=False)
    arrive(mail())
    assert "이미 충분히" in shown(desk, newest())


def test_a_mail_let_in_by_a_colleague_says_so(world, desk, arrive):
    block("minji@example.com", by=world.agent)
    row = arrive(mail())
    row.release(by=world.agent)
    world.settle()
    assert "동료가 들여보냈어요" in shown(desk, newest())


def test_what_was_decided_stays_as_it_was(world, desk, arrive):
    arrive(mail(headers="Cc: friend@example.com"))
    message = newest()
    block("friend@example.com", by=world.agent)
    assert "메시지 옆에 적어 두었어요" in shown(desk, message)


def test_an_older_mail_says_that_nothing_was_kept(world, desk, arrive):
    arrive(mail())
    message = newest()
    message.data = {"how": "new"}
    message.save()
    text = shown(desk, message)
    assert "이유를 남기기 전에" in text and "why-threading" not in text
    assert "환불하고 싶어요" in text, "its source is found by its own id"


def test_one_of_ours_says_whom_it_went_to_and_is_made_again(world, desk, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    friend = world.person("friend@example.com", name="친구")
    conversation.add_participant(friend, by=world.agent)
    conversation.attach_endpoint(world.mail, "friend@example.com", person=friend, by=world.agent)
    ours = conversation.reply("확인했어요", by=world.agent)
    world.settle()
    text = shown(desk, ours)
    assert "minji@example.com" in text and "요청한 고객이에요" in text
    assert "friend@example.com" in text and "참조로 넣은" in text
    assert "보낸 그대로 보관하지 않아서" in text
    assert "Message-ID:" in text


def test_the_source_is_text_and_what_opens_something_is_cut_out(world, desk, arrive):
    arrive(mail())
    conversation = Conversation.objects.get()
    address = reply_to(conversation)
    secret = address.partition("@")[0].rpartition("-")[2]
    words = base64.encodebytes(f"<script>alert(1)</script> {address}".encode()).decode()
    body = mail(to=address, mid="b@example.com", text=words).replace(b"8bit", b"base64")
    arrive(body, to=address)
    text = shown(desk, newest())
    assert secret not in text and "[secret]" in text
    answer = desk.get(f"/desk/messages/{newest().pk}/mail.eml")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert secret.encode() not in answer.content
    decoded = base64.b64decode(answer.content.partition(b"\r\n\r\n")[2])
    assert secret.encode() not in decoded and b"alert(1)" in decoded


def test_markup_in_the_head_is_shown_and_not_rendered(world, desk, arrive):
    arrive(mail(headers="X-Odd: <img src=x onerror=alert(1)>"))
    text = shown(desk, newest())
    assert "<img src=x" not in text and "&lt;img src=x" in text


def test_a_very_long_mail_is_shown_in_part_and_says_so(world, desk, arrive):
    arrive(mail(text="가나다라 " * 30_000))
    text = shown(desk, newest())
    assert "너무 길어서" in text
    assert len(text) < 400_000


def test_a_mail_that_was_purged_says_so(world, desk, arrive):
    arrive(mail())
    InboundRaw.objects.update(body=b"")
    assert "더는 보관하고 있지 않아요" in shown(desk, newest())
    assert desk.get(f"/desk/messages/{newest().pk}/mail.eml").status_code == 404


def test_a_chat_message_has_no_mail(world, desk):
    message = world.conversation().messages.get()
    assert desk.get(f"/desk/messages/{message.pk}/mail").status_code == 404
    assert desk.get("/desk/messages/987654/mail").status_code == 404


def test_who_may_not_see_the_conversation_sees_neither(world, desk, arrive):
    arrive(mail())
    team = Team.objects.create(slug="hr", name_ko="인사", name_en="HR", is_private=True)
    Conversation.objects.update(team=team)
    for path in ("mail", "mail.eml"):
        assert desk.get(f"/desk/messages/{newest().pk}/{path}").status_code == 404
        assert Client().get(f"/desk/messages/{newest().pk}/{path}").status_code in {302, 404}
    member = world.staff("hr@handrail.test", "박인사", "agent")
    team.add(member, by=SYSTEM)
    assert signed_in(member).get(f"/desk/messages/{newest().pk}/mail").status_code == 200


def test_the_thread_leads_there(world, desk, arrive):
    arrive(mail())
    page = desk.get(f"/desk/conversations/{Conversation.objects.get().pk}").content.decode()
    assert f"/desk/messages/{newest().pk}/mail#source" in page
    assert "왜 여기에?" in page


def test_a_look_alike_of_an_address_is_named_as_such(world, desk, arrive):
    hint = "모양이 비슷한 다른 문자"
    arrive(mail())
    page = f"/desk/conversations/{newest().conversation_id}"
    assert hint not in desk.get(page).content.decode()

    arrive(mail("minjі@example.com", mid="b@example.com"), envelope_from="x@example.com")

    assert newest().from_address == "minjі@example.com"
    assert hint in desk.get(f"/desk/conversations/{newest().conversation_id}").content.decode()
