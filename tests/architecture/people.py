"""One of each who may come, a conversation none of them may see, and the objects that hang on it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from handrail.accounts.models import Role, SignInLink, Team, User
from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Field
from handrail.conversations.forms import Asked, RequestForm
from handrail.conversations.sides import begin, hear, write
from handrail.conversations.values import choose_form, set_values
from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import keep
from handrail.core.ids import random_id
from handrail.web.viewer import CHAT_KEY, GUEST_KEY, PERSON_KEY
from tests.worlds.small import World

MARKER = "NOTE-MARKER-7261"
SIDE_MARKER = "SIDE-MARKER-4418"
ASKED = "carrier@outside.test"
PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"
STAFF = {
    "author": Role.AUTHOR,
    "reviewer": Role.REVIEWER,
    "agent outside the team": Role.AGENT,
    "manager": Role.MANAGER,
    "admin": Role.ADMIN,
}
CUSTOMERS = ["stranger", "another browser", "another customer", "guest link"]
ROLES = [*CUSTOMERS, *STAFF]


class People:
    """`foreign` belongs to somebody else and to a private team nobody here is in; `own` to the customers that ask."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.owner = world.person("owner@example.com", assurance=2)
        self.foreign = world.conversation(self.owner, text="FOREIGN-TEXT-5512")
        private = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
        Conversation.objects.filter(pk=self.foreign.pk).update(team=private)
        self.foreign.refresh_from_db()
        self.message = self.foreign.messages.get()
        self.file = keep(b"FOREIGN-BYTES", name="secret.txt", by=self.owner)
        self.attachment = self.message.attachments.create(file=self.file)
        self.reply = self.foreign.reply("FOREIGN-TEXT-5512", by=world.agent)
        self.foreign.note(MARKER, by=world.agent)
        self.asker = world.person("asker@example.com", name="Asker", assurance=2)
        self.own = world.conversation(self.asker, text="OWN-TEXT-3390")
        self.own.note(MARKER, by=world.agent)
        self.own.reply("안녕하세요", by=world.agent)
        private = Field.make(
            "cause", "line", by=world.agent, name_ko=f"사유 {MARKER}", name_en=MARKER, is_public=False
        )
        asked = [Asked(private)]
        form = RequestForm.make(
            "usual", by=world.agent, name_ko="문의", name_en="Requests", is_default=True, asks=asked
        )
        for conversation in (self.foreign, self.own):
            choose_form(conversation, form, by=world.agent)
            set_values(conversation, {private: [MARKER]}, by=world.agent)
        self.side = self._aside(self.own)
        self.foreign_side = self._aside(self.foreign)

    def _aside(self, conversation: Conversation) -> Conversation:
        """Somebody outside is asked about it, and answers."""
        side = begin(conversation, to=[ASKED], subject=SIDE_MARKER, by=self.world.agent)
        file = keep(SIDE_MARKER.encode(), name=f"{SIDE_MARKER}.txt", by=self.world.agent)
        write(side, SIDE_MARKER, by=self.world.agent, files=[file])
        asked = side.requester
        hear(side, SIDE_MARKER, by=asked, message_id=f"a{side.pk}@outside.test", from_address=ASKED)
        return side

    def client(self, role: str) -> Client:
        """A browser in which somebody of this role is signed in, with CSRF checked."""
        client = Client(enforce_csrf_checks=True)
        if role in STAFF:
            client.force_login(self._staff(role), backend=PASSWORD_BACKEND)
            return client
        session = client.session
        if role == "another browser":
            session[CHAT_KEY] = random_id()
        elif role == "another customer":
            session[PERSON_KEY] = {"id": self.asker.pk, "assurance": 2, "at": 4_102_444_800.0}
        elif role == "guest link":
            session[GUEST_KEY] = {"number": self.own.pk, "person": self.asker.pk, "at": 4_102_444_800.0}
        session.save()
        return client

    def _staff(self, role: str) -> User:
        address = f"{STAFF[role]}@staff.test"
        found = User.objects.filter(email=address).first()
        return found or self.world.staff(address, role, STAFF[role])

    def administered(self, route: str) -> tuple[str, Any, Any] | None:
        """(place, what is there, what is missing) of an address that is for administrators alone; None for another."""
        if "mailboxes/<int:id>" in route:
            return "id", self.world.mail.pk, 987654
        if "mail-domains/<str:domain>" in route:
            return "domain", self.world.mail.address.rpartition("@")[2], "nowhere.test"
        if "colleagues/<int:id>" in route:
            return "id", self.world.agent.pk, 987654
        if "console/hours/<int:id>" in route:
            return "id", self.world.hours.pk, 987654
        return None

    def names(self, name: str) -> tuple[list[Any], Any]:
        """What is foreign and may stand in a place of this name, and what may stand there and is missing."""
        link, secret = SignInLink.issue("owner@example.com", by=SYSTEM)
        del link
        foreign: dict[str, list[Any]] = {
            "number": [self.foreign.pk, self.side.pk, self.foreign_side.pk],
            "public_id": [self.foreign.public_id, self.side.public_id],
            "pk": [self.message.pk, self.attachment.pk, self.reply.deliveries.get().pk],
            "person": [self.owner.pk],
            # Another last letter than its own, or one secret in fifty-four would be the real one.
            "secret": [secret[:-1] + ("y" if secret[-1] == "x" else "x")],
            "name": [self.file.name],
            "token": [self.file.name],
        }
        return foreign.get(name, []), 987654 if name in {"number", "pk", "person"} else random_id()
