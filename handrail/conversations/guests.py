"""Guests of one conversation: who may read it, and nothing else, once a link proved their address; and that link's job.

See docs/decisions/0034.
"""

from __future__ import annotations

from handrail.channels.sign_in_mail import send_sign_in_link
from handrail.contacts.accounts import find
from handrail.contacts.identify import normal
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint, Participant
from handrail.conversations.sorting import LISTED
from handrail.core.jobs.backend import task


def may_be_guest(number: int, *, person: int | None, address: str) -> bool:
    """Whether they take part in the conversation, or its answers go to the address: then it is no secret to them.

    person   whom the address names; None for nobody we met
    address  proved, or about to be by a mail to it; "" for none
    """
    held = Participant.objects.filter(conversation=number, person=person, left_at=None)
    if person is not None and held.exists():
        return True
    return bool(address) and _is_answered_at(address, number)


def _is_answered_at(address: str, number: int) -> bool:
    open_ones = Endpoint.objects.filter(conversation=number, inbox__kind="mail", is_active=True)
    wanted = normal("email", address)
    # Compared here: databases differ in what they take for the same letter.
    return any(normal("email", each) == wanted for each in open_ones.values_list("address", flat=True))


@task(queue_name="mail")
def send_request_link(
    email: str, *, locale: str, path: str, number: int, next_path: str = "", brand: int | None = None
) -> bool:
    """Mail `email` a link that opens request `number` alone. False: it has had enough of them.

    An address that may not read it gets a link to sign in, as on the page for that, and no word of the number: anybody
    can ask in anybody's name. Where the number was merged into another, the link opens that one.

    next_path  where signing in leads; else as of send_sign_in_link
    """
    known = Conversation.objects.filter(LISTED, pk=number).first()
    opens = known.survivor.pk if known else None
    person = find(email)
    if opens and not may_be_guest(opens, person=person.pk if person else None, address=email):
        opens = None
    return send_sign_in_link.call(
        email, locale=locale, path=path, next_path=next_path, conversation=opens, brand=brand
    )
