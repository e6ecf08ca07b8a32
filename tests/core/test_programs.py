"""What runs where it is pressed is not taken from people, is taken with mail, and is handed out only after a warning."""

from __future__ import annotations

import pytest
from django.utils import translation

from handrail.channels.mail.parsed import MailFile
from handrail.config.env import endings
from handrail.conversations.models import Conversation
from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import FileRefused, keep
from handrail.core.files.links import link
from handrail.core.files.types import type_of
from handrail.intake.enclosures import enclosed
from tests.desk.conftest import signed_in

WINDOWS = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 100


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("setup.exe", b"anything"),
        ("Setup.EXE .", b"anything"),
        ("jpg.\u202egpj.scr", b"anything"),
        ("a.ps1", b"Get-Item"),
        ("holiday.jpg", WINDOWS),
        ("holiday", b"\x7fELF\x02\x01\x01"),
        ("holiday.pdf", b"\xcf\xfa\xed\xfe\x07\x00\x00\x01"),
    ],
)
def test_a_program_is_refused_in_a_sentence_that_names_it(name, data):
    with (
        translation.override("en"),
        pytest.raises(FileRefused, match=r"(?i)“(setup|jpg|a|holiday).*is a program"),
    ):
        keep(data, name=name, by=SYSTEM)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("설문.txt", "MZ세대 설문 결과예요.".encode()),
        ("exe", b"words"),
        ("a.exe.txt", b"words"),
        ("b.zip", b"PK\x03\x04"),
    ],
)
def test_what_is_none_is_taken(name, data):
    assert keep(data, name=name, by=SYSTEM).pk


@pytest.mark.django_db
def test_the_operators_list_counts_and_an_empty_one_refuses_nothing(settings, monkeypatch):
    monkeypatch.setenv("HANDRAIL_FILE_ENDINGS_REFUSED", ".HWP, docm")
    settings.FILE_ENDINGS_REFUSED = endings("HANDRAIL_FILE_ENDINGS_REFUSED", default="exe")
    assert {"hwp", "docm"} == settings.FILE_ENDINGS_REFUSED
    assert keep(b"anything", name="setup.exe", by=SYSTEM).pk
    with pytest.raises(FileRefused):
        keep(b"anything", name="a.hwp", by=SYSTEM)
    monkeypatch.setenv("HANDRAIL_FILE_ENDINGS_REFUSED", "")
    settings.FILE_ENDINGS_REFUSED = endings("HANDRAIL_FILE_ENDINGS_REFUSED", default="exe")
    assert keep(WINDOWS, name="a.hwp", by=SYSTEM).pk


def test_words_that_begin_with_mz_are_words():
    assert type_of("MZ세대".encode()) != type_of(WINDOWS) and type_of(WINDOWS) == "application/x-msdownload"


@pytest.mark.django_db
def test_a_mails_program_is_kept_and_named():
    found = enclosed([MailFile("run.bat", "text/plain", b"dir"), MailFile("a.txt", "text/plain", b"words")])
    assert [each.title for each in found.kept] == ["run.bat", "a.txt"]
    assert found.told == {"programs": ["run.bat"]}


def test_a_mails_program_is_handed_out_only_after_a_page_that_warns(world):
    conversation: Conversation = world.conversation()
    row = keep(b"dir", name="run.bat", by=SYSTEM, is_any=True)
    message = conversation.receive(
        "파일이에요", by=conversation.requester, files=[row], data={"programs": ["run.bat"]}
    )
    browser = signed_in(world.agent)
    where = link(row, viewer=world.viewer().key)
    warned = browser.get(where)
    assert warned["Content-Type"].startswith("text/html") and "run.bat" in warned.content.decode()
    given = browser.get(f"{where}?anyway=1")
    assert b"".join(given.streaming_content) == b"dir" and given["Content-Disposition"].startswith(
        "attachment"
    )
    shown = browser.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert "run.bat" in shown and message.pk


def test_a_refused_upload_loses_no_words(world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    conversation = world.conversation()
    browser = signed_in(world.agent)
    answer = browser.post(
        f"/desk/conversations/{conversation.number}/messages",
        {"text": "설치 파일이에요", "files": SimpleUploadedFile("setup.exe", b"anything")},
    )
    shown = answer.content.decode()
    assert answer.status_code == 422 and "setup.exe" in shown and "설치 파일이에요" in shown
    assert not conversation.messages.filter(direction="out").exists()
