"""Every public sample beside the repository, through `handrail mail parse` as an operator calls it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from handrail.channels.mail.receive import reader
from tests.mail.corpus import shared

KEYS = {
    "from", "to", "cc", "reply_to", "subject", "text", "reply_text", "quoted_text", "attachments", "calendar", "auto_submitted",
    "message_id", "in_reply_to", "references", "date", "list_id", "identity_doubt", "asymmetric", "bounce", "cut",
}  # fmt: skip


@pytest.fixture(autouse=True)
def one_child(monkeypatch):
    """The child that reads, with its limits of time and memory, serves all samples; the command would begin one for each."""
    close = reader.close
    monkeypatch.setattr(reader, "close", lambda: None)
    yield
    close()


def parsed(path: Path) -> dict:
    out = io.StringIO()
    call_command("mail", "parse", str(path), "--json", stdout=out, stderr=out)
    return json.loads(out.getvalue())


def is_shown_safely(found: dict) -> bool:
    headers = [found["subject"], found["from"]["name"], *(file["name"] for file in found["attachments"])]
    return not set("\r\n\0") & set("".join(headers))


def samples(folder: str, kind: str, *, count: int) -> list[Path]:
    paths = sorted(shared(folder).rglob(f"*.{kind}"))
    assert len(paths) == count
    return paths


@pytest.mark.parametrize(("folder", "count"), [("mail/mikel", 103), ("mail/flanker", 50)])
def test_every_mail_is_understood_and_printed(folder, count):
    for path in samples(folder, "eml", count=count):
        found = parsed(path)
        assert found.keys() == KEYS, path.name
        assert is_shown_safely(found), path.name
        # What somebody wrote is never lost on the way to what is new in it.
        assert bool(found["reply_text"].strip()) == bool(found["text"].strip()), path.name


def test_every_reply_is_cut_and_loses_no_word(tmp_path):
    for path in samples("mail/replies", "txt", count=24):
        text = path.read_text(encoding="utf-8")
        whole = tmp_path / f"{path.stem}.eml"
        head = "From: a@example.com\nTo: help@handrail.test\nContent-Type: text/plain; charset=utf-8\n\n"
        whole.write_bytes((head + text).encode())
        found = parsed(whole)

        assert found["reply_text"].strip(), path.name
        said = set(f"{found['reply_text']}\n{found['quoted_text']}".split())
        assert set(text.split()) <= said, (path.name, set(text.split()) - said)
        assert found["text"].split() == text.split(), path.name


def test_no_sample_is_left_out():
    assert sum(1 for path in shared("mail").rglob("*") if path.is_file()) == 103 + 50 + 24
