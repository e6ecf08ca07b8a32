"""Who gets our reply, case by case: the table says the To and the Cc of every letter, and nobody else gets one."""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesParser
from typing import Any

import pytest

from handrail.accounts.models import Team
from handrail.channels.mail import authenticity
from handrail.channels.mail.addresses import reply_address
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import Inbox
from handrail.contacts.identify import normal
from handrail.conversations.conversation import Conversation
from handrail.conversations.letters import compose
from handrail.conversations.models import Delivery, Message
from handrail.core.actors import SYSTEM
from handrail.intake import receive
from tests.intake.arriving import mail
from tests.intake.reply_cases import cases

CASES = cases()


@pytest.fixture(autouse=True)
def ours(world, monkeypatch) -> None:
    """Two mailboxes of two teams, the first with an alias; whether domains vouch is no matter of these cases."""
    monkeypatch.setattr(receive, "check", lambda *_a, **_k: authenticity.Verdict(False))
    team = Team.objects.create(slug="sales", name_ko="영업팀", name_en="Sales")
    Inbox.objects.create(kind="mail", brand=world.brand, address="sales@handrail.test", team=team)
    world.mail.go_by(["support@handrail.test"], by=SYSTEM)


def signed(conversation: Conversation, line: str) -> str:
    """The line with each "{address}" as the reply address made for who has it."""

    def made(found: re.Match[str]) -> str:
        window = conversation.endpoints.get(address=found[1])
        return reply_address(window.inbox.address, endpoint_id=window.pk, reply_key=window.reply_key)

    return re.sub(r"\{([^}]+)\}", made, line)


def come_in(world: Any, said: dict[str, Any], number: int, before: Conversation | None) -> Conversation:
    """One mail arrives, and a colleague adds or takes out whom the case names. Returns where it went."""
    lines = {name: said[name] for name in ("to", "cc", "reply_to") if name in said}
    if before:
        lines = {name: signed(before, line) for name, line in lines.items()}
    headers = [
        f"{each}: {lines[key]}" for key, each in (("cc", "Cc"), ("reply_to", "Reply-To")) if key in lines
    ]
    headers += said.get("headers", "").splitlines()
    mid = 1 if said.get("again") else number
    body = mail(
        said["from"],
        to=lines.get("to", "help@handrail.test"),
        mid=f"case{mid}@example.com",
        headers="\n".join(headers),
    )
    inbox = Inbox.objects.get(address=f"{said.get('at', 'help')}@handrail.test")
    came_to = lines["to"] if before and "{" in said.get("to", "") else inbox.address
    keep(inbox, body, Envelope(said.get("envelope", said["from"]), (came_to,)))
    world.settle()
    conversation = Message.objects.filter(direction="in").latest("pk").conversation
    for address in said.get("add", []):
        person = world.person(normal("email", address), "")
        conversation.add_participant(person, by=world.agent)
        conversation.attach_endpoint(inbox, normal("email", address), person=person, by=world.agent)
    for address in said.get("leave", []):
        conversation.remove_participant(world.person(address), by=world.agent)
    return conversation


@pytest.mark.parametrize("name", CASES)
def test_the_reply_goes_to_these_and_says_so(world, name):
    case = CASES[name]
    conversation = None
    for number, said in enumerate(case["mails"], start=1):
        conversation = come_in(world, said, number, conversation)
    assert conversation is not None
    reply = conversation.reply("확인했어요.", by=world.agent)

    sent = {}
    for delivery in Delivery.objects.filter(message=reply):
        body, _return, to = compose(delivery)
        assert to not in sent, "once each"
        sent[to] = BytesParser(policy=policy.default).parsebytes(body)
    assert sorted(sent) == sorted([*case["to"], *case["cc"]])
    for letter in sent.values():
        named = {
            line: [each.addr_spec for each in letter[line].addresses] if letter[line] else []
            for line in ("To", "Cc")
        }
        assert (named["To"], named["Cc"]) == (case["to"], case["cc"])
        assert [each.addr_spec for each in letter["From"].addresses] == [case["by"]]
        (answer_to,) = (each.addr_spec for each in letter["Reply-To"].addresses)
        assert answer_to.partition("+")[0] == case["by"].partition("@")[0]


def test_there_are_cases_of_every_kind():
    assert len(CASES) >= 25
