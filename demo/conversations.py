"""Past conversations, held again at their own times through the public verbs; nobody acts on them today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from demo.data import load
from demo.moments import Diary
from demo.sources import Sources
from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.channels.models import Inbox
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.messages import Message
from handrail.conversations.opening import open_conversation
from handrail.core import clock
from handrail.core.actors import BOT, SYSTEM, CanAct
from handrail.core.events.ledger import of_the_past
from handrail.core.ids import fingerprint
from handrail.knowledge.articles import Article
from handrail.knowledge.products import Product
from handrail.workspace.models import Brand

CLOSED_AFTER = timedelta(days=14)  # a solved conversation nobody wrote to again
WORKING_ON_IT = timedelta(minutes=4)
SEARCHED_BEFORE = timedelta(minutes=3)


@dataclass
class Company:
    """Everybody and everything a conversation may name."""

    brand: Brand
    people: dict[str, Person]
    products: dict[str, Product]
    staff: dict[str, User]
    teams: dict[str, Team]
    inboxes: dict[str, Inbox]
    chat: Inbox
    sources: Sources
    diary: Diary


def hold_all(
    brand: Brand,
    people: dict[str, Person],
    products: dict[str, Product],
    articles: dict[str, Article],
    now: datetime,
) -> int:
    """Hold every conversation of conversations.yaml, oldest first. Returns how many."""
    mail = Inbox.objects.filter(brand=brand, kind="mail").select_related("team", "brand")
    here = Company(
        brand=brand,
        people=people,
        products=products,
        staff={user.email: user for user in User.objects.staff()},
        teams={team.slug: team for team in Team.objects.all()},
        inboxes={inbox.team.slug: inbox for inbox in mail if inbox.team},
        chat=Inbox.objects.select_related("team", "brand").get(brand=brand, kind="chat"),
        sources=Sources(articles),
        diary=Diary(now),
    )
    said = sorted(load("conversations.yaml"), key=here.diary.start_of)
    held: dict[str, Conversation] = {}
    for one in said:
        with transaction.atomic(), of_the_past():
            held[one["key"]] = Replay(one, here, held).hold()
    return len(held)


class Replay:
    """One conversation of the file, held from its first word to the state it is in now."""

    def __init__(self, said: dict[str, Any], here: Company, held: dict[str, Conversation]) -> None:
        self.said, self.here, self.held = said, here, held
        self.start = here.diary.start_of(said)
        self.is_mail = said["channel"] == "mail"
        self.requester = here.people[said["person"]]
        self.assignee = here.staff.get(said["assignee"] or "")
        # The colleague who wrote down what was told on the phone.
        self.told = here.staff.get(said.get("opened_by") or "")
        self.hand_over_at = self._person_needed_at()

    def hold(self) -> Conversation:
        with clock.at(self.start):
            conversation = self.open()
        for number, message in enumerate(self.said["messages"]):
            moment = self.start + timedelta(minutes=message["minutes_after"], seconds=number)
            with clock.at(moment):
                self.say(conversation, message, number)
                if number == self.hand_over_at:
                    conversation.hand_over(reason="asked", by=self.requester)
        self.settle(conversation, moment)
        return conversation

    def ask_first(self) -> str:
        """Before a chat its first words were searched for in the help centre. The key of that question."""
        person = self.requester
        searcher = Viewer(
            person_id=person.pk,
            assurance=2,
            is_employee=person.kind == "employee",
            locale=self.said["locale"],
        )
        with clock.at(self.start - SEARCHED_BEFORE):
            return answer(self.said["messages"][0]["text"][:300], searcher, locale=self.said["locale"]).ask

    def open(self) -> Conversation:
        said, here = self.said, self.here
        inbox = here.inboxes[said["team"]] if self.is_mail else here.chat
        starts_with_bot = not self.is_mail and any(one["from"] == "bot" for one in said["messages"])
        product = here.products.get(said["product"] or "")
        about: dict[str, Any] = {"product": product.pk} if product else {}
        if starts_with_bot:
            about["ask"] = self.ask_first()
        conversation = open_conversation(
            inbox,
            requester=self.requester,
            by=self.told or self.requester,
            channel="phone" if self.told else "",
            subject=said["subject"],
            address=said["person"] if self.is_mail else "",
            locale=said["locale"],
            team=here.teams[said["team"]],
            priority=said["priority"],
            held_by="bot" if starts_with_bot else "people",
            chat_key="" if self.is_mail else fingerprint(f"demo:{said['key']}"),
            about=about | {"assurance": 2},
            follows=self.held.get(said.get("follows") or ""),
        )
        for address in said["cc"]:
            person = here.people[address]
            conversation.add_participant(person, by=self.requester)
            conversation.attach_endpoint(inbox, address, person=person, by=self.requester)
        return conversation

    def say(self, conversation: Conversation, message: dict[str, Any], number: int) -> None:
        who = message["from"]
        if who == "customer":
            self._receive(conversation, message, number)
        elif who == "note":
            self._take(conversation)
            conversation.note(message["text"], by=self.here.staff[message["who"]])
        elif who == "agent":
            self._take(conversation)
            author = self.here.staff[message["who"]]
            text = message["text"] + self.here.sources.lines(message["articles"], self.said["locale"])
            self._carry(conversation.reply(text, by=author, author_name=author.name))
        else:
            data = self.here.sources.beside(message, self.said["locale"], is_mail=self.is_mail)
            said = conversation.reply(
                message["text"], by=BOT, is_automatic=True, mail=self.is_mail, data=data
            )
            self._carry(said)
            conversation.add_tried(*self._tried(message, number))

    def settle(self, conversation: Conversation, last: datetime) -> None:
        """Tags, and the status it has now."""
        with clock.at(last + WORKING_ON_IT):
            by: CanAct = self.assignee or SYSTEM
            for tag in self.said["tags"]:
                conversation.tag(tag, by=by)
            self._take(conversation)
            status = self.said["status"]
            if status in ("open", "pending", "on_hold"):
                conversation.set_status(status, by=by)
            elif status in ("solved", "closed"):
                conversation.set_status("solved", by=self.assignee or BOT)
        if status == "closed":
            with clock.at(self.here.diary.before_now(last + CLOSED_AFTER)):
                conversation.set_status("closed", by=SYSTEM)

    def _take(self, conversation: Conversation) -> None:
        if self.assignee and conversation.assignee_id is None:
            conversation.assign(to=self.assignee, by=self.assignee)

    def _receive(self, conversation: Conversation, message: dict[str, Any], number: int) -> None:
        address = message.get("who") or self.said["person"]
        details: dict[str, Any] = {"client_id": f"demo-{number}"}
        if self.is_mail and not (self.told and number == 0):
            endpoint = conversation.endpoints.filter(address=address).first()
            details = {
                "endpoint": endpoint,
                "from_address": address,
                "message_id": f"{self.said['key']}.{number}@{address.partition('@')[2]}",
            }
        conversation.receive(message["text"], by=self.here.people[address], **details)

    def _carry(self, message: Message) -> None:
        """It was sent in its own time: no mail may leave today."""
        for delivery in Delivery.objects.filter(message=message).select_related("message__conversation"):
            delivery.sent(by=SYSTEM)

    def _tried(self, message: dict[str, Any], number: int) -> list[dict[str, object]]:
        before = [one["text"] for one in self.said["messages"][:number] if one["from"] == "customer"]
        asked: list[dict[str, object]] = [{"kind": "asked", "text": text[:300]} for text in before[-1:]]
        return asked + self.here.sources.shown(message["articles"], self.said["locale"])

    def _person_needed_at(self) -> int | None:
        """The index of the customer's word after which people had a chat; None where the bot kept it."""
        messages = self.said["messages"]
        ours = [n for n, one in enumerate(messages) if one["from"] in ("agent", "note")]
        if not ours and self.said["status"] in ("solved", "closed"):
            return None
        until = ours[0] if ours else len(messages)
        asked = [n for n, one in enumerate(messages[:until]) if one["from"] == "customer"]
        return asked[-1] if asked else None
