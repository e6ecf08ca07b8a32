"""Asking somebody outside and forwarding, as an agent presses them."""

import pytest
from django.core import mail

from handrail.accounts.models import Team
from handrail.conversations.conversation import Conversation
from handrail.conversations.models import Outgoing
from handrail.conversations.sides import hear, write
from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import keep
from tests.desk.conftest import signed_in


@pytest.fixture
def ticket(world):
    ticket = world.conversation(text="택배가 안 와요", subject="배송 문의")
    ticket.assign(to=world.agent, by=world.agent)
    file = keep(b"label", name="송장.txt", by=world.agent)
    ticket.messages.first().attachments.create(file=file)
    world.settle()
    mail.outbox.clear()
    return ticket


def at(ticket, rest=""):
    return f"/desk/conversations/{ticket.pk}{rest}"


def body_of(sent):
    return sent.message().get_payload()[0].get_payload()[0].get_content()


def test_an_agent_asks_several_with_a_file_of_the_ticket_and_reads_on(world, desk, ticket):
    form = desk.get(at(ticket, "/sides/new")).content.decode()
    assert "송장.txt" in form and "배송 문의" in form
    said = {
        "to": "carrier@example.net, depot@example.net",
        "subject": "송장 확인",
        "text": "어디 있나요?",
        "attachment": ticket.messages.first().attachments.get().pk,
        "client_id": "one",
    }
    answer = desk.post(at(ticket, "/sides"), said)
    side = ticket.sides.get()
    assert answer.url == at(ticket, f"/sides/{side.pk}")
    assert desk.post(at(ticket, "/sides"), said).url == answer.url, "a second press is no second question"
    assert ticket.sides.count() == 1
    world.settle()
    assert {each.to[0] for each in mail.outbox} == {"carrier@example.net", "depot@example.net"}
    assert (
        "송장.txt" in mail.outbox[0].message().as_string() or len(mail.outbox[0].message().get_payload()) == 2
    )
    page = desk.get(answer.url).content.decode()
    assert (
        "어디 있나요?" in page and "depot@example.net" in page and "고객에게는 아무것도 보이지 않아요" in page
    )


def test_a_message_is_forwarded_with_what_the_agent_leaves_in(world, desk, ticket):
    message = ticket.messages.first()
    form = desk.get(at(ticket, f"/sides/new?forward={message.pk}")).content.decode()
    assert "전달하는 메일" in form and "택배가 안 와요" in form and "Fwd: 배송 문의" in form
    assert f'value="{message.attachments.get().pk}" checked' in form
    said = {
        "to": "carrier@example.net",
        "subject": "Fwd: 배송 문의",
        "text": "확인 부탁드려요",
        "quoted": "보낸 사람: (가림)\n\n택배가 안 와요",
        "forward": message.pk,
        "attachment": message.attachments.get().pk,
    }
    assert desk.post(at(ticket, "/sides"), said).status_code == 302
    world.settle()
    text = body_of(mail.outbox[-1]).replace("\r\n", "\n")
    assert "확인 부탁드려요\n\n보낸 사람: (가림)\n\n택배가 안 와요" in text
    side = ticket.sides.get()
    hear(side, "부산에 있어요", by=side.requester, author_name="박기사", from_address="carrier@example.net")
    thread = desk.get(at(ticket)).content.decode().split('class="entries"')[1].split("</section>")[0]
    assert "부산에 있어요" in thread and "박기사" in thread and "동료만 볼 수 있어요" in thread
    assert "곁대화를 시작했어요" in thread


def test_the_ticket_lists_them_with_last_line_and_the_lists_show_the_mark(world, desk, ticket, side):
    hear(side, "부산에 있어요", by=side.requester, from_address="carrier@example.net")
    panel = desk.get(at(ticket)).content.decode().split('data-part="sides"')[1].split("</section>")[0]
    assert (
        "송장 확인" in panel
        and "부산에 있어요" in panel
        and "새 답" in panel
        and "carrier@example.net" in panel
    )
    assert "곁대화 답" in desk.get("/desk/views/all/").content.decode()
    mine = desk.get("/desk/mentions").content.decode()
    assert "부산에 있어요" in mine
    assert desk.get("/desk/counts").json()
    desk.get(at(ticket, f"/sides/{side.pk}"))
    assert "곁대화 답</span>" not in desk.get("/desk/views/all/").content.decode()
    assert "새 답" not in desk.get(at(ticket)).content.decode()


