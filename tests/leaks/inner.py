"""A conversation about which colleagues have written everything they can write among themselves, each kind with a mark of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from handrail.accounts.models import User
from handrail.automation.macros import Macro
from handrail.contacts.attributes import Attribute, say_of, say_of_organisation
from handrail.contacts.models import Organisation
from handrail.contacts.notes import note as note_on
from handrail.contacts.segments import mark
from handrail.conversations import drafts
from handrail.conversations.checklists import Checklist, add_checklist, add_step
from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Field
from handrail.conversations.following import mention
from handrail.conversations.links import link
from handrail.conversations.merging import merge
from handrail.conversations.outgoing import send
from handrail.conversations.sides import begin, hear, write
from handrail.conversations.splitting import split
from handrail.conversations.ticket_templates import TicketTemplate
from handrail.conversations.values import set_values
from handrail.conversations.views import SavedView
from handrail.core import clock
from handrail.core.files.keeping import keep
from handrail.core.ids import fingerprint, random_id
from handrail.knowledge.remarks import Remark
from handrail.web.viewer import CHAT_KEY, GUEST_KEY, PERSON_KEY
from tests.worlds.small import World

OUTSIDE = "carrier@outside.test"
ELSEWHERE = "stranger@elsewhere.test"  # another customer, whose conversation is related
AGES = 4_102_444_800.0
CUSTOMERS = [
    "stranger",
    "requester",
    "guest link",
    "their browser",
    "member of their organisation",
    "in copy",
]


class Inner:
    """`marks`: kind of inner words -> the words, which no customer may meet anywhere. `own`: the numbers of customers'
    conversations about which they were written."""

    def __init__(self, world: World) -> None:
        self.world, self.agent = world, world.agent
        self.marks: dict[str, str] = {}
        self.books = Organisation.make("나무책", by=self.agent)
        self.books.share("everyone", may_reply=True, by=self.agent)
        self.owner = world.person("owner@example.com", "김민지", assurance=2)
        self.member = world.person("member@example.com", "박준", assurance=2)
        self.copied = world.person("copied@example.com", "최서윤", assurance=2)
        for each in (self.owner, self.member):
            each.join(self.books, by=self.agent)
        self.article = world.article("환불은 언제 되나요", "<p>환불은 영업일 사흘 안에 돼요.</p>")
        self.case = world.conversation(self.owner, text="환불은 언제 되나요")
        self.case.add_participant(self.copied, by=self.agent)
        self.browser = random_id()
        self._written()
        self.own = [self.case.pk, self.merged.pk, self.split_off.pk, self.parent.pk]
        # As if it had been begun in their browser, and shown that one of the organisation asks.
        of_theirs = Conversation.objects.filter(pk__in=self.own)
        of_theirs.update(chat_key=fingerprint(self.browser), organisation=self.books)
        self.case.refresh_from_db()

    def _mark(self, kind: str) -> str:
        self.marks[kind] = f"INNER-{len(self.marks) + 100}-{kind.upper().replace(' ', '-')}"
        return self.marks[kind]

    def _written(self) -> None:
        self._notes()
        self._other_conversations()
        self._asides()
        self._beside()
        self._about_the_customer()
        self._not_sent()
        self._of_the_desk()

    def _notes(self) -> None:
        file = keep(
            self._mark("file of a note").encode(), name=f"{self._mark('name of a file')}.txt", by=self.agent
        )
        two = self.world.staff("two@handrail.test", "정해결", "agent")
        note = self.case.note(f"@정해결 {self._mark('note')} 환불 언제", by=self.agent, files=[file])
        mention(note, by=self.agent)
        self.case.note(self._mark("note of another"), by=two)

    def _other_conversations(self) -> None:
        """A merged one, one that was split off and one it is a child of, each with a note."""
        self.merged = self.world.conversation(self.owner, text="같은 일이에요")
        self.merged.note(self._mark("note before a merge"), by=self.agent)
        merge(self.merged, into=self.case, by=self.agent)
        self.merged.note(self._mark("note after a merge"), by=self.agent)
        first = self.case.messages.filter(direction="in").order_by("seq").first()
        self.split_off = split(first, by=self.agent)
        self.split_off.note(self._mark("note of what was split"), by=self.agent)
        self.parent = self.world.conversation(self.owner, text="큰 일이에요")
        self.parent.note(self._mark("note of a parent"), by=self.agent)
        link(self.parent, self.case, "child", by=self.agent)
        inner = self.world.person(ELSEWHERE, "남")
        problem = self.world.conversation(
            inner, subject=self._mark("subject of what is related"), text="남의 일"
        )
        link(problem, self.case, "related", by=self.agent)

    def _asides(self) -> None:
        subject = self._mark("subject of an aside")
        side = begin(self.case, to=[OUTSIDE], subject=subject, by=self.agent)
        file = keep(b"x", name=f"{self._mark('file of an aside')}.txt", by=self.agent)
        write(side, self._mark("question aside"), by=self.agent, files=[file])
        answer = self._mark("answer aside")
        hear(side, answer, by=side.requester, message_id="a@outside.test", from_address=OUTSIDE)
        side.note(self._mark("note of an aside"), by=self.agent)

    def _beside(self) -> None:
        names = {"ko": self._mark("name of a checklist"), "en": ""}
        steps = [{"ko": self._mark("step of a checklist"), "en": ""}]
        checklist = Checklist.make(names=names, steps=steps, is_required=False, by=self.agent)
        add_checklist(self.case, checklist, by=self.agent)
        add_step(self.case, self._mark("own step"), by=self.agent)
        name = self._mark("name of a field")
        field = Field.make("cause", "line", by=self.agent, name_ko=name, name_en=name, is_public=False)
        set_values(self.case, {field: [self._mark("field of colleagues")]}, by=self.agent)
        self.case.tag(self._mark("tag").lower(), by=self.agent)
        self.marks["tag"] = self.marks["tag"].lower()

    def _about_the_customer(self) -> None:
        name = self._mark("name of an attribute")
        of_person = Attribute.make("plan", "line", by=self.agent, name_ko=name, name_en=name)
        of_company = Attribute.make(
            "seats", "line", by=self.agent, name_ko="자리", name_en="Seats", about="organisation"
        )
        for person in (self.owner, self.member, self.copied):
            note_on(person, self._mark(f"note on {person.email.partition('@')[0]}"), by=self.agent)
        say_of(self.owner, {of_person: [self._mark("attribute")]}, by=self.agent)
        say_of_organisation(
            self.books, {of_company: [self._mark("attribute of an organisation")]}, by=self.agent
        )
        mark(self.owner, self._mark("mark"), self._mark("value of a mark"), by=self.agent)

    def _not_sent(self) -> None:
        for kind in ("reply", "note"):
            drafts.keep(self.case, kind, self._mark(f"draft of a {kind}"), user=self.agent, revision=0)
        later = clock.now() + timedelta(days=2)
        send(self.case, self._mark("reply not sent yet"), by=self.agent, at=later)

    def _of_the_desk(self) -> None:
        Macro.make(
            self._mark("title of a macro"),
            by=self.agent,
            texts={"ko": self._mark("text of a macro")},
            is_shared=True,
        )
        SavedView.make(self._mark("title of a view"), "status:open", by=self.agent, is_shared=True)
        name = self._mark("name of a template")
        words = {"name_ko": name, "name_en": name, "text_ko": self._mark("text of a template"), "text_en": ""}
        TicketTemplate.make("call", by=self.agent, **words)
        translation = self.article.translations.get()
        Remark.objects.create(
            translation=translation, text=self._mark("remark on an article"), author=self.agent
        )

    def client(self, who: str) -> Client:
        client = Client()
        session = client.session
        if who == "their browser":
            session[CHAT_KEY] = self.browser
        elif who == "guest link":
            session[GUEST_KEY] = {"number": self.case.pk, "person": self.owner.pk, "at": AGES}
        elif who != "stranger":
            person = {"requester": self.owner, "in copy": self.copied}.get(who, self.member)
            session[PERSON_KEY] = {"id": person.pk, "assurance": 2, "at": AGES}
        session.save()
        return client

    def names(self) -> dict[str, list[Any]]:
        """What may stand in a place of an address, of what is the customers' own or hangs on it."""
        messages = [
            pk
            for number in self.own
            for pk in Conversation.objects.get(pk=number).messages.values_list("pk", flat=True)
        ]
        return {
            "number": self.own,
            "public_id": [self.case.public_id],
            "pk": [*self.own, *messages],
            "id": [self.article.pk, self.case.pk, self.owner.pk],
            "article": [self.article.pk],
            "form": ["usual"],
        }

    def found_in(self, text: str) -> list[str]:
        """The kinds of inner words that stand in a text."""
        return [kind for kind, words in self.marks.items() if words in text]


def staff_client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
