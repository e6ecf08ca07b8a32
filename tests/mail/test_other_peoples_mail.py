"""The public sample sets: nothing raises, nothing is lost, and what is known about single mails is right."""

from __future__ import annotations

import pytest

from handrail.channels.mail.parse import parse
from handrail.channels.mail.replies import split
from tests.mail.corpus import shared


@pytest.mark.parametrize(("folder", "count"), [("mail/mikel", 103), ("mail/flanker", 50)])
def test_every_sample_mail_is_understood_within_a_second(folder, count):
    paths = sorted(shared(folder).glob("*.eml"))
    assert len(paths) == count

    for path in paths:
        mail = parse(path.read_bytes())
        assert not set("\r\n\x00") & set(mail.subject + mail.from_name), path.name
        assert all(file.name for file in mail.attachments), path.name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mikel/multi_charset-ks_c_5601-1987", {"text": "스티해"}),
        (
            "mikel/plain_emails-raw_email",
            {"subject": "NOTE: 한국말로 하는 것", "from_address": "jamis@37signals.com"},
        ),
        ("mikel/multi_charset-japanese_iso_2022", {"subject": "まみむめも", "text": "すみません。"}),
        ("mikel/plain_emails-raw_email_with_at_display_name", {"identity_doubt": "several_from"}),
        ("mikel/rfc2822-example13", {"identity_doubt": "no_from"}),
        ("mikel/rfc2822-example06", {"in_reply_to": ("1234@local.machine.example",)}),
        ("mikel/rfc2822-example14", {"subject": "Re: TEST テストテスト", "text": "Hello"}),
        ("flanker/bilingual-simple", {"from_address": "hello@example.com"}),
        ("flanker/missing-final-boundary", {"text": "Some body"}),
        ("flanker/encoded-header", {"subject": "hello"}),
        ("flanker/long-header", {"cut": ("headers",)}),
        ("flanker/bounce-office365", {"auto_submitted": "auto_submitted"}),
    ],
)
def test_single_samples_say_what_they_are_known_to_say(name, expected):
    mail = parse((shared("mail") / f"{name}.eml").read_bytes())

    assert {field: getattr(mail, field) for field in expected} == expected


@pytest.mark.parametrize(
    ("name", "failed", "delayed"),
    [
        ("flanker/bounce-zed", 1, 0),
        ("flanker/bounce-gmail-invalid-address", 1, 0),
        ("flanker/bounce-mailbox-full", 1, 0),
        ("flanker/bounce-delayed", 1, 0),
        ("flanker/bounce-no-mx", 0, 1),
        ("mikel/multipart_report_emails-multi_address_bounce1", 5, 0),
        ("mikel/multipart_report_emails-report_422", 0, 1),
    ],
)
def test_bounces_of_many_servers_are_read(name, failed, delayed):
    bounce = parse((shared("mail") / f"{name}.eml").read_bytes()).bounce

    assert bounce and (len(bounce.failed), len(bounce.delayed)) == (failed, delayed)


@pytest.mark.parametrize(
    ("name", "attachments"),
    [
        ("flanker/mailgun-pic", [("mailgun.png", "image/png", 60168)]),
        ("flanker/iphone", [("photo.JPG", "image/jpeg", 9023)]),
        ("mikel/attachment_emails-attachment_nonascii_filename", [("ciële.txt", "text/plain", 11)]),
        (
            "mikel/attachment_emails-attachment_with_quoted_filename",
            [("Eelanalüüsi päring.jpg", "image/jpeg", 1952)],
        ),
        ("mikel/multi_charset-japanese_attachment", [("てすと.txt", "text/plain", 33)]),
    ],
)
def test_attachments_of_many_clients_come_out_whole(name, attachments):
    mail = parse((shared("mail") / f"{name}.eml").read_bytes())

    assert [(file.name, file.type, file.size) for file in mail.attachments] == attachments


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("correct_sig", "this is an email with a correct -- signature."),
        ("email_1_4", "Awesome! I haven't had another problem with it."),
        ("email_1_7", ":+1:"),
        ("email_1_8", "I will reply under this one\n\nand under this."),
        ("email_2_1", "Outlook with a reply"),
        ("email_2_2", "Outlook with a reply directly above line"),
        ("email_2_3", "Outlook with a reply above headers using unusual format"),
        ("email_BlackBerry", "Here is another email"),
        ("email_gmail", "This is a test for inbox replying to a github message."),
        ("email_headers_no_delimiter", "And another reply!"),
        ("email_iPhone", "Here is another email"),
        ("email_multi_word_sent_from_my_mobile_device", "Here is another email"),
        (
            "email_sent_from_my_not_signature",
            "Here is another email\n\nSent from my desk, is much easier then my mobile phone.",
        ),
    ],
)
def test_replies_of_many_clients_are_cut_where_they_end(name, reply):
    text = (shared("mail/replies") / f"{name}.txt").read_text(encoding="utf-8")

    assert split(text).text == reply


@pytest.mark.parametrize(
    "name",
    [
        "email_one_is_not_on",
        "email_partial_quote_header",
        "greedy_on",
        "email_sig_delimiter_in_middle_of_line",
    ],
)
def test_a_sentence_that_begins_like_an_attribution_stays(name):
    text = (shared("mail/replies") / f"{name}.txt").read_text(encoding="utf-8")
    first = text.split("\n", 1)[0].rstrip()

    reply = split(text)

    assert reply.text.startswith(first)
    assert ">" not in reply.text
