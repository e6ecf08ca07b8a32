"""Mail out: what every receiver must find in it, and what nobody can write into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr

import pytest

from handrail.channels.mail import addresses
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parse import parse
from handrail.channels.mail.parsed import MailFile
from handrail.channels.mail.render import HeaderInjection, Letter, Rail, build, subject_with_number

LETTER = Letter(
    sender=Mailbox("help@handrail.test", "온결 고객지원"),
    to=Mailbox("minji@example.com", '김민지, "님"'),
    subject="Re: 환불 문의 [#1042]",
    text="안녕하세요.\n\n환불은 https://shop.example/r?a=1&b=2 에서 <신청>해 주세요.",
    message_id="sent-1@handrail.test",
    reply_to=addresses.reply_address("help@handrail.test", endpoint_id=1, reply_key="k"),
    in_reply_to="<asked@example.com>",
    references=["first@handrail.test", "asked@example.com"],
    rail=Rail("사람의 답변이 필요해요", "https://help.example/p?c=1&t=x"),
    date=datetime(2024, 3, 5, tzinfo=UTC),
)


def test_what_we_write_is_what_is_read():
    mail = parse(build(LETTER))

    assert (mail.from_address, mail.from_name) == ("help@handrail.test", "온결 고객지원")
    assert mail.to == (LETTER.to,)
    assert mail.subject == LETTER.subject
    assert mail.message_id == "sent-1@handrail.test"
    assert mail.in_reply_to == ("asked@example.com",)
    assert mail.references == ("first@handrail.test", "asked@example.com")
    assert [box.address for box in mail.reply_to] == [LETTER.reply_to]
    assert "환불은 https://shop.example/r?a=1&b=2 에서 <신청>해 주세요." in mail.text
    assert not mail.asymmetric


def test_every_line_is_short_ascii_with_both_line_ends():
    raw = build(
        replace(
            LETTER, subject="환불 " * 60, files=[MailFile("영수증 3월.pdf", "application/pdf", b"%PDF" * 999)]
        )
    )

    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_the_way_to_a_person_stands_in_both_forms():
    message = message_from_bytes(build(LETTER), policy=default)
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))

    assert "사람의 답변이 필요해요: https://help.example/p?c=1&t=x" in text
    assert '<a href="https://help.example/p?c=1&amp;t=x"' in html
    assert "&lt;신청&gt;" in html
    assert '<a href="https://shop.example/r?a=1&amp;b=2"' in html


def test_automatic_mail_says_so_and_a_persons_does_not():
    automatic = message_from_bytes(build(replace(LETTER, automatic=True)), policy=default)
    personal = message_from_bytes(build(LETTER), policy=default)

    assert automatic["Auto-Submitted"] == "auto-replied"
    assert automatic["X-Auto-Response-Suppress"] == "All"
    assert personal["Auto-Submitted"] is None
    assert parse(build(replace(LETTER, automatic=True))).auto_submitted == "auto_submitted"


def test_our_own_mail_is_known_when_it_comes_round():
    assert addresses.is_ours(parse(build(LETTER)).loop_mark)


def test_html_of_a_reply_is_cleaned_once_more_on_its_way_out():
    raw = build(
        replace(
            LETTER,
            html='<p onclick="x()">하나<script>x()</script></p><img src="https://track.example/p.gif">',
        )
    )
    html = message_from_bytes(raw, policy=default).get_body(("html",)).get_content()

    assert "<p>하나</p>" in html
    assert "script" not in html and "onclick" not in html and "track" not in html


@pytest.mark.parametrize(
    "evil", ["a\nBcc: x@y.kr", "a\r\nBcc: x@y.kr", "a\rb", "a\x00b", "a\u2028b", "a\x0bb"]
)
@pytest.mark.parametrize("field", ["subject", "message_id", "reply_to", "sender", "to", "headers"])
def test_a_line_break_never_becomes_a_header(field, evil):
    values = {
        "sender": Mailbox("help@handrail.test", evil),
        "to": Mailbox("minji@example.com", evil),
        "headers": {"X-Any": evil},
    }

    with pytest.raises(HeaderInjection):
        build(replace(LETTER, **{field: values.get(field, evil)}))


def test_ids_that_are_none_are_left_out_of_references():
    raw = build(
        replace(LETTER, references=["ok@x", "no id", "<bad\r\nBcc: x@y>", "ok2@x"], in_reply_to="nonsense")
    )

    assert parse(raw).references == ("ok@x", "ok2@x")
    assert b"Bcc" not in raw


def test_a_long_thread_keeps_its_first_and_its_last_ids():
    raw = build(replace(LETTER, references=[f"m{n}@x" for n in range(100)], in_reply_to="m99@x"))
    references = parse(raw).references

    assert len(references) == 20
    assert (references[0], references[-1]) == ("m0@x", "m99@x")


def test_there_is_no_writing_to_what_is_no_address():
    with pytest.raises(ValueError, match="no plain address"):
        build(replace(LETTER, to=Mailbox('"x y"@example.com')))


def test_files_keep_their_korean_names_and_bytes():
    files = [
        MailFile("영수증 3월.pdf", "application/pdf", b"%PDF-1.4"),
        MailFile("화면.png", "image/png", b"\x89PNG\r\n\x1a\n", "shot@x"),
    ]
    found = parse(build(replace(LETTER, files=files))).attachments

    # A picture the text shows stands before what only hangs on the mail.
    assert [(file.name, file.data, file.cid) for file in found] == [
        (f.name, f.data, f.cid) for f in sorted(files, key=lambda f: not f.cid)
    ]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("환불 문의", "Re: 환불 문의 [#1042]"),
        ("RE: Re: 회신: 환불 문의 [#1042]", "Re: 환불 문의 [#1042]"),
        ("Re: 환불 [#7] 문의", "Re: 환불 문의 [#1042]"),
        ("", "Re: [#1042]"),
    ],
)
def test_a_subject_has_one_re_and_one_number(subject, expected):
    assert subject_with_number(subject, 1042) == expected


@pytest.mark.parametrize(
    "text",
    [
        "환불 " * 30 + "[#1042]",
        "가" * 190,
        "plain words " * 15,
        "👩🏻‍💻 " * 20,
        "a 환불  두 칸",
        "=?utf-8?q?not_a_word?= 환불",
        "=?utf-8?q?not_a_word?=",
        "x" * 190,
    ],
)
def test_a_long_subject_or_name_arrives_letter_for_letter(text):
    raw = build(replace(LETTER, subject=text.strip(), to=Mailbox("minji@example.com", text.strip())))
    by_others = message_from_bytes(raw, policy=default)

    assert by_others["Subject"] == text.strip()
    # The new parser of Python 3.11 puts spaces between the encoded words of a name; the old one reads them right.
    name = parseaddr(message_from_bytes(raw)["To"])[0]
    assert str(make_header(decode_header(name))) == text.strip()
    assert parse(raw).to[0].name == text.strip()
    assert max(len(line) for line in raw.split(b"\r\n\r\n")[0].split(b"\r\n")) <= 250


@pytest.mark.parametrize(
    "name", ["가" * 120 + ".pdf", "2024년 3월 환불 신청서 최종 진짜 최종.pdf", 'a"b;c.pdf']
)
def test_a_long_file_name_arrives_letter_for_letter(name):
    raw = build(replace(LETTER, files=[MailFile(name, "application/pdf", b"%PDF-1.4")]))
    (by_others,) = message_from_bytes(raw, policy=default).iter_attachments()

    assert by_others.get_filename() == name
    assert parse(raw).attachments[0].name == name


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 99


def test_a_picture_stands_in_the_html_form_and_is_named_in_the_plain_one():
    files = [
        MailFile('화면 "1".png', "image/png", PNG, "picture1@handrail.test"),
        MailFile("영수증.pdf", "application/pdf", b"%PDF", ""),
    ]
    mail = message_from_bytes(build(replace(LETTER, files=files)), policy=default)

    body, receipt = mail.iter_parts()
    plain, related = body.iter_parts()
    html, picture = related.iter_parts()
    assert (mail.get_content_type(), body.get_content_type(), related.get_content_type()) == (
        "multipart/mixed",
        "multipart/alternative",
        "multipart/related",
    )
    assert html.get_content().count('<img src="cid:picture1@handrail.test" alt="화면 ') == 1
    assert (picture["content-id"], picture.get_content_disposition()) == (
        "<picture1@handrail.test>",
        "inline",
    )
    assert picture.get_content() == PNG and "[화면" in plain.get_content()
    assert receipt.get_content_disposition() == "attachment" and ".pdf]" not in plain.get_content()


def test_a_picture_the_html_has_a_place_for_is_shown_once():
    file = MailFile("a.png", "image/png", PNG, "a@handrail.test")
    html = '<p>여기<img src="cid:a@handrail.test" alt="">요</p>'
    mail = message_from_bytes(build(replace(LETTER, html=html, files=[file])), policy=default)
    assert mail.get_body(("html",)).get_content().count("cid:a@handrail.test") == 1


def test_what_only_says_it_is_a_picture_is_a_file():
    file = MailFile("a.svg", "image/svg+xml", b"<svg/>", "a@handrail.test")
    mail = message_from_bytes(build(replace(LETTER, files=[file])), policy=default)
    assert [each.get_content_disposition() for each in mail.iter_attachments()] == ["attachment"]
    assert "cid:" not in mail.get_body(("html",)).get_content()
