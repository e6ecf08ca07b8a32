"""Words that are shown before they leave: read and mended at the desk, then sent by a press that says they were read."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from handrail.conversations.conversation import Conversation
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.understanding import said_back
from handrail.web.desk.languages import translated
from handrail.web.desk.restating import said_again

# kind -> the button that asks for it, the field it is mended in, and the button that confirms it.
BUTTONS = {
    "check": ("check", "restated", "checked"),
    "translation": ("translate", "translation", "translated"),
}


@dataclass(frozen=True)
class Proposal:
    """What the customer would get, in place of the words in the reply's own field.

    kind          "translation" of these words, or a "check" whether the customer was understood; desk/<kind>.html shows it
    text          as it was made, or as a colleague mended it
    original      the words in the reply's own field
    is_confirmed  it was read, and something else stands in its way: whatever sends the reply then sends this
    """

    kind: str
    text: str
    original: str = ""
    is_confirmed: bool = False

    @property
    def field(self) -> str:
        return BUTTONS[self.kind][1]

    @property
    def confirmed_by(self) -> str:
        return BUTTONS[self.kind][2]

    @property
    def data(self) -> dict[str, str]:
        """What is kept beside the message: that it asks to be confirmed, or the words that colleagues see below it."""
        if self.kind == "check":
            return said_back()
        return {"written_as": self.original} if self.original else {}


def asked_for(request: HttpRequest) -> str:
    """The kind a button of the composer asks for; "" for none."""
    return next((kind for kind, (asks, _field, _by) in BUTTONS.items() if asks in request.POST), "")


def proposed(kind: str, text: str, conversation: Conversation) -> Proposal:
    """A first draft of this kind, from what stands in the reply's own field. Raises Untranslated."""
    if kind == "check":
        return Proposal(kind, text or said_again(conversation), text)
    return Proposal(kind, translated(text, conversation), text)


def taken_back(outgoing: Outgoing) -> Proposal | None:
    """The translation that a reply taken back would have sent; None where the customer would have got one's own words."""
    original = outgoing.data.get("written_as", "")
    return Proposal("translation", outgoing.text, original) if original else None


def confirmed(request: HttpRequest) -> Proposal | None:
    """The one somebody read, as they mended it; None where there was none. One that was emptied confirms nothing."""
    for kind, (_asks, field, by) in BUTTONS.items():
        if by in request.POST:
            text, original = (request.POST.get(name, "").strip() for name in (field, "text"))
            return Proposal(kind, text, original, is_confirmed=bool(text))
    return None
