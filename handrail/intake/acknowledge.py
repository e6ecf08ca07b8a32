"""The one automatic mail a new enquiry gets: its number, what may already help, and when a person answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handrail.answers.answer import answer
from handrail.answers.model_client import is_starting
from handrail.answers.results import Hit, Result
from handrail.answers.wants_person import wants_person
from handrail.channels.reached import team_of
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.expect import expect
from handrail.conversations.messages import Message
from handrail.core.actors import BOT
from handrail.core.events.ledger import record
from handrail.core.jobs.worker import NotYet
from handrail.intake.answering import answer_by_template
from handrail.intake.decided import keep_acknowledged
from handrail.intake.models import Acknowledgement, AcknowledgementText
from handrail.intake.respond import page_of, tried, viewer_of
from handrail.intake.wording import names_in, worded
from handrail.workspace.models import Brand

LINKS_MAX = 3
NUMBER = 1042  # of nobody's request


def acknowledge(message: Message) -> None:
    """Answer the first message of a conversation that came by mail or form, once, if an automatic answer is due.

    Automatic mail gets none, and where an address had enough of them the history says so. An address its domain
    vouches for gets the template of the article that answers it (answering.py), else links chosen from its own words; any other
    gets one neutral mail a day that repeats nothing of what was sent. One that brings a code is asked of no engine and no
    model, and kept as no question. What was decided is kept beside the mail.

    Raises NotYet while the models start: it goes out once, so it waits for what they find (model_client.STARTS_WITHIN).
    """
    if code := _undue(message):
        keep_acknowledged(message, code)
        return
    endpoint = message.conversation.endpoints.filter(inbox__kind="mail", is_active=True).first()
    if endpoint is None:
        keep_acknowledged(message, "no_window")
    else:
        _acknowledge(message, endpoint)


def _undue(message: Message) -> str:
    """Why no automatic answer is due, as a code (see why.py); "" where one is."""
    if message.conversation.channel not in {"mail", "form"}:
        return "channel"
    if message.is_automatic:
        return "automatic"
    if message.data.get("doubt"):
        return "doubt"
    if message.data.get("how") == "apart":
        return "apart"
    return "later" if _is_later(message) else ""


def _acknowledge(message: Message, endpoint: Endpoint) -> None:
    conversation = message.conversation
    is_vouched = _is_vouched(message)
    # A form came to no mailbox, even where it is answered from one.
    came_to = endpoint.inbox_id if conversation.channel == "mail" else None
    is_asked = is_vouched and not message.brings_code
    result = _answer(conversation, message, came_to) if is_asked else None
    with transaction.atomic():
        client_id = f"acknowledged:{conversation.number}"
        if conversation.messages.filter(client_id=client_id).exists():
            return
        if reason := Acknowledgement.refused(endpoint.address, is_vouched=is_vouched):
            record("conversation.not_acknowledged", conversation, by=BOT, reason=reason)
            keep_acknowledged(message, f"enough_{reason}")
            return
        Acknowledgement.keep(endpoint.address, is_vouched=is_vouched)
        if result and answer_by_template(message, result, client_id=client_id):
            keep_acknowledged(message, "answered")
            return
        if result:
            conversation.add_tried({"kind": "asked", "text": message.own_words[:300]}, *tried(_named(result)))
        with translation.override(conversation.locale):
            text, data = words(conversation, result)
        conversation.reply(text, by=BOT, is_automatic=True, client_id=client_id, data=data)
        keep_acknowledged(message, "sent" if is_vouched else "sent_neutral")


def words(conversation: Conversation, result: Result | None) -> tuple[str, dict[str, object]]:
    """The mail's text in the current language, and the codes beside it."""
    person, locale = conversation.requester, conversation.locale
    expected = expect(conversation.team, channel="mail").sentence(
        locale=locale, zone=person.zone, is_named=True
    )
    if result and result.hours:
        expected += f"\n\n{result.hours}"
    named = [(hit.title, f"{conversation.brand.site}{hit.path}") for hit in _named(result)]
    listed = [f"- {title}\n  {url}" for title, url in named]
    own = AcknowledgementText.of(conversation.brand, locale)
    values = values_of(
        number=conversation.number, brand=conversation.brand.name(locale), expected=expected, listed=listed
    )
    data = {"code": "acknowledged", "neutral": result is None, "links": [url for _title, url in named]}
    return worded(own or built_in(has_articles=bool(named)), values), data


def built_in(*, has_articles: bool) -> str:
    """The usual text in the current language, with placeholders."""
    last = (
        _("If it does not, just reply to this mail. A person reads every reply.")
        if has_articles
        else _("You can add to it by replying. A person reads every reply.")
    )
    name = {english: f"{{{{{each}}}}}" for each, english in names_in(get_language() or "").items()}
    first = _("We have your message. Its number is %(number)s.") % {"number": name["number"]}
    return f"{first}\n{name['expected']}\n\n{name['articles']}\n\n{last}"


def values_of(*, number: int, brand: str, expected: str, listed: Sequence[str]) -> dict[str, str]:
    """What stands in for the placeholders, in the current language."""
    articles = "\n".join([_("This may already help:"), *listed]) if listed else ""
    return {"number": f"#{number}", "brand": brand, "expected": expected, "articles": articles}


def sample(brand: Brand, locale: str) -> dict[str, str]:
    """What stands in for the placeholders where somebody tries the text, in the current language, which is `locale`."""
    title = _("How do I get a refund?")
    url = f"{brand.site}/hc/{locale}/"
    expected = expect(team_of(brand), channel="mail").sentence(
        locale=locale, zone=settings.TIME_ZONE, is_named=True
    )
    return values_of(
        number=NUMBER, brand=brand.name(locale), expected=expected, listed=[f"- {title}\n  {url}"]
    )


def _named(result: Result | None) -> list[Hit]:
    """The articles the mail names, and so what the customer was shown."""
    if result is None or result.outcome == "handover":
        return []
    return result.worth_naming()[:LINKS_MAX]


def _answer(conversation: Conversation, message: Message, inbox: int | None) -> Result:
    if wants_person(message.own_words):
        # Whoever asks for a person has had enough of articles; the mail says when one answers.
        return Result(outcome="handover", locale=conversation.locale, wants_person=True)
    question = f"{conversation.subject}\n{message.own_words}"[:1000]
    viewer, page, brand = viewer_of(conversation), page_of(conversation), conversation.brand_id
    by_mail = partial(answer, locale=conversation.locale, channel="mail", page=page, brand=brand, inbox=inbox)
    ask = partial(by_mail, question, viewer)
    if is_starting() and ask(remember=False).is_starting:
        raise NotYet("The models are starting; what is found by words alone is not worth the one mail.")
    return ask()


def _is_vouched(message: Message) -> bool:
    # A form is vouched for by a signed-in session; a mail by its domain.
    return message.is_verified and not message.data.get("other_address")


def _is_later(message: Message) -> bool:
    return message.conversation.messages.filter(direction="in", seq__lt=message.seq).exists()
