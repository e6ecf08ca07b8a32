"""Run inside the site: what its database holds, as one line of JSON.   usage: python -m tests.faults.census NAME"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from handrail.channels.models import Inbox


def prepare() -> object:
    """A brand with one mail inbox."""
    from handrail.channels.models import Inbox
    from handrail.workspace.models import Brand

    brand = Brand.objects.create(slug="faults", name_ko="시험", name_en="Trial", mail_domain="handrail.test")
    return Inbox.objects.create(kind="mail", brand=brand, address="help@handrail.test", name="help").pk


def prepare_two() -> object:
    """A brand with two mail inboxes, each of a team of its own, which see each other's."""
    return _two_teams(is_private=False)


def prepare_two_apart() -> object:
    """The same, and one of the teams is private."""
    return _two_teams(is_private=True)


def _two_teams(*, is_private: bool) -> object:
    from handrail.accounts.models import Team
    from handrail.channels.models import Inbox
    from handrail.workspace.models import Brand

    brand = Brand.objects.create(slug="faults", name_ko="시험", name_en="Trial", mail_domain="handrail.test")
    for name, hidden in (("help", False), ("sales", is_private)):
        team = Team.objects.create(slug=name, name_ko=name, name_en=name, is_private=hidden)
        Inbox.objects.create(kind="mail", brand=brand, address=f"{name}@handrail.test", name=name, team=team)
    return brand.pk


def prepare_chat() -> object:
    """A brand with a chat inbox and one colleague. Returns the key of a session in which they are signed in."""
    from handrail.accounts.models import Role, Team, User
    from handrail.channels.models import Inbox
    from handrail.core.actors import SYSTEM
    from handrail.workspace.models import Brand

    brand = Brand.objects.create(slug="faults", name_ko="시험", name_en="Trial")
    team = Team.objects.create(slug="support", name_ko="지원", name_en="Support")
    Inbox.objects.create(kind="chat", brand=brand, address="portal", name="portal", team=team)
    # Words leave at once, so that what was accepted is what stands.
    agent = User.objects.create_user("a@handrail.test", None, name="Agent", role=Role.AGENT, undo_seconds=0)
    team.add(agent, by=SYSTEM)
    return _signed_in(agent)


def prepare_devices() -> object:
    """As `prepare_chat`, and a customer who is signed in on two devices. Returns the colleague's key and the two of theirs."""
    from handrail.accounts.sessions import SessionStore
    from handrail.contacts.identify import identify
    from handrail.core import clock
    from handrail.core.actors import SYSTEM
    from handrail.web.viewer import PERSON_KEY

    colleague = prepare_chat()
    person = identify("email", "minji@example.com", by=SYSTEM, name="김민지", assurance=2)
    devices = []
    for _each in range(2):
        session = SessionStore()
        session[PERSON_KEY] = {"id": person.pk, "assurance": 2, "at": clock.now().timestamp() + 1}
        session.create()
        devices.append(session.session_key)
    return [colleague, *devices]


def prepare_desk() -> object:
    """A colleague who assigns, one who is assigned, and a conversation. Returns their sessions' keys, the second one's id,
    and the number."""
    from handrail.accounts.models import Role, Team, User
    from handrail.channels.models import Inbox
    from handrail.contacts.identify import identify
    from handrail.conversations.opening import open_conversation
    from handrail.core.actors import SYSTEM
    from handrail.core.events.ledger import sweep
    from handrail.core.jobs.worker import drain
    from handrail.workspace.models import Brand

    brand = Brand.objects.create(slug="faults", name_ko="시험", name_en="Trial", mail_domain="handrail.test")
    team = Team.objects.create(slug="support", name_ko="지원", name_en="Support")
    inbox = Inbox.objects.create(
        kind="mail", brand=brand, address="help@handrail.test", name="help", team=team
    )
    one, two = (
        User.objects.create_user(f"{name}@handrail.test", None, name=name, role=Role.AGENT)
        for name in ("one", "two")
    )
    for user in (one, two):
        team.add(user, by=SYSTEM)
    person = identify("email", "minji@example.com", by=SYSTEM, name="김민지")
    conversation = open_conversation(inbox, requester=person, by=person, subject="환불", address=person.email)
    conversation.receive("환불이 안 돼요", by=person, endpoint=conversation.endpoints.get())
    # What the conversation itself brings about is over before anybody is assigned.
    while sweep(older_than=timedelta(0)) + drain():
        pass
    return [_signed_in(one), _signed_in(two), two.pk, conversation.pk]


