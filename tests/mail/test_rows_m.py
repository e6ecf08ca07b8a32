"""Group M of the catalogue: who wrote a mail, and where it belongs. Each row has a test, here or where its subject is."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail

from handrail.answers.asks import Ask
from handrail.answers.labels import Label
from handrail.channels.mail import authenticity
from handrail.channels.mail.authenticity import Verdict
from handrail.channels.mail.parse import parse
from handrail.contacts.models import Identity
from handrail.conversations.merging import CannotMerge, merge
from handrail.conversations.models import Conversation, Delivery, Message
from tests.desk.conftest import signed_in
from tests.intake.arriving import arrive, mail, reply_to  # noqa: F401  (a fixture)
from tests.mail.rows import missing
from tests.talk.visitor import Visitor

IN, NOTICES, HERE, WHO = (
    "tests/intake/test_mail_in.py::",
    "tests/intake/test_notices_in.py::",
    "tests/mail/test_rows_m.py::",
    "tests/mail/test_who_sent_it.py::",
)
TOKENS, AUTH = "tests/channels/test_addresses.py::", "tests/channels/test_authenticity.py::"
OWN = "tests/talk/test_own_addresses.py::"
ROWS = {
    "M01": (
        f"{HERE}test_m01_a_mail_in_a_customers_name_is_unverified_and_shown_to_nobody_outside",
        "tests/talk/test_claims.py::test_a_claim_stands_nowhere_in_the_help_centre_of_whom_it_names",
        "tests/talk/test_claims.py::test_its_own_link_shows_it_and_opening_it_says_that_it_is_theirs",
    ),
    "M02": (
        f"{HERE}test_m02_whom_a_reply_copies_is_told_to_the_agent_and_gets_nothing",
        f"{IN}test_a_copied_stranger_becomes_no_participant",
    ),
    "M03": (
        f"{TOKENS}test_none_of_a_hundred_thousand_guesses_fits",
        f"{TOKENS}test_a_reply_address_fits_one_endpoint_with_one_key",
        f"{TOKENS}test_a_reply_address_holds_no_number_of_a_conversation",
    ),
    "M04": (
        f"{IN}test_a_reply_address_in_other_hands_is_marked_and_gives_nobody_a_seat",
        f"{HERE}test_m04_a_vouched_stranger_with_the_address_is_not_verified_either",
    ),
    "M05": (f"{IN}test_a_forged_reference_from_another_address_opens_nothing",),
    "M06": (
        f"{IN}test_a_forged_staff_address_is_kept_aside",
        f"{HERE}test_m06_words_of_command_change_nothing",
    ),
    "M07": (f"{HERE}test_m07_headers_of_ours_from_outside_decide_nothing",),
    "M08": (
        f"{IN}test_a_strangers_guess_of_a_number_does_not_get_in",
        "tests/intake/test_numbers_from_elsewhere.py::test_a_vouched_stranger_does_not_get_in_by_a_number",
        "tests/intake/test_numbers_from_elsewhere.py::test_nobody_vouches_for_the_mail_so_its_number_leads_nowhere_and_that_is_said",
    ),
    "M09": (
        f"{IN}test_two_from_lines_name_nobody_and_wait_for_somebody_to_look",
        f"{HERE}test_m09_another_sender_is_doubted_and_never_written_to",
    ),
    "M10": (
        f"{AUTH}test_a_verdict_that_could_have_come_with_the_mail_counts_for_nothing",
        f"{AUTH}test_the_forged_verdict_of_the_fixture_is_not_believed",
    ),
    "M11": (
        f"{WHO}test_only_one_plain_address_names_somebody",
        f"{HERE}test_m11_no_address_is_read_out_of_a_comment",
    ),
    "M12": (
        f"{WHO}test_an_address_that_looks_like_another_stays_another",
        "tests/contacts/test_identify.py::test_a_look_alike_address_is_somebody_else",
    ),
    "M13": (
        f"{WHO}test_line_breaks_in_names_and_subjects_are_spaces",
        "tests/channels/test_render.py::test_a_line_break_never_becomes_a_header",
    ),
    "M14": (
        f"{HERE}test_m14_a_code_sent_to_somebodys_reply_address_is_for_colleagues_alone",
        f"{HERE}test_m14_a_code_is_flagged",
        f"{HERE}test_m14_a_flagged_mail_is_put_to_no_model_and_kept_as_no_question",
    ),
    "M15": (
        f"{OWN}test_no_link_to_sign_in_goes_to_where_we_read_other_peoples_mail",
        f"{OWN}test_the_contact_form_says_so_and_keeps_what_was_written",
        f"{OWN}test_the_contact_form_refuses_an_address_that_nobody_reads",
        "tests/desk/test_own_addresses.py::test_neither_in_copy_nor_as_the_requester",
    ),
    "M16": (f"{HERE}test_m16_the_answer_goes_to_the_sender_and_the_agent_is_warned",),
    "M17": (f"{HERE}test_m17_conversations_of_two_customers_are_not_merged",),
    "M18": (f"{HERE}test_m18_of_five_hundred_copies_twenty_are_told_and_none_is_written_to",),
    "M19": (
        f"{IN}test_a_made_up_bounce_changes_nothing",
        f"{NOTICES}test_a_bounce_at_our_signed_address_marks_the_message_that_failed",
    ),
    "M20": (
        f"{IN}test_a_stranger_with_the_address_of_a_closed_conversation_begins_anew_and_learns_nothing",
        f"{IN}test_a_reply_to_a_closed_one_opens_a_follow_up_and_the_next_joins_it",
        f"{HERE}test_m20_a_reply_to_a_merged_one_goes_to_the_one_it_became",
    ),
}


@pytest.mark.parametrize("row", sorted(ROWS))
def test_the_row_is_held_by_tests_that_are_there(row):
    assert ROWS[row] and not missing(ROWS[row])


def test_no_row_is_left_out():
    assert sorted(ROWS) == [f"M{number:02}" for number in range(1, 21)]


@pytest.fixture
def vouched(monkeypatch):
    """Every sender's domain vouches for its mail."""
    monkeypatch.setattr(
        "handrail.intake.receive.check", lambda _raw, _mail, **_hop: Verdict(True, "dkim", "self")
    )


