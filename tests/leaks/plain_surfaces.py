"""Every place where a plain question is asked, each as a function: what does this reader get to read there?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any

from django.core.management import call_command

from handrail.answers.answer import answer
from handrail.core.ids import random_id
from handrail.intake import chat
from handrail.intake.models import Acknowledgement
from handrail.web import limits
from tests.leaks.plain import Plain
from tests.leaks.readers import Reader
from tests.leaks.surfaces import got

Ask = Callable[[Reader, Plain, str], str]


@dataclass(frozen=True)
class Surface:
    """
    quotes     the words of the article that answers best stand there, for who may read it; else it is named
    is_public  what a stranger may read is shown, whoever asks
    asked_by   "everybody"; "outside", where colleagues are no askers; "people", where a guest's link is none either
    """

    name: str
    ask: Ask
    quotes: bool = True
    is_public: bool = False
    asked_by: str = "everybody"

    def asks(self, reader: Reader) -> bool:
        is_guest = reader.name == "guest link"
        return self.asked_by == "everybody" or not (
            reader.viewer.is_staff or (is_guest and self.asked_by == "people")
        )

    def may_show(self, reader: Reader, audience: str) -> bool:
        return audience in ({"public"} if self.is_public else reader.may_read)


def at(path: str) -> Ask:
    def ask(reader: Reader, _plain: Plain, question: str) -> str:
        return got(reader.client, path, query=question)

    return ask


def beside_the_form(reader: Reader, _plain: Plain, question: str) -> str:
    limits.forget_all()
    return reader.client.post("/hc/ko/requests/answers", {"subject": question, "text": ""}).content.decode()


def engine(channel: str) -> Ask:
    def ask(reader: Reader, _plain: Plain, question: str) -> str:
        result = answer(question, reader.viewer, locale="ko", channel=channel, remember=False)
        return as_text([hit.title for hit in result.considered], result.as_json())

    return ask


def spoken(reader: Reader, plain: Plain, question: str) -> str:
    """The bot's turn in a chat of the reader's browser."""
    viewer = replace(reader.viewer, chat_key=f"browser of {reader.name}, {question}")
    conversation = chat.begin(viewer, inbox=plain.world.chat)
    chat.say(conversation, question, by=chat.asker(viewer), client_id=random_id())
    plain.world.settle()
    return as_text(list(conversation.messages.filter(direction="out").values_list("text", "data")))


def by_mail(reader: Reader, plain: Plain, question: str) -> str:
    """What is written back to a mail from the reader's proved address; to nobody's, a stranger's."""
    Acknowledgement.objects.all().delete()  # an address gets only so many
    person = reader.person or plain.world.person("nobody@example.org", "모름")
    conversation = plain.world.conversation(person, text=question, subject=question)
    if reader.person:
        conversation.about = {**conversation.about, "assurance": 2}
        conversation.save(update_fields=["about"])
    plain.world.settle()
    return as_text(list(conversation.messages.filter(direction="out").values_list("text", "data")))


def at_the_command_line(_reader: Reader, _plain: Plain, question: str) -> str:
    """`handrail ask`, in words and as JSON."""
    said, data = StringIO(), StringIO()
    call_command("ask", question, stdout=said)
    call_command("ask", question, "--json", stdout=data)
    return said.getvalue() + data.getvalue()


def as_text(*told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, default=str)


SURFACES = [
    Surface("search", at("/hc/ko/search")),
    Surface("quoted while typing", at("/hc/ko/answer")),
    Surface("suggestions", at("/hc/ko/suggest"), quotes=False),
    Surface("api answers", at("/api/v2/answers")),
    Surface("api suggestions", at("/api/v2/suggestions"), quotes=False),
    Surface("beside the form", beside_the_form, asked_by="outside"),
    Surface("engine", engine("portal")),
    Surface("engine in a chat", engine("chat")),
    Surface("chat", spoken, asked_by="people"),
    Surface("mail reply", by_mail, quotes=False, asked_by="people"),
    Surface("handrail ask", at_the_command_line, is_public=True),
]
# How many there are of something, wherever a page or answer says or shows it.
COUNTED = re.compile(r'\d+(?:개|건|가지)|/articles/\d+|"outcome": "\w+"')


def counts(said: str) -> list[str]:
    """What is told of how much was found, the articles that are led to included."""
    return sorted(COUNTED.findall(said))
