"""Group P of the catalogue: mail that loops, swells or breaks readers. Each row has a test, here or where its subject is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from handrail.channels.mail.authenticity import Verdict
from handrail.channels.mail.parse import parse
from handrail.channels.mail.receive import receive
from handrail.conversations.activity import beside_messages
from handrail.conversations.models import Conversation, Message
from handrail.core import clock
from tests.desk.conftest import signed_in
from tests.intake.arriving import arrive, mail  # noqa: F401  (a fixture)
from tests.mail.corpus import own
from tests.mail.rows import missing

IN, NOTICES, HERE, BOMBS = (
    "tests/intake/test_mail_in.py::",
    "tests/intake/test_notices_in.py::",
    "tests/mail/test_rows_p.py::",
    "tests/mail/test_bombs.py::",
)
FETCHING = "tests/mail/test_fetching.py::"
LISTENER, KOREAN = "tests/mail/test_listener.py::", "tests/mail/test_korean_mail.py::"
ACKNOWLEDGED = "tests/intake/test_acknowledge.py::"
ROWS = {
    "P01": (f"{NOTICES}test_mail_that_asks_for_no_automatic_answer_is_read_and_never_answered",),
    "P02": (
        f"{IN}test_mail_from_our_own_address_is_kept_aside_and_let_in_it_is_nobodys",
        f"{IN}test_our_own_mail_coming_round_is_kept_aside",
        f"{HERE}test_p02_what_comes_through_a_list_we_are_on_is_stored_and_not_answered",
    ),
    "P03": (
        f"{HERE}test_p03_a_hundred_rounds_of_ping_pong_end_in_silence_and_a_flag",
        f"{HERE}test_p03_a_vouched_sender_gets_three_an_hour",
    ),
    "P04": (
        f"{ACKNOWLEDGED}test_nothing_a_stranger_typed_comes_to_the_address_they_named",
        f"{ACKNOWLEDGED}test_one_a_day_however_the_address_is_tagged_and_the_history_says_why_no_more",
        f"{ACKNOWLEDGED}test_all_strangers_together_get_so_many_an_hour_and_every_request_is_opened",
    ),
    "P05": (
        f"{BOMBS}test_multiparts_nested_without_end_are_kept_aside",
        f"{IN}test_one_bad_mail_does_not_hold_up_the_next",
    ),
    "P06": (
        f"{BOMBS}test_multiparts_nested_without_end_are_kept_aside",
        f"{BOMBS}test_a_child_that_was_killed_is_replaced",
    ),
    "P07": (f"{BOMBS}test_heads_without_end_are_cut_and_the_mail_still_opens",),
    "P08": (f"{BOMBS}test_parentheses_without_end_in_an_address_hurt_nobody",),
    "P09": (f"{BOMBS}test_ten_thousand_parts_are_two_hundred",),
    "P10": (f"{BOMBS}test_heads_without_end_are_cut_and_the_mail_still_opens",),
    "P11": (
        f"{LISTENER}test_mails_without_an_id_are_told_apart",
        f"{LISTENER}test_one_id_with_two_bodies_is_two_mails",
        f"{IN}test_two_mails_of_one_message_id_that_say_different_things_are_both_kept",
        f"{HERE}test_p11_repeated_and_endless_ids_lose_and_double_nothing",
    ),
    "P12": (
        f"{KOREAN}test_hangul_is_read_whatever_the_mail_says_about_its_bytes",
        f"{KOREAN}test_a_subject_is_read_though_its_charset_is_unknown_misnamed_or_missing",
    ),
    "P13": (f"{LISTENER}test_a_dot_behind_a_bare_line_feed_ends_nothing",),
    "P14": (f"{LISTENER}test_a_line_of_half_a_megabyte_is_kept",),
    "P15": (
        f"{LISTENER}test_too_large_is_said_by_number_before_and_after_the_data",
        f"{FETCHING}test_a_mail_that_is_too_large_stays_there_and_is_shown_here",
    ),
    "P16": (
        f"{KOREAN}test_a_date_is_a_claim_and_a_wrong_one_is_none",
        f"{HERE}test_p16_a_message_stands_at_the_time_it_came",
    ),
    "P17": (f"{HERE}test_p17_what_other_programs_understand_is_kept_as_a_file",),
    "P18": (
        f"{BOMBS}test_a_file_name_in_ten_thousand_pieces_is_bounded",
        f"{HERE}test_p18_old_encodings_are_kept_and_bounded",
    ),
    "P19": (
        f"{HERE}test_p19_a_hostile_name_is_cleaned_for_showing_and_never_reaches_the_disk",
        "tests/core/test_files.py::test_no_name_reaches_the_disk",
    ),
    "P20": (
        f"{BOMBS}test_html_no_parser_should_see_falls_back_to_the_text_part",
        f"{BOMBS}test_five_megabytes_of_word_html_are_read_in_time",
    ),
    "P21": (
        f"{BOMBS}test_cutting_quotations_takes_linear_time",
        f"{BOMBS}test_the_pathological_sample_is_cut_at_once_even_three_hundred_times",
    ),
    "P22": (
        f"{KOREAN}test_two_forms_that_say_different_things_are_told",
        f"{HERE}test_p22_the_desk_says_that_the_two_forms_differ",
        "tests/mail/test_two_forms.py::test_short_ones_that_differ_are_told",
    ),
}


@pytest.mark.parametrize("row", sorted(ROWS))
def test_the_row_is_held_by_tests_that_are_there(row):
    assert ROWS[row] and not missing(ROWS[row])


def test_no_row_is_left_out():
    assert sorted(ROWS) == [f"P{number:02}" for number in range(1, 23)]


def automatic() -> int:
    return Message.objects.filter(direction="out", is_automatic=True).count()


def told(conversation: Conversation) -> list[str]:
    with translation.override("ko"):
        return [each.text for each in beside_messages(conversation, locale="ko")]


def test_p02_what_comes_through_a_list_we_are_on_is_stored_and_not_answered(world, arrive):  # noqa: F811
    arrive(mail(to="everybody@lists.example", headers="List-Id: <everybody.lists.example>\nPrecedence: list"))

    assert Message.objects.filter(direction="in").count() == 1
    assert automatic() == 0


def test_p03_a_hundred_rounds_of_ping_pong_end_in_silence_and_a_flag(world, arrive):  # noqa: F811
    for number in range(100):
        arrive(
            mail(subject=f"자리에 없어요 {number}", mid=f"o{number}@example.com", text="다음 주에 답할게요.")
        )

    assert automatic() == 1
    assert Message.objects.filter(direction="in").count() == 100
    flagged = [each for each in Conversation.objects.all() if any("자동 답장" in text for text in told(each))]
    assert len(flagged) == Conversation.objects.count() - 1


def test_p03_a_vouched_sender_gets_three_an_hour(world, arrive, monkeypatch):  # noqa: F811
    monkeypatch.setattr(
        "handrail.intake.receive.check", lambda _raw, _mail, **_hop: Verdict(True, "dkim", "self")
    )
    for number in range(6):
        arrive(mail(subject=f"자리에 없어요 {number}", mid=f"v{number}@example.com"))

    assert automatic() == 3
    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        arrive(mail(subject="또 왔어요", mid="later@example.com"))
    assert automatic() == 4


@pytest.mark.parametrize(
    "ids", ["", "Message-ID: <a@x.kr>\r\nMessage-ID: <b@x.kr>\r\n", f"Message-ID: <{'a' * 2_000}@x.kr>\r\n"]
)
def test_p11_repeated_and_endless_ids_lose_and_double_nothing(world, arrive, ids):  # noqa: F811
    plain = mail().replace(b"Message-ID: <a1@example.com>\r\n", ids.encode())
    other = plain.replace("환불하고 싶어요.".encode(), "다른 이야기예요.".encode())
    for body in (plain, other, plain):
        assert arrive(body).state == "taken"

    texts = Message.objects.filter(direction="in").values_list("text", flat=True)
    assert sorted(texts) == ["다른 이야기예요.", "환불하고 싶어요."]


@pytest.mark.parametrize(
    "date", ["Thu, 01 Jan 1970 00:00:00 +0000", "Wed, 31 Dec 2099 23:59:59 +0900", "어제쯤"]
)
def test_p16_a_message_stands_at_the_time_it_came(world, arrive, date):  # noqa: F811
    before = clock.now()
    row = arrive(mail(headers=f"Date: {date}"))
    message = Message.objects.get(direction="in")

    assert message.at == row.received_at
    assert before <= message.at <= clock.now()
    assert before <= message.conversation.created_at <= clock.now()


def with_part(kind: str, body: bytes, *, name: str = "", encoding: str = "") -> bytes:
    shown = f'Content-Disposition: attachment; filename="{name}"\r\n' if name else ""
    coded = f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
    return (
        b"From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nthe words\r\n--b\r\n"
        + f"Content-Type: {kind}\r\n{shown}{coded}\r\n".encode()
        + body
        + b"\r\n--b--\r\n"
    )


@pytest.mark.parametrize(
    ("kind", "name", "body"),
    [
        ("application/ms-tnef", "winmail.dat", b"\x78\x9f\x3e\x22" + b"\x00\xff" * 50),
        ("application/pkcs7-signature", "smime.p7s", b"\x30\x82" + b"\x01" * 90),
        ("application/pgp-signature", "signature.asc", b"-----BEGIN PGP SIGNATURE-----\r\n\r\niQ==\r\n"),
        ("application/pgp-encrypted", "encrypted.asc", b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQ==\r\n"),
        ("text/calendar; method=REQUEST", "invite.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR"),
        ("message/rfc822", "inner.eml", b"From: b@example.com\r\nSubject: inner\r\n\r\ninner words"),
    ],
)
def test_p17_what_other_programs_understand_is_kept_as_a_file(kind, name, body):
    found = receive(with_part(kind, body, name=name))
    (file,) = found.attachments

    assert found.text == "the words"
    assert file.name == name and file.data.strip() == body.strip()


@pytest.mark.parametrize("name", ["winmail-dat", "calendar-invitation", "mail-inside-a-mail"])
def test_p17_and_of_real_programs(name):
    found = parse(own(name))

    assert found.attachments and all(file.data for file in found.attachments)


def test_p18_old_encodings_are_kept_and_bounded():
    line = b"M" + b"0" * 60 + b"\r\n"
    coded = receive(
        with_part(
            "application/octet-stream",
            b"begin 644 a.bin\r\n" + line * 20_000 + b"`\r\nend",
            name="a.bin",
            encoding="x-uuencode",
        )
    )
    ybody = b"=ybegin line=128 size=9 name=b.bin\r\n" + b"*+,-./\r\n" * 20_000 + b"=yend size=9\r\n"
    inline = receive(b"From: a@example.com\r\nContent-Type: text/plain\r\n\r\nthe words\r\n" + ybody)

    assert coded.text == "the words" and 0 < len(coded.attachments[0].data) <= 45 * 20_000
    assert inline.text.startswith("the words") and "=ybegin" in inline.text


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\windows\\system.ini",
        "invoice\u202efdp.exe",
        "\u200b.htaccess",
        "a\u0000b.php",
        "x" * 300 + ".pdf",
        "/absolute.sh",
    ],
)
def test_p19_a_hostile_name_is_cleaned_for_showing_and_never_reaches_the_disk(world, arrive, name):  # noqa: F811
    from urllib.parse import quote

    part = with_part("application/octet-stream", b"\x01\x02\x03", name="plain.bin")
    body = part.replace(b'filename="plain.bin"', f"filename*=utf-8''{quote(name, safe='')}".encode())
    arrive(body)
    file = Message.objects.get(direction="in").attachments.get().file

    assert file.title and not set("/\\\0\r\n\u202e\u200b") & set(file.title)
    assert not file.title.startswith(".") and len(file.title.encode()) <= 255
    assert file.title not in file.name and ".." not in file.name and "/" not in file.name.strip("/")[3:]


def test_p22_the_desk_says_that_the_two_forms_differ(world, arrive):  # noqa: F811
    arrive(own("text-and-html-disagree"))
    conversation = Conversation.objects.get()
    page = signed_in(world.agent).get(f"/desk/conversations/{conversation.number}").content.decode()

    assert "글과 보이는 모습의 내용이 서로 달라요" in page