def desk_page(world, conversation: Conversation) -> str:
    return signed_in(world.agent).get(f"/desk/conversations/{conversation.number}").content.decode()


def sent_to() -> set[str]:
    return {address for each in django_mail.outbox for address in each.to}


def test_m01_a_mail_in_a_customers_name_is_unverified_and_shown_to_nobody_outside(world, arrive):  # noqa: F811
    world.person("minji@example.com", assurance=2)
    arrive(mail(text="비밀번호를 바꿔 주세요."))
    conversation = Conversation.objects.get()

    assert not conversation.messages.get(direction="in").is_verified
    assert "확인되지 않은 보낸이" in desk_page(world, conversation)
    assert Visitor().opens(f"requests/{conversation.number}").status_code == 404
    body = django_mail.outbox[-1].message().get_body(("plain",)).get_content()
    assert "비밀번호" not in body and "/sign-in/link/" not in body


def test_m02_whom_a_reply_copies_is_told_to_the_agent_and_gets_nothing(world, arrive):  # noqa: F811
    arrive(mail())
    conversation = Conversation.objects.get()
    arrive(
        mail(to=reply_to(conversation), mid="b@example.com", headers="Cc: evil@evil.example"),
        to=reply_to(conversation),
    )
    conversation.reply("확인했어요.", by=world.agent)
    world.settle()

    assert conversation.participants.count() == conversation.endpoints.count() == 1
    assert not any("evil.example" in address for address in sent_to())
    assert "evil@evil.example" in desk_page(world, conversation)
    assert not Identity.objects.filter(value="evil@evil.example").exists()


def test_m04_a_vouched_stranger_with_the_address_is_not_verified_either(world, arrive, vouched):  # noqa: F811
    arrive(mail())
    conversation = Conversation.objects.get()
    arrive(
        mail("evil@evil.example", to=reply_to(conversation), mid="b@evil.example"), to=reply_to(conversation)
    )
    message = conversation.messages.get(from_address="evil@evil.example")

    assert not message.is_verified and message.data["other_address"]
    conversation.refresh_from_db()
    assert conversation.requester.email == "minji@example.com"
    conversation.reply("확인했어요.", by=world.agent)
    world.settle()
    assert not any("evil.example" in address for address in sent_to())
    assert "다른 주소에서 보냈어요" in desk_page(world, conversation)


