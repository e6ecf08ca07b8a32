"""What is decided about mails stays decided: threading, recipients and loops, as `decisions.json` has it; of our own oddities
always, and of other people's mails where those are beside the repository.

The table holds names, hashes and codes, and no word of a mail. The mails come in one after the other, by name, so that one
may answer another; each reply comes from who was asked, from somebody else, by its number, and with our address in copy.
A decision that is meant to change is put into the table with the commit that changes it: a run that finds others
leaves its own table behind and says where.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handrail.channels.mail import authenticity
from handrail.channels.mail.addresses import reply_address
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import InboundRaw
from handrail.conversations.models import Message
from handrail.intake import receive
from handrail.intake.acknowledge import _undue
from tests.mail.corpus import HERE, shared

TABLE = HERE / "decisions.json"
HELP = "help@handrail.test"
OURS = f"{HERE.name}/"
WAYS = ("theirs", "a stranger's", "by number", "in copy")

Row = dict[str, Any]


@pytest.fixture(autouse=True)
def nobody_is_asked(monkeypatch):
    """Whether a domain vouches for a mail is what its servers say on the day."""
    monkeypatch.setattr(receive, "check", lambda *_a, **_k: authenticity.Verdict(False))


def decided(raw: InboundRaw) -> Row:
    """Codes of one mail: where it went and by what, what became of each address it names, and whether a program sent it."""
    message = receive.take_in(raw)
    raw.refresh_from_db()
    if message is None:
        return {"state": raw.state, "reason": raw.error.partition(" ")[0]}
    why = message.data["why"]
    before = message.conversation.messages.filter(direction="in").order_by("seq").first()
    return {
        "state": raw.state,
        "how": message.data["how"],
        "tried": why["tried"] | {"number": why["tried"]["number"] is not None},
        "joined": before.pk != message.pk,
        "named": [[line, fate] for _address, line, fate in why["named"]],
        "verified": message.is_verified,
        "other_address": message.data["other_address"],
        "doubt": message.data["doubt"],
        "auto": message.data["auto"],
        "unanswered": _undue(message),
    }


def take(world: Any, body: bytes, *, sender: str | None = None, to: str = HELP) -> Row:
    raw, is_new = keep(world.mail, body, Envelope(sender, (to,)))
    return decided(raw) if is_new else {"state": "known"}


def ours(world: Any) -> Iterator[tuple[Path, str, Row]]:
    for path in sorted(HERE.glob("*.eml")):
        yield path, "", take(world, path.read_bytes())


def mails(world: Any) -> Iterator[tuple[Path, str, Row]]:
    for folder in ("flanker", "mikel"):
        for path in sorted(shared(f"mail/{folder}").rglob("*.eml")):
            yield path, "", take(world, path.read_bytes())


def replies(world: Any) -> Iterator[tuple[Path, str, Row]]:
    """Texts of replies, each four times, to a conversation of its own."""
    for path in sorted(shared("mail/replies").rglob("*.txt")):
        for way in WAYS:
            asked = world.conversation(world.person(f"{path.stem.lower()}@example.com"))
            window = asked.endpoints.get()
            signed = reply_address(HELP, endpoint_id=window.pk, reply_key=window.reply_key)
            sender = "stranger@example.net" if way == "a stranger's" else window.address
            to = {"by number": HELP, "in copy": f"boss@example.com\r\nCc: {signed}"}.get(way, signed)
            subject = f"Re: [#{asked.pk}]" if way == "by number" else "Re: hello"
            head = f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{path.stem}.{asked.pk}@example.com>\r\n"
            body = (head + "Content-Type: text/plain; charset=utf-8\r\n\r\n").encode() + path.read_bytes()
            row = take(world, body, sender=sender, to=HELP if way == "by number" else signed)
            came = Message.objects.filter(direction="in").latest("pk").conversation_id
            yield path, way, row | {"found": came == asked.pk}


def table(rows: Iterator[tuple[Path, str, Row]]) -> dict[str, Row]:
    found = {}
    for path, way, row in rows:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        found[f"{path.parent.name}/{path.name}{f', {way}' if way else ''}"] = {"sha256": digest, **row}
    return found


def same(found: dict[str, Row], kept: dict[str, Row], folder: Path) -> None:
    """Fails where a decision differs, and leaves what was found in `folder`."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(found.items()))
    mine = folder / TABLE.name
    mine.write_text(f"{{\n{lines}\n}}\n")
    others = [name for name in sorted(found.keys() | kept.keys()) if found.get(name) != kept.get(name)]
    assert not others, f"{len(others)} are decided otherwise, {others[:5]} among them; see {mine}"


def kept(*, is_ours: bool) -> dict[str, Row]:
    rows: dict[str, Row] = json.loads(TABLE.read_text())
    return {name: row for name, row in rows.items() if name.startswith(OURS) is is_ours}


def test_the_same_is_decided_as_ever_of_our_own_mails(world, tmp_path):
    found = table(ours(world))
    assert len(found) > 60
    same(found, kept(is_ours=True), tmp_path)


def test_the_same_is_decided_as_ever(world, tmp_path):
    same(table(mails(world)) | table(replies(world)), kept(is_ours=False), tmp_path)


def test_the_table_holds_names_and_codes_alone():
    for name, row in json.loads(TABLE.read_text()).items():
        assert "@" not in json.dumps(row), name