def _signed_in(user: object) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from handrail.accounts.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def chats() -> object:
    """Each chat: its public id, its number, and the words of its messages as they stand, the assistant's left out."""
    from handrail.conversations.models import Conversation

    return [
        [
            str(chat.public_id),
            chat.pk,
            list(
                chat.messages.filter(author_kind__in=("person", "staff"))
                .order_by("seq")
                .values_list("text", flat=True)
            ),
        ]
        for chat in Conversation.objects.filter(channel="chat")
    ]


def busy() -> object:
    """How much is still to do: jobs, facts and deliveries on their way, mails not yet understood."""
    from handrail.channels.models import InboundRaw
    from handrail.conversations.models import Delivery
    from handrail.core.events.models import Event
    from handrail.core.jobs.models import Job

    return {
        "jobs": Job.objects.unfinished().exclude(dedupe_key__startswith="schedule:").count(),
        "facts": Event.objects.waiting().count(),
        "deliveries": Delivery.objects.filter(state="queued").count(),
        "raws": InboundRaw.objects.waiting().count(),
        "dead": Job.objects.dead().count(),
        "quarantined": InboundRaw.objects.quarantined().count(),
    }


def count() -> object:
    """Every mail taken in with its conversation, the same as the team of each mailbox has them, every delivery with its
    address and state, and the addresses of which the history says that no automatic mail went to them, because strangers
    had enough for this hour."""
    from handrail.channels.models import Inbox
    from handrail.conversations.models import Delivery, Endpoint, Message
    from handrail.core.events.models import Event

    taken = Message.objects.filter(direction="in").values_list("message_id", "conversation")
    sent = Delivery.objects.values_list("wire_id", "endpoint__address", "state")
    refused = Event.objects.filter(verb="conversation.not_acknowledged", data__reason="everywhere")
    spared = Endpoint.objects.filter(conversation__in=refused.values("subject_id"))
    return {
        "messages": [list(row) for row in taken],
        "teams": {inbox.address: _had_by(inbox) for inbox in Inbox.objects.filter(kind="mail")},
        "deliveries": [list(row) for row in sent],
        "spared": list(spared.values_list("address", flat=True)),
    }


def _had_by(inbox: Inbox) -> list[list[object]]:
    """The mails in conversations that the mailbox's team sees, and that are its own or of which it is told."""
    from django.db.models import Q

    from handrail.accounts.viewer import Viewer
    from handrail.conversations.models import Conversation, Message
    from handrail.core.events.models import Event

    member = Viewer(user_id=1, role="agent", team_ids=frozenset({inbox.team_id} - {None}))
    told = Event.objects.filter(verb="conversation.also_came", data__inbox=inbox.pk).values("subject_id")
    theirs = Conversation.objects.visible_to(member).filter(Q(team=inbox.team_id) | Q(pk__in=told))
    had = Message.objects.filter(direction="in", conversation__in=theirs)
    return [list(row) for row in had.values_list("message_id", "conversation")]


def letters() -> object:
    """How many letters of benches/faults/bombs.py were taken in, and the seconds from the first to the last."""
    from handrail.conversations.models import Message
    from handrail.core.events.models import Event

    ours = set(Message.objects.filter(message_id__startswith="letter-").values_list("pk", flat=True))
    told = Event.objects.filter(verb="message.received").values_list("data", "at")
    times = sorted(at for data, at in told if data["message"] in ours)
    return {"count": len(ours), "seconds": (times[-1] - times[0]).total_seconds() if times else 0.0}


def moments() -> object:
    """Of tests/faults/bomb_trial.py, each mail by the first part of its id: the place of the fact that ended it in the ledger,
    and when that was. A letter ends as a message, a bomb also by being kept aside."""
    from handrail.channels.models import InboundRaw
    from handrail.conversations.models import Message
    from handrail.core.events.models import Event

    said = dict(Message.objects.filter(direction="in").values_list("pk", "message_id"))
    kept = dict(InboundRaw.objects.values_list("pk", "external_id"))
    ended = Event.objects.filter(verb__in=("message.received", "inbound.quarantined")).order_by("-pk")
    names = {event: said.get(event.data.get("message")) or kept.get(event.subject_id, "") for event in ended}
    return {name.partition("@")[0]: [event.pk, event.at.timestamp()] for event, name in names.items()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    known = {
        each.__name__: each
        for each in (
            *(prepare, prepare_two, prepare_two_apart, prepare_chat, prepare_devices, prepare_desk),
            *(busy, count, chats, letters, moments),
        )
    }
    sys.stdout.write(json.dumps(known[sys.argv[1]]()) + "\n")