@pytest.mark.parametrize(
    "command", ["#close", "close\n\nassign: admin@handrail.test", "status: solved\ntags: vip"]
)
def test_m06_words_of_command_change_nothing(world, arrive, command):  # noqa: F811
    arrive(mail())
    conversation = Conversation.objects.get()
    before = (conversation.status, conversation.assignee_id, conversation.priority)
    arrive(mail(to=reply_to(conversation), mid="c@example.com", text=command), to=reply_to(conversation))

    conversation.refresh_from_db()
    assert (conversation.status, conversation.assignee_id, conversation.priority) == before
    assert not conversation.tags.exists()


def test_m07_headers_of_ours_from_outside_decide_nothing(world, arrive):  # noqa: F811
    arrive(mail())
    first = Conversation.objects.get()
    made_up = "\n".join(
        f"X-{name}: {value}"
        for name in ("Handrail-Loop", "Handrail-Conversation", "Handrail-Status", "RT-Ticket", "RT-Command", "Zammad-Ticket-Id", "Zammad-Ticket-State")
        for value in (first.number, "closed")
    )  # fmt: skip
    row = arrive(mail("hana@example.com", mid="h@example.com", headers=made_up))
    second = Conversation.objects.exclude(pk=first.pk).get()

    assert (row.state, row.error) == ("taken", "")
    assert (second.status, second.follows, second.assignee) == (first.status, None, None)
    assert first.messages.filter(direction="in").count() == 1


def test_m09_another_sender_is_doubted_and_never_written_to(world, arrive, vouched):  # noqa: F811
    arrive(mail(headers="Sender: evil@evil.example"))
    conversation = Conversation.objects.get()

    assert conversation.messages.get().data["doubt"] == "sender_differs"
    conversation.reply("확인했어요.", by=world.agent)
    world.settle()
    assert sent_to() == {"minji@example.com"}
    raw = mail(headers="Sender: evil@evil.example")
    assert not authenticity.check(raw, parse(raw)).vouched


def test_m11_no_address_is_read_out_of_a_comment(world, arrive):  # noqa: F811
    body = mail().replace(
        "From: 김민지 <minji@example.com>".encode(), b"From: attacker(&email=victim@x.example&)@evil.example"
    )
    arrive(body)

    assert not Identity.objects.filter(value__contains="victim").exists()
    assert not Identity.objects.filter(value__contains="&").exists()


def test_m14_a_code_sent_to_somebodys_reply_address_is_for_colleagues_alone(world, arrive, vouched):  # noqa: F811
    """Somebody signs up elsewhere with the reply address of their own request, and reads the code in the help centre."""
    arrive(mail("tricky@evil.example", subject="", text="안녕하세요, 질문이 있어요."))
    conversation = Conversation.objects.get()
    address = reply_to(conversation)
    code = mail(
        "no-reply@bank.example",
        to=address,
        subject="인증번호 안내",
        mid="otp@bank.example",
        text="인증번호는 482913 이에요.",
    )
    arrive(code, envelope_from="no-reply@bank.example", to=address)
    assert conversation.messages.filter(text__contains="482913").exists()

    tricky = Visitor().signs_in("tricky@evil.example")
    for place in (f"requests/{conversation.number}", "requests"):
        page = tricky.opens(place).content.decode()
        assert "질문이 있어요" in page and "482913" not in page, place
    conversation.refresh_from_db()
    snapshot = tricky.client.get(f"/hc/ko/talk/{conversation.public_id}/messages?after=0")
    assert snapshot.status_code == 200 and "482913" not in snapshot.content.decode()
    conversation.reply("확인했어요.", by=world.agent, data={"quote": True})
    world.settle()
    assert "482913" not in django_mail.outbox[-1].message().as_string()
    assert "482913" not in django_mail.outbox[-1].message().get_body(("plain",)).get_content()
    assert "482913" in desk_page(world, conversation)


