"""`handrail mail`: files in, and what is understood of one. The probe form of `parse --json` stays stable."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from handrail.channels.mail import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import InboundRaw
from tests.mail.corpus import HERE, own, shared
from tests.worlds.small import World


def run(*words: str, **options) -> str:
    out = io.StringIO()
    call_command("mail", *words, stdout=out, stderr=out, **options)
    return out.getvalue()


def fixture(name: str) -> str:
    return str(HERE / f"{name}.eml")


def test_files_are_kept_and_counted_and_a_second_run_knows_them(world: World):
    assert run("ingest", fixture("euc-kr-base64"), fixture("naver-reply")) == "2 new, 0 known, 0 refused\n"
    assert run("ingest", fixture("euc-kr-base64"), fixture("utf-7")) == "1 new, 1 known, 0 refused\n"

    assert InboundRaw.objects.count() == 3
    assert bytes(InboundRaw.objects.earliest("pk").body) == own("euc-kr-base64")


def test_a_folder_is_every_mail_in_it(world: World):
    count = len(list(HERE.glob("*.eml")))

    assert run("ingest", str(HERE)) == f"{count} new, 0 known, 0 refused\n"


def test_what_is_refused_says_why_and_the_exit_status_keeps_it_at_the_sender(
    world: World, tmp_path: Path, settings
):
    settings.MAIL_BYTES_MAX = 5_000
    empty, large = tmp_path / "empty.eml", tmp_path / "large.eml"
    empty.write_bytes(b"\n")
    large.write_bytes(b"From: a@b.kr\n\n" + b"x" * 6_000)
    out = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command(
            "mail",
            "ingest",
            str(empty),
            str(large),
            str(tmp_path / "none.eml"),
            fixture("utf-7"),
            stdout=out,
            stderr=out,
        )

    assert end.value.code == 75
    assert "1 new, 0 known, 3 refused" in out.getvalue()
    assert "it is empty" in out.getvalue()
    assert "6,014 bytes; the most is 5,000" in out.getvalue()
    assert "none.eml: can't be read" in out.getvalue()


@pytest.mark.parametrize(("to", "code"), [("nobody@elsewhere.test", 67), ("help@handrail.test", 65)])
def test_what_never_can_be_kept_is_told_apart_from_what_is_tried_again(world, tmp_path, settings, to, code):
    """67: no inbox has the address; 65: the mail itself is at fault. A mail server returns both to their senders."""
    from handrail.channels.models import Inbox

    Inbox.objects.create(kind="mail", brand=world.brand, address="sales@handrail.test", name="sales")
    settings.MAIL_BYTES_MAX = 5_000
    path = tmp_path / "a.eml"
    path.write_bytes(f"From: a@b.kr\nTo: {to}\n\n".encode() + b"x" * (6_000 if code == 65 else 1))

    with pytest.raises(SystemExit) as end:
        run("ingest", str(path))

    assert end.value.code == code


def test_a_mail_goes_to_the_inbox_it_was_sent_to(world: World, tmp_path: Path):
    from handrail.channels.models import Inbox

    sales = Inbox.objects.create(kind="mail", brand=world.brand, address="sales@handrail.test", name="sales")
    path = tmp_path / "a.eml"
    path.write_bytes(b"From: a@b.kr\nTo: Sales <Sales+x@handrail.test>\n\nhi")

    run("ingest", str(path))

    assert InboundRaw.objects.get().inbox == sales


def test_with_several_inboxes_and_none_named_nothing_is_guessed(world: World, tmp_path: Path):
    from handrail.channels.models import Inbox

    Inbox.objects.create(kind="mail", brand=world.brand, address="sales@handrail.test", name="sales")
    path = tmp_path / "a.eml"
    path.write_bytes(b"From: a@b.kr\nTo: someone@else.kr\n\nhi")
    out = io.StringIO()

    with pytest.raises(SystemExit):
        call_command("mail", "ingest", str(path), stdout=out, stderr=out)
    assert "name one with --inbox" in out.getvalue()
    assert run("ingest", str(path), "--inbox", "sales@handrail.test") == "1 new, 0 known, 0 refused\n"


def test_the_envelope_is_kept_beside_the_bytes(world: World):
    run("ingest", fixture("utf-7"), "--sender", "", "--recipient", "help+r-1@handrail.test")
    row = InboundRaw.objects.get()

    assert keep.envelope_of(row) == Envelope("", ("help+r-1@handrail.test",))


def test_an_unknown_envelope_stays_unknown(world: World):
    run("ingest", fixture("utf-7"))

    assert keep.envelope_of(InboundRaw.objects.get()) == Envelope(None, ())


def test_what_is_understood_is_one_json_object():
    found = json.loads(run("parse", fixture("naver-reply"), "--json"))

    assert found["from"] == {"address": "minji@example.com", "name": "김민지"}
    assert found["to"] == [{"address": "help@handrail.test", "name": ""}]
    assert found["cc"] == []
    assert found["subject"] == "Re: 환불 문의 [#1042]"
    assert found["reply_text"] == "2024-0305예요. 빨리 부탁드려요!"
    assert "-----Original Message-----" in found["text"]
    assert found["attachments"] == []
    assert found["auto_submitted"] == ""
    assert found["message_id"] == "naver-reply@mail.example.com"
    assert found["references"] == ["first@handrail.test"]


def test_attachments_are_named_and_measured():
    found = json.loads(run("parse", fixture("file-name-in-raw-euc-kr"), "--json"))

    assert found["attachments"] == [{"name": "견적서.pdf", "type": "application/pdf", "size": 45, "cid": ""}]


def test_what_cannot_be_read_says_so_and_fails(tmp_path: Path):
    path = tmp_path / "deep.eml"
    parts = "".join(f"--b{i}\nContent-Type: multipart/mixed; boundary=b{i + 1}\n\n" for i in range(100))
    path.write_text(f"Content-Type: multipart/mixed; boundary=b0\n\n{parts}")
    out = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("mail", "parse", str(path), "--json", stdout=out)

    assert end.value.code == 1
    assert json.loads(out.getvalue()) == {"error": "too_deep"}


def test_every_sample_of_others_is_printed(capsys):
    for path in sorted(shared("mail/mikel").glob("*.eml"))[::10]:
        assert json.loads(run("parse", str(path), "--json"))["subject"] is not None


def test_a_mail_is_printed_as_people_read_it(tmp_path):
    path, out = tmp_path / "one.eml", io.StringIO()
    head = b"From: =?utf-8?B?6rmA66+87KeA?= <minji@example.com>\r\nTo: help@handrail.test\r\nSubject: Hi\r\n"
    path.write_bytes(head + b"Message-ID: <a@example.com>\r\n\r\nOne\r\nTwo\r\n")

    call_command("mail", "parse", str(path), stdout=out)

    printed = out.getvalue()
    assert "from: 김민지 <minji@example.com>" in printed and "to: help@handrail.test" in printed
    assert "text: \n    One\n    Two\n" in printed
    assert "{" not in printed and "[" not in printed