def test_answering_in_place_marking_done_and_opening_again(world, desk, ticket, side):
    place = at(ticket, f"/sides/{side.pk}")
    assert desk.post(f"{place}/messages", {"text": "고마워요", "client_id": "a"}).url == place
    desk.post(f"{place}/messages", {"text": "고마워요", "client_id": "a"})
    assert side.messages.filter(text="고마워요").count() == 1
    desk.post(f"{place}/state", {"done": "1"})
    assert "마침" in desk.get(place).content.decode()
    desk.post(f"{place}/state", {"done": "0"})
    assert Conversation.objects.get(pk=side.pk).status == "open"
    assert desk.post(f"{place}/messages", {"text": " "}).status_code == 422


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"to": "", "text": "x"}, "주소를 하나 이상"),
        ({"to": "nobody", "text": "x"}, "메일 주소가 아니에요"),
        ({"to": "help@handrail.test", "text": "x"}, "우리 주소예요"),
        ({"to": "minji@example.com", "text": "x"}, "이 대화에 참여하고"),
        ({"to": "a@example.net", "text": " "}, "먼저"),
        ({"to": " ".join(f"a{n}@example.net" for n in range(11)), "text": "x"}, "10개 주소까지"),
    ],
)
def test_what_cannot_be_asked_says_why_and_keeps_the_words(desk, ticket, said, words):
    answer = desk.post(at(ticket, "/sides"), {**said, "subject": "남아 있는 제목"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text and "남아 있는 제목" in text
    assert not ticket.sides.exists()


def test_a_question_can_be_taken_back_and_sent_again(world, desk, ticket):
    world.agent.undo_seconds = 20
    world.agent.save()
    desk.post(
        at(ticket, "/sides"), {"to": "a@example.net", "subject": "s", "text": "거둘 말", "quoted": "원문"}
    )
    side, waiting = ticket.sides.get(), Outgoing.objects.get()
    assert "거둘 말" in desk.get(at(ticket, f"/sides/{side.pk}")).content.decode()
    page = desk.post(f"/desk/outgoing/{waiting.pk}/undo").content.decode()
    assert "거둘 말" in page.split('id="side-words"')[1] and "원문" in page
    desk.post(at(ticket, f"/sides/{side.pk}/messages"), {"text": "고친 말", "quoted": "원문"})
    again = Outgoing.objects.latest("pk")
    assert desk.post(f"/desk/outgoing/{again.pk}/now").url == at(ticket, f"/sides/{side.pk}")
    late = desk.post(f"/desk/outgoing/{again.pk}/undo")
    assert late.status_code == 409 and "이미" in late.content.decode()
    assert side.messages.get().quoted == "원문"


def test_its_mail_its_files_and_a_failed_one_open_from_there(world, desk, ticket, side):
    file = keep(b"x", name="a.txt", by=world.agent)
    message = write(side, "파일", by=world.agent, files=[file])
    delivery = message.deliveries.get()
    delivery.failed("550", by=SYSTEM)
    assert desk.get(f"/desk/messages/{message.pk}/mail").status_code == 200
    assert desk.get(f"/desk/files/{message.attachments.get().pk}").status_code == 302
    place = at(ticket, f"/sides/{side.pk}")
    assert "다시 보내기" in desk.get(place).content.decode()
    assert desk.post(f"/desk/deliveries/{delivery.pk}/resend").url == place


def test_who_may_not_see_the_ticket_sees_none_of_it(world, desk, ticket, side):
    message, other = side.messages.first(), world.conversation()
    file = message.attachments.create(file=keep(b"x", name="a.txt", by=world.agent))
    message.deliveries.get().failed("550", by=SYSTEM)
    assert desk.get(at(other, f"/sides/{side.pk}")).status_code == 404
    assert desk.get(f"/desk/conversations/{side.pk}").status_code == 404
    assert desk.get(at(other, f"/sides/new?forward={ticket.messages.first().pk}")).status_code == 404
    team = Team.objects.create(slug="hr", name_ko="인사", name_en="HR", is_private=True)
    Conversation.objects.filter(pk=ticket.pk).update(team=team)
    hidden = [at(ticket, f"/sides/{side.pk}"), at(ticket, "/sides/new"), f"/desk/files/{file.pk}"]
    for path in [*hidden, *(f"/desk/messages/{message.pk}/{name}" for name in ("mail", "mail.eml", "body"))]:
        assert desk.get(path).status_code == 404
    assert desk.post(f"/desk/deliveries/{message.deliveries.get().pk}/resend").status_code == 404
    assert desk.post(at(ticket, f"/sides/{side.pk}/messages"), {"text": "x"}).status_code == 404
    author = signed_in(world.staff("author@handrail.test", "글쓴이", "author"))
    assert author.get(at(ticket, f"/sides/{side.pk}")).status_code == 404


def test_paper_holds_nothing_of_it(desk, ticket, side):
    text = desk.get(at(ticket, "/print")).content.decode()
    assert "송장 확인" not in text and "어디 있나요?" not in text