@pytest.mark.parametrize(
    ("subject", "text", "is_one"),
    [
        ("인증번호 안내", "인증번호는 482913 입니다.", True),
        ("Your verification code", "Use 48 29 13 to go on.", True),
        ("Slack confirmation code: ABC-XYZ", "Enter it where you signed up.", True),
        ("Verify your email", "Press https://evil.example/verify?t=1", True),
        ("환불 문의", "주문번호 20240305 환불해 주세요.", False),
        ("Code", "The error code is E-100, since 2024.", False),
        ("인증번호가 안 와요", "문자가 오지 않아요.", False),
    ],
)
def test_m14_a_code_is_flagged(world, arrive, subject, text, is_one):  # noqa: F811
    arrive(mail(subject=subject, text=text))
    conversation = Conversation.objects.get()

    assert conversation.messages.get(direction="in").data["code"] is is_one
    assert ("누구에게도 알려 주지 마세요" in desk_page(world, conversation)) is is_one


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Slack confirmation code: ABC-XYZ", "Enter it where you signed up."),
        ("Verify your email", "Press https://evil.example/verify?t=1"),
    ],
)
def test_m14_a_flagged_mail_is_put_to_no_model_and_kept_as_no_question(
    world,
    arrive,  # noqa: F811
    monkeypatch,
    subject,
    text,
):
    asked: list[str] = []
    for place in ("intake.acknowledge", "web.desk.suggestions"):
        monkeypatch.setattr(f"handrail.{place}.answer", lambda words, *_all, **_more: asked.append(words))
    verdict = Verdict(True, "dkim", "self")
    monkeypatch.setattr("handrail.intake.receive.check", lambda _raw, _mail, **_hop: verdict)
    article = world.article("메일 확인하기", "<p>링크를 눌러요.</p>")
    arrive(mail(subject=subject, text=text))
    conversation = Conversation.objects.get()

    beside = signed_in(world.agent).get(f"/desk/conversations/{conversation.number}/suggestions")
    assert beside.status_code == 200
    conversation.reply(f"http://testserver/hc/ko/articles/{article.pk}", by=world.agent)
    conversation.set_status("solved", by=world.agent)
    world.settle()

    assert asked == []
    assert conversation.messages.get(direction="in").data["acknowledged"] == "sent"
    assert conversation.tried == []
    assert not Ask.objects.exists() and not Label.objects.exists()


def test_m16_the_answer_goes_to_the_sender_and_the_agent_is_warned(world, arrive):  # noqa: F811
    arrive(mail(headers="Reply-To: evil@evil.example"))
    conversation = Conversation.objects.get()
    conversation.reply("확인했어요.", by=world.agent)
    world.settle()

    assert sent_to() == {"minji@example.com"}
    assert "답을 evil@evil.example 주소로 달라고" in desk_page(world, conversation)


def test_m17_conversations_of_two_customers_are_not_merged(world):
    mine, theirs = world.conversation(), world.conversation(world.person("hana@example.com"))

    with pytest.raises(CannotMerge):
        merge(mine, into=theirs, by=world.agent)
    assert theirs.participants.count() == mine.participants.count() == 1


def test_m18_of_five_hundred_copies_twenty_are_told_and_none_is_written_to(world, arrive):  # noqa: F811
    many = ",\n ".join(f"v{number}@example.org" for number in range(500))
    arrive(mail(headers=f"Cc: {many}"))
    conversation = Conversation.objects.get()
    conversation.reply("확인했어요.", by=world.agent)
    world.settle()

    assert len(conversation.messages.filter(direction="in").get().data["copies"]) == 20
    assert sent_to() == {"minji@example.com"}
    assert conversation.participants.count() == 1


def test_m20_a_reply_to_a_merged_one_goes_to_the_one_it_became(world, arrive):  # noqa: F811
    arrive(mail())
    first = Conversation.objects.get()
    address = reply_to(first)
    survivor = world.conversation(first.requester)
    merge(first, into=survivor, by=world.agent)
    before = Message.objects.filter(conversation=first).count()
    arrive(mail(to=address, mid="late@example.com", text="늦은 답이에요."), to=address)

    assert survivor.messages.filter(text="늦은 답이에요.").count() == 1
    assert Message.objects.filter(conversation=first).count() == before
    assert Delivery.objects.exclude(endpoint__address="minji@example.com").count() == 0
