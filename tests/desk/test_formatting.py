"""A reply with a form of its own: what the customer gets by mail and on the page, what colleagues see, and what is kept."""

from email import policy
from email.parser import BytesParser

import pytest

from handrail.accounts.models import Role
from handrail.conversations.deliveries import Delivery
from handrail.conversations.drafts import Draft
from handrail.conversations.drafts import keep as keep_draft
from handrail.conversations.following import Mention
from handrail.conversations.letters import compose
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.redaction import MASK, redact
from handrail.conversations.search import find
from tests.desk.test_composing import say
from tests.talk.visitor import Visitor

TYPED = "**환불**은 이렇게 해요.\n\n1. 주문을 열어요\n2. [환불 신청](https://shop.example/refund)을 눌러요\n\n> 언제 되나요?\n\n3일 안에요."
TEXT = "환불은 이렇게 해요.\n\n1. 주문을 열어요\n2. 환불 신청 (https://shop.example/refund)을 눌러요\n\n> 언제 되나요?\n\n3일 안에요."


@pytest.fixture
def replied(world, desk):
    conversation = world.conversation()
    say(desk, conversation, text=TYPED)
    return conversation


def mailed(conversation):
    delivery = Delivery.objects.get(message=conversation.messages.get(author_kind="staff"))
    return BytesParser(policy=policy.default).parsebytes(compose(delivery)[0])


def test_a_reply_is_kept_once_as_html_and_as_words(replied):
    said = replied.messages.get(author_kind="staff")
    assert said.text == TEXT
    assert said.html.startswith("<p><strong>환불</strong>은 이렇게 해요.</p>\n<ol>\n<li>주문을 열어요</li>")
    replied.refresh_from_db()
    assert replied.last_message_text.startswith("환불은 이렇게 해요. 1. 주문을 열어요")


def test_the_mail_has_both_and_its_text_part_reads_well(replied):
    mail = mailed(replied)
    assert mail.get_content_type() == "multipart/alternative"
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n").startswith(f"{TEXT}\n")
    html = mail.get_body(("html",)).get_content()
    assert "<strong>환불</strong>은" in html
    assert '<blockquote style="margin:12px 0' in html and "**" not in html


def test_words_without_a_form_of_their_own_stay_what_they_were(world, desk):
    conversation = world.conversation()
    say(desk, conversation, text="010-****-1234 번 맞으세요?\n\n\n감사합니다.")
    said = conversation.messages.get(author_kind="staff")
    assert (said.text, said.html) == ("010-****-1234 번 맞으세요?\n\n\n감사합니다.", "")


def test_colleagues_and_the_customer_see_it_formatted(world, desk, replied):
    page = desk.get(f"/desk/conversations/{replied.number}").content.decode()
    shown = '<a target="_blank" href="https://shop.example/refund" rel="noopener noreferrer nofollow">환불 신청</a>을 눌러요</li>'
    assert shown in page
    assert "보낸 그대로" not in page.split('data-from="us"')[1].split("</li>")[0]
    paper = desk.get(f"/desk/conversations/{replied.number}/print").content.decode()
    assert "<strong>환불</strong>은" in paper


def test_markup_in_what_was_typed_is_words(world, desk):
    conversation = world.conversation()
    say(desk, conversation, text="**주의** <script>alert(1)</script> [x](javascript:alert(1))")
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert "<strong>주의</strong> &lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1))" in page


def test_a_reply_that_waits_is_shown_as_it_will_be_read_and_comes_back_as_it_was_typed(world, desk):
    world.agent.set_up(undo_seconds=15, by=world.agent)
    conversation = world.conversation()
    say(desk, conversation, text=TYPED)
    assert (
        "<strong>환불</strong>은" in desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    )
    back = desk.post(f"/desk/outgoing/{Outgoing.objects.get().pk}/undo").content.decode()
    assert "**환불**은 이렇게 해요." in back
    say(desk, conversation, text=TYPED, client_id="again")
    Outgoing.objects.waiting().get().leave()
    assert conversation.messages.get(author_kind="staff").text == TEXT


def test_a_note_is_formatted_and_still_names_and_tells_a_colleague(world, desk):
    colleague = world.staff("two@handrail.test", "정해결", Role.AGENT)
    conversation = world.conversation()
    say(desk, conversation, "notes", text="@정해결 **확인** 부탁해요\n- 주문 <1042>")
    world.settle()
    note = conversation.notes.get()
    assert note.text == "@정해결 확인 부탁해요\n\n- 주문 <1042>"
    assert Mention.objects.get(note=note).user == colleague
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert '<strong class="mention">@정해결</strong> <strong>확인</strong> 부탁해요' in page
    assert "<li>주문 &lt;1042&gt;</li>" in page


def test_search_finds_the_words_without_their_marks(world, replied):
    world.settle()
    found = find("눌러요", viewer=world.viewer())
    assert [row.number for row in found.rows] == [replied.pk]


def test_words_taken_out_are_gone_from_both_also_where_marks_stand_between(world, desk):
    conversation = world.conversation()
    world.agent.set_up(undo_seconds=15, by=world.agent)
    typed = "카드 4111 **1111** 1111 1111 로 *환불*했어요"
    say(desk, conversation, text=typed, client_id="a")
    Outgoing.objects.waiting().get().leave()
    say(desk, conversation, text=f"다시: {typed}", client_id="b")
    say(desk, conversation, "notes", text=typed)
    keep_draft(conversation, "reply", typed, user=world.agent, revision=99, anyway=True)
    assert redact(conversation, "4111 1111 1111 1111", by=world.agent)
    said = conversation.messages.get(author_kind="staff")
    note = conversation.notes.get()
    kept = [said.text, said.html, note.text, note.html, Draft.objects.get(text__contains="카드").text]
    kept += [each.text for each in Outgoing.objects.all()]
    assert all("1111" not in each for each in kept)
    assert said.text == note.text == f"카드 {MASK} 로 환불했어요"


def test_what_was_translated_keeps_its_own_form(world, desk):
    conversation = world.conversation()
    say(desk, conversation, text="**네**", translated="1", translation="**Yes**, done.")
    said = conversation.messages.get(author_kind="staff")
    assert (said.text, said.html) == ("Yes, done.", "<p><strong>Yes</strong>, done.</p>")
    assert said.data["written_as"] == "**네**"


def test_what_asks_to_be_confirmed_asks_in_both_parts(world, desk):
    conversation = world.conversation()
    say(desk, conversation, text="", checked="1", restated="**환불**을 원하시는군요.")
    mail = mailed(conversation)
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.count("/check/") == 2
    assert html.count('<a href="') >= 2 and html.count("/check/") == 4


def test_what_is_asked_aside_is_formatted_and_carries_what_is_forwarded(world, desk):
    conversation = world.conversation()
    fields = {
        "to": "partner@carrier.example",
        "subject": "문의",
        "text": "- 송장\n- 위치",
        "quoted": "원래 <말>",
    }
    desk.post(f"/desk/conversations/{conversation.number}/sides", {**fields, "client_id": "s"})
    side = conversation.sides.get()
    delivery = Delivery.objects.get(message__conversation=side)
    mail = BytesParser(policy=policy.default).parsebytes(compose(delivery)[0])
    html = mail.get_body(("html",)).get_content()
    assert "<li>송장</li>" in html and "<p>원래 &lt;말&gt;</p>" in html


def test_the_page_of_the_customer_shows_it_formatted(world, replied):
    minji = Visitor().signs_in(replied.requester.email)
    page = minji.opens(f"requests/{replied.number}").content.decode()
    assert "<strong>환불</strong>은 이렇게 해요." in page
